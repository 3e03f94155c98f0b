/**
 * A letter as lines of plain words: what is shown is read from the letter, and what is empty is left out.
 * Touches no page: the words come in with `speak`.
 *
 * @typedef {import("../../domain/letter.js").Letter} Letter
 * @typedef {import("../../domain/letter.js").Item} Item
 * @typedef {{text: (key: string, values?: Record<string, string | number>) => string,
 *   label: (name: string, value: string) => string}} Speak
 * @typedef {{heading: string, lines: string[]}} Row
 */

import { UNDISCLOSED } from "../../domain/vocabulary.js";

/**
 * @param {Letter} letter
 * @param {Speak} speak
 * @returns {Row[]}
 */
export function letterRows(letter, speak) {
  const { text } = speak;
  const rows = [
    ...letter.items.map((item, index) => ({
      heading: text("link_n", { n: index + 1 }),
      lines: itemLines(item, speak),
    })),
    { heading: text("row_harm"), lines: named("harms", letter.harm, speak) },
    { heading: text("row_material"), lines: named("materials", letter.material, speak) },
    { heading: text("row_threat"), lines: threatLines(letter.threat, speak) },
    { heading: text("row_danger"), lines: named("yes_no", [letter.help.danger], speak) },
    { heading: text("row_identity_leak"), lines: named("identity_leaks", letter.identity_leak, speak) },
    { heading: text("row_place"), lines: [letter.incident_place] },
    { heading: text("row_reporter"), lines: reporterLines(letter.reporter, speak) },
    { heading: text("row_relation"), lines: named("relations", [letter.reporter.relation], speak) },
    { heading: text("row_help"), lines: helpLines(letter.help, speak) },
    { heading: text("row_wishes"), lines: named("wishes", letter.wishes, speak) },
    { heading: text("row_prior"), lines: letter.prior.map((one) => priorLine(one, speak)) },
    { heading: text("row_account"), lines: [letter.account?.text ?? ""] },
    { heading: text("row_offender"), lines: offenderLines(letter.offender) },
    { heading: text("row_contact"), lines: contactLines(letter.contact, speak) },
    { heading: text("row_purposes"), lines: named("purposes", letter.consent.purposes, speak) },
    { heading: text("row_pass_on"), lines: named("organisation_kinds", letter.consent.pass_on, speak) },
  ];
  return rows
    .map(({ heading, lines }) => ({ heading, lines: lines.filter((line) => line !== "") }))
    .filter(({ lines }) => lines.length > 0);
}

/**
 * @param {string} name
 * @param {string[]} values
 * @param {Speak} speak
 */
function named(name, values, { label }) {
  return values.filter((value) => value !== UNDISCLOSED).map((value) => label(name, value));
}

/**
 * @param {Item} item
 * @param {Speak} speak
 */
function itemLines(item, speak) {
  const said = (/** @type {string} */ key, /** @type {string} */ value) =>
    value === "" || value === UNDISCLOSED ? "" : speak.text(key, { words: value });
  return [
    item.url ?? "",
    ...named("link_kinds", [item.kind], speak),
    item.place,
    said("item_poster", item.poster),
    said("item_title", item.title_keywords),
    ...named("spread", [item.spread], speak),
    said("item_first_seen", item.first_seen),
    said("item_last_seen", item.last_seen),
    said("item_posted", item.posted),
    ...named("commercial", [item.commercial], speak),
  ];
}

/**
 * @param {Letter["threat"]} threat
 * @param {Speak} speak
 */
function threatLines(threat, speak) {
  const ongoing = { yes: speak.text("threat_ongoing"), no: speak.text("threat_over") };
  return [
    ...named("threat_kinds", threat.kinds, speak),
    ongoing[/** @type {"yes" | "no"} */ (threat.ongoing)] ?? "",
    threat.deadline && speak.text("threat_deadline", { words: threat.deadline }),
  ];
}

/**
 * @param {Letter["reporter"]} reporter
 * @param {Speak} speak
 */
function reporterLines(reporter, speak) {
  const proxy = reporter.proxy === UNDISCLOSED ? "" : speak.label("yes_no", reporter.proxy);
  return [
    ...named("reporter_roles", [reporter.role], speak),
    ...named("age_groups", [reporter.age_group], speak),
    proxy && speak.text("proxy", { words: proxy }),
  ];
}

/**
 * @param {Letter["help"]} help
 * @param {Speak} speak
 */
function helpLines(help, speak) {
  return [
    ...named("help_languages", [help.language], speak),
    ...named("regions", [help.region], speak),
    ...named("disability_support", help.disability, speak),
  ];
}

/**
 * @param {Letter["prior"][number]} prior
 * @param {Speak} speak
 */
function priorLine(prior, speak) {
  const kind = speak.label("prior_kinds", prior.kind);
  return prior.reference ? `${kind} (${prior.reference})` : kind;
}

/** @param {Letter["offender"]} offender */
function offenderLines(offender) {
  return offender ? [offender.name, ...offender.handles, offender.text] : [];
}

/**
 * @param {Letter["contact"]} contact
 * @param {Speak} speak
 */
function contactLines(contact, speak) {
  if (!contact) return [];
  return [
    `${speak.label("contact_channels", contact.channel)}: ${contact.address}`,
    contact.safe_hours && speak.text("contact_hours", { words: contact.safe_hours }),
    contact.avoid && speak.text("contact_avoid", { words: contact.avoid }),
  ];
}
