/**
 * Which organisations fit which answers: proposals with their reasons, never a tick. Twin of `app/domain/routing.py`; both
 * replay `tests/vectors/routing.json` and read the same rules, written in words that a counsellor can read.
 *
 * @typedef {Readonly<Record<string, readonly string[]>>} Answers by the name of the question
 * @typedef {{kind: string, rules: string[], purposes: string[], compartments: string[], urgent: boolean,
 *   later: string[]}} Proposal what is proposed of one kind; `rules` are the ids of those that hold
 * @typedef {{slug: string, kind: string, region: string, languages: string[], disability: string[],
 *   away: boolean, closed: boolean}} Offer what one organisation offers; a region that is undisclosed means the whole
 *   country, `closed` that nobody is usually there at this hour
 * @typedef {{slug: string, proposed: boolean, nearest: boolean, distance: number|null, speaks: boolean,
 *   supports: string[]}} Suggestion `distance` counts borders, 1 is the whole country, null where no region was given
 */

import { ROUTING } from "../data/routing.js";
import { FormatError } from "../errors.js";
import { UNDISCLOSED } from "./vocabulary.js";

/** As far as an organisation for the whole country is, in borders crossed. */
const COUNTRY = 1;
/** Proposed; the others of the kind can be chosen all the same. */
const MOST_OF_A_KIND = 2;
/** The language that every organisation speaks. */
const EVERYWHERE = "ko";

/** The place of a kind of organisation among those that are shown. @param {string} kind @returns {number} */
export function place(kind) {
  const found = ROUTING.order.indexOf(kind);
  if (found < 0) throw new FormatError("kind");
  return found;
}

/**
 * What rules look at, by the name of the question. What was not answered is an empty list.
 * @param {import("./letter.js").Letter} letter @returns {Record<string, string[]>}
 */
export function answersOf({ reporter, items, harm, material, identity_leak, threat, help, wishes, prior }) {
  const said = {
    role: [reporter.role],
    age_group: [reporter.age_group],
    harm,
    material,
    identity_leak,
    threat_kinds: threat.kinds,
    threat_ongoing: [threat.ongoing],
    threat_deadline: threat.deadline ? ["named"] : [],
    danger: [help.danger],
    link_kind: items.map((item) => item.kind),
    spread: items.map((item) => item.spread),
    commercial: items.map((item) => item.commercial),
    wishes,
    prior: prior.map((one) => one.kind),
    language: [help.language],
    region: [help.region],
    disability: help.disability,
  };
  return Object.fromEntries(
    Object.entries(said).map(([name, given]) => [name, [...new Set(given)].filter((one) => one !== UNDISCLOSED)]),
  );
}

/**
 * What fits the answers: urgent kinds first, then in the order of the list; a support centre is always there. Every rule
 * that holds adds to the proposal of its kind; no answer ever takes one away.
 * @param {Answers} answers @returns {Proposal[]}
 */
export function proposals(answers) {
  /** @type {Map<string, Proposal>} */
  const found = new Map();
  for (const { id, when, kind, purposes, compartments, urgent, later } of ROUTING.rules) {
    if (!holds(when, answers)) continue;
    const before = found.get(kind);
    found.set(kind, {
      kind,
      rules: [...(before?.rules ?? []), id],
      purposes: united(before?.purposes, purposes),
      compartments: united(before?.compartments, compartments),
      urgent: (before?.urgent ?? false) || urgent,
      later: united(before?.later, later ? [later] : []),
    });
  }
  return [...found.values()].sort(
    (one, other) => Number(other.urgent) - Number(one.urgent) || place(one.kind) - place(other.kind),
  );
}

/**
 * The organisations in the order in which they are shown, those that are proposed first. Within a kind come first those
 * that speak the language asked for, then those with the support asked for, then those where somebody is, then the
 * nearest, then those that are usually open at this hour. Where no kind that is there fits, all kinds are proposed.
 * @param {Answers} answers @param {readonly Offer[]} offers @returns {Suggestion[]}
 */
