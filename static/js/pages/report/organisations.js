/**
 * The choice of organisations: those that fit come first, with the reasons; a chosen one asks for its consents. Nothing is
 * ever ticked here.
 */

import { ROUTING } from "../../data/routing.js";
import { noted } from "../../domain/asking.js";
import { minuteOfWeek, minutesUntilOpen } from "../../domain/opening_hours.js";
import { answersOf, proposals, suggestions } from "../../domain/routing.js";
import { UNDISCLOSED } from "../../domain/vocabulary.js";
import { all, byId, make, one } from "../element.js";
import { openNow } from "../opening_words.js";
import { label, text } from "../texts.js";
import { readAnswers } from "./answers.js";
import { givenOf } from "./fields.js";
import { letterDraft } from "./letter_draft.js";

/**
 * @typedef {import("../../domain/routing.js").Suggestion} Suggestion
 * @typedef {import("../../domain/routing.js").Proposal} Proposal
 * @typedef {{ko: string, en: string}} BothLanguages
 * @typedef {{id: string, when: object, urgent: boolean, reason: BothLanguages, source: Source,
 *   verified_on: string}} Rule
 * @typedef {BothLanguages & {source: Source, verified_on: string}} Later
 * @typedef {string | BothLanguages} Source laws are named in Korean alone
 */

const MOST_REASONS = 3;

/** Whether somebody said here where a centre should be; before that it is the region that was answered. */
let regionSaid = false;

/** Wire the cards once. */
export function startOrganisations() {
  byId("organisations").addEventListener("change", showConsents);
  nearField()?.addEventListener("change", () => {
    regionSaid = true;
    arrange();
  });
}

/** Before the step is shown: the order after the answers, and a chosen organisation's consents open. */
export function offerOrganisations() {
  arrange();
  showConsents();
}

/** What routing looks at, after all that was answered so far. */
export function answersSoFar() {
  const answers = readAnswers();
  const nothing = new Uint8Array(16);
  const headings = { seen: "", events: "", worry: "", note: "" };
  return answersOf(letterDraft({ answers, reportId: nothing, sentenceId: nothing, lang: "ko", headings }));
}

/** The cards of the organisations that are chosen. @returns {HTMLElement[]} */
export function chosenCards() {
  return cards().filter((card) => /** @type {HTMLInputElement} */ (one("input[type=checkbox]", card)).checked);
}

function cards() {
  return all("[data-card]", byId("organisations"));
}

function nearField() {
  return /** @type {HTMLSelectElement | null} */ (document.getElementById("near"));
}

function arrange() {
  const answers = answersSoFar();
  const near = nearField();
  if (near && !regionSaid) near.value = answers.region?.[0] ?? UNDISCLOSED;
  const said = near ? { ...answers, region: [near.value].filter((region) => region !== UNDISCLOSED) } : answers;
  const minute = minuteOfWeek(Date.now());
  const found = proposals(said);
  const listed = suggestions(
    said,
    cards().map((card) => offerOf(card, minute)),
  );
  /** @type {Set<string | undefined>} */
  const told = new Set();
  for (const suggestion of listed) {
    const card = one(`[data-card][data-organisation="${suggestion.slug}"]`, byId("organisations"));
    byId(suggestion.proposed ? "proposed" : "others").append(card);
    const proposal = suggestion.proposed ? found.find(({ kind }) => kind === card.dataset.kind) : undefined;
    showBadges(card, suggestion, said, proposal);
    showWhetherOpen(card, minute);
    one("[data-why]", card).hidden = !suggestion.proposed;
    showReasons(card, told.has(card.dataset.kind) ? null : reasonsFor(proposal));
    showProposedPurposes(card, proposal);
    if (suggestion.proposed) told.add(card.dataset.kind);
  }
  for (const id of ["proposed-title", "proposed-about"]) byId(id).hidden = !listed.some((each) => each.proposed);
  byId("others-title").hidden = listed.every((each) => each.proposed);
}

/** @param {HTMLElement} card @param {number} minute of the week @returns {import("../../domain/routing.js").Offer} */
function offerOf({ dataset }, minute) {
  const words = (/** @type {string | undefined} */ said) => (said ?? "").split(" ").filter((word) => word !== "");
  return {
    slug: dataset.organisation ?? "",
    kind: dataset.kind ?? "",
    region: dataset.region ?? "",
    languages: words(dataset.languages),
    disability: words(dataset.disability),
    away: "away" in dataset,
    closed: (minutesUntilOpen(dataset.opening ?? "", minute) ?? 0) > 0,
  };
}

