// A new request: from links that were chosen on referrals to a text that is ready to edit. Everything is opened, filled
// and sealed here. Nobody is named unless the consent in force covers it and whoever writes asks for it.

import { containsImage } from "../../domain/image_text.js";
import { emptyStep } from "../../domain/record_steps.js";
import { TEXT_MOST } from "../../domain/request_record.js";
import { caseNumberIn } from "../referral/case_number.js";
import { fillChoices, offer } from "../referral/choice.js";
import { byId, el } from "../referral/dom.js";
import { dayOf } from "../referral/korean_day.js";
import { OpenReferral } from "../referral/open_referral.js";
import { Offline, Problem } from "../session/request.js";
import { text } from "../texts.js";
import { askedOf, memoOf } from "./asked.js";
import { ruleOf, ruleWords } from "./deadline.js";
import { filled, isCovered, linksOf, mayName, textIn } from "./filling.js";
import { historyWords, remainingWords } from "./memo.js";
import { begin, pageLanguage } from "./opening.js";
import { proposeFor } from "./proposals.js";
import { attachTextTools } from "./text_tools.js";
import { labelIn, TEMPLATES, templateOf } from "./words.js";

/**
 * @typedef {import('./filling.js').Source} Source
 * @typedef {import('./filling.js').Template} Template
 * @typedef {import('./opening.js').Desk} Desk
 * @typedef {{sources: Source[], gone: string[], memo: import('./memo.js').Request[]}} Material `gone`: referrals that do not
 *   open any more
 */

const LANGUAGE_NAMES = new Map([
  ["ko", "한국어"],
  ["en", "English"],
]);

/** @param {string} id @returns {string} */
const typed = (id) => byId(id, HTMLInputElement).value.trim();
/** @param {string} id @returns {boolean} */
const ticked = (id) => byId(id, HTMLInputElement).checked;
const chosenTemplate = () => /** @type {Template} */ (templateOf(byId("template", HTMLSelectElement).value));
const chosenLanguage = () => byId("language", HTMLSelectElement).value;

/** @param {Desk} desk @returns {Promise<Material>} */
async function materialOf({ session, records }) {
  const sources = [];
  const gone = [];
  for (const { referral, items } of askedOf(location.hash)) {
    const open = new OpenReferral(session, referral, () => undefined);
    try {
      await open.open();
      sources.push({ referral, items, held: open.case });
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 401) throw error;
      gone.push(referral); // withdrawn or destroyed meanwhile: said in the list, and the others go on
    }
  }
  const memo = await Promise.all(memoOf(location.hash).map((recordId) => records.get(recordId)));
  return { sources, gone, memo: memo.filter((one) => one.content !== null) };
}

/** @param {Desk} desk @param {Material} material */
function fill(desk, { sources, memo }) {
  const [template, language] = [chosenTemplate(), chosenLanguage()];
  const label = labelIn(language);
  const told = {
    today: desk.page.today,
    organisation: desk.page.organisation[language] ?? "",
    operator: typed("to"),
    contact: typed("contact"),
    policeNumber: typed("police-number"),
    hosting: typed("hosting"),
    history: historyWords(memo, language),
    remaining: remainingWords(memo),
    identity: ticked("identity"),
    confirmed: ticked("confirmed"),
    label,
    none: label("other", "none"),
  };
  offer(byId("words", HTMLTextAreaElement), filled(template, language, sources, told));
  byId("subject", HTMLElement).textContent = textIn(template, language).subject;
}

/** @param {Material} material */
function showTemplate({ sources, gone }) {
  const template = chosenTemplate();
  const language = byId("language", HTMLSelectElement);
  fillChoices(
    language,
    template.texts.map(({ lang }) => [lang, LANGUAGE_NAMES.get(lang) ?? lang]),
  );
  byId("template-hint", HTMLElement).textContent = template.hint[pageLanguage()] ?? "";
  const police = template.purpose === "police";
  byId("police-group", HTMLElement).hidden = !police;
  byId("hosting-group", HTMLElement).hidden = template.kind !== "police";
  const uncovered = sources.some((source) => !isCovered(template, source));
  byId("confirmed-group", HTMLElement).hidden = !uncovered;
  const nameable = sources.some((source) => mayName(template, source));
  byId("identity-group", HTMLElement).hidden = !nameable;
  if (!nameable) byId("identity", HTMLInputElement).checked = false;
  if (!uncovered) byId("confirmed", HTMLInputElement).checked = false;
  byId("identity-said", HTMLElement).textContent = ticked("identity") ? "" : text("identity_off");
  showSources(template, sources, gone);
  showRules(template);
}

