/** The name and the passphrase that somebody chooses. What was typed stays in its fields until the account is made. */

import { byId, part } from "../referral/dom.js";
import { text } from "../texts.js";
import { generatePassphrase, judge, SHORTEST, WORDS, willDo } from "./passphrase.js";

const LOGIN = /^[a-z0-9._-]{1,40}$/;

export class AccountForm {
  /**
   * @param {import("./steps.js").Steps} steps
   * @param {string[]} known names of the organisation
   */
  constructor(steps, known) {
    this.steps = steps;
    this.known = known;
    this.generated = "";
    /** @type {() => void} */
    this.onDone = () => {};
    this.loginField = byId("login", HTMLInputElement);
    this.passphraseField = byId("passphrase", HTMLInputElement);
    this.againField = byId("passphrase-again", HTMLInputElement);
    this.#listen();
  }

  /** @returns {string} */
  get login() {
    return this.loginField.value.trim().toLowerCase();
  }

  /** @returns {string} */
  get passphrase() {
    return this.passphraseField.value;
  }

  /** Leave nothing of the passphrase in the page. */
  wipe() {
    this.generated = "";
    this.passphraseField.value = "";
    this.againField.value = "";
    const made = part(this.steps.part("account"), "made", HTMLElement);
    made.textContent = "";
    made.hidden = true;
  }

  #listen() {
    const box = this.steps.part("account");
    for (const button of box.querySelectorAll("[data-make]")) {
      button.addEventListener("click", () => this.#make(button.getAttribute("data-make") === "en" ? "en" : "ko"));
    }
    for (const field of [this.loginField, this.passphraseField]) field.addEventListener("input", () => this.#judge());
    byId("show-passphrase", HTMLInputElement).addEventListener("change", (event) => {
      const shown = event.target instanceof HTMLInputElement && event.target.checked;
      for (const field of [this.passphraseField, this.againField]) field.type = shown ? "text" : "password";
    });
    byId("account-form", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      const fault = this.#fault();
      this.steps.problem("account", fault ? { title: text("empty_title"), detail: text(fault) } : null);
      if (!fault) this.onDone();
    });
  }

  /** @param {"ko"|"en"} language */
  async #make(language) {
    this.generated = await generatePassphrase(language);
    const made = part(this.steps.part("account"), "made", HTMLElement);
    made.textContent = this.generated;
    made.lang = language;
    made.hidden = false;
    this.passphraseField.value = this.generated;
    this.againField.value = "";
    this.#judge();
  }

  /** @returns {ReturnType<typeof judge>} */
  #judge() {
    const known = [...this.known, this.login];
    const judgement = judge(this.passphrase, { generated: this.generated, known });
    const words = judgement === "empty" ? "" : text(`judged.${judgement}`, { least: SHORTEST, words: WORDS });
    byId("passphrase-judged", HTMLElement).textContent = words;
    return judgement;
  }

  /** @returns {string} the key of what is wrong, empty where nothing is */
  #fault() {
    if (!LOGIN.test(this.login)) return "missing_login";
    if (!this.passphrase) return "no_passphrase";
    if (!willDo(this.#judge())) return "missing_passphrase";
    const same = this.passphrase.normalize("NFC") === this.againField.value.normalize("NFC");
    return same ? "" : "differs";
  }
}
