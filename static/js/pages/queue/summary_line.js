// One neutral line for one referral, and the few flags that change what comes first. Made from enums alone.

/**
 * @typedef {import('./summary_content.js').SummaryContent} SummaryContent
 * @typedef {(name: string, value: string) => string} Labels gives the words for a value of an enum
 * @typedef {'under_19'|'threat'|'danger'|'spreading'|'again'} Flag
 */

const UNSAID = new Set(["undisclosed", "unknown", "none"]);
const MOST_WORDS = 3;

/**
 * The line: who, what happened, what kind of material, how many links.
 * @param {SummaryContent} summary
 * @param {Labels} labels
 * @param {string} links words for the number of links, such as `링크 3개`
 * @returns {string}
 */
export function summaryLine(summary, labels, links) {
  const parts = [
    ...said("reporter_roles", [summary.role], labels),
    ...said("age_groups", [summary.age_group], labels),
    some(said("harms", summary.harm, labels)),
    some(said("materials", summary.material, labels)),
    links,
  ];
  return parts.filter(Boolean).join(" · ");
}

/**
 * The flags, most pressing first.
 * @param {SummaryContent} summary
 * @returns {Flag[]}
 */
export function flagsOf(summary) {
  const threatened = summary.threat.some((kind) => kind !== "none");
  /** @type {[Flag, boolean][]} */
  const flags = [
    ["danger", summary.danger === "yes"],
    ["under_19", ["under_14", "14_to_18"].includes(summary.age_group)],
    ["threat", threatened && summary.ongoing !== "no"],
    ["spreading", summary.spread.includes("spreading")],
    ["again", summary.spread.includes("again") || summary.harm.includes("reupload")],
  ];
  return flags.filter(([, raised]) => raised).map(([flag]) => flag);
}

/**
 * @param {string} name of the enum
 * @param {string[]} values
 * @param {Labels} labels
 * @returns {string[]}
 */
function said(name, values, labels) {
  return values.filter((value) => !UNSAID.has(value)).map((value) => labels(name, value));
}

/**
 * @param {string[]} names
 * @returns {string}
 */
function some(names) {
  const more = names.length > MOST_WORDS ? " …" : "";
  return names.slice(0, MOST_WORDS).join(", ") + more;
}
