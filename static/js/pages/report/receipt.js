/** The receipt code: shown once, kept by the person and nobody else, confirmed before leaving. */

import { all, byId, make } from "../element.js";
import { text } from "../texts.js";
import { copyCode, endsWithTyped, showCode } from "./code_card.js";
import { startPractice } from "./practice.js";
import { sayAtField } from "./problems.js";

/**
 * @param {{code: string, names: string[], settled: () => void}} receipt `settled` once the code is kept, or declined
 */
export function showReceipt({ code, names, settled }) {
  showCode(code, "receipt-code");
  startPractice(code);
  byId("sent-to").replaceChildren(...names.map((name) => make("li", "", text("sent_to", { name }))));
  byId("copy-code").addEventListener("click", () => copy(code));
  byId("print-code").addEventListener("click", () => print());
  byId("confirm-code").addEventListener("click", () => {
    const right = endsWithTyped("last-digits", code);
    sayAtField("last-digits", right ? "" : "last_digits_differ");
    if (right) keep(settled);
    else byId("last-digits").focus();
  });
  byId("decline-code").addEventListener("click", () => keep(settled));
  byId("code-again").addEventListener("click", () => {
    byId("receipt-card").hidden = false;
    byId("code-again").hidden = true;
  });
}

/** @param {() => void} settled */
function keep(settled) {
  byId("receipt-card").hidden = true;
  byId("keeping").hidden = true;
  for (const words of all("[data-until-kept]")) words.hidden = true;
  byId("kept").hidden = false;
  byId("code-again").hidden = false;
  byId("kept").focus();
  settled();
}

/** @param {string} code */
async function copy(code) {
  byId("copied").textContent = text((await copyCode(code)) ? "copied" : "copy_by_hand");
}
