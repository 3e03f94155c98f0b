// New states for one link or several, and what the reporter is told of it.

import { needs, transitions } from "../../domain/item_state.js";
import { ITEM_STATES } from "../../domain/vocabulary.js";
import { hashOf } from "../requests/asked.js";
import { label, text } from "../texts.js";
import { fillChoices, offer } from "./choice.js";
import { byId, part } from "./dom.js";
import { attachUndo } from "./item_undo.js";
import { chooseNone, chosenLinks } from "./links_view.js";
import { offeredForItems, sharedTransitions } from "./offered_words.js";
import { reasonOf } from "./reason.js";
import { attachWriting } from "./writing.js";

/**
 * @param {import('./open_referral.js').OpenReferral} referral
 * @param {(error: import('../session/request.js').Problem) => Promise<void>} conflict
 * @param {number} most
 * @returns {{refresh: () => void, unsent: () => boolean}}
 */
export function attachItemForm(referral, conflict, most) {
  const form = byId("item-form", HTMLFormElement);
  const select = byId("item-state", HTMLSelectElement);
  const words = byId("item-words", HTMLTextAreaElement);
  const reason = reasonOf("item");
  const undo = attachUndo(referral);
  const refresh = () => showForm(referral, { form, select, words, reason });
  select.addEventListener("change", refresh);
  byId("links-rows", HTMLElement).addEventListener("change", refresh);
  byId("item-none", HTMLButtonElement).addEventListener("click", () => {
    chooseNone();
    refresh();
  });
  const { unsent } = attachWriting({
    form,
    words,
    error: byId("item-words-error", HTMLElement),
    said: byId("item-said", HTMLElement),
    most,
    needed: false,
    avoid: () => referral.case.letter?.contact?.avoid ?? "",
    reason,
    make() {
      undo.note(chosenLinks());
      return referral.makeItems(chosenLinks(), select.value, words.value, reason.value);
    },
    send: (body) => referral.sendItems(body),
    sentText: "items_changed",
    conflict,
    sent() {
      undo.offer();
      chooseNone();
      refresh();
      byId("links-title", HTMLElement).focus();
    },
  });
  return { refresh, unsent };
}

/**
 * @param {import('./open_referral.js').OpenReferral} referral
 * @param {{form: HTMLFormElement, select: HTMLSelectElement, words: HTMLTextAreaElement,
 *   reason: import('./reason.js').Reason}} fields
 * @returns {void}
 */
function showForm(referral, { form, select, words, reason }) {
  const { opening, letter, items } = referral.case;
  const chosen = new Set(chosenLinks());
  const states = opening.items.filter((one) => chosen.has(one.item_id)).map((one) => one.state);
  const shared = sharedTransitions(states, transitions);
  const open = ITEM_STATES.filter((state) => shared.includes(state));
  const numbers = items.flatMap((item, index) => (chosen.has(item.id) ? [index + 1] : []));
  form.hidden = chosen.size === 0;
  showOnward(referral, [...chosen]);
  byId("item-form-title", HTMLElement).textContent = text("change_links", { numbers: numbers.join(", ") });
  fillChoices(
    select,
    open.map((state) => [state, label("item_states", state)]),
  );
  const error = byId("item-state-error", HTMLElement);
  error.hidden = open.length > 0 || chosen.size === 0;
  error.textContent = text("no_shared_state");
  part(form, "send", HTMLButtonElement).disabled = open.length === 0;
  const next = select.value;
  reason.show(next !== "" && states.some((state) => needs(state, next).length > 0));
  offer(words, offeredForItems(text, letter?.lang ?? "ko", select.value, numbers));
}

/**
 * Where the chosen links can be taken from here. What stands behind `#` is sent to nobody.
 * @param {import('./open_referral.js').OpenReferral} referral
 * @param {string[]} items
 * @returns {void}
 */
function showOnward(referral, items) {
  const asked = hashOf([{ referral: referral.case.opening.referral_id, items }]);
  byId("item-request", HTMLAnchorElement).href = `${referral.session.root}/requests/new${asked}`;
  byId("item-room", HTMLAnchorElement).href = `${referral.session.root}/rooms${asked}`;
}
