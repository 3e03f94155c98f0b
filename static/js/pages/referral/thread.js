// The two directions of one thread as one list, in the order in which they came, with what is missing said.

/**
 * @typedef {import('./types.js').OpenedMessage} OpenedMessage
 * @typedef {OpenedMessage & {gap: boolean}} ThreadEntry
 */

/**
 * Mark each message whose sender had seen one before it that is not here: withholding and reordering show.
 * @param {OpenedMessage[]} messages in the order in which the portal lists them
 * @returns {ThreadEntry[]}
 */
export function threadOf(messages) {
  const seen = new Set();
  return messages.map((message) => {
    const after = message.content?.after ?? null;
    const gap = after !== null && !seen.has(after);
    seen.add(message.message_id);
    return { ...message, gap };
  });
}

/**
 * The last message of the thread: what the next one comes `after`.
 * @param {{message_id: string}[]} messages
 * @returns {string|null}
 */
export function lastSeen(messages) {
  return messages.at(-1)?.message_id ?? null;
}

/**
 * The withdrawal in force, if the reporter sent one: the last one to the organisation.
 * @param {OpenedMessage[]} messages
 * @returns {OpenedMessage|null}
 */
export function withdrawalIn(messages) {
  return messages.findLast((one) => one.direction === "to_organisation" && one.content?.kind === "withdrawal") ?? null;
}

/**
 * The links of the letter and those that came later as `items` messages from the reporter, each id once, in that order.
 * @template {{id: string}} Item
 * @param {Item[]} first those of the letter
 * @param {{direction: string, content: {items: Item[]}|null}[]} messages
 * @returns {Item[]}
 */
export function itemsOf(first, messages) {
  const later = messages
    .filter((one) => one.direction === "to_organisation")
    .flatMap((one) => one.content?.items ?? []);
  const byId = new Map();
  for (const item of [...first, ...later]) {
    if (!byId.has(item.id)) byId.set(item.id, item);
  }
  return [...byId.values()];
}

/**
 * The links that the reporter added after the letter, each with the day on which the first word of it came.
 * @param {{id: string}[]} first those of the letter
 * @param {{direction: string, received_on: string, content: {items: {id: string}[]}|null}[]} messages
 * @returns {Map<string, string>}
 */
export function addedOn(first, messages) {
  const found = new Map();
  for (const { direction, received_on, content } of messages) {
    for (const { id } of direction === "to_organisation" ? (content?.items ?? []) : []) {
      if (!found.has(id)) found.set(id, received_on);
    }
  }
  for (const { id } of first) found.delete(id);
  return found;
}

/**
 * The consent in force: the last one that the reporter sent, else the letter's.
 * @template Consent
 * @param {Consent} first
 * @param {{direction: string, content: {consent: Consent|null}|null}[]} messages
 * @returns {Consent}
 */
export function consentOf(first, messages) {
  const last = messages.findLast((one) => one.direction === "to_organisation" && one.content?.consent);
  return last?.content?.consent ?? first;
}
