// Who gave a list, in the page's words.

import { label, text } from "../texts.js";

/** @param {string} source one of LIST_SOURCES @returns {string} */
export function sourceWords(source) {
  return source === "other" ? text("source_other") : label("organisation_kinds", source);
}
