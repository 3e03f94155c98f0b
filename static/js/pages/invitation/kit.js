/** The recovery words: made here, shown once, printed, and two of them asked back before anything is sent. */

import { randomBytes } from "../../crypto/encoding.js";
import { generate } from "../../crypto/recipient_key.js";
import { words } from "../../domain/recovery_words.js";
import { qrCode } from "../qr_code.js";
import { byId, el, part } from "../referral/dom.js";
import { text } from "../texts.js";

/** @typedef {import("../../crypto/recipient_key.js").KeyPair} KeyPair */

export class Kit {
  /**
   * @param {import("./steps.js").Steps} steps
   * @param {{slug: string, name: {ko: string, en: string}}} organisation
   * @param {(recovery: KeyPair) => void} onDone
   */
  constructor(steps, organisation, onDone) {
    this.steps = steps;
    this.organisation = organisation;
    this.onDone = onDone;
    /** @type {KeyPair|null} */
    this.recovery = null;
    /** @type {string[]} */
    this.words = [];
    /** @type {number[]} */
    this.asked = [];
    this.#listen();
  }

  /** Make the words, unless they are on paper already, and show them. */
  async begin() {
    if (!this.recovery) {
      this.recovery = await generate();
      this.words = await words(this.recovery.seed);
      this.asked = twoPlaces(this.words.length);
      this.#fill();
    }
    this.steps.show("kit");
  }

  /** Leave nothing of the words in the page. */
  wipe() {
    const sheet = part(this.steps.part("kit"), "sheet", HTMLElement);
    for (const name of ["sheet-words", "sheet-square"]) part(sheet, name, HTMLElement).replaceChildren();
    for (const field of this.#fields()) field.value = "";
    this.recovery?.seed.fill(0);
    this.recovery = null;
    this.words = [];
  }

  #listen() {
    byId("print-kit", HTMLButtonElement).addEventListener("click", () => window.print());
    byId("kit-on", HTMLButtonElement).addEventListener("click", () => this.steps.show("back"));
    byId("back-to-kit", HTMLButtonElement).addEventListener("click", () => this.steps.show("kit"));
    byId("back-form", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      const right = this.#fields().every(
        (field, at) => field.value.trim().toLowerCase() === this.words[this.asked[at] ?? -1],
      );
      const words = { title: text("failed_title"), detail: text("wrong_words") };
      this.steps.problem("back", right ? null : words);
      if (right && this.recovery) this.onDone(this.recovery);
    });
  }

  #fields() {
    return [byId("back-1", HTMLInputElement), byId("back-2", HTMLInputElement)];
  }

  #fill() {
    const sheet = part(this.steps.part("kit"), "sheet", HTMLElement);
    const { ko, en } = this.organisation.name;
    part(sheet, "sheet-name", HTMLElement).textContent = `${ko} · ${en} (${this.organisation.slug})`;
    part(sheet, "sheet-host", HTMLElement).textContent = location.host;
    part(sheet, "sheet-day", HTMLElement).textContent = new Date().toLocaleDateString("sv");
    part(sheet, "sheet-words", HTMLElement).replaceChildren(...this.words.map((word) => el("li", {}, word)));
    const square = qrCode(this.words.join(" ").toUpperCase(), text("square"));
    part(sheet, "sheet-square", HTMLElement).replaceChildren(square);
    const labels = this.steps.part("back").querySelectorAll('[data-part="back-label"]');
    for (const [at, label] of [...labels].entries()) {
      label.textContent = text("back_word", { number: (this.asked[at] ?? 0) + 1 });
    }
  }
}

/**
 * Two different places, the lower first.
 * @param {number} count
 * @returns {number[]}
 */
function twoPlaces(count) {
  const [one = 0, other = 0] = randomBytes(2);
  const first = one % count;
  const second = (first + 1 + (other % (count - 1))) % count;
  return [first, second].sort((a, b) => a - b);
}
