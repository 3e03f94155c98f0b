/**
 * Who reads what, as a table: rows are what was written, columns the organisations. Made from the letters as they will be
 * read, never from what was ticked. Touches no page.
 *
 * @typedef {import("../../domain/letter.js").Letter} Letter
 * @typedef {{part: string, count: number, reads: boolean[]}} MatrixRow `reads` in the order of the letters
 */

import { UNDISCLOSED } from "../../domain/vocabulary.js";

/** @param {...string} answers */
const said = (...answers) => answers.some((answer) => answer !== UNDISCLOSED && answer !== "");

/** What each part of a letter holds: 0 where it is empty. @type {readonly [string, (letter: Letter) => number][]} */
const PARTS = [
  ["items", ({ items }) => items.length],
  ["material", ({ material }) => material.length],
  ["case", (letter) => Number(tellsTheCase(letter))],
  ["you", ({ reporter }) => Number(said(reporter.role, reporter.age_group))],
  ["wishes", ({ wishes }) => wishes.length],
  ["help", ({ help }) => Number(help.disability.length > 0 || said(help.language, help.region))],
  ["account", ({ account }) => Number(account !== null)],
  ["offender", ({ offender }) => Number(offender !== null)],
  ["contact", ({ contact }) => Number(contact !== null)],
];

/** @param {Letter} letter */
function tellsTheCase({ harm, threat, identity_leak, incident_place, prior, reporter, help }) {
  const listed = [harm, threat.kinds, identity_leak, prior];
  const single = [threat.ongoing, threat.deadline, incident_place, reporter.relation, reporter.proxy, help.danger];
  return listed.some((one) => one.length > 0) || said(...single);
}

/**
 * Only what there is: in a letter, or written and read by nobody.
 * @param {readonly Letter[]} letters
 * @param {Record<string, boolean>} filled parts that were filled in, by compartment
 * @returns {MatrixRow[]}
 */
export function matrixOf(letters, filled) {
  return PARTS.map(([part, size]) => ({
    part,
    count: Math.max(0, ...letters.map(size)),
    reads: letters.map((letter) => size(letter) > 0),
  })).filter(({ part, count }) => count > 0 || filled[part]);
}
