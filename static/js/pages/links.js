// Working by link: the links of opened letters one after the other, decided with one key each, saved in the background.

import { codeOf, needsReason } from "./links/codes.js";
import { attachFile } from "./links/file_view.js";
import { attachImport } from "./links/import_view.js";
import { attachKeys } from "./links/keys.js";
import { Letters } from "./links/letters.js";
import { offerLetters } from "./links/letters_view.js";
import { filterOf } from "./links/link_rows.js";
import { showNeeds } from "./links/needs_view.js";
import { Outbox } from "./links/outbox.js";
import { askReason } from "./links/reason_dialog.js";
import { deliver, failed } from "./links/saying.js";
import { attachTrouble, showTrouble } from "./links/trouble_view.js";
import { addressWords, codeName, makeCodes, placeWords, showCard, showCounts, showRows } from "./links/views.js";
import { LinkWork, NotDecided } from "./links/work.js";
import { byId } from "./referral/dom.js";
import { attachExposure } from "./referral/exposure.js";
import { begin } from "./requests/opening.js";
import { problemWords } from "./session/problem_words.js";
import { Problem } from "./session/request.js";
import { label, text } from "./texts.js";

/** @param {string} codeId the reason that stands ready, empty for none */
const stock = (codeId) => (codeOf(codeId).reason === "stock" ? text(`reason_${codeId}`) : "");

class LinksPage {
  /** @param {import('./requests/opening.js').Desk} desk */
  constructor({ session, page }) {
    this.session = session;
    this.root = page.root;
    this.letters = new Letters(session);
    /** @type {Set<string>} keys of the links that are selected for the list file */
    this.picked = new Set();
    this.drawing = false;
    const way = {
      letter: (/** @type {string} */ id) => this.letters.open.get(id) ?? missing(),
      reopen: (/** @type {string} */ id) => this.letters.reopen(id),
      sentence: text,
      undone: (/** @type {import('./links/work.js').Decision} */ decision) => this.work.drop(decision),
      unlocked: async () => {
        if (!session.ring && !(await session.revive("locked"))) throw new Problem(401, { detail: text("locked") });
      },
    };
    this.outbox = new Outbox({
      deliver: (job) => deliver(way, job),
      failed: (job, error) => failed(job, error, (one) => problemWords(one).detail),
      changed: () => this.draw(),
    });
    this.work = new LinkWork(this.outbox, () => this.draw());
    this.#attach(page);
  }

  /** @param {import('./requests/opening.js').Page} page */
  #attach(page) {
    const decide = (/** @type {string} */ codeId) => this.decide(codeId);
    makeCodes(decide);
    const acts = {
      next: () => this.step("next"),
      before: () => this.step("before"),
      pick: () => this.pick(this.work.current?.key ?? "", !this.picked.has(this.work.current?.key ?? "")),
      back: () => this.takeBack(),
      save: () => this.outbox.flush(),
    };
    attachKeys(acts, decide);
    const buttons = {
      "step-next": acts.next,
      "step-before": acts.before,
      "take-back": acts.back,
      "save-now": acts.save,
    };
    for (const [id, act] of Object.entries(buttons)) byId(id, HTMLButtonElement).addEventListener("click", act);
    byId("filters", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      this.filter();
    });
    byId("which", HTMLSelectElement).addEventListener("change", () => this.filter());
    byId("pick-all", HTMLInputElement).addEventListener("change", ({ target }) => {
      const on = target instanceof HTMLInputElement && target.checked;
      for (const { key } of this.work.shown) this.picked[on ? "add" : "delete"](key);
      this.draw();
    });
    attachExposure(this.session, () => !byId("work", HTMLElement).hidden);
    attachTrouble(this.session, this.outbox);
    attachFile(this.session, this.work, this.picked, /** @type {any} */ (page.organisation));
    attachImport(this.work, stock, () => this.draw());
    addEventListener("beforeunload", (event) => {
      if (this.outbox.waiting === 0) return;
      this.outbox.flush();
      event.preventDefault();
    });
  }

  /** Links that were just opened. @param {import('./links/link_rows.js').Link[]} links */
  opened(links) {
    this.work.add(links);
    byId("work", HTMLElement).hidden = false;
    byId("intro", HTMLElement).hidden = true;
    this.filter();
    byId("card-title", HTMLElement).focus();
  }

  filter() {
    this.work.show(filterOf(byId("which", HTMLSelectElement).value, byId("site-words", HTMLInputElement).value));
    byId("pick-all", HTMLInputElement).checked = false;
    this.draw();
  }

  /** @param {string} codeId */
  async decide(codeId) {
    const link = this.work.current;
    if (!link) return;
    const code = codeOf(codeId);
    const state = this.work.standOf(link);
    if (!this.work.codes(link).includes(code)) {
      const words = { decision: codeName(codeId), state: label("item_states", state) };
      const decided = this.work.decisions.has(link.key);
      tell(`${text("not_from_here", words)} ${decided ? text("undo_first") : ""}`.trim());
      return;
    }
    let reason = stock(codeId);
    if (needsReason(code, state) && !reason) reason = await askReason(codeId, codeName(codeId));
    try {
      this.work.decide(link, codeId, reason);
    } catch (error) {
      if (!(error instanceof NotDecided)) throw error;
      return;
    }
    const more = this.work.next();
    if (!more) this.outbox.flush();
    tell(more ? "" : text("last_one"));
    this.announce(codeName(codeId));
    this.draw();
  }

  /** @param {string} decision */
  announce(decision) {
    const link = this.work.current;
    const words = { decision, place: placeWords(this.work), address: link ? addressWords(link) : "" };
    byId("announced", HTMLElement).textContent = text("announced", words);
  }

  /** @param {'next'|'before'} way */
  step(way) {
    const more = way === "before" ? this.work.before() : this.work.next();
    tell(more === false ? text("last_one") : "");
    this.announce("");
    this.draw();
  }

  takeBack() {
    const decision = this.work.takeBack();
    if (!decision) {
      tell(text("nothing_back"));
      return;
    }
    const at = this.work.shown.indexOf(decision.link);
    if (at !== -1) this.work.look(at);
    tell(text(decision.status === "undoing" ? "taking_back" : "taken_back", { place: placeWords(this.work) }));
    this.draw();
  }

  /** @param {string} key @param {boolean} on */
  pick(key, on) {
    if (!key) return;
    this.picked[on ? "add" : "delete"](key);
    this.draw();
  }

  /** What changed is drawn once, however much changed. */
  draw() {
    if (this.drawing) return;
    this.drawing = true;
    queueMicrotask(() => {
      this.drawing = false;
      const look = (/** @type {number} */ at) => {
        this.work.look(at);
        this.draw();
      };
      const pick = (/** @type {string} */ key, /** @type {boolean} */ on) => this.pick(key, on);
      showCard(this.work, this.root);
      showRows(this.work, { picked: this.picked, look, pick });
      showCounts(this.work);
      showNeeds(this.work, this.root, () => this.draw());
      showTrouble(this.outbox);
    });
  }
}

/** @returns {never} */
function missing() {
  throw new TypeError("not opened");
}

/** @param {string} words */
function tell(words) {
  byId("card-said", HTMLElement).textContent = words;
}

/** @type {LinksPage|null} */
let page = null;
begin(async (desk) => {
  const shown = page ?? new LinksPage(desk);
  page = shown;
  await offerLetters(shown.letters, (links) => shown.opened(links));
});
