// Taking a file of sites in: what would change is shown first, and taken over only when somebody says so.

import { edited } from "../../domain/directory_record.js";
import { emptyStep } from "../../domain/record_steps.js";
import { compared } from "../../domain/sites.js";
import { byId, el } from "../referral/dom.js";
import { label, text } from "../texts.js";
import { FileFault, sitesInFile } from "./file_reading.js";
import { tableElement } from "./table.js";

/**
 * @typedef {import("../records.js").Opened<import("../../domain/directory_record.js").DirectoryContent>} Entry
 * @typedef {import("../requests/opening.js").Desk} Desk
 * @typedef {import("./file_reading.js").FoundSites} FoundSites
 */

const ENUMS = new Map([
  ["service", "site_kinds"],
  ["registration", "registrations"],
]);
const SHOWN_MOST = 500;

/** @param {string} field @param {string} value @returns {string} */
export function valueWords(field, value) {
  const enumName = ENUMS.get(field);
  return enumName ? label(enumName, value) : value;
}

export class TakingIn {
  /**
   * @param {Desk} desk
   * @param {{entries: () => Entry[], columns: (field: string) => string, language: "ko"|"en",
   *   words: import("../../domain/site_table.js").Words, changed: () => Promise<void>}} directory
   */
  constructor(desk, directory) {
    this.desk = desk;
    this.directory = directory;
    /** @type {FoundSites|null} */
    this.found = null;
    const file = byId("file", HTMLInputElement);
    file.addEventListener("change", () => this.read(file.files?.[0]));
    byId("take", HTMLButtonElement).addEventListener("click", () => this.take());
    byId("leave", HTMLButtonElement).addEventListener("click", () => this.clear());
  }

  clear() {
    this.found = null;
    byId("preview", HTMLElement).hidden = true;
    byId("file", HTMLInputElement).value = "";
  }

  /** @param {string} words */
  complain(words) {
    const error = byId("file-error", HTMLElement);
    error.hidden = !words;
    error.textContent = words;
  }

  /** @param {File|undefined} file */
  async read(file) {
    byId("take-said", HTMLElement).textContent = "";
    byId("preview", HTMLElement).hidden = true;
    this.complain("");
    if (!file) return;
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      this.found = await sitesInFile(bytes, this.directory.words, this.desk.session);
      this.show();
    } catch (error) {
      this.clear();
      this.complain(error instanceof FileFault ? error.message : text("save_failed"));
    }
  }

  /** What would change, as things stand now. */
  comparison() {
    const known = new Map();
    for (const { content, state } of this.directory.entries()) {
      if (content) known.set(content.site.domain, { site: content.site, retired: state === "retired" });
    }
    return compared(known, this.found?.sites ?? []);
  }

  show() {
    const { added, changed, same, retired } = this.comparison();
    const counts = { added: added.length, changed: changed.length, same, retired: retired.length };
    const nothing = added.length + changed.length === 0;
    byId("preview-count", HTMLElement).textContent = nothing
      ? `${text("preview_nothing")} ${text("preview_counts", counts)}`
      : text("preview_counts", counts);
    const rows = [
      ...changed.flatMap(({ site, changes }) => changes.map((change) => this.changeCells(site.domain, change))),
      ...added.map((site) => this.addedCells(site)),
    ].slice(0, SHOWN_MOST);
    const heads = [
      this.directory.columns("domain"),
      text("column_what_field"),
      text("column_before"),
      text("column_after"),
    ];
    byId("preview-rows", HTMLElement).replaceChildren(nothing ? "" : tableElement(heads, rows));
    this.showSource();
    byId("take", HTMLButtonElement).hidden = nothing;
    byId("preview", HTMLElement).hidden = false;
    byId("preview-title", HTMLElement).focus();
  }

  /** @param {string} domain @param {import("../../domain/sites.js").Change} change */
  changeCells(domain, { field, before, after }) {
    const was = valueWords(field, before) || text("preview_empty");
    return [
      domain,
      this.directory.columns(field),
      el("span", { class: "sites__before" }, was),
      valueWords(field, after),
    ];
  }

  /** @param {import("../../domain/signed_list.js").Site} site */
  addedCells(site) {
    const said = Object.entries(site)
      .filter(([field, value]) => field !== "domain" && value && value !== "unknown")
      .map(([field, value]) => valueWords(field, String(value)));
    return [site.domain, text("preview_new"), "", said.join(" · ")];
  }

  showSource() {
    const { source = null, known = true } = this.found ?? {};
    const place = byId("provenance", HTMLElement);
    byId("compared-group", HTMLElement).hidden = known;
    byId("compared", HTMLInputElement).checked = false;
    if (!source) return place.replaceChildren();
    const { organisation: slug, name, fingerprint, made_at } = source;
    const words = { name: name[this.directory.language], slug, day: made_at.slice(0, 10), fingerprint };
    place.replaceChildren(
      el(
        "div",
        { class: "govuk-inset-text" },
        el("p", { class: "govuk-body" }, text("from_list", words)),
        el("p", { class: "govuk-body" }, text(known ? "list_known" : "list_unknown")),
      ),
    );
  }

  async take() {
    const button = byId("take", HTMLButtonElement);
    if (!this.found || button.disabled) return;
    const comparedGroup = byId("compared-group", HTMLElement);
    const said = byId("take-said", HTMLElement);
    if (!comparedGroup.hidden && !byId("compared", HTMLInputElement).checked) {
      said.textContent = text("compare_first");
      return;
    }
    button.disabled = true;
    const drafts = this.drafts(this.found.source);
    let done = 0;
    try {
      for (const draft of drafts) {
        await this.desk.records.save(draft);
        done += 1;
        if (done % 10 === 0) said.textContent = text("taking", { done, number: drafts.length });
      }
      said.textContent = text("taken", { number: done });
    } catch {
      said.textContent = text("take_stopped", { done, number: drafts.length });
    } finally {
      button.disabled = false;
      this.clear();
      await this.directory.changed();
    }
  }

  /** What is saved: new entries as drafts, known ones in the state that they have. @param {FoundSites["source"]} source */
  drafts(source) {
    const { added, changed } = this.comparison();
    const who = { on: this.desk.page.today, by: this.desk.session.caseworker.login };
    const own = new Map(this.directory.entries().map((entry) => [entry.content?.site.domain, entry]));
    const kept = changed.flatMap(({ site }) => {
      const entry = own.get(site.domain);
      if (!entry?.content) return [];
      return [{ ...entry, content: edited(entry.content, { site, source: source ?? entry.content.source }, who) }];
    });
    return [...kept, ...added.map((site) => newEntry(site, who, source))];
  }
}

/**
 * An entry that nobody checked yet.
 * @param {import("../../domain/signed_list.js").Site} site
 * @param {{on: string, by: string}} who
 * @param {FoundSites["source"]} [source]
 * @returns {import("../records.js").Draft}
 */
export function newEntry(site, { on, by }, source = null) {
  const content = { v: 1, site, note: "", source, edits: [], steps: [emptyStep("draft", on, by)] };
  return { type: "directory", state: "draft", content };
}
