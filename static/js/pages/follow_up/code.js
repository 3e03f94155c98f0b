/** Typing the receipt code: any spaces and widths; a slip of one digit is found here and offered, never sent. */

import { format, LENGTH } from "../../domain/receipt_code.js";
import { byId, make, release } from "../element.js";
import { text } from "../texts.js";
import { typedCode } from "../typed_code.js";

/** @param {{touched: () => void, entered: (code: string) => Promise<void>}} hooks */
export function startCode({ touched, entered }) {
  const field = /** @type {HTMLInputElement} */ (byId("code"));
  const button = /** @type {HTMLButtonElement} */ (byId("open"));
  const submit = async () => {
    const code = readCode(field.value, (corrected) => {
      field.value = corrected;
      submit();
    });
    if (!code || button.disabled) return;
    button.disabled = true;
    await entered(code);
    release(button);
  };
  field.addEventListener("input", touched, { once: true });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) submit();
  });
  button.addEventListener("click", submit);
}

/**
 * @param {string} typed
 * @param {(corrected: string) => void} whenChosen one of the offered corrections
 * @returns {string} 24 digits; empty when the code is not right yet
 */
function readCode(typed, whenChosen) {
  const { code, offered, digits } = typedCode(typed);
  if (code) say("", []);
  else if (offered.length > 0) say("code_slip", offered, whenChosen);
  else say(digits === LENGTH ? "code_not_right" : "code_length", [], undefined, digits);
  return code;
}

/**
 * @param {string} key
 * @param {string[]} offered
 * @param {(corrected: string) => void} [whenChosen]
 * @param {number} [n]
 */
function say(key, offered, whenChosen, n = 0) {
  const error = byId("code-error");
  error.textContent = key ? text(key, { n }) : "";
  error.hidden = key === "";
  byId("code")
    .closest("[data-group]")
    ?.classList.toggle("govuk-form-group--error", key !== "");
  byId("candidates").replaceChildren(
    ...offered.map((code) => {
      const button = make("button", "govuk-button govuk-button--secondary candidate", format(code));
      button.setAttribute("type", "button");
      button.addEventListener("click", () => whenChosen?.(format(code)));
      return button;
    }),
  );
  if (key) byId("code").focus();
}
