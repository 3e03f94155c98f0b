// Finding among all that is open: by words, risk and content, in this browser. The portal's own page comes back as it was.

import { byId } from "../referral/dom.js";
import { problemWords } from "../session/problem_words.js";
import { text } from "../texts.js";
import { byRisk, matching } from "./chosen.js";
import { asksAnything, emptyQuery, readQuery, writtenQuery } from "./query.js";
import { asNowShown, contentOf, elementOf, focusedRow, rowOf, rowsBody, shownRows, updated } from "./rows.js";

/** @typedef {import("./listing.js").Listing} Listing */
/** @typedef {import("./query.js").Query} Query */

const AT_ONCE = 100;
const PAUSE = 150;
const FIELDS = /** @type {const} */ (["harm", "material", "wishes"]);

export class Finder {
  /** @param {Listing} listing @param {() => void} shown called when other rows stand there */
  constructor(listing, shown) {
    this.listing = listing;
    this.shown = shown;
    /** The rows of the portal's own page, and whether they stand there now. */
    this.own = shownRows();
    this.showsOwn = true;
    this.most = AT_ONCE;
    this.turn = 0;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
    this.put(readQuery(location.hash));
    this.#listen();
  }

  #listen() {
    const section = byId("finder", HTMLElement);
    section.hidden = false;
    section.addEventListener("input", () => {
      this.most = AT_ONCE;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), PAUSE);
    });
    section.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && asksAnything(this.query())) this.clear();
    });
    byId("find-clear", HTMLButtonElement).addEventListener("click", () => this.clear());
    byId("find-more", HTMLButtonElement).addEventListener("click", () => {
      this.most += AT_ONCE;
      this.look();
    });
    addEventListener("hashchange", () => {
      if (writtenQuery(this.query()) === location.hash.slice(1)) return;
      this.put({ ...readQuery(location.hash), words: byId("find-words", HTMLInputElement).value });
      this.look();
    });
  }

  /** What is asked now. @returns {Query} */
  query() {
    const query = emptyQuery();
    query.words = byId("find-words", HTMLInputElement).value;
    query.flags = flagBoxes()
      .filter((box) => box.checked)
      .map((box) => box.dataset.flag ?? "");
    for (const name of FIELDS) query[name] = [byId(`find-${name}`, HTMLSelectElement).value].filter(Boolean);
    query.order = byId("find-order", HTMLSelectElement).value;
    return query;
  }

  /** @param {Query} query */
  put(query) {
    byId("find-words", HTMLInputElement).value = query.words;
    for (const box of flagBoxes()) box.checked = query.flags.includes(box.dataset.flag ?? "");
    for (const name of FIELDS) byId(`find-${name}`, HTMLSelectElement).value = query[name][0] ?? "";
    byId("find-order", HTMLSelectElement).value = query.order;
    // What is chosen there is to be seen.
    const chosen = query.order !== "" || FIELDS.some((name) => query[name].length > 0);
    if (chosen) byId("find-details", HTMLDetailsElement).open = true;
  }

  clear() {
    this.put(emptyQuery());
    this.look();
    byId("find-words", HTMLInputElement).focus();
  }

  /**
   * Say how far the summaries are, and look again where something is asked.
   * @param {import("./listing.js").Progress} progress
   */
  async progressed({ rows, opened, broken, whole }) {
    const bar = byId("find-progress", HTMLProgressElement);
    bar.hidden = whole;
    bar.value = rows ? (opened + broken) / rows : 0;
    if (!whole) {
      // What is found so far is shown, unless somebody is at a row already.
      if (asksAnything(this.query())) await (focusedRow() ? undefined : this.look());
      else if (opened === 0) this.#say("finding", { opened, rows });
      return;
    }
    const counts = await this.listing.flagCounts();
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-count]"))) {
      place.textContent = String(counts[place.dataset.count ?? ""] ?? 0);
    }
    if (asksAnything(this.query())) await this.look();
    else this.#say("all_known", { opened, rows });
    if (broken) byId("find-said", HTMLElement).append(` ${text("summaries_closed", { count: broken })}`);
  }

  /** Show what is asked for now. @returns {Promise<void>} */
  async look() {
    const query = this.query();
    const hash = writtenQuery(query);
    if (hash !== location.hash.slice(1))
      history.replaceState(history.state, "", hash ? `#${hash}` : location.pathname + location.search);
    byId("find-clear", HTMLButtonElement).hidden = !asksAnything(query);
    this.turn += 1;
    const turn = this.turn;
    try {
      if (asksAnything(query)) await this.#find(query, turn);
      else this.#restore();
    } catch (error) {
      byId("find-said", HTMLElement).textContent = problemWords(error).detail;
    }
  }

  /** @param {Query} query @param {number} turn whoever typed on meanwhile gets a later answer */
  async #find(query, turn) {
    const { me = "", state = "", holder = "" } = byId("casework", HTMLElement).dataset;
    const rows = await matching(this.listing, { me, state, holder }, query);
    const weights = query.order === "risk" ? await this.listing.weights(rows.map((row) => row.referral_id)) : null;
    const shown = (weights ? byRisk(rows, weights) : rows).slice(0, this.most);
    const contents = await this.listing.contents(shown.map((row) => row.referral_id));
    if (turn !== this.turn) return;
    if (this.showsOwn) this.own = shownRows();
    this.showsOwn = false;
    rowsBody().replaceChildren(...shown.map((row) => elementOf(row, contents[row.referral_id] ?? null)));
    paging(false);
    tableShown(shown.length > 0 || this.own.length > 0, false);
    byId("find-more", HTMLButtonElement).hidden = shown.length === rows.length;
    const key = rows.length === 0 ? "found_none" : shown.length < rows.length ? "found_shown" : "found";
    this.#say(key, { count: rows.length, shown: shown.length });
    this.shown();
  }

  /** Lines for the rows that had none when they were drawn. @returns {Promise<void>} */
  async refresh() {
    const rows = shownRows().filter((row) => !contentOf.has(row));
    const contents = await this.listing.contents(rows.map((row) => rowOf(row).referral_id));
    for (const row of rows) {
      const id = rowOf(row).referral_id;
      const summary = contents[id];
      if (!summary) continue;
      contentOf.set(row, summary);
      updated(row, { summary_version: this.listing.rows.get(id)?.summary_version ?? 1 });
    }
  }

  #restore() {
    if (!this.showsOwn) {
      rowsBody().replaceChildren(...this.own.map((row) => asNowShown(document.getElementById(row.id) ?? row)));
    }
    this.showsOwn = true;
    paging(true);
    tableShown(this.own.length > 0, this.own.length === 0);
    byId("find-more", HTMLButtonElement).hidden = true;
    const { rows, opened, whole } = this.listing.progress;
    this.#say(whole ? "all_known" : "finding", { opened, rows });
    this.shown();
  }

  /** @param {string} key @param {Record<string, number>} numbers */
  #say(key, numbers) {
    const given = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, value.toLocaleString()]));
    byId("find-said", HTMLElement).textContent = text(key, given);
  }
}

/** @returns {HTMLInputElement[]} */
function flagBoxes() {
  return [.../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[data-flag]"))];
}

/**
 * A view without rows has no table of its own to put them into.
 * @param {boolean} shown
 * @param {boolean} empty whether the page says that there is nothing
 */
function tableShown(shown, empty) {
  const none = document.getElementById("queue-empty");
  if (none) none.hidden = !empty;
  for (const part of document.querySelectorAll("table.queue, #bulk")) {
    if (part instanceof HTMLElement) part.hidden = !shown;
  }
}

/** @param {boolean} shown the portal's own pages, which say nothing about what was found */
function paging(shown) {
  const pages = document.querySelector(".paging");
  if (pages instanceof HTMLElement) pages.hidden = !shown;
}