/** @param {Template} template @param {Source[]} sources @param {string[]} gone */
function showSources(template, sources, gone) {
  const rows = sources.map((source) => {
    const { referral, items } = source;
    const covered = isCovered(template, source) || ticked("confirmed");
    const words = text("source_links", { reference: referral.slice(0, 6), number: items.length });
    return el("li", {}, words, " ", el("span", { class: "requests__by" }, text(covered ? "covered" : "not_covered")));
  });
  const lost = gone.map((one) => el("li", {}, text("gone_source", { reference: one.slice(0, 6) })));
  byId("sources", HTMLElement).replaceChildren(...rows, ...lost);
  byId("sources-group", HTMLElement).hidden = template.kind === "memo";
}

/** @param {Template} template */
function showRules(template) {
  const language = pageLanguage();
  byId("rule", HTMLElement).textContent = ruleWords(ruleOf(template.deadline), text, language);
  const basis = template.basis[language] ?? "";
  byId("source", HTMLElement).textContent = text("source_line", { basis, day: template.verified_on });
}

/** @param {string} words @returns {boolean} whether nothing is wrong */
function complain(words) {
  const error = byId("words-error", HTMLElement);
  error.hidden = !words;
  error.textContent = words;
  return !words;
}

/** @param {Desk} desk @param {Material} material */
async function keep({ session, records, page }, { sources, memo }) {
  const words = byId("words", HTMLTextAreaElement).value;
  if (!complain(words.length > TEXT_MOST ? text("text_long") : "")) return;
  if (!complain(containsImage(words) ? text("words_image") : "")) return;
  const template = chosenTemplate();
  if (!complain(namesWithoutConsent(words, template, sources) ? text("identity_not_agreed") : "")) return;
  const covered = linksOf(template, sources, ticked("confirmed"));
  const links = memo.length > 0 ? memo.flatMap((one) => one.content?.links ?? []) : linkList(covered);
  const content = {
    v: 1,
    template: template.id,
    lang: chosenLanguage(),
    to: typed("to"),
    address: typed("address"),
    links: uniqueLinks(links),
    text: words,
    identity: ticked("identity"),
    steps: [emptyStep("drafted", dayOf(new Date()), session.caseworker.login)],
  };
  const saved = await records.save({ type: "request", state: "drafted", dueOn: page.today, content });
  byId("words", HTMLTextAreaElement).dataset.offered = words;
  location.assign(`${page.root}/requests/${saved.recordId}`);
}

/**
 * Whether a text says how somebody can be reached whose consent does not cover it, however it came in.
 * @param {string} words @param {Template} template @param {Source[]} sources
 */
function namesWithoutConsent(words, template, sources) {
  return sources.some((source) => {
    const address = source.held.letter?.contact?.address ?? "";
    return address !== "" && words.includes(address) && !(mayName(template, source) && ticked("identity"));
  });
}

/** @param {{referral: string, item: any}[]} covered */
function linkList(covered) {
  return covered.map(({ referral, item }) => ({ referral, item: item.id, url: item.url ?? "" }));
}

/** @param {import('../../domain/request_record.js').RequestLink[]} links */
function uniqueLinks(links) {
  return [...new Map(links.map((link) => [`${link.referral} ${link.item}`, link])).values()];
}

/** @param {Desk} desk @param {Material} material */
function attach(desk, material) {
  const memo = material.memo.length > 0;
  const offered = TEMPLATES.filter(({ kind }) => (kind === "memo") === memo);
  const form = byId("compose", HTMLFormElement);
  const refresh = () => {
    showTemplate(material);
    fill(desk, material);
  };
  byId("police-number", HTMLInputElement).value = material.sources
    .map(({ held }) => caseNumberIn(held.records))
    .filter(Boolean)
    .join(", ");
  fillChoices(
    byId("template", HTMLSelectElement),
    offered.map((one) => [one.id, one.name[pageLanguage()] ?? one.id]),
  );
  form.addEventListener("change", (event) => {
    if (event.target !== byId("words", HTMLTextAreaElement)) refresh();
  });
  byId("refill", HTMLButtonElement).addEventListener("click", () => {
    byId("words", HTMLTextAreaElement).value = "";
    refresh();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = byId("keep", HTMLButtonElement);
    button.disabled = true;
    await keep(desk, material).catch((error) => {
      complain(text(error instanceof Offline ? "save_offline" : "save_failed"));
    });
    button.disabled = false;
  });
  attachTextTools(() => byId("subject", HTMLElement).textContent ?? "");
  addEventListener("beforeunload", (event) => {
    const words = byId("words", HTMLTextAreaElement);
    if (words.value !== "" && words.value !== words.dataset.offered) event.preventDefault();
  });
  form.hidden = false;
  refresh();
}

begin(async (desk) => {
  const material = await materialOf(desk);
  if (material.sources.length + material.memo.length === 0) {
    byId("compose", HTMLFormElement).before(el("p", { class: "govuk-body" }, text("nothing_asked")));
    return;
  }
  attach(desk, material);
  await proposeFor(desk.session, material.sources);
});
