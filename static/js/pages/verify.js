// Checking a pasted evidence package: nothing of it leaves this page, which asks the portal for nothing.

import { faults, signer } from "../crypto/evidence.js";
import { checkSignature } from "../crypto/signing.js";
import { parsePackage } from "../domain/evidence.js";
import { utf8 } from "../domain/wire.js";
import { FormatError } from "../errors.js";
import { byId, make } from "./element.js";
import { packageView } from "./evidence/view.js";
import { text } from "./texts.js";

const field = /** @type {HTMLTextAreaElement} */ (byId("package"));
const said = /** @type {HTMLInputElement} */ (byId("known-fingerprint"));
const outcome = byId("outcome");

byId("verify-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const lines = await judged(field.value, said.value).catch((error) => ({ holds: false, words: [whatIsWrong(error)] }));
  byId("outcome-title").textContent = text(lines.holds ? "holds" : "holds_not");
  outcome.className = lines.holds ? "verify__outcome verify__outcome--holds" : "verify__outcome verify__outcome--wrong";
  byId("outcome-words").replaceChildren(...lines.words.map((words) => make("li", "", words)));
  outcome.hidden = false;
  byId("outcome-title").focus();
  show(lines.holds);
});

/**
 * @param {string} pasted
 * @param {string} known the fingerprint on paper; empty where nobody has one
 * @returns {Promise<{holds: boolean, words: string[]}>}
 */
async function judged(pasted, known) {
  const content = utf8(pasted);
  const found = (await faults(content)).map((fault) => text(`fault_${fault.replace(".", "_")}`));
  const digits = await signer(content);
  const compared = known.replace(/\D/g, "");
  if (compared && compared !== digits.replace(/\D/g, "")) found.push(text("fault_fingerprint", { digits }));
  const holds = found.length === 0;
  const compare = text(compared ? "fingerprint_same" : "fingerprint_compare", { digits });
  return { holds, words: holds ? [text("holds_words"), compare] : found };
}

/** @param {unknown} error */
function whatIsWrong(error) {
  if (!(error instanceof FormatError)) throw error;
  return text("fault_format", { field: error.field });
}

/** A package that holds may still be anybody's, with anything in its parts. @param {boolean} holds */
async function show(holds) {
  const shown = byId("shown");
  shown.hidden = true;
  if (!holds) return;
  const content = utf8(field.value);
  try {
    shown.replaceChildren(...packageView(parsePackage(content), await signer(content)));
    shown.hidden = false;
  } catch {
    shown.replaceChildren();
  }
}

// What this engine lacks is loaded now: afterwards the page needs no line.
checkSignature(new Uint8Array(32), new Uint8Array(), new Uint8Array(64)).catch(() => {});
