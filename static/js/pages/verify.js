// Checking a pasted evidence package, or a signed list: nothing of it leaves this page, which asks the portal for nothing.

import { faults, signer } from "../crypto/evidence.js";
import { listFaults, listSigner } from "../crypto/signed_list.js";
import { checkSignature } from "../crypto/signing.js";
import { parsePackage } from "../domain/evidence.js";
import { KINDS, parseList } from "../domain/signed_list.js";
import { utf8 } from "../domain/wire.js";
import { FormatError } from "../errors.js";
import { byId, make } from "./element.js";
import { listView } from "./evidence/list_view.js";
import { packageView } from "./evidence/view.js";
import { text } from "./texts.js";

/**
 * What can be checked here: how what is wrong is found, who signed, and how it is shown.
 * @typedef {object} Way
 * @property {(content: Uint8Array) => Promise<string[]>} faults
 * @property {(content: Uint8Array) => Promise<string>} signer
 * @property {(content: Uint8Array, digits: string) => HTMLElement[]} view
 * @property {string} words what the names of this way's own words begin with
 */

/** @type {Way} */
const PACKAGE = { faults, signer, view: (content, digits) => packageView(parsePackage(content), digits), words: "" };
/** @type {Way} */
const LIST = {
  faults: listFaults,
  signer: listSigner,
  view: (content, digits) => listView(parseList(content), digits),
  words: "list_",
};
const LIST_BEGINNINGS = KINDS.map((kind) => `{"v":1,"kind":"${kind}"`);

/** @param {string} pasted @returns {Way} */
function wayOf(pasted) {
  const content = pasted.replace(/^[\r\n]+/, "");
  return LIST_BEGINNINGS.some((beginning) => content.startsWith(beginning)) ? LIST : PACKAGE;
}

const field = /** @type {HTMLTextAreaElement} */ (byId("package"));
const said = /** @type {HTMLInputElement} */ (byId("known-fingerprint"));
const outcome = byId("outcome");

byId("verify-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const way = wayOf(field.value);
  const lines = await judged(way, field.value, said.value).catch((error) => ({
    holds: false,
    words: [whatIsWrong(way, error)],
  }));
  byId("outcome-title").textContent = text(`${way.words}${lines.holds ? "holds" : "holds_not"}`);
  outcome.className = lines.holds ? "verify__outcome verify__outcome--holds" : "verify__outcome verify__outcome--wrong";
  byId("outcome-words").replaceChildren(...lines.words.map((words) => make("li", "", words)));
  outcome.hidden = false;
  byId("outcome-title").focus();
  show(way, lines.holds);
});

/**
 * @param {Way} way
 * @param {string} pasted
 * @param {string} known the fingerprint on paper; empty where nobody has one
 * @returns {Promise<{holds: boolean, words: string[]}>}
 */
async function judged(way, pasted, known) {
  const content = utf8(pasted);
  const found = (await way.faults(content)).map((fault) => text(`fault_${way.words}${fault.replace(".", "_")}`));
  const digits = await way.signer(content);
  const compared = known.replace(/\D/g, "");
  if (compared && compared !== digits.replace(/\D/g, "")) found.push(text("fault_fingerprint", { digits }));
  const holds = found.length === 0;
  const compare = text(compared ? "fingerprint_same" : "fingerprint_compare", { digits });
  return { holds, words: holds ? [text(`${way.words}holds_words`), compare] : found };
}

/** @param {Way} way @param {unknown} error */
function whatIsWrong(way, error) {
  if (!(error instanceof FormatError)) throw error;
  return text(`fault_${way.words}format`, { field: error.field });
}

/** What holds may still be anybody's, with anything in it. @param {Way} way @param {boolean} holds */
async function show(way, holds) {
  const shown = byId("shown");
  shown.hidden = true;
  if (!holds) return;
  const content = utf8(field.value);
  try {
    shown.replaceChildren(...way.view(content, await way.signer(content)));
    shown.hidden = false;
  } catch {
    shown.replaceChildren();
  }
}

// What this engine lacks is loaded now: afterwards the page needs no line.
checkSignature(new Uint8Array(32), new Uint8Array(), new Uint8Array(64)).catch(() => {});
