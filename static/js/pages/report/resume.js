/** Going on with what was kept: the code is typed, the draft comes back, and the step where the person was is shown. */

import { byId } from "../element.js";
import { startCode } from "../follow_up/code.js";
import { NoAnswer } from "../patient_post.js";
import { text } from "../texts.js";
import { waitWords } from "../wait_words.js";
import { restoreAnswers } from "./draft_fields.js";
import { openKept } from "./draft_keeping.js";

/** @param {import("./steps.js").Steps} steps */
export function startResuming(steps) {
  startCode({ touched: () => {}, entered: (code) => resume(code, steps) });
  /** @type {HTMLButtonElement} */ (byId("open")).disabled = false;
}

/** @param {string} words */
function say(words) {
  byId("opening").textContent = words;
}

/**
 * @param {string} code
 * @param {import("./steps.js").Steps} steps
 */
async function resume(code, steps) {
  say(text("opening"));
  try {
    const kept = await openKept({ code, onWait: (wait) => say(waitWords(wait)) });
    if (!kept) {
      say(text("nothing_kept"));
      return;
    }
    steps.make();
    restoreAnswers(kept);
    steps.unsent = false; // it is kept as it stands
    byId("later-state").textContent = text("kept_until", { on: kept.keptUntil });
    byId("keep-until").textContent = text("kept_until", { on: kept.keptUntil });
    /** @type {HTMLInputElement} */ (byId("code")).value = "";
    say("");
    steps.go(steps.names.includes(kept.step) ? kept.step : (steps.names[0] ?? ""));
  } catch (error) {
    say(text(error instanceof NoAnswer || error instanceof TypeError ? "not_loaded" : "not_opened"));
  }
}
