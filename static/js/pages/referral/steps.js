// Taking a referral on and giving it back: one press each, and an answer beside the button.

import { problemWords } from "../session/problem_words.js";
import { Problem } from "../session/request.js";
import { text } from "../texts.js";
import { byId } from "./dom.js";

/**
 * @param {import('./open_referral.js').OpenReferral} referral
 * @param {(error: Problem) => Promise<void>} conflict
 * @returns {void}
 */
export function attachSteps(referral, conflict) {
  const said = byId("head-said", HTMLElement);
  for (const step of /** @type {const} */ (["claim", "release"])) {
    const button = byId(step, HTMLButtonElement);
    button.addEventListener("click", async () => {
      button.disabled = true;
      said.textContent = "";
      try {
        await referral.assign(step);
        said.textContent = text(`${step}_done`);
      } catch (error) {
        if (error instanceof Problem && error.code === "version_conflict") await conflict(error);
        else said.textContent = problemWords(error).detail;
      } finally {
        button.disabled = false;
      }
    });
  }
}
