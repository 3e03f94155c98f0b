// Where the referral stands, and what the reporter is told of it.

import { choices, needs } from "../../domain/referral_state.js";
import { REFERRAL_STATES } from "../../domain/vocabulary.js";
import { label, text } from "../texts.js";
import { fillChoices, offer } from "./choice.js";
import { byId, part } from "./dom.js";
import { offeredForReferral } from "./offered_words.js";
import { waitsForAnswer } from "./passed_on.js";
import { reasonOf } from "./reason.js";
import { attachWriting } from "./writing.js";

/**
 * @param {import('./open_referral.js').OpenReferral} referral
 * @param {(error: import('../session/request.js').Problem) => Promise<void>} conflict
 * @param {number} most
 * @returns {{refresh: () => void, unsent: () => boolean}}
 */
export function attachStateForm(referral, conflict, most) {
  const form = byId("state-form", HTMLFormElement);
  const select = byId("new-state", HTMLSelectElement);
  const words = byId("state-words", HTMLTextAreaElement);
  const reason = reasonOf("state");
  const refresh = () => {
    const { opening, letter } = referral.case;
    const next = waitsForAnswer(opening) ? [] : choices(opening.state);
    const open = REFERRAL_STATES.filter((state) => next.includes(state));
    fillChoices(
      select,
      open.map((state) => [state, label("referral_states", state)]),
    );
    part(form, "fields", HTMLElement).hidden = open.length === 0;
    part(form, "send", HTMLButtonElement).disabled = open.length === 0;
    const hint = byId("state-hint", HTMLElement);
    hint.hidden = open.length > 0;
    const why = opening.state === "received" ? "claim_first" : "no_more_steps";
    hint.textContent = text(waitsForAnswer(opening) ? "answer_first" : why);
    reason.show(select.value !== "" && needs(opening.state, select.value).length > 0);
    offer(words, offeredForReferral(text, letter?.lang ?? "ko", select.value));
  };
  select.addEventListener("change", refresh);
  const { unsent } = attachWriting({
    form,
    words,
    error: byId("state-words-error", HTMLElement),
    said: byId("state-said", HTMLElement),
    most,
    needed: false,
    avoid: () => referral.case.letter?.contact?.avoid ?? "",
    reason,
    make: () => referral.makeState(select.value, words.value, reason.value),
    send: (body) => referral.sendState(body),
    sentText: "state_changed",
    conflict,
    sent: refresh,
  });
  return { refresh, unsent };
}
