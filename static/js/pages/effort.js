// The effort of the whole organisation: by day and kind of work, struck out where it was a mistake, and a statement that
// says nothing of victims and nobody's name.

import { FORM, statementRows, sums } from "../domain/effort_record.js";
import { attachEffort } from "./effort/quick.js";
import { paperOf } from "./effort/statement.js";
import { byId, el } from "./referral/dom.js";
import { begin, pageLanguage } from "./requests/opening.js";
import { problemWords } from "./session/problem_words.js";
import { CannotSign, noted, saveFile, saveTable, signedList } from "./sites/saving.js";
import { tableElement } from "./sites/table.js";
import { label, text } from "./texts.js";

/**
 * @typedef {import("./records.js").Opened<import("../domain/effort_record.js").EffortContent>} Entry
 * @typedef {import("./requests/opening.js").Desk} Desk
 */

const SHOWN_MOST = 300;

class EffortPage {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    /** @type {Entry[]} */
    this.entries = [];
    const { today } = desk.page;
    byId("from", HTMLInputElement).value = `${today.slice(0, 8)}01`;
    byId("until", HTMLInputElement).value = today;
    byId("period", HTMLFormElement).addEventListener("input", () => this.show());
    byId("period", HTMLFormElement).addEventListener("submit", (event) => event.preventDefault());
    byId("save-table", HTMLButtonElement).addEventListener("click", () => this.saveTable());
    byId("save-signed", HTMLButtonElement).addEventListener("click", () =>
      this.signed((made) => this.saveSigned(made)),
    );
    byId("print", HTMLButtonElement).addEventListener("click", () => this.signed((made) => this.print(made)));
    attachEffort(desk.session, () => ({ referrals: [], items: [] }));
    new MutationObserver(() => this.reread()).observe(byId("effort-said", HTMLElement), { childList: true });
  }

  async reread() {
    this.entries = await this.desk.records.list("effort");
    byId("effort", HTMLElement).hidden = false;
    this.show();
  }

  get period() {
    return { from: byId("from", HTMLInputElement).value, until: byId("until", HTMLInputElement).value };
  }

  get rows() {
    return statementRows(
      this.entries.flatMap(({ content }) => content ?? []),
      this.period,
    );
  }

  show() {
    const { from, until } = this.period;
    const bad = !from || !until || until < from;
    const error = byId("period-error", HTMLElement);
    error.hidden = !bad;
    error.textContent = bad ? text("effort_bad_period") : "";
    for (const id of ["save-table", "save-signed", "print"]) byId(id, HTMLButtonElement).disabled = bad;
    const total = sums(this.rows);
    const together = (/** @type {"times"|"minutes"|"links"} */ name) => total.reduce((sum, one) => sum + one[name], 0);
    byId("total", HTMLElement).textContent =
      total.length === 0
        ? text("effort_none")
        : text("effort_total", { times: together("times"), minutes: together("minutes"), links: together("links") });
    const heads = ["column_what", "column_times", "column_minutes", "column_links"].map((key) => text(key));
    const rows = total.map((one) => [
      label("effort_kinds", one.what),
      ...[one.times, one.minutes, one.links].map(String),
    ]);
    byId("sums", HTMLElement).replaceChildren(rows.length > 0 ? tableElement(heads, rows, { numbers: [1, 2, 3] }) : "");
    this.showEntries();
  }

  showEntries() {
    const { from, until } = this.period;
    const broken = this.entries.filter(({ content }) => content === null).length;
    byId("broken-count", HTMLElement).textContent = broken ? text("effort_broken", { number: broken }) : "";
    const shown = this.entries
      .filter(({ content }) => content !== null && content.on >= from && content.on <= until)
      .sort((a, b) => (b.content?.on ?? "").localeCompare(a.content?.on ?? "") || b.at.localeCompare(a.at))
      .slice(0, SHOWN_MOST);
    const heads = ["on", "what", "minutes", "links", "role", "by"].map((name) => text(`column_${name}`));
    const rows = shown.map((entry) => this.cells(entry));
    byId("entries", HTMLElement).replaceChildren(
      rows.length > 0 ? tableElement([...heads, text("effort_strike")], rows, { numbers: [2, 3] }) : "",
    );
  }

  /** @param {Entry} entry */
  cells(entry) {
    const { content } = entry;
    if (!content) return [];
    const { on, what, minutes, items, role, struck } = content;
    const button = el(
      "button",
      { type: "button", class: "plain-button govuk-link" },
      text(struck ? "effort_restore" : "effort_strike"),
    );
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        await this.desk.records.save({ ...entry, content: { ...content, struck: !struck } });
      } catch {
        byId("said", HTMLElement).textContent = text("save_failed");
      }
      await this.reread();
    });
    const words = label("effort_kinds", what);
    const name = struck
      ? el("span", {}, el("s", { class: "sites__struck" }, words), ` ${text("effort_struck")}`)
      : words;
    return [on, name, String(minutes), String(items.length), label("roles", role), entry.by, button];
  }

  async saveTable() {
    const heads = ["on", "what", "role", "minutes", "links"].map((name) => text(`column_${name}`));
    const rows = this.rows.map(({ on, what, role, minutes, links }) => [
      on,
      label("effort_kinds", what),
      label("roles", role),
      String(minutes),
      String(links),
    ]);
    const said = byId("said", HTMLElement);
    try {
      await noted(this.desk.session, "effort");
      saveTable(this.name, [heads, ...rows]);
      said.textContent = text("table_saved");
    } catch (error) {
      said.textContent = problemWords(error).detail;
    }
  }

  get name() {
    return `${text("file_effort")}-${this.period.from}-${this.period.until}`;
  }

  /** @param {(made: Awaited<ReturnType<typeof signedList>>) => void} then */
  async signed(then) {
    const said = byId("said", HTMLElement);
    try {
      const made = await signedList(this.desk.session, "effort", { ...this.period, rows: this.rows });
      then(made);
      said.textContent = text("effort_made", { fingerprint: made.digits });
    } catch (error) {
      said.textContent = error instanceof CannotSign ? text("no_signing_key") : problemWords(error).detail;
    }
  }

  /** @param {Awaited<ReturnType<typeof signedList>>} made */
  saveSigned({ content }) {
    saveFile(`${this.name}.json`, content, "application/json");
  }

  /** @param {Awaited<ReturnType<typeof signedList>>} made */
  print(made) {
    const paper = paperOf(made, pageLanguage());
    document.body.classList.add("printing-paper");
    document.body.append(paper);
    print();
    paper.remove();
    document.body.classList.remove("printing-paper");
  }
}

begin((desk) => new EffortPage(desk).reread(), { effort: FORM });
