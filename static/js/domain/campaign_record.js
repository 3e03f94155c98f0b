/**
 * What is inside a campaign of intensive monitoring before it is sealed: when, which sites, and every step. What people
 * look at again stands in records of their own, `recheck_record`.
 *
 * @typedef {{v: 1, title: string, from: string, until: string, about: string, sites: string[],
 *   steps: import("./record_steps.js").RecordStep[]}} CampaignContent
 */

import { FormatError } from "../errors.js";
import { STEPS } from "./campaign_state.js";
import { day } from "./letter.js";
import { stepsOf } from "./record_steps.js";
import { domain } from "./signed_list.js";
import * as wire from "./wire.js";

export const SITES_MOST = 500;
const SCHEMA = {
  v: wire.versionOne,
  title: wire.text(200, 1),
  from: day,
  until: day,
  about: wire.text(4000),
  sites: wire.listOf(domain, SITES_MOST, 0, (site) => site),
  steps: stepsOf(STEPS),
};

/** @param {unknown} value @returns {CampaignContent} */
function check(value) {
  const content = wire.fields(value, SCHEMA, "campaign");
  if (content.until < content.from) throw new FormatError("campaign.until");
  return content;
}

export const FORM = Object.freeze({
  /** @param {CampaignContent} content @returns {Uint8Array} */
  json: (content) => wire.canonicalJson(check(content), "campaign"),
  /** @param {Uint8Array} bytes @returns {CampaignContent} */
  parse: (bytes) => wire.parseInOrder(bytes, check, "campaign"),
});
