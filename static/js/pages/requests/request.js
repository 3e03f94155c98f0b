// One request: what was asked of whom, in which words, what was done, and the next step with what it needs.

import { containsImage } from "../../domain/image_text.js";
import { TEXT_MOST, without } from "../../domain/request_record.js";
import { STEPS } from "../../domain/request_state.js";
import { attachEffort } from "../effort/quick.js";
import { defang } from "../referral/defang.js";
import { byId, el } from "../referral/dom.js";
import { Problem } from "../session/request.js";
import { label, text } from "../texts.js";
import { daysAfter, requestDue, ruleOf, ruleWords } from "./deadline.js";
import { textIn } from "./filling.js";
import { begin, pageLanguage } from "./opening.js";
import { sourceNotices } from "./sources.js";
import { attachStepForm } from "./step_form.js";
import { tellAll, tellingWords } from "./telling.js";
import { attachTextTools } from "./text_tools.js";
import { dueWords, savedWords, showFacts, stepLines, templateName, templateOf } from "./words.js";

/**
 * @typedef {import('../records.js').Opened<import('../../domain/request_record.js').RequestContent>} Request
 * @typedef {import('./opening.js').Desk} Desk
 */

/** What the links become when a request comes to a state; nothing for the others. @type {ReadonlyMap<string, string>} */
const OUTCOMES = new Map([
  ["removed", "removed"],
  ["refused", "refused"],
]);

/** @param {Request} request @returns {import('../../domain/request_record.js').RequestContent} */
function contentOf({ content }) {
  if (!content) throw new Problem(409, { detail: text("broken") });
  return content;
}

/** @param {Request} request @param {string} state @returns {string} what its links become then; empty for nothing */
function itemState(request, state) {
  const template = templateOf(contentOf(request).template);
  if (state === "sent") return template?.item_state ?? "";
  return template?.item_state ? (OUTCOMES.get(state) ?? "") : "";
}

/** What kind of work a request was, by what its links become. @param {Request} request @returns {string} */
function effortOf(request) {
  const target = itemState(request, "sent").replace("requested_", "");
  return ["operator", "commission", "police"].includes(target) ? `${target}_request` : "other";
}

/** @param {import('../../domain/request_record.js').RequestContent} content @returns {string} */
function subjectOf({ template, lang }) {
  const found = templateOf(template);
  return found ? textIn(found, lang).subject : "";
}

