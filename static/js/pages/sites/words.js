// Words of tables, in both languages, as the template wrote them.

import { pageLanguage } from "../requests/opening.js";
import { text } from "../texts.js";

/** @returns {import("../../domain/site_table.js").Words} */
export function tableWords() {
  const words = JSON.parse(document.body.dataset.texts ?? "{}");
  return words.table_words ?? {};
}

/** The name of a column of the site directory, in the page's language. @param {string} field @returns {string} */
export function columnWords(field) {
  return text(`table_words.${pageLanguage()}.site_columns.${field}`);
}
