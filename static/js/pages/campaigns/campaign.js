// One campaign: what people look at again, one after the other, what they saw, week by week, and a report.

import { FORM } from "../../domain/campaign_record.js";
import { STEPS } from "../../domain/campaign_state.js";
import { looked, FORM as RECHECK, waiting, weeks } from "../../domain/recheck_record.js";
import { FORM as REQUEST } from "../../domain/request_record.js";
import { defang } from "../referral/defang.js";
import { byId, el } from "../referral/dom.js";
import { begin } from "../requests/opening.js";
import { attachStepForm } from "../requests/step_form.js";
import { savedWords, showFacts, stepLines } from "../requests/words.js";
import { problemWords } from "../session/problem_words.js";
import { Problem } from "../session/request.js";
import { label, text } from "../texts.js";
import { addFromRequests, addPasted } from "./adding.js";
import { printReport, saveEntries, weekTable } from "./report.js";

/**
 * @typedef {import("../records.js").Opened<import("../../domain/campaign_record.js").CampaignContent>} Campaign
 * @typedef {import("../records.js").Opened<import("../../domain/recheck_record.js").RecheckContent>} Piece
 * @typedef {import("../../domain/recheck_record.js").Entry} Entry
 * @typedef {import("../requests/opening.js").Desk} Desk
 */

const TRIES = 4;

/** @param {Campaign} campaign */
function contentOf({ content }) {
  if (!content) throw new Problem(409, { detail: text("broken") });
  return content;
}

