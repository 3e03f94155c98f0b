// Of requests and room records, what is about one referral: other people's links and words never go along, nor names of
// staff. Touches no page.

/**
 * @typedef {import("./parts.js").Record} Record
 * @typedef {{content: any} & Omit<Record, "content">} Opened
 */

/**
 * The records that name a referral inside, cut to it.
 * @param {Opened[]} records `content` null: it did not open
 * @param {string} referralId b64u
 * @returns {Record[]}
 */
export function recordsAbout(records, referralId) {
  const names = (/** @type {any} */ link) => link.referral === referralId;
  return records
    .filter(({ content }) => content?.links.some(names))
    .map((record) => ({ ...record, content: cut(record.content, names) }));
}

/**
 * @param {any} content
 * @param {(link: any) => boolean} names
 */
function cut(content, names) {
  const links = content.links.filter(names);
  const shared = links.length < content.links.length;
  const words = ["text", "about"]
    .filter((name) => name in content)
    .map((name) => [name, shared ? null : content[name]]);
  return { ...content, ...Object.fromEntries(words), links, steps: content.steps.map(stepOf(shared)), shared };
}

/** @param {boolean} shared with other referrals: then its words may be about other people */
function stepOf(shared) {
  return (/** @type {any} */ { by: _by, ...step }) =>
    shared ? { state: step.state, on: step.on, day: step.day, channel: step.channel } : step;
}
