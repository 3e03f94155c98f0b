// The letter's answers as rows for reading, most pressing first. Pure: words in, words out.

/**
 * @typedef {''|'under_19'|'avoid'|'changed_consent'} Note
 * @typedef {(name: string, value: string) => string} Labels gives the words for a value of an enum (`text`: of the page)
 * @typedef {{name: string, values: string[], quoted: string[], urgent: boolean, note: Note}} Fact
 *   `values` are words of the portal, `quoted` are the reporter's own
 */

const ALWAYS = new Set(["who", "age", "harm", "wishes", "consent", "pass_on"]);
const MINORS = new Set(["under_14", "14_to_18"]);

/**
 * Give the rows that say something, and those few that matter also when they say nothing.
 * @param {any} letter
 * @param {{purposes: string[], pass_on: string[]}} consent the one in force
 * @param {Labels} labels
 * @returns {Fact[]}
 */
export function factsOf(letter, consent, labels) {
  const facts = [
    ...pressing(letter, labels),
    ...whatHappened(letter, labels),
    ...whatIsWanted(letter, consent, labels),
  ];
  return facts.filter((fact) => ALWAYS.has(fact.name) || fact.values.length + fact.quoted.length > 0);
}

/**
 * @param {any} letter
 * @param {Labels} labels
 * @returns {Fact[]}
 */
function pressing(letter, labels) {
  const { reporter, threat, help, contact } = letter;
  const threatened = threat.kinds.some((/** @type {string} */ kind) => kind !== "none");
  const ongoing = threat.ongoing === "undisclosed" ? [] : [labels("text", `ongoing_${threat.ongoing}`)];
  const danger = help.danger === "undisclosed" ? [] : named(labels, "yes_no", [help.danger]);
  return [
    fact("danger", danger, { urgent: help.danger === "yes" }),
    fact("avoid", [], { quoted: typed(contact?.avoid), urgent: true, note: "avoid" }),
    fact("safe_contact", contact ? named(labels, "contact_channels", [contact.channel]) : [], {
      quoted: typed(contact?.safe_hours),
    }),
    fact("who", named(labels, "reporter_roles", [reporter.role])),
    fact("proxy", reporter.proxy === "undisclosed" ? [] : named(labels, "yes_no", [reporter.proxy])),
    fact(
      "age",
      named(labels, "age_groups", [reporter.age_group]),
      MINORS.has(reporter.age_group) ? { urgent: true, note: "under_19" } : {},
    ),
    fact("threat", [...named(labels, "threat_kinds", threat.kinds), ...ongoing], {
      urgent: threatened && threat.ongoing !== "no",
    }),
    fact("threat_deadline", [], { quoted: typed(threat.deadline), urgent: threatened }),
  ];
}

/**
 * @param {any} letter
 * @param {Labels} labels
 * @returns {Fact[]}
 */
function whatHappened(letter, labels) {
  const relation = letter.reporter.relation;
  return [
    fact("harm", named(labels, "harms", letter.harm)),
    fact("material", named(labels, "materials", letter.material)),
    fact("identity_leak", named(labels, "identity_leaks", letter.identity_leak)),
    fact("relation", relation === "undisclosed" ? [] : named(labels, "relations", [relation])),
    fact("incident_place", [], { quoted: typed(letter.incident_place) }),
  ];
}

/**
 * @param {any} letter
 * @param {{purposes: string[], pass_on: string[]}} consent
 * @param {Labels} labels
 * @returns {Fact[]}
 */
function whatIsWanted(letter, consent, labels) {
  const { help } = letter;
  /** @type {{note: Note}} */
  const changed = { note: JSON.stringify(consent) === JSON.stringify(letter.consent) ? "" : "changed_consent" };
  const prior = letter.prior.map((/** @type {{kind: string, reference: string}} */ one) =>
    [named(labels, "prior_kinds", [one.kind])[0], one.reference].filter(Boolean).join(": "),
  );
  return [
    fact("wishes", named(labels, "wishes", letter.wishes)),
    fact("consent", named(labels, "purposes", consent.purposes), changed),
    fact("pass_on", named(labels, "organisation_kinds", consent.pass_on), changed),
    fact("prior", prior),
    fact("language", help.language === "undisclosed" ? [] : named(labels, "help_languages", [help.language])),
    fact("disability", named(labels, "disability_support", help.disability)),
    fact("region", help.region === "undisclosed" ? [] : named(labels, "regions", [help.region])),
  ];
}

/**
 * @param {string} name
 * @param {string[]} values
 * @param {{quoted?: string[], urgent?: boolean, note?: Note}} [more]
 * @returns {Fact}
 */
function fact(name, values, { quoted = [], urgent = false, note = "" } = {}) {
  return { name, values, quoted, urgent: urgent && values.length + quoted.length > 0, note };
}

/**
 * @param {Labels} labels
 * @param {string} name of the enum
 * @param {string[]} values
 * @returns {string[]}
 */
function named(labels, name, values) {
  return values.map((value) => labels(name, value));
}

/**
 * @param {string|undefined} words
 * @returns {string[]}
 */
function typed(words) {
  return words ? [words] : [];
}
