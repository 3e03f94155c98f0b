/**
 * «Go on later»: what was typed is kept sealed for 72 hours under the receipt code that the report will have, and the code
 * is handed over before. The panel stands in the place of the step; Back leads to the step again.
 */

import { FormatError } from "../../errors.js";
import { byId, one } from "../element.js";
import { NoAnswer } from "../patient_post.js";
import { text } from "../texts.js";
import { waitWords } from "../wait_words.js";
import { copyCode, endsWithTyped, showCode } from "./code_card.js";
import { typedAnswers } from "./draft_fields.js";
import { destroyKept, KeptElsewhere, keep, NotKept } from "./draft_keeping.js";
import { identity } from "./identity.js";
import { sayAtField } from "./problems.js";

/** @typedef {"explain" | "code" | "kept"} Part */
const PARTS = /** @type {const} */ (["explain", "code", "kept"]);

/** @type {import("./steps.js").Steps | null} */
let steps = null;
/** The code was written down, or so it was said: it is not asked for again. */
let isSettled = false;
let replace = false;

/** Show the panel. @param {import("./steps.js").Steps} of */
export function openPanel(of) {
  if (!steps) wire();
  steps = of;
  isSettled ||= identity().draftId !== "";
  history.pushState({ step: Number(history.state?.step ?? 0) + 1, name: of.current }, "");
  byId("report").classList.add("keeping");
  byId("keep").hidden = false;
  say("");
  show(identity().draftId ? "kept" : "explain");
}

function wire() {
  addEventListener("popstate", close);
  for (const id of ["keep-back", "keep-on"]) byId(id).addEventListener("click", () => history.back());
  byId("keep-now").addEventListener("click", save);
  byId("keep-again").addEventListener("click", save);
  byId("keep-copy").addEventListener("click", async () => {
    byId("keep-copied").textContent = text((await copyCode(identity().code)) ? "copied" : "copy_by_hand");
  });
  byId("keep-confirm").addEventListener("click", () => {
    const right = endsWithTyped("keep-digits", identity().code);
    sayAtField("keep-digits", right ? "" : "last_digits_differ");
    if (right) settle();
    else byId("keep-digits").focus();
  });
  byId("keep-decline").addEventListener("click", settle);
  byId("keep-show").addEventListener("click", () => show("code"));
  byId("keep-destroy").addEventListener("click", destroy);
}

function close() {
  if (!steps?.root.isConnected || byId("keep").hidden) return;
  byId("keep").hidden = true;
  byId("report").classList.remove("keeping");
  byId("later-open").focus();
}

/** @param {Part} part */
function show(part) {
  for (const each of PARTS) byId(`keep-${each}-part`).hidden = each !== part;
  if (part === "code") showCode(identity().code, "keep-code");
  one("h1", byId("keep")).focus();
  scrollTo(0, 0);
}

/** @param {string} words */
function say(words) {
  byId("keep-status").textContent = words;
}

/** @param {boolean} busy */
function wait(busy) {
  for (const id of ["keep-now", "keep-again", "keep-destroy"]) {
    /** @type {HTMLButtonElement} */ (byId(id)).disabled = busy;
  }
}

async function save() {
  const step = steps?.current ?? "";
  wait(true);
  say(text("keeping"));
  try {
    const written = { step, ...typedAnswers() };
    const until = await keep({ written, replace, onWait: (each) => say(waitWords(each)) });
    replace = false;
    byId("keep-until").textContent = text("kept_until", { on: until });
    byId("later-state").textContent = text("kept_until", { on: until });
    say("");
    if (isSettled && steps) steps.unsent = false;
    show(isSettled ? "kept" : "code");
  } catch (error) {
    replace = error instanceof KeptElsewhere;
    say(reasonOf(error));
  }
  wait(false);
}

/** The code is kept, or was declined: either way it was seen. */
function settle() {
  isSettled = true;
  if (steps) steps.unsent = false;
  show("kept");
}

async function destroy() {
  wait(true);
  say(text("destroying"));
  try {
    await destroyKept((each) => say(waitWords(each)));
    if (steps) steps.unsent = true;
    byId("later-state").textContent = "";
    show("explain");
    say(text("draft_destroyed"));
  } catch (error) {
    say(reasonOf(error));
  }
  wait(false);
}

/** @param {unknown} error */
function reasonOf(error) {
  if (error instanceof KeptElsewhere) return text("kept_elsewhere");
  if (error instanceof FormatError && /^(length$|draft)/.test(error.field)) return text("draft_too_long");
  if (error instanceof NotKept && error.message) return error.message;
  return text(error instanceof NoAnswer || error instanceof TypeError ? "not_loaded" : "not_kept");
}
