// What open letters are about, counted from their summaries. Only numbers leave this module, and none that is too small.

import { LEAST, suppress } from "../../domain/suppression.js";
import * as words from "../../domain/vocabulary.js";

/**
 * @typedef {import("../queue/summary_content.js").SummaryContent} Summary
 * @typedef {{name: string, total: number|null, parts: Record<string, number|null>}} Division
 */

/** Said of a letter in which nothing of a kind is named. */
export const NONE = "none_named";

/** Of how many links, or sites, a letter speaks. @type {[string, number][]} */
const STEPS = [
  ["links_0", 0],
  ["links_1", 1],
  ["links_5", 5],
  ["links_20", 20],
  ["links_more", Number.POSITIVE_INFINITY],
];

/** A letter has one of these. @type {[string, readonly string[], (summary: Summary) => string][]} */
const ONE = [
  ["reporter_roles", words.REPORTER_ROLES, ({ role }) => role],
  ["age_groups", words.AGE_GROUPS, ({ age_group }) => age_group],
  ["links", STEPS.map(([word]) => word), ({ links }) => stepOf(links)],
  ["sites", STEPS.map(([word]) => word), ({ tags }) => stepOf(new Set(tags.site.filter(Boolean)).size)],
];

/** And any number of these. @type {[string, readonly string[], (summary: Summary) => string[]][]} */
const SEVERAL = [
  ["harms", words.HARMS, ({ harm }) => harm],
  ["materials", words.MATERIALS, ({ material }) => material],
  ["threat_kinds", words.THREAT_KINDS, ({ threat }) => threat],
  ["spread", words.SPREAD, ({ spread }) => spread],
  ["wishes", words.WISHES, ({ wishes }) => wishes],
];

/**
 * Divide these letters in every way; what is too small is null already.
 * @param {Summary[]} summaries
 * @returns {Division[]}
 */
export function contentFigures(summaries) {
  const single = Object.fromEntries(
    ONE.map(([name, all, of]) => [
      name,
      counted(
        all,
        summaries.map((one) => [of(one)]),
      ),
    ]),
  );
  const shown = suppress(single);
  const several = SEVERAL.map(([name, all, of]) => {
    const named = summaries.map((one) => [...new Set(of(one))]);
    const parts = counted(
      [...all, NONE],
      named.map((one) => (one.length > 0 ? one : [NONE])),
    );
    return { name, total: shown.total, parts: withoutSmall(parts, summaries.length, shown.total === null) };
  });
  const one = Object.entries(shown.divided).map(([name, parts]) => ({ name, total: shown.total, parts }));
  return [...several, ...one];
}

/**
 * A letter that is about several things is counted in each, so the numbers do not add up to the letters. What is not
 * counted in a part can be told from the letters; so a part that nearly all of them have is hidden as well.
 * @param {Record<string, number>} parts
 * @param {number} letters
 * @param {boolean} all whether not even the number of letters is shown
 */
function withoutSmall(parts, letters, all) {
  const shown = suppress({ parts }).divided.parts ?? {};
  return Object.fromEntries(
    Object.entries(parts).map(([word, number]) => {
      const others = letters - number;
      const few = others > 0 && others < LEAST;
      return [word, number > 0 && (all || few || shown[word] === null) ? null : number];
    }),
  );
}

/**
 * @param {readonly string[]} all
 * @param {string[][]} named of each letter
 */
function counted(all, named) {
  /** @type {Record<string, number>} */
  const found = Object.fromEntries(all.map((word) => [word, 0]));
  for (const word of named.flat()) found[word] = (found[word] ?? 0) + 1;
  return found;
}

/** @param {number} number */
function stepOf(number) {
  return STEPS.find(([, most]) => number <= most)?.[0] ?? "links_more";
}
