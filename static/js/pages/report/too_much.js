/**
 * All together is more than the largest letter holds, though each answer fits: what takes most of it is to be shortened.
 * Touches no page.
 *
 * @typedef {import("./answers.js").Answers} Answers
 * @typedef {import("./checks.js").Problem} Problem
 */

const ACCOUNT = ["account_seen", "account_events", "account_worry", "account_note"];
const WRITTEN = { account: ACCOUNT, offender: ["offender_text", "offender_handles"] };
const UTF_8 = new TextEncoder();

/**
 * Whether sealing found that a letter fits into no size.
 * @param {unknown} error
 */
export function isTooMuch(error) {
  return error instanceof Error && error.name === "FormatError" && error.message === "length";
}

/**
 * Says it where most is written: at the first address for all addresses together, or at the longest answer.
 * @param {Pick<Answers, "links" | "fields">} answers
 * @returns {Problem}
 */
export function tooMuch({ links, fields }) {
  const of = (/** @type {unknown} */ value) => (typeof value === "string" ? UTF_8.encode(value).length : 0);
  const parts = Object.entries(WRITTEN).flatMap(([step, names]) =>
    names.map((id) => ({ step, id, length: of(fields[id]) })),
  );
  const addresses = links.flatMap((link) => Object.values(link.fields)).reduce((sum, value) => sum + of(value), 0);
  const first = { step: "links", id: `${links[0]?.prefix ?? "link-0"}-address`, length: addresses };
  const { step, id } = parts.reduce((most, part) => (part.length > most.length ? part : most), first);
  return { step, id, key: "too_much" };
}
