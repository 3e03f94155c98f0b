/** What was answered, read off the page. Nothing is kept anywhere else: the page's fields are the only copy. */

import { randomBytes } from "../../crypto/encoding.js";
import { asked, LISTED } from "../../domain/asking.js";
import { b64uEncode } from "../../domain/wire.js";
import { all, byId } from "../element.js";
import { givenOf, ownFields, readFields } from "./fields.js";

/** Every question that the rules know. */
const ASKED = new Set(LISTED.map(({ name }) => name));

/**
 * @typedef {import("./fields.js").Fields} Fields
 * @typedef {{id: string, prefix: string, fields: Fields}} LinkAnswers
 * @typedef {{slug: string, kind: string, fields: Fields}} ConsentAnswers
 * @typedef {{policy: string, fields: Fields, links: LinkAnswers[], organisations: ConsentAnswers[]}} Answers `policy` is
 *   the portal's for those under 14
 */

/** One id for each link, as long as the link is on the page. @type {WeakMap<Element, string>} */
const linkIds = new WeakMap();

/** Only what is asked, after the other answers: the rest is no part of the report. @returns {Answers} */
export function readAnswers() {
  const root = byId("report");
  const policy = root.dataset.policy ?? "";
  const typed = readFields(ownFields(root));
  const names = new Set(asked(givenOf(typed), policy));
  const only = (/** @type {Fields} */ fields) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => names.has(name) || !ASKED.has(name)));
  return {
    policy,
    fields: only(typed),
    links: all("[data-link]", root).map((link) => ({
      id: idOf(link),
      prefix: link.dataset.link ?? "",
      fields: only(readFields(all("[data-field]", link))),
    })),
    organisations: all("[data-card]", root)
      .map((card) => ({
        slug: card.dataset.organisation ?? "",
        kind: card.dataset.kind ?? "",
        fields: readFields(all(`[data-organisation="${card.dataset.organisation}"] [data-field]`, root)),
      }))
      .filter((choice) => severalOf(choice.fields, "chosen").length > 0),
  };
}

/** @param {HTMLElement} link */
export function idOf(link) {
  const id = linkIds.get(link) ?? b64uEncode(randomBytes(16));
  linkIds.set(link, id);
  return id;
}

/** Give a link the id that it has in a kept draft. @param {HTMLElement} link @param {string} id */
export function nameLink(link, id) {
  linkIds.set(link, id);
}

/**
 * @param {Fields} fields
 * @param {string} name
 * @returns {string[]}
 */
function severalOf(fields, name) {
  const found = fields[name];
  return Array.isArray(found) ? found : [];
}