class RequestPage {
  /** @param {Desk} desk @param {Request} request */
  constructor(desk, request) {
    this.desk = desk;
    this.request = request;
    this.form = attachStepForm({
      table: STEPS,
      enumName: "request_states",
      role: desk.session.caseworker.role,
      login: desk.session.caseworker.login,
      today: desk.page.today,
      state: () => this.request.state,
      due: (state, from) => this.due(state, from),
      tells: (state) => itemState(this.request, state) !== "",
      take: (step, dueOn, tell) => this.take(step, dueOn, tell),
      reread: () => this.reread(),
    });
    byId("text-form", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      this.keepText();
    });
    attachTextTools(() => subjectOf(contentOf(this.request)));
    this.effort = attachEffort(desk.session, () => {
      const { links } = contentOf(this.request);
      return { referrals: links.map(({ referral }) => referral), items: links.map(({ item }) => item) };
    });
    addEventListener("beforeunload", (event) => {
      if (this.form.unsent() || this.edited) event.preventDefault();
    });
  }

  get edited() {
    return byId("words", HTMLTextAreaElement).value !== contentOf(this.request).text;
  }

  /** @param {string} state @param {string} from */
  due(state, from) {
    const rule = ruleOf(templateOf(contentOf(this.request).template)?.deadline ?? "");
    if (state === "no_reply") return { day: daysAfter(this.desk.page.today, 3), words: "" };
    const day = requestDue(state, from || this.desk.page.today, rule);
    return { day, words: ruleWords(day ? rule : null, text, pageLanguage()) };
  }

  /** @param {import('../../domain/record_steps.js').RecordStep} step @param {string|null} dueOn @param {boolean} tell */
  async take(step, dueOn, tell) {
    const before = contentOf(this.request);
    const words = byId("words", HTMLTextAreaElement).value;
    const kept = this.request.state === "drafted" ? words : before.text;
    const content = { ...before, text: kept, steps: [...before.steps, step] };
    this.request = await this.desk.records.save({ ...this.request, state: step.state, dueOn, content });
    this.show();
    if (step.state === "sent") this.effort.offer(effortOf(this.request));
    const target = tell ? itemState(this.request, step.state) : "";
    if (!target) return text("step_saved", { told: text("told_none") });
    const living = content.links.filter(({ url }) => url !== "" || content.text !== text("erased_text"));
    const telling = await tellAll(this.desk.session, living, target, step.reason);
    return text("step_saved", { told: tellingWords(telling) });
  }

  async reread() {
    const typed = byId("words", HTMLTextAreaElement).value;
    this.request = await this.desk.records.get(this.request.recordId);
    this.show();
    byId("words", HTMLTextAreaElement).value = typed;
  }

  async keepText() {
    const words = byId("words", HTMLTextAreaElement).value;
    const error = byId("words-error", HTMLElement);
    const bad = words.length > TEXT_MOST ? "text_long" : containsImage(words) ? "words_image" : "";
    error.hidden = !bad;
    error.textContent = bad && text(bad);
    if (bad) return;
    try {
      const content = { ...contentOf(this.request), text: words };
      this.request = await this.desk.records.save({ ...this.request, content });
      byId("words-said", HTMLElement).textContent = text("saved");
      this.show();
    } catch (failure) {
      if (failure instanceof Problem && failure.code === "version_conflict") await this.reread();
      error.hidden = false;
      error.textContent = text("save_failed");
    }
  }

  /** @param {ReadonlySet<string>} referrals whose addresses are taken out */
  async erase(referrals) {
    const content = without(contentOf(this.request), referrals, text("erased_text"));
    this.request = await this.desk.records.save({ ...this.request, content });
    this.show();
    byId("words-said", HTMLElement).textContent = text("erased");
  }

  show() {
    const { request } = this;
    const content = contentOf(request);
    const { words } = dueWords(request.dueOn, this.desk.page.today);
    byId("request-title", HTMLElement).textContent = content.to || templateName(content.template, pageLanguage());
    const open = !["removed", "closed"].includes(request.state);
    showFacts([
      ["fact_state", label("request_states", request.state)],
      ["fact_kind", templateName(content.template, pageLanguage())],
      ["fact_due", open ? [request.dueOn, words].filter(Boolean).join(" · ") : ""],
      ["fact_address", content.address],
      ["fact_by", savedWords(request)],
    ]);
    byId("links", HTMLElement).replaceChildren(...content.links.map((link) => linkRow(link, this.desk.page.root)));
    const field = byId("words", HTMLTextAreaElement);
    field.value = content.text;
    field.readOnly = request.state !== "drafted";
    byId("keep", HTMLButtonElement).hidden = field.readOnly;
    byId("subject", HTMLElement).textContent = subjectOf(content);
    byId("steps", HTMLElement).replaceChildren(...stepLines(content.steps, "request_states"));
    if (content.steps.at(-1)?.state !== request.state) {
      byId("notices", HTMLElement).replaceChildren(el("p", { class: "govuk-inset-text" }, text("differs")));
    }
    byId("request", HTMLElement).hidden = false;
    this.form.refresh();
  }
}

/** @param {import('../../domain/request_record.js').RequestLink} link @param {string} root */
function linkRow({ referral, url }, root) {
  return el(
    "li",
    {},
    el("code", { class: "links__url", translate: "no" }, url ? defang(url) : "–"),
    " ",
    el("a", { class: "govuk-link", href: `${root}/referral/${referral}` }, referral.slice(0, 6)),
  );
}

begin(async (desk) => {
  const page = new RequestPage(desk, await desk.records.get(desk.page.recordId));
  page.show();
  const links = contentOf(page.request).links;
  const notices = await sourceNotices(desk, links, (referrals) => page.erase(referrals));
  byId("notices", HTMLElement).append(...notices);
});
