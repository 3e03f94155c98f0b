/** The receipt code as people meet it: in groups, copied, and asked back by its last four digits. */

import { format } from "../../domain/receipt_code.js";
import { byId, make } from "../element.js";

/** @param {string} code @param {string} id of what is to hold it */
export function showCode(code, id) {
  const groups = format(code).split(" ");
  byId(id).replaceChildren(...groups.map((group) => make("span", "receipt__group", group)));
}

/** @param {string} code @returns {Promise<boolean>} whether this browser copied it */
export async function copyCode(code) {
  if (!navigator.clipboard) return false;
  return navigator.clipboard.writeText(format(code)).then(
    () => true,
    () => false,
  );
}

/** @param {string} id of the field @param {string} code */
export function endsWithTyped(id, code) {
  const typed = /** @type {HTMLInputElement} */ (byId(id)).value.normalize("NFKC").replaceAll(/\D/g, "");
  return typed.slice(-4) === code.slice(-4);
}
