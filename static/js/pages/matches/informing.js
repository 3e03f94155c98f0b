// A new state for the chosen links of a group: each reporter is told in her own thread, in the words of her own letter's
// language, of her own links alone.

import { needs, transitions } from "../../domain/item_state.js";
import { ITEM_STATES } from "../../domain/vocabulary.js";
import { fillChoices } from "../referral/choice.js";
import { byId } from "../referral/dom.js";
import { sharedTransitions } from "../referral/offered_words.js";
import { tellAll, tellingWords } from "../requests/telling.js";
import { label, text } from "../texts.js";

/** @typedef {import("./group.js").GroupLink} GroupLink */

/**
 * @param {import("../session.js").Session} session
 * @param {() => GroupLink[]} chosen
 * @param {() => Promise<void>} reopen
 * @returns {{refresh: () => void, clear: () => void}}
 */
export function attachInforming(session, chosen, reopen) {
  const select = byId("inform-state", HTMLSelectElement);
  const reason = byId("inform-reason", HTMLTextAreaElement);
  const needed = () =>
    chosen().some(({ state }) => transitions(state).includes(select.value) && needs(state, select.value).length > 0);
  const refresh = () => {
    const open = openStates(chosen());
    fill(select, open);
    byId("inform-reason-group", HTMLElement).hidden = !needed();
    complain(chosen().length > 0 && open.length === 0 ? "no_shared_state" : "");
    byId("inform-send", HTMLButtonElement).disabled = open.length === 0;
  };
  select.addEventListener("change", () => {
    byId("inform-reason-group", HTMLElement).hidden = !needed();
  });
  byId("inform-form", HTMLFormElement).addEventListener("submit", async (event) => {
    event.preventDefault();
    const send = byId("inform-send", HTMLButtonElement);
    const links = chosen();
    if (send.disabled) return;
    if (links.length === 0) return complain("choose_some");
    if (needed() && reason.value.trim() === "") return complain("reason_missing");
    complain("");
    send.disabled = true;
    const state = select.value;
    say(text("informing"));
    say(await told(session, links, state, reason.value.trim()));
    reason.value = "";
    await reopen();
    refresh();
  });
  return {
    refresh,
    clear() {
      say("");
      reason.value = "";
    },
  };
}

/** @param {HTMLSelectElement} select @param {string[]} states */
function fill(select, states) {
  fillChoices(
    select,
    states.map((state) => [state, label("item_states", state)]),
  );
}

/** @param {string} words */
function say(words) {
  byId("inform-said", HTMLElement).textContent = words;
}

/** @param {GroupLink[]} links @returns {string[]} states to which all of them may go, in their usual order */
function openStates(links) {
  const shared = sharedTransitions(
    links.map(({ state }) => state),
    transitions,
  );
  return ITEM_STATES.filter((state) => shared.includes(state));
}

/** @param {import("../session.js").Session} session @param {GroupLink[]} links @param {string} state @param {string} reason */
async function told(session, links, state, reason) {
  try {
    const named = links.map(({ referral, item }) => ({ referral, item: item.id }));
    return tellingWords(await tellAll(session, named, state, reason));
  } catch {
    return text("inform_failed");
  }
}

/** @param {string} key of what is wrong; empty for nothing */
function complain(key) {
  const error = byId("inform-error", HTMLElement);
  error.hidden = !key;
  error.textContent = key && text(key);
}
