// A monitoring group's page: many links at once, sealed here, in as many letters as they need; what was sent, by week.

import { FORM, letters } from "../domain/batch_record.js";
import { format } from "../domain/receipt_code.js";
import { mondayOf } from "../domain/recheck_record.js";
import { FormatError } from "../errors.js";
import { gathered, LINKS_MOST, NoColumn, rowsInFile, rowsPasted } from "./monitor/gathering.js";
import { ReceiverGone } from "./monitor/letter.js";
import { keepBatch, sendAll } from "./monitor/sending.js";
import { defang } from "./referral/defang.js";
import { byId } from "./referral/dom.js";
import { begin, pageLanguage } from "./requests/opening.js";
import { tableElement } from "./sites/table.js";
import { text } from "./texts.js";

/**
 * @typedef {import("./monitor/sending.js").Kept} Kept
 * @typedef {import("../domain/batch_record.js").Row} Row
 * @typedef {import("./requests/opening.js").Desk} Desk
 */

const SHOWN_MOST = 100;
const RESTS_MS = 250;

class MonitorPage {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    /** @type {Kept[]} */
    this.kept = [];
    /** @type {Row[]} out of the file */
    this.filed = [];
    const file = byId("file", HTMLInputElement);
    file.addEventListener("change", () => this.read(file.files?.[0]));
    byId("pasted", HTMLTextAreaElement).addEventListener("input", () => this.previewSoon());
    byId("again", HTMLInputElement).addEventListener("change", () => this.preview());
    byId("go-on", HTMLButtonElement).addEventListener("click", () => this.run(() => this.unsent));
    byId("send", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    addEventListener("beforeunload", (event) => {
      if (this.busy || byId("pasted", HTMLTextAreaElement).value) event.preventDefault();
    });
  }

  async reread() {
    const order = (/** @type {Kept} */ { content }) =>
      `${content?.on} ${content?.batch} ${String(content?.number).padStart(4, "0")}`;
    const all = await this.desk.records.list("batch");
    this.kept = all.toSorted((a, b) => order(a).localeCompare(order(b)));
    byId("monitor", HTMLElement).hidden = false;
    this.show();
  }

  get unsent() {
    return this.kept.filter(({ content }) => content && content.sent_on === null);
  }

  get gathered() {
    const rows = [...rowsPasted(byId("pasted", HTMLTextAreaElement).value), ...this.filed];
    const before = byId("again", HTMLInputElement).checked
      ? []
      : this.kept.flatMap(({ content }) => content?.rows ?? []);
    return gathered(
      rows,
      before.map(({ url }) => url),
    );
  }

  /** @param {File|undefined} file */
  async read(file) {
    const error = byId("file-error", HTMLElement);
    this.filed = [];
    error.hidden = true;
    try {
      if (file) this.filed = rowsInFile(new Uint8Array(await file.arrayBuffer()));
    } catch (failure) {
      byId("file", HTMLInputElement).value = "";
      error.hidden = false;
      error.textContent = fileWords(failure);
    }
    this.preview();
  }