/**
 * @param {HTMLElement} card
 * @param {Suggestion} suggestion
 * @param {import("../../domain/routing.js").Answers} answers
 * @param {Proposal} [proposal]
 */
function showBadges(card, { nearest, speaks, supports }, answers, proposal) {
  const [language = ""] = answers.language ?? [];
  const words = [
    proposal?.urgent ? text("better_at_once") : "",
    nearest ? text("nearest") : "",
    speaks && language !== "ko" ? text("speaks", { language: label("help_languages", language) }) : "",
    ...supports.map((support) => label("disability_support", support)),
  ].filter((word) => word !== "");
  const place = one("[data-badges]", card);
  place.replaceChildren(...words.map((word) => make("span", "organisation__badge", word)));
  place.hidden = words.length === 0;
}

/** Away is said already, above the hours. @param {HTMLElement} card @param {number} minute of the week */
function showWhetherOpen(card, minute) {
  const { opening = "", away } = card.dataset;
  if (opening === "" || away !== undefined) return;
  one("[data-open-now]", card).textContent = openNow(opening, minute, document.documentElement.lang);
}

/**
 * What is said for a kind: what is urgent first, what always holds last, and no more than can be taken in.
 * @param {Proposal} [proposal] none where no rule fits what is there: then it is proposed as one of those
 * @returns {{reasons: Rule[], later: Later[]}}
 */
function reasonsFor(proposal) {
  /** @type {Rule[]} */
  const holding = ROUTING.rules.filter((/** @type {Rule} */ rule) => proposal?.rules.includes(rule.id));
  const always = (/** @type {Rule} */ rule) => Number(Object.keys(rule.when).length === 0);
  holding.sort((one, other) => Number(other.urgent) - Number(one.urgent) || always(one) - always(other));
  return {
    reasons: holding.length > 0 ? holding.slice(0, MOST_REASONS) : [ROUTING.otherwise],
    later: (proposal?.later ?? []).map((name) => ROUTING.later[name]),
  };
}

/**
 * @param {HTMLElement} card
 * @param {{reasons: Rule[], later: Later[]} | null} said none where another of its kind stands above with the same
 */
function showReasons(card, said) {
  const lang = document.documentElement.lang === "en" ? "en" : "ko";
  const { reasons, later } = said ?? { reasons: [], later: [] };
  const words = said ? reasons.map(({ reason }) => reason[lang]) : [text("same_as_above")];
  one("[data-reasons]", card).replaceChildren(...words.map((reason) => make("li", "", reason)));
  const laterWords = one("[data-later]", card);
  laterWords.textContent = later.map((step) => step[lang]).join(" ");
  laterWords.hidden = later.length === 0;
  const sources = one("[data-sources]", card);
  sources.replaceChildren(
    ...[...reasons, ...later].map(({ source, verified_on }) =>
      make(
        "li",
        "",
        text("source_of", { source: typeof source === "string" ? source : source[lang], day: verified_on }),
      ),
    ),
  );
  /** @type {HTMLElement} */ (sources.closest("details")).hidden = !said;
}

/** @param {HTMLElement} card @param {Proposal} [proposal] */
function showProposedPurposes(card, proposal) {
  const purposes = (proposal?.purposes ?? []).map((purpose) => label("purposes", purpose));
  const words = one("[data-proposed-purposes]", card);
  words.textContent = text("purposes_that_fit", { purposes: purposes.join(", ") });
  words.hidden = purposes.length === 0;
}

function showConsents() {
  const chosen = chosenCards();
  for (const card of cards()) {
    card.classList.toggle("organisation--chosen", chosen.includes(card));
    one("[data-consent]", card).hidden = !chosen.includes(card);
  }
  for (const consent of all("[data-sensitive]")) consent.hidden = takesNoWords();
}

/** From a child nothing is taken that the law protects so: there is nothing to agree to. */
export function takesNoWords() {
  const { fields, policy } = readAnswers();
  return noted(givenOf(fields), policy).includes("under_14_links_only");
}
