// Saved views: what a caseworker looks for often, with how much there is of it. Names and what is asked for are sealed;
// an address names a view by its id alone.

import { READING } from "../../domain/reading_record.js";
import { Records } from "../records.js";
import { byId, el } from "../referral/dom.js";
import { problemWords } from "../session/problem_words.js";
import { text } from "../texts.js";
import { matching } from "./chosen.js";
import { readQuery, writtenQuery } from "./query.js";
import { shownRows, updated } from "./rows.js";
import { attachSpared, SPARED } from "./spared.js";
import { FORM } from "./view_content.js";

/**
 * @typedef {import("./query.js").Query} Query
 * @typedef {import("../records.js").Opened<import("./view_content.js").ViewContent>} View
 */

export class Views {
  /**
   * @param {import("../session.js").Session} session
   * @param {import("./finder.js").Finder} finder
   */
  constructor(session, finder) {
    this.records = new Records(session, { view: FORM });
    this.me = session.caseworker.login;
    this.finder = finder;
    /** @type {View[]} */
    this.views = [];
    byId("view-save", HTMLButtonElement).addEventListener("click", () => this.#offer());
    byId("view-form", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      this.#save();
    });
    byId("view-cancel", HTMLButtonElement).addEventListener("click", () =>
      byId("view-dialog", HTMLDialogElement).close(),
    );
  }

  /** Take up the views that there are, and the one that the address names. @returns {Promise<void>} */
  async load() {
    const all = await this.records.list("view");
    const own = all.filter((one) => one.content && [null, this.me].includes(one.content.owner));
    this.views = own.filter((one) => ![SPARED, READING].some((mark) => one.content?.query.startsWith(mark)));
    const spared = own.find((one) => one.content?.query.startsWith(SPARED) && one.content.owner === this.me);
    attachSpared(this.records, this.me, spared, () => {
      for (const row of shownRows()) updated(row, {});
    });
    await this.show();
    const named = new URLSearchParams(location.hash.slice(1)).get("view");
    const view = named && this.views.find((one) => one.recordId === named);
    if (view) await this.#apply(view);
  }

  /** Show them, each with its number. @returns {Promise<void>} */
  async show() {
    const { root = "" } = byId("casework", HTMLElement).dataset;
    const items = await Promise.all(this.views.map(async (view) => this.#line(view, root, await this.count(view))));
    byId("saved-views", HTMLElement).replaceChildren(...items);
    byId("saved-views-box", HTMLElement).hidden = items.length === 0;
  }

  /** @param {View} view @returns {Promise<number>} */
  async count(view) {
    const { filters, query } = partsOf(view.content?.query ?? "");
    const { listing } = this.finder;
    return (await matching(listing, { ...filters, me: this.me }, query)).length;
  }

  /** @param {View} view @param {string} root @param {number} count */
  #line(view, root, count) {
    const { name, owner, query } = /** @type {import("./view_content.js").ViewContent} */ (view.content);
    const [search = ""] = query.split("#");
    const link = el(
      "a",
      { class: "views__view govuk-link", href: `${root}/queue${search && `?${search}`}#view=${view.recordId}` },
      name,
      " ",
      el("span", { class: "views__count" }, count.toLocaleString()),
      owner === null && el("span", { class: "views__shared" }, text("view_shared")),
    );
    link.addEventListener("click", (event) => {
      if (search !== location.search.slice(1) || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#apply(view);
    });
    const remove = el(
      "button",
      { type: "button", class: "plain-button views__remove", "aria-label": text("view_remove", { name }) },
      "×",
    );
    remove.addEventListener("click", () => this.#remove(view));
    return el("li", { class: "views__saved" }, link, remove);
  }

  /** @param {View} view */
  async #apply(view) {
    this.finder.put(partsOf(view.content?.query ?? "").query);
    await this.finder.look();
  }

  #offer() {
    byId("view-error", HTMLElement).hidden = true;
    byId("view-name", HTMLInputElement).value = "";
    byId("view-dialog", HTMLDialogElement).showModal();
    byId("view-name", HTMLInputElement).focus();
  }

  async #save() {
    const name = byId("view-name", HTMLInputElement).value.trim();
    const error = byId("view-error", HTMLElement);
    error.hidden = name !== "";
    error.textContent = text("view_name_missing");
    if (name === "") return;
    const owner = byId("view-shared", HTMLInputElement).checked ? null : this.me;
    const content = { v: 1, owner, name, query: written(this.finder.query()) };
    try {
      this.views.push(await this.records.save({ type: "view", content }));
      byId("view-dialog", HTMLDialogElement).close();
      await this.show();
    } catch (problem) {
      error.hidden = false;
      error.textContent = problemWords(problem).detail;
    }
  }

  /** @param {View} view */
  async #remove(view) {
    try {
      await this.records.remove(view);
      this.views = this.views.filter((one) => one !== view);
      await this.show();
      byId("view-save", HTMLButtonElement).focus();
    } catch (problem) {
      byId("find-said", HTMLElement).textContent = problemWords(problem).detail;
    }
  }
}

/**
 * @param {Query} query
 * @returns {string} with the state and the holder of this page, and typed words: all of it is sealed
 */
function written(query) {
  const words = query.words.trim() && `words=${encodeURIComponent(query.words.trim())}`;
  return `${location.search.slice(1)}#${[writtenQuery(query), words].filter(Boolean).join("&")}`;
}

/** @param {string} query as `written` gave it */
export function partsOf(query) {
  const [search = "", hash = ""] = query.split("#");
  const given = new URLSearchParams(search);
  const filters = { state: given.get("state") ?? "", holder: given.get("holder") ?? "" };
  const words = new URLSearchParams(hash).get("words") ?? "";
  return { filters, query: { ...readQuery(hash), words } };
}
