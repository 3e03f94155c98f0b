/** One part of the page at a time, and a question before somebody leaves in the middle. */

import { showProblem } from "../session/key_progress.js";

export class Steps {
  /** @param {HTMLElement} page */
  constructor(page) {
    this.page = page;
    /** Whether leaving would lose what was done so far. */
    this.warn = false;
    window.addEventListener("beforeunload", (event) => {
      if (this.warn) event.preventDefault();
    });
  }

  /** @param {string} name @returns {HTMLElement} */
  part(name) {
    const found = this.page.querySelector(`[data-step="${name}"]`);
    if (!(found instanceof HTMLElement)) throw new TypeError(`[data-step=${name}]`);
    return found;
  }

  /** @param {string} name */
  show(name) {
    for (const step of this.page.querySelectorAll("[data-step]")) {
      if (step instanceof HTMLElement) step.hidden = step.dataset.step !== name;
    }
    const title = this.part(name).querySelector("h1");
    if (title) {
      window.scrollTo(0, 0);
      title.focus();
    }
  }

  /** @param {string} name @param {{title: string, detail: string}|null} words */
  problem(name, words) {
    showProblem(this.part(name), words);
  }
}