export function suggestions(answers, offers) {
  let kinds = proposals(answers).map(({ kind }) => kind);
  if (!offers.some((offer) => kinds.includes(offer.kind))) {
    kinds = ROUTING.order.filter((/** @type {string} */ kind) => offers.some((offer) => offer.kind === kind));
  }
  const fitting = [...offers].sort((one, other) => compare(rank(one, answers), rank(other, answers)));
  const proposed = kinds.flatMap((kind) => fitting.filter((offer) => offer.kind === kind).slice(0, MOST_OF_A_KIND));
  const near = nearest(answers, offers);
  return [...proposed, ...fitting.filter((offer) => !proposed.includes(offer))].map((offer) => ({
    slug: offer.slug,
    proposed: proposed.includes(offer),
    nearest: near.has(offer.slug),
    distance: distanceTo(offer, answers),
    speaks: speaks(offer, answers),
    supports: supports(offer, answers),
  }));
}

/**
 * Borders between two regions, from 0; 1 to an organisation for the whole country (undisclosed). From abroad all regions
 * are equally far, and the whole country is nearest.
 * @param {string} here @param {string} there @returns {number}
 */
export function distance(here, there) {
  if (here === there) return 0;
  if (there === UNDISCLOSED) return COUNTRY;
  /** @type {Record<string, string[]>} */
  const neighbours = ROUTING.neighbours.of;
  const reached = new Set([here]);
  let edge = [here];
  let crossed = 0;
  while (edge.length > 0 && !edge.includes(there)) {
    edge = [...new Set(edge.flatMap((one) => neighbours[one] ?? []))].filter((one) => !reached.has(one));
    for (const one of edge) reached.add(one);
    crossed += 1;
  }
  return COUNTRY + (edge.length > 0 ? crossed : Object.keys(neighbours).length);
}

/** @param {Record<string, string[]>} when @param {Answers} answers */
function holds(when, answers) {
  return Object.entries(when).every(([question, wanted]) => answers[question]?.some((one) => wanted.includes(one)));
}

/** @param {readonly string[]} [known] @param {readonly string[]} [more] */
function united(known = [], more = []) {
  return [...new Set([...known, ...more])];
}

/** @param {Offer} offer @param {Answers} answers @returns {(number|string)[]} */
function rank(offer, answers) {
  const unspoken = asked(answers, "language").length > 0 && !speaks(offer, answers);
  return [
    place(offer.kind),
    Number(unspoken),
    -supports(offer, answers).length,
    Number(offer.away),
    distanceTo(offer, answers) ?? 0,
    Number(offer.closed),
    offer.slug,
  ];
}

/** @param {(number|string)[]} one @param {(number|string)[]} other */
function compare(one, other) {
  const at = one.findIndex((value, index) => value !== other[index]);
  if (at < 0) return 0;
  return /** @type {any} */ (one[at]) < /** @type {any} */ (other[at]) ? -1 : 1;
}

/**
 * The support centres with a region that no other is nearer than; none where no region was given.
 * @param {Answers} answers @param {readonly Offer[]} offers
 */
function nearest(answers, offers) {
  const far = offers
    .filter(({ kind, region }) => kind === "support_centre" && region !== UNDISCLOSED)
    .map((offer) => ({ slug: offer.slug, borders: distanceTo(offer, answers) ?? Number.POSITIVE_INFINITY }));
  const least = Math.min(...far.map(({ borders }) => borders));
  return new Set(far.filter(({ borders }) => borders === least && Number.isFinite(borders)).map(({ slug }) => slug));
}

/** @param {Offer} offer @param {Answers} answers @returns {number|null} */
function distanceTo(offer, answers) {
  const [region] = asked(answers, "region");
  return region === undefined ? null : distance(region, offer.region);
}

/** @param {Offer} offer @param {Answers} answers */
function speaks(offer, answers) {
  return asked(answers, "language").some((one) => one === EVERYWHERE || offer.languages.includes(one));
}

/** @param {Offer} offer @param {Answers} answers */
function supports(offer, answers) {
  return offer.disability.filter((one) => asked(answers, "disability").includes(one));
}

/** @param {Answers} answers @param {string} question */
function asked(answers, question) {
  return answers[question] ?? [];
}
