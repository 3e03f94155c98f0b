/**
 * What is inside a request to an operator, the police or a regulator before it is sealed: to whom, about which links of
 * which referrals, in which words, and every step with what was recorded. Which referrals it covers stands here alone.
 *
 * @typedef {{referral: string, item: string, url: string}} RequestLink
 * @typedef {{v: 1, template: string, lang: string, to: string, address: string, links: RequestLink[], text: string,
 *   identity: boolean, steps: import("./record_steps.js").RecordStep[]}} RequestContent
 */

import { stepsOf } from "./record_steps.js";
import { STEPS } from "./request_state.js";
import { LANGUAGES } from "./vocabulary.js";
import * as wire from "./wire.js";

export const LINKS_MOST = 300;
export const TEXT_MOST = 24_000;
const SCHEMA = {
  v: wire.versionOne,
  template: wire.matching(/^[a-z0-9_]{1,40}$/),
  lang: wire.oneOf(LANGUAGES),
  to: wire.text(200),
  address: wire.text(400),
  links: wire.listOf(
    wire.record({ referral: wire.b64uText(16), item: wire.b64uText(16), url: wire.text(8192) }),
    LINKS_MOST,
    0,
    ({ referral, item }) => `${referral} ${item}`,
  ),
  text: wire.text(TEXT_MOST),
  identity: wire.boolean,
  steps: stepsOf(STEPS),
};

/** @param {unknown} value @returns {RequestContent} */
const check = (value) => wire.fields(value, SCHEMA, "request");

export const FORM = Object.freeze({
  /** @param {RequestContent} content @returns {Uint8Array} */
  json: (content) => wire.canonicalJson(check(content), "request"),
  /** @param {Uint8Array} bytes @returns {RequestContent} */
  parse: (bytes) => wire.parseInOrder(bytes, check, "request"),
});

/**
 * The same request without the addresses and words of some referrals: what is left when somebody withdrew.
 * @param {RequestContent} content
 * @param {ReadonlySet<string>} referrals whose addresses go
 * @param {string} gone the words that stand in the place of the text
 * @returns {RequestContent}
 */
export function without(content, referrals, gone) {
  const links = content.links.map((link) => (referrals.has(link.referral) ? { ...link, url: "" } : link));
  return { ...content, links, text: gone };
}
