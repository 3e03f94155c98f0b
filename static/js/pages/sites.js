// The site directory: opened here, found, added to, and handed on as a table or as a signed list.

import { FORM } from "../domain/directory_record.js";
import { tableOf } from "../domain/site_table.js";
import { emptySite, siteOf } from "../domain/sites.js";
import { byId, el } from "./referral/dom.js";
import { begin, pageLanguage } from "./requests/opening.js";
import { problemWords } from "./session/problem_words.js";
import { CannotSign, noted, saveFile, saveTable, signedList } from "./sites/saving.js";
import { tableElement } from "./sites/table.js";
import { newEntry, TakingIn, valueWords } from "./sites/taking_in.js";
import { columnWords, tableWords } from "./sites/words.js";
import { label, text } from "./texts.js";

/**
 * @typedef {import("./records.js").Opened<import("../domain/directory_record.js").DirectoryContent>} Entry
 * @typedef {import("./requests/opening.js").Desk} Desk
 */

class DirectoryPage {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    /** @type {Entry[]} */
    this.entries = [];
    const again = () => this.show();
    byId("find", HTMLInputElement).addEventListener("input", again);
    byId("of-state", HTMLSelectElement).addEventListener("change", again);
    byId("add", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      this.add();
    });
    byId("save-table", HTMLButtonElement).addEventListener("click", () => this.saveTable());
    byId("save-signed", HTMLButtonElement).addEventListener("click", () => this.saveSigned());
    this.takingIn = new TakingIn(desk, {
      entries: () => this.entries,
      columns: columnWords,
      language: pageLanguage(),
      words: tableWords(),
      changed: () => this.reread(),
    });
  }

  async reread() {
    this.entries = (await this.desk.records.list("directory")).toSorted((a, b) =>
      (a.content?.site.domain ?? "~").localeCompare(b.content?.site.domain ?? "~"),
    );
    byId("directory", HTMLElement).hidden = false;
    this.show();
  }

  /** What is shown: of the chosen state, with the words that were typed. */
  shown() {
    const state = byId("of-state", HTMLSelectElement).value;
    const words = byId("find", HTMLInputElement).value.trim().toLowerCase();
    return this.entries.filter((entry) => {
      if (state ? entry.state !== state : entry.state === "retired") return false;
      return words === "" || searched(entry).includes(words);
    });
  }

  show() {
    const found = this.shown();
    const heads = ["service", "operator", "abuse", "hosting", "registration", "last_answer_on"];
    byId("count", HTMLElement).textContent = found.length
      ? text("sites_count", { number: found.length })
      : text("sites_none");
    const rows = found.map((entry) => this.cells(entry));
    const table = tableElement([columnWords("domain"), text("fact_state"), ...heads.map(columnWords)], rows, {
      caption: text("file_sites"),
    });
    byId("rows", HTMLElement).replaceChildren(rows.length > 0 ? table : "");
  }

  /** @param {Entry} entry */
  cells({ recordId, state, content }) {
    const href = `${this.desk.page.root}/sites/${recordId}`;
    const name = content?.site.domain ?? text("broken");
    const link = el("a", { class: "govuk-link", href, translate: "no" }, name);
    const mark = el("span", { class: `state state--directory-${state}` }, label("directory_states", state));
    if (!content) return [link, mark, "", "", "", "", "", ""];
    const { service, operator, abuse, hosting, registration, last_answer_on } = content.site;
    const [kind, registered] = [valueWords("service", service), valueWords("registration", registration)];
    return [link, mark, kind, operator, abuse, hosting, registered, last_answer_on ?? ""];
  }

  async add() {
    const field = byId("add-domain", HTMLInputElement);
    const error = byId("add-error", HTMLElement);
    const domain = siteOf(field.value);
    const known = this.entries.some(({ content }) => content?.site.domain === domain);
    const bad = !domain ? "bad_domain_typed" : known ? "known_domain" : "";
    error.hidden = !bad;
    error.textContent = bad && text(bad);
    if (known && domain) {
      byId("find", HTMLInputElement).value = domain;
      this.show();
    }
    if (bad) return;
    const who = { on: this.desk.page.today, by: this.desk.session.caseworker.login };
    try {
      const { recordId } = await this.desk.records.save(newEntry(emptySite(domain), who));
      location.assign(`${this.desk.page.root}/sites/${recordId}`);
    } catch {
      error.hidden = false;
      error.textContent = text("save_failed");
    }
  }

  async saveTable() {
    const said = byId("saved-said", HTMLElement);
    const sites = this.shown().flatMap(({ content }) => (content ? [content.site] : []));
    try {
      await noted(this.desk.session, "sites");
      saveTable(`${text("file_sites")}-${this.desk.page.today}`, tableOf(sites, tableWords(), pageLanguage()));
      said.textContent = text("table_saved");
    } catch (error) {
      said.textContent = problemWords(error).detail;
    }
  }

  async saveSigned() {
    const said = byId("saved-said", HTMLElement);
    const rows = this.entries.flatMap(({ state, content }) => (state === "active" && content ? [content.site] : []));
    if (rows.length === 0) {
      said.textContent = text("signed_none");
      return;
    }
    try {
      const { content, digits } = await signedList(this.desk.session, "sites", { rows });
      saveFile(`${text("file_sites")}-${this.desk.page.today}.json`, content, "application/json");
      said.textContent = text("signed_saved", { number: rows.length, fingerprint: digits });
    } catch (error) {
      said.textContent = error instanceof CannotSign ? text("no_signing_key") : problemWords(error).detail;
    }
  }
}

/** All that is known, for finding. @param {Entry} entry */
function searched({ content }) {
  if (!content) return "";
  const { site, note } = content;
  const words = Object.entries(site).map(([field, value]) => valueWords(field, String(value ?? "")));
  return [...words, note].join("\n").toLowerCase();
}

begin((desk) => new DirectoryPage(desk).reread(), { directory: FORM });
