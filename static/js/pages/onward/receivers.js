// Who can be chosen: organisations that take letters now, those first that the reporter agreed to. Touches no page.

/**
 * @typedef {import('../../crypto/epoch_chain.js').Organisation} Organisation
 * @typedef {{organisation: Organisation, covered: boolean, already: boolean}} Receiver `covered`: the reporter agreed to
 *   this kind; `already`: it has the letter from here, and has not refused it
 */

/**
 * @param {Iterable<Organisation>} organisations of the directory
 * @param {{own: string, resting: readonly string[], passOn: readonly string[],
 *   passedOn: readonly {organisation: string, state: string}[]}} known
 * @returns {Receiver[]} by kind in the order of the consent, then by slug; what is not covered comes last
 */
export function receiversOf(organisations, { own, resting, passOn, passedOn }) {
  const busy = new Set(
    passedOn.filter((one) => ["offered", "accepted"].includes(one.state)).map((one) => one.organisation),
  );
  return [...organisations]
    .filter(({ slug }) => slug !== own && !resting.includes(slug))
    .map((organisation) => ({
      organisation,
      covered: passOn.includes(organisation.kind),
      already: busy.has(organisation.slug),
    }))
    .sort(
      (one, other) =>
        rank(one, passOn) - rank(other, passOn) || (one.organisation.slug < other.organisation.slug ? -1 : 1),
    );
}

/**
 * @param {Receiver} receiver
 * @param {readonly string[]} passOn
 * @returns {number}
 */
function rank({ organisation, covered, already }, passOn) {
  return (covered ? passOn.indexOf(organisation.kind) : passOn.length) + (already ? 100 : 0);
}
