// Links of this reporter's own that were gone and came again: the same address, reported anew in the same thread, or found
// again by staff. What other people reported plays no part in it. Touches no page.

import { canonicalUrl } from "../../domain/canonical_url.js";
import { transitions } from "../../domain/item_state.js";
import { FormatError } from "../../errors.js";
import { addedOn } from "./thread.js";

/**
 * @typedef {import("./types.js").Case} Case
 * @typedef {{on: string, state: string}} Moment
 * @typedef {{itemId: string, number: number, state: string, again: number[], history: Moment[]}} Return `number`: of the
 *   link that was gone; `again`: numbers of the links that are the same; `history`: where it stood, as the reporter was told
 */

/** @param {string} state @returns {boolean} whether a link that stands there can come again */
export function canReturn(state) {
  return transitions(state).includes("reappeared");
}

/**
 * The links that came again, and those that are said to be found again already.
 * @param {Pick<Case, "items"|"messages"|"letter"> & {opening: Pick<Case["opening"], "items">}} held
 * @returns {Return[]}
 */
export function returnsIn({ items, messages, letter, opening }) {
  const standing = new Map(opening.items.map((one) => [one.item_id, one]));
  const added = addedOn(letter?.items ?? [], messages);
  const addresses = items.map(addressOf);
  /** @type {Return[]} */
  const found = [];
  items.forEach((item, at) => {
    const own = standing.get(item.id);
    if (!own) return;
    const since = (/** @type {number} */ other) => added.get(items[other].id) ?? "";
    const again = addresses.flatMap((address, other) =>
      other > at && address !== "" && address === addresses[at] && since(other) >= own.state_on ? [other + 1] : [],
    );
    if (own.state !== "reappeared" && !(canReturn(own.state) && again.length > 0)) return;
    const history = historyOf(item.id, messages);
    found.push({ itemId: item.id, number: at + 1, state: own.state, again, history });
  });
  return found;
}

/**
 * Where a link stood, as the reporter was told, oldest first.
 * @param {string} itemId
 * @param {Case["messages"]} messages
 * @returns {Moment[]}
 */
export function historyOf(itemId, messages) {
  return messages
    .filter(({ direction }) => direction === "to_reporter")
    .flatMap(({ received_on: on, content }) =>
      (content?.states ?? []).filter(({ item }) => item === itemId).map(({ state }) => ({ on, state })),
    );
}

/** @param {{url: string|null}} item @returns {string} empty where there is nothing to compare */
function addressOf({ url }) {
  try {
    return url === null ? "" : canonicalUrl(url);
  } catch (error) {
    if (error instanceof FormatError) return "";
    throw error;
  }
}
