/**
 * The addresses of one organisation's letter, as far as they are known here: from the own record, from what was added
 * later, and those that only the portal knows of. Touches no page.
 *
 * @typedef {{item_id: string, state: string, state_on: string}} Standing
 * @typedef {{id: string, url: string | null}} Known
 * @typedef {{id: string, url: string | null, n: number, state: string, stateOn: string}} Link `state` is empty before the
 *   letter was opened; `n` is the same in all letters of the report
 * @typedef {{receivedOn: string, items: Standing[], messages: import("./visit.js").Message[]}} Letter
 */

/**
 * @param {Letter} letter
 * @param {Known[] | null} own the own record's addresses; null where none is kept
 * @param {Letter[]} letters all of the report
 * @returns {Link[]}
 */
export function linksOf(letter, own, letters) {
  const states = new Map(letter.items.map((item) => [item.item_id, item]));
  const here = addedIn(letter);
  const everywhere = new Map(letters.flatMap((one) => [...addedIn(one)]));
  const kept = (own ?? []).filter(({ id }) => states.has(id) || here.has(id) || !isElsewhere(id, letter, everywhere));
  const known = new Map(kept.map(({ id, url }) => [id, url]));
  // Without an own record the portal's order is the letter's; what was added came after it.
  for (const { item_id: id } of letter.items) if (!known.has(id)) known.set(id, here.get(id)?.url ?? null);
  for (const [id, { url }] of here) if (!known.has(id)) known.set(id, url);
  const number = numbers(own, everywhere);
  return [...known].map(([id, url], index) => {
    const standing = states.get(id);
    const n = number.get(id) ?? (own ? number.size : 0) + index + 1;
    return { id, url, n, state: standing?.state ?? "", stateOn: standing?.state_on ?? "" };
  });
}

/**
 * All addresses that are known here, each once: the own record's, then those that were added.
 * @param {Known[] | null} own
 * @param {Letter[]} letters
 * @returns {Known[]}
 */
export function everyLink(own, letters) {
  const found = new Map((own ?? []).map((link) => [link.id, link]));
  for (const letter of letters) {
    for (const [id, { url }] of addedIn(letter)) if (!found.has(id)) found.set(id, { id, url });
  }
  return [...found.values()];
}

/**
 * What this person added to one letter later, with the day.
 * @param {Letter} letter
 * @returns {Map<string, {url: string | null, on: string}>}
 */
function addedIn({ messages }) {
  return new Map(
    messages
      .filter(({ direction, content }) => direction === "to_organisation" && content !== null)
      .flatMap(({ content, receivedOn }) => (content?.items ?? []).map(({ id, url }) => [id, { url, on: receivedOn }])),
  );
}

/**
 * Whether an address was added to others only, after this letter was written.
 * @param {string} id
 * @param {Letter} letter
 * @param {Map<string, {on: string}>} everywhere
 */
function isElsewhere(id, { receivedOn }, everywhere) {
  const added = everywhere.get(id);
  return added !== undefined && receivedOn < added.on;
}

/**
 * One number for each address in all letters. Without an own record nobody knows: each letter counts for itself.
 * @param {Known[] | null} own
 * @param {Map<string, unknown>} added
 * @returns {Map<string, number>}
 */
function numbers(own, added) {
  if (!own) return new Map();
  const ids = [...new Set([...own.map(({ id }) => id), ...added.keys()])];
  return new Map(ids.map((id, index) => [id, index + 1]));
}
