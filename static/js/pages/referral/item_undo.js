// Taking the last change of links back, for as long as the portal allows it: the news is corrected in the same step.

import { UNDO_MINUTES } from "../../domain/item_state.js";
import { problemWords } from "../session/problem_words.js";
import { text } from "../texts.js";
import { Delivery } from "./delivery.js";
import { byId } from "./dom.js";
import { offeredCorrection } from "./offered_words.js";

/** @typedef {{itemId: string, state: string}} Before a link, and the state that it had */

/**
 * @param {import('./open_referral.js').OpenReferral} referral
 * @returns {{note: (itemIds: string[]) => void, offer: () => void}} `note` before a change, `offer` once it was made
 */
export function attachUndo(referral) {
  const button = byId("item-undo", HTMLButtonElement);
  const said = byId("item-said", HTMLElement);
  let [before, last] = [/** @type {Before[]} */ ([]), /** @type {Before[]} */ ([])];
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  /** @type {Delivery<import('./open_referral.js').UndoBody, void>} */
  let delivery = new Delivery((body) => referral.sendUndo(body));
  const forget = () => {
    button.hidden = true;
    last = [];
  };
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await delivery.attempt(() => referral.makeUndo(last, correction(referral, last)));
      forget();
      said.textContent = text("items_undone");
    } catch (error) {
      said.textContent = problemWords(error).detail;
    } finally {
      button.disabled = false;
    }
  });
  return {
    note(itemIds) {
      const moving = referral.case.opening.items.filter((one) => itemIds.includes(one.item_id));
      before = moving.map((one) => ({ itemId: one.item_id, state: one.state }));
    },
    offer() {
      clearTimeout(timer);
      last = before;
      delivery = new Delivery((body) => referral.sendUndo(body));
      button.hidden = last.length === 0;
      timer = setTimeout(forget, UNDO_MINUTES * 60_000);
    },
  };
}

/** @param {import('./open_referral.js').OpenReferral} referral @param {Before[]} back */
function correction(referral, back) {
  const { items, letter } = referral.case;
  const ids = new Set(back.map(({ itemId }) => itemId));
  const numbers = items.flatMap((item, at) => (ids.has(item.id) ? [at + 1] : []));
  return offeredCorrection(text, letter?.lang ?? "ko", numbers);
}