  /** Once the typing rests: thousands of links are not gathered anew at every key. */
  previewSoon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.preview(), RESTS_MS);
  }

  preview() {
    const { rows, twice, before } = this.gathered;
    const said = [
      rows.length > 0
        ? text("batch_count", { number: rows.length, letters: letters(rows).length })
        : text("batch_none"),
      twice ? text("batch_twice", { number: twice }) : "",
      before ? text("batch_before", { number: before }) : "",
    ];
    byId("preview-count", HTMLElement).textContent = said.filter(Boolean).join(" ");
    const cells = rows.slice(0, SHOWN_MOST).map(({ url, place, poster }) => [defang(url), place, poster]);
    const heads = ["address", "place", "poster"].map((name) => text(`column_${name}`));
    byId("preview-rows", HTMLElement).replaceChildren(cells.length > 0 ? tableElement(heads, cells) : "");
  }

  async send() {
    const { rows } = this.gathered;
    const boxes = [...document.querySelectorAll("#receivers input:checked")];
    const to = boxes.map((box) => /** @type {HTMLInputElement} */ (box).value);
    const bad =
      to.length === 0
        ? text("batch_no_receiver")
        : rows.length === 0
          ? text("batch_none")
          : rows.length > LINKS_MOST
            ? text("batch_many", { most: LINKS_MOST })
            : "";
    if (bad) return this.complain(bad);
    await this.run(async () => {
      byId("send-said", HTMLElement).textContent = text("batch_preparing");
      const kept = await keepBatch(this.desk, { rows, to, lang: pageLanguage() });
      this.kept.push(...kept);
      byId("pasted", HTMLTextAreaElement).value = "";
      byId("file", HTMLInputElement).value = "";
      this.filed = [];
      return kept;
    });
  }

  /** @param {string} words */
  complain(words) {
    const error = byId("send-error", HTMLElement);
    error.hidden = !words;
    error.textContent = words;
  }

  /** @param {() => Kept[]|Promise<Kept[]>} asked what to send */
  async run(asked) {
    if (this.busy) return;
    this.busy = true;
    this.complain("");
    const said = byId("send-said", HTMLElement);
    const done = { letters: 0, links: 0 };
    try {
      await sendAll(this.desk, await asked(), {
        account: (content) => this.accountOf(content),
        before: ({ number, of }) => {
          said.textContent = text("batch_sending", { number, of });
        },
        sent: (one) => {
          done.letters += 1;
          done.links += one.content?.rows.length ?? 0;
          this.kept = this.kept.map((own) => (own.recordId === one.recordId ? one : own));
        },
      });
      said.textContent = text("batch_sent", done);
    } catch (error) {
      said.textContent = "";
      this.complain(text(error instanceof ReceiverGone ? "batch_gone" : "batch_stopped", done));
    }
    this.busy = false;
    this.show();
  }

  /** @param {import("../domain/batch_record.js").BatchContent} content */
  accountOf({ lang, number, of }) {
    const name = this.desk.page.organisation[lang] ?? "";
    return text("batch_account", { name, number, of });
  }

  show() {
    byId("unsent", HTMLElement).hidden = this.unsent.length === 0 || this.busy === true;
    byId("unsent-count", HTMLElement).textContent = text("batch_waiting", { number: this.unsent.length });
    this.preview();
    const contents = this.kept.flatMap(({ content }) => content ?? []);
    const weeks = byWeek(contents);
    const heads = ["week", "letters", "links"].map((name) => text(`column_${name}`));
    byId("weeks", HTMLElement).replaceChildren(
      weeks.length > 0 ? tableElement(heads, weeks, { numbers: [1, 2] }) : text("batch_week_none"),
    );
    const rows = contents
      .toReversed()
      .slice(0, SHOWN_MOST)
      .map(({ on, number, of, to, rows: links, code, sent_on }) => [
        sent_on ?? on,
        `${number}/${of}`,
        to.join(", "),
        String(links.length),
        sent_on ? format(code) : text("batch_not_sent"),
      ]);
    const names = [...["on", "letters", "to", "links"].map((name) => text(`column_${name}`)), text("batch_code")];
    byId("letters", HTMLElement).replaceChildren(rows.length > 0 ? tableElement(names, rows, { numbers: [3] }) : "");
  }
}

/**
 * What was sent, week by week.
 * @param {import("../domain/batch_record.js").BatchContent[]} contents
 * @returns {string[][]}
 */
function byWeek(contents) {
  /** @type {Map<string, [letters: number, links: number]>} */
  const found = new Map();
  for (const { sent_on, rows } of contents) {
    if (sent_on === null) continue;
    const [sent, links] = found.get(mondayOf(sent_on)) ?? [0, 0];
    found.set(mondayOf(sent_on), [sent + 1, links + rows.length]);
  }
  return [...found].sort(([a], [b]) => b.localeCompare(a)).map(([week, counts]) => [week, ...counts.map(String)]);
}

/** @param {unknown} failure @returns {string} */
function fileWords(failure) {
  if (failure instanceof NoColumn) return text("batch_no_column");
  if (failure instanceof FormatError && ["rows", "size", "quotes", "encoding"].includes(failure.field)) {
    return text(`file_${failure.field}`, { most: LINKS_MOST });
  }
  return text("save_failed");
}

begin((desk) => new MonitorPage(desk).reread(), { batch: FORM });