class CampaignPage {
  /** @param {Desk} desk @param {Campaign} campaign */
  constructor(desk, campaign) {
    this.desk = desk;
    this.campaign = campaign;
    /** @type {Piece[]} */
    this.pieces = [];
    /** @type {string[]} ids of what was left for now */
    this.left = [];
    this.form = attachStepForm({
      table: STEPS,
      enumName: "campaign_states",
      role: desk.session.caseworker.role,
      login: desk.session.caseworker.login,
      today: desk.page.today,
      state: () => this.campaign.state,
      due: () => ({ day: contentOf(this.campaign).until, words: "" }),
      tells: () => false,
      take: (step, dueOn) => this.take(step, dueOn),
      reread: () => this.reread(),
    });
    for (const button of document.querySelectorAll("#look-answers [data-answer]")) {
      button.addEventListener("click", () => this.answer(button.getAttribute("data-answer") ?? ""));
    }
    byId("look-next", HTMLButtonElement).addEventListener("click", () => this.leave());
    byId("add-links", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      this.add(() => addPasted(this, byId("pasted", HTMLTextAreaElement).value));
    });
    byId("add-requests", HTMLButtonElement).addEventListener("click", () => this.add(() => addFromRequests(this)));
    byId("save-table", HTMLButtonElement).addEventListener("click", () => this.save());
    byId("print", HTMLButtonElement).addEventListener("click", () =>
      printReport(contentOf(this.campaign), this.entries),
    );
  }

  get entries() {
    return this.pieces.flatMap(({ content }) => content?.entries ?? []);
  }

  get sites() {
    return contentOf(this.campaign).sites;
  }

  /** @param {import("../../domain/record_steps.js").RecordStep} step @param {string|null} dueOn */
  async take(step, dueOn) {
    const before = contentOf(this.campaign);
    const content = { ...before, steps: [...before.steps, step] };
    this.campaign = await this.desk.records.save({ ...this.campaign, state: step.state, dueOn, content });
    this.show();
    return text("saved");
  }

  async reread() {
    this.campaign = await this.desk.records.get(this.campaign.recordId);
    const all = await this.desk.records.list("recheck");
    this.pieces = all.filter(({ content }) => content?.campaign === this.campaign.recordId);
    this.show();
  }

  /** What waits, what was left for now last. @returns {Entry[]} */
  get waiting() {
    const found = waiting(this.entries, this.desk.page.today);
    const left = new Set(this.left);
    return [...found.filter(({ id }) => !left.has(id)), ...found.filter(({ id }) => left.has(id))];
  }

  /** What is not noted does not leave. */
  async save() {
    const said = byId("look-said", HTMLElement);
    try {
      await saveEntries(this);
      said.textContent = "";
    } catch (error) {
      said.textContent = problemWords(error).detail;
    }
  }

  leave() {
    const [first] = this.waiting;
    if (first) this.left = [...this.left.filter((id) => id !== first.id), first.id];
    this.showLook();
  }

  /** @param {string} answer */
  async answer(answer) {
    const [entry] = this.waiting;
    const error = byId("look-error", HTMLElement);
    if (!entry || this.busy) return;
    this.busy = true;
    error.hidden = true;
    try {
      await this.keepLook(entry.id, { on: this.desk.page.today, by: this.desk.session.caseworker.login, answer });
      byId("look-said", HTMLElement).textContent = text("queue_saved", { answer: label("recheck_answers", answer) });
    } catch {
      error.hidden = false;
      error.textContent = text("save_failed");
    }
    this.busy = false;
    this.show();
  }

  /**
   * Whoever looked at another entry of the same piece meanwhile keeps what she said: ours is put beside it.
   * @param {string} id
   * @param {import("../../domain/recheck_record.js").Look} look
   */
  async keepLook(id, look) {
    for (let tries = 1; ; tries += 1) {
      const at = this.pieces.findIndex(({ content }) => content?.entries.some((entry) => entry.id === id));
      const piece = this.pieces[at];
      if (!piece?.content) throw new Problem(409, { detail: text("broken") });
      try {
        this.pieces[at] = await this.desk.records.save({ ...piece, content: looked(piece.content, id, look) });
        return;
      } catch (error) {
        const conflict = error instanceof Problem && error.code === "version_conflict";
        if (!conflict || tries === TRIES) throw error;
        this.pieces[at] = await this.desk.records.get(piece.recordId);
      }
    }
  }

  /** @param {() => Promise<string>} adding gives what to say */
  async add(adding) {
    const said = byId("add-said", HTMLElement);
    if (this.busy) return;
    this.busy = true;
    try {
      said.textContent = await adding();
      byId("pasted", HTMLTextAreaElement).value = "";
    } catch {
      said.textContent = text("save_failed");
    }
    this.busy = false;
    this.show();
  }

  show() {
    const { campaign } = this;
    const { title, from, until, about, sites, steps } = contentOf(campaign);
    byId("campaign-title", HTMLElement).textContent = title;
    showFacts([
      ["fact_state", label("campaign_states", campaign.state)],
      ["fact_window", `${from} – ${until}`],
      ["fact_scope", sites.slice(0, 20).join(", ") + (sites.length > 20 ? " …" : "")],
      ["fact_by", savedWords(campaign)],
    ]);
    byId("about", HTMLElement).textContent = about;
    byId("steps", HTMLElement).replaceChildren(...stepLines(steps, "campaign_states"));
    byId("weeks", HTMLElement).replaceChildren(weekTable(weeks(this.entries)));
    byId("step-reference", HTMLElement).closest(".govuk-form-group")?.setAttribute("hidden", "");
    byId("campaign", HTMLElement).hidden = false;
    byId("add-links", HTMLFormElement).hidden = campaign.state === "ended";
    this.form.refresh();
    this.showLook();
  }

  showLook() {
    const queue = this.waiting;
    const [entry] = queue;
    const running = this.campaign.state === "running";
    const counts = { number: this.entries.length, waiting: queue.length };
    const none = this.entries.length === 0 ? "queue_empty" : queue.length === 0 ? "queue_none" : "";
    const words = [running ? "" : text("queue_not_running"), none ? text(none) : "", text("queue_counts", counts)];
    byId("queue-count", HTMLElement).textContent = words.filter(Boolean).join(" ");
    byId("look", HTMLElement).hidden = !running || !entry;
    if (!entry) return;
    byId("look-address", HTMLElement).textContent = defang(entry.url);
    byId("look-what", HTMLElement).textContent = entry.what;
    byId("look-before", HTMLElement).textContent =
      entry.looks
        .map(({ on, by, answer }) => text("look_line", { on, by, answer: label("recheck_answers", answer) }))
        .join(" · ") || text("look_never");
    const place = byId("look-referral", HTMLElement);
    place.hidden = entry.referral === null;
    const href = `${this.desk.page.root}/referral/${entry.referral}`;
    const link = el("a", { class: "govuk-link", href }, text("queue_open_referral"));
    place.replaceChildren(text("queue_of_referral"), " ", link);
  }
}

begin(
  async (desk) => {
    const page = new CampaignPage(desk, await desk.records.get(desk.page.recordId));
    await page.reread();
  },
  { campaign: FORM, recheck: RECHECK, request: REQUEST },
);
