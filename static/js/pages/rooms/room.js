// The record of one chat room: its stages, what each needs, and a text for people to hand on. Nothing is written to it.

import { ROOM_TEMPLATES } from "../../data/room_templates.js";
import { STEPS } from "../../domain/room_state.js";
import { fillChoices, offer } from "../referral/choice.js";
import { defang } from "../referral/defang.js";
import { byId, el } from "../referral/dom.js";
import { daysAfter, roomRule, ruleWords } from "../requests/deadline.js";
import { begin, pageLanguage } from "../requests/opening.js";
import { attachStepForm } from "../requests/step_form.js";
import { attachTextTools } from "../requests/text_tools.js";
import { dueWords, labelIn, savedWords, showFacts, stepLines } from "../requests/words.js";
import { Problem } from "../session/request.js";
import { label, text } from "../texts.js";

/**
 * @typedef {import('../records.js').Opened<import('../../domain/room_record.js').RoomContent>} Room
 * @typedef {import('../requests/opening.js').Desk} Desk
 * @typedef {{id: string, stage: string, name: Record<string, string>, body: Record<string, string[]>,
 *   basis: Record<string, string>, source: string, verified_on: string}} RoomTemplate
 */

/** @type {RoomTemplate[]} */
const TEMPLATES = ROOM_TEMPLATES.templates;
const BLANK = "________________";

/** @param {Room} room @returns {import('../../domain/room_record.js').RoomContent} */
function contentOf({ content }) {
  if (!content) throw new Problem(409, { detail: text("broken") });
  return content;
}

/** @param {Desk} desk @param {Room} room @param {RoomTemplate} template @param {string} language */
function filled(desk, room, template, language) {
  const { title, platform, invite, about, steps } = contentOf(room);
  const label = labelIn(language);
  const seen = steps.findLast((step) => step.evidence);
  /** @type {Record<string, string>} */
  const places = {
    title,
    platform,
    invite,
    today: desk.page.today,
    organisation: desk.page.organisation[language] ?? "",
    seen_at: seen?.day ?? "",
    evidence: seen?.evidence ?? about,
    history: steps.map((step) => `   - ${step.day ?? step.on} ${label("room_states", step.state)}`).join("\n"),
  };
  return (template.body[language] ?? [])
    .map((line) => line.replace(/\{(\w+)\}/g, (_, name) => places[name] || BLANK))
    .join("\n");
}

class RoomPage {
  /** @param {Desk} desk @param {Room} room */
  constructor(desk, room) {
    this.desk = desk;
    this.room = room;
    this.stage = "";
    this.form = attachStepForm({
      table: STEPS,
      enumName: "room_states",
      role: desk.session.caseworker.role,
      login: desk.session.caseworker.login,
      today: desk.page.today,
      state: () => this.room.state,
      due: (state, from) => this.due(state, from),
      tells: () => false,
      take: (step, dueOn) => this.take(step, dueOn),
      reread: () => this.reread(),
    });
    attachTextTools(() => this.template?.name[byId("language", HTMLSelectElement).value] ?? "");
    for (const id of ["template", "language"])
      byId(id, HTMLSelectElement).addEventListener("change", () => this.fill());
    addEventListener("beforeunload", (event) => {
      if (this.form.unsent()) event.preventDefault();
    });
  }

  /** @returns {RoomTemplate|undefined} */
  get template() {
    return TEMPLATES.find(({ id }) => id === byId("template", HTMLSelectElement).value);
  }

  /** @param {string} state @param {string} from */
  due(state, from) {
    const rule = roomRule(state);
    const day = rule && daysAfter(from || this.desk.page.today, rule.days);
    return { day, words: ruleWords(rule, text, pageLanguage()) };
  }

  /** @param {import('../../domain/record_steps.js').RecordStep} step @param {string|null} dueOn */
  async take(step, dueOn) {
    const before = contentOf(this.room);
    const content = { ...before, steps: [...before.steps, step] };
    this.room = await this.desk.records.save({ ...this.room, state: step.state, dueOn, content });
    this.show();
    return text("saved");
  }

  async reread() {
    this.room = await this.desk.records.get(this.room.recordId);
    this.show();
  }

  fill() {
    const { template } = this;
    if (!template) return;
    const words = filled(this.desk, this.room, template, byId("language", HTMLSelectElement).value);
    offer(byId("words", HTMLTextAreaElement), words);
    const source = text("source_line", { basis: template.basis[pageLanguage()] ?? "", day: template.verified_on });
    byId("source", HTMLElement).textContent = source;
    byId("subject", HTMLElement).textContent = template.name[byId("language", HTMLSelectElement).value] ?? "";
  }

  /** The text of the stage that was just come to; what somebody chose stays until the next one. */
  chooseText() {
    const { state } = this.room;
    const own = TEMPLATES.find(({ stage }) => stage === state);
    if (own && state !== this.stage) byId("template", HTMLSelectElement).value = own.id;
    this.stage = state;
  }

  show() {
    const { room } = this;
    const { title, platform, invite, about, steps } = contentOf(room);
    const { words } = dueWords(room.dueOn, this.desk.page.today);
    byId("request-title", HTMLElement).textContent = title;
    showFacts([
      ["fact_state", label("room_states", room.state)],
      ["fact_due", room.state === "closed" ? "" : [room.dueOn, words].filter(Boolean).join(" · ")],
      ["fact_platform", platform],
      ["fact_invite", defang(invite)],
      ["fact_by", savedWords(room)],
    ]);
    byId("about", HTMLElement).textContent = about;
    byId("steps", HTMLElement).replaceChildren(...stepLines(steps, "room_states"));
    byId("notices", HTMLElement).replaceChildren(
      steps.at(-1)?.state === room.state ? "" : el("p", { class: "govuk-inset-text" }, text("differs")),
    );
    byId("request", HTMLElement).hidden = false;
    this.form.refresh();
    this.chooseText();
    this.fill();
  }
}

begin(async (desk) => {
  const page = new RoomPage(desk, await desk.records.get(desk.page.recordId));
  fillChoices(
    byId("template", HTMLSelectElement),
    TEMPLATES.map(({ id, name }) => [id, name[pageLanguage()] ?? id]),
  );
  fillChoices(byId("language", HTMLSelectElement), [
    ["ko", "한국어"],
    ["en", "English"],
  ]);
  page.show();
});
