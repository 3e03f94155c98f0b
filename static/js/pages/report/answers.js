/** What was answered, read off the page. Nothing is kept anywhere else: the page's fields are the only copy. */

import { randomBytes } from "../../crypto/encoding.js";
import { b64uEncode } from "../../domain/wire.js";
import { all, byId } from "../element.js";

/**
 * Answers by question. Texts and single answers are strings (empty when not given), ticks are lists.
 * @typedef {Record<string, string | string[]>} Fields
 * @typedef {{id: string, prefix: string, fields: Fields}} LinkAnswers
 * @typedef {{slug: string, kind: string, fields: Fields}} ConsentAnswers
 * @typedef {{fields: Fields, links: LinkAnswers[], organisations: ConsentAnswers[]}} Answers
 */

/** One id for each link, as long as the link is on the page. @type {WeakMap<Element, string>} */
const linkIds = new WeakMap();

/** @returns {Answers} */
export function readAnswers() {
  const root = byId("report");
  return {
    fields: readFields(all("[data-field]", root).filter((field) => !field.closest("[data-link], [data-organisation]"))),
    links: all("[data-link]", root).map((link) => ({
      id: idOf(link),
      prefix: link.dataset.link ?? "",
      fields: readFields(all("[data-field]", link)),
    })),
    organisations: all("[data-organisation]", root)
      .map((card) => ({
        slug: card.dataset.organisation ?? "",
        kind: card.dataset.kind ?? "",
        fields: readFields(all("[data-field]", card)),
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
 * @param {HTMLElement[]} elements
 * @returns {Fields}
 */
function readFields(elements) {
  /** @type {Fields} */
  const fields = {};
  for (const element of elements) {
    if (element.closest("[data-shown-by][hidden]")) continue;
    const name = element.dataset.field?.split("-").at(-1) ?? "";
    if (element instanceof HTMLInputElement && element.type === "checkbox") {
      const before = fields[name] ?? [];
      fields[name] = element.checked && !("noneOf" in element.dataset) ? [...before, element.value] : before;
    } else if (element instanceof HTMLInputElement && element.type === "radio") {
      fields[name] = element.checked ? element.value : (fields[name] ?? "");
    } else {
      fields[name] = typedIn(element);
    }
  }
  return fields;
}

/** @param {HTMLElement} element */
function typedIn(element) {
  const isField =
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement;
  return isField ? element.value : "";
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
