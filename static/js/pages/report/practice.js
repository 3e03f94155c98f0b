/** Practising the receipt code: typed back once from paper, compared here, a slip offered for mending as later on. */

import { format } from "../../domain/receipt_code.js";
import { byId, make } from "../element.js";
import { text } from "../texts.js";
import { typedCode } from "../typed_code.js";

/** @param {string} code */
export function startPractice(code) {
  const field = /** @type {HTMLInputElement} */ (byId("practice-code"));
  const compare = () => {
    const typed = typedCode(field.value);
    const { key, offered } = said(typed, code);
    byId("practice-said").textContent = text(key, { n: typed.digits });
    byId("practice-candidates").replaceChildren(...offered.map((one) => candidate(one, field, compare)));
  };
  byId("practise").addEventListener("click", compare);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) compare();
  });
}

/**
 * @param {import("../typed_code.js").TypedCode} typed
 * @param {string} code
 * @returns {{key: string, offered: string[]}}
 */
function said({ code: right, offered, digits }, code) {
  if (right === code) return { key: "practice_right", offered: [] };
  if (right !== "") return { key: "practice_other", offered: [] };
  if (offered.includes(code)) return { key: "practice_slip", offered };
  return { key: digits === code.length ? "practice_differs" : "practice_length", offered: [] };
}

/** @param {string} code @param {HTMLInputElement} field @param {() => void} compare */
function candidate(code, field, compare) {
  const button = make("button", "govuk-button govuk-button--secondary candidate", format(code));
  button.setAttribute("type", "button");
  button.addEventListener("click", () => {
    field.value = format(code);
    compare();
    field.focus();
  });
  return button;
}
