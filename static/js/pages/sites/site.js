// One entry of the site directory: what is known, who changed what, and its steps.

import { edited, FORM } from "../../domain/directory_record.js";
import { STEPS } from "../../domain/directory_state.js";
import { FormatError } from "../../errors.js";
import { byId, el } from "../referral/dom.js";
import { begin, pageLanguage } from "../requests/opening.js";
import { attachStepForm } from "../requests/step_form.js";
import { savedWords, showFacts, stepLines } from "../requests/words.js";
import { Problem } from "../session/request.js";
import { label, text } from "../texts.js";
import { columnWords } from "./words.js";

/**
 * @typedef {import("../records.js").Opened<import("../../domain/directory_record.js").DirectoryContent>} Entry
 * @typedef {import("../requests/opening.js").Desk} Desk
 * @typedef {import("../../domain/signed_list.js").Site} Site
 */

const FIELDS = /** @type {const} */ ([
  "operator",
  "abuse",
  "jurisdiction",
  "hosting",
  "service",
  "registration",
  "breaches",
  "last_answer",
  "last_answer_on",
]);

/** @param {string} name @returns {HTMLInputElement} */
const field = (name) => /** @type {HTMLInputElement} */ (byId(`site-${name}`, HTMLElement));

/** @param {Entry} entry */
function contentOf({ content }) {
  if (!content) throw new Problem(409, { detail: text("broken") });
  return content;
}

class SitePage {
  /** @param {Desk} desk @param {Entry} entry */
  constructor(desk, entry) {
    this.desk = desk;
    this.entry = entry;
    this.form = attachStepForm({
      table: STEPS,
      enumName: "directory_states",
      role: desk.session.caseworker.role,
      login: desk.session.caseworker.login,
      today: desk.page.today,
      state: () => this.entry.state,
      due: () => ({ day: null, words: "" }),
      tells: () => false,
      take: (step) => this.take(step),
      reread: () => this.reread(),
    });
    byId("site-form", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      this.keep();
    });
    addEventListener("beforeunload", (event) => {
      if (this.form.unsent() || this.typed() !== JSON.stringify(contentOf(this.entry).site)) event.preventDefault();
    });
  }

  /** What stands in the form, as text to compare. */
  typed() {
    return JSON.stringify(this.siteTyped());
  }

  /** @returns {Site} */
  siteTyped() {
    const said = FIELDS.map((name) => [name, field(name).value.trim()]);
    const { site } = contentOf(this.entry);
    const typed = { ...site, ...Object.fromEntries(said) };
    return { ...typed, last_answer_on: typed.last_answer_on || null };
  }

  /** @param {import("../../domain/record_steps.js").RecordStep} step */
  async take(step) {
    const before = contentOf(this.entry);
    const content = { ...before, steps: [...before.steps, step] };
    this.entry = await this.desk.records.save({ ...this.entry, state: step.state, content });
    this.show();
    return text("saved");
  }

  async reread() {
    const typed = new Map([...FIELDS, "note"].map((name) => [name, field(name).value]));
    this.entry = await this.desk.records.get(this.entry.recordId);
    this.show();
    for (const [name, value] of typed) field(name).value = value;
  }

  async keep() {
    const error = byId("site-error", HTMLElement);
    const button = byId("site-keep", HTMLButtonElement);
    const who = { on: this.desk.page.today, by: this.desk.session.caseworker.login };
    error.hidden = true;
    button.disabled = true;
    try {
      const content = edited(contentOf(this.entry), { site: this.siteTyped(), note: field("note").value.trim() }, who);
      if (content !== this.entry.content) this.entry = await this.desk.records.save({ ...this.entry, content });
      byId("site-said", HTMLElement).textContent = text("saved");
      this.show();
    } catch (failure) {
      const conflict = failure instanceof Problem && failure.code === "version_conflict";
      if (conflict) await this.reread();
      error.hidden = false;
      error.textContent = text(failure instanceof FormatError ? "text_long" : "save_failed");
    } finally {
      button.disabled = false;
    }
  }

  show() {
    const { entry } = this;
    const { site, note, source, edits, steps } = contentOf(entry);
    byId("site-title", HTMLElement).textContent = site.domain;
    const from = source && { name: source.name[pageLanguage()], day: source.made_at.slice(0, 10) };
    showFacts([
      ["fact_state", label("directory_states", entry.state)],
      ["fact_by", savedWords(entry)],
      ["fact_source", from ? `${text("source_words", from)} · ${source.fingerprint}` : ""],
    ]);
    for (const name of FIELDS) field(name).value = site[name] ?? "";
    field("note").value = note;
    byId("steps", HTMLElement).replaceChildren(...stepLines(steps, "directory_states"));
    byId("edits", HTMLElement).replaceChildren(
      ...(edits.length > 0 ? editLines(edits) : [el("li", {}, text("no_edits"))]),
    );
    byId("notices", HTMLElement).replaceChildren(
      steps.at(-1)?.state === entry.state ? "" : el("p", { class: "govuk-inset-text" }, text("differs")),
    );
    for (const id of ["step-due", "step-reference"]) {
      byId(id, HTMLElement).closest(".govuk-form-group")?.setAttribute("hidden", "");
    }
    byId("site", HTMLElement).hidden = false;
    this.form.refresh();
  }
}

/** @param {import("../../domain/directory_record.js").Edit[]} edits newest first */
function editLines(edits) {
  return edits.toReversed().map(({ on, by, fields }) => {
    const words = text("edit_line", { fields: fields.map(columnWords).join(", ") });
    return el("li", { class: "history__one" }, el("time", { datetime: on }, on), ` ${by}: `, words);
  });
}

begin(
  async (desk) => {
    const page = new SitePage(desk, await desk.records.get(desk.page.recordId));
    page.show();
  },
  { directory: FORM },
);
