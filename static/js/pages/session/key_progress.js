// How far the key is: a bar for the eye, and few words for the ear.

import { part } from "../referral/dom.js";
import { text } from "../texts.js";

/**
 * Show progress in a form that holds `sign_in/progress.html`.
 * @param {HTMLFormElement} form
 * @returns {{show: (share: number) => void, say: (words: string) => void, hide: () => void}}
 */
export function keyProgress(form) {
  const box = part(form, "progress", HTMLElement);
  const words = part(form, "progress-words", HTMLElement);
  const bar = box.querySelector("progress");
  let half = false;
  const say = (/** @type {string} */ said) => {
    if (words.textContent !== said) words.textContent = said;
  };
  return {
    say,
    show(share) {
      box.hidden = false;
      if (bar) bar.value = Math.round(share * 100);
      if (share === 0) say(text("making_key"));
      if (share >= 0.5 && !half) say(text("half_done"));
      half = share >= 0.5;
      if (share >= 1) say(text("asking"));
    },
    hide() {
      box.hidden = true;
      say("");
    },
  };
}

/**
 * Show a problem in a form or page part that holds `sign_in/problem.html`, and move there.
 * @param {ParentNode} place
 * @param {{title: string, detail: string}|null} words null takes the last one away
 * @returns {void}
 */
export function showProblem(place, words) {
  const box = part(place, "problem", HTMLElement);
  box.hidden = words === null;
  if (!words) return;
  part(box, "problem-title", HTMLElement).textContent = words.title;
  part(box, "problem-detail", HTMLElement).textContent = words.detail;
  box.focus();
}
