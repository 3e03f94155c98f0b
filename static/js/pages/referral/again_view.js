// Says which of this reporter's links came again, with where they stood, and readies the step that says so to her.

import { label, text } from "../texts.js";
import { returnsIn } from "./coming_again.js";
import { byId, el } from "./dom.js";
import { chooseNone } from "./links_view.js";

/** @typedef {import("./coming_again.js").Return} Return */

/** @param {import("./open_referral.js").OpenReferral} referral @returns {{refresh: () => void}} */
export function attachAgain(referral) {
  return {
    refresh() {
      const returns = referral.case.letter ? returnsIn(referral.case) : [];
      byId("again", HTMLElement).hidden = returns.length === 0;
      byId("again-rows", HTMLElement).replaceChildren(...returns.map(rowOf));
    },
  };
}

/** @param {Return} one */
function rowOf(one) {
  const { number, state, again, history } = one;
  const reopened = state === "reappeared";
  const numbers = again.join(", ");
  const words = reopened ? text("again_open", { number }) : text("again_came", { number, numbers });
  const button = el("button", { type: "button", class: "plain-button" }, text("again_reopen", { number }));
  button.addEventListener("click", () => ready(one));
  return el(
    "li",
    { class: "again__one" },
    el("strong", { class: "mark mark--flag" }, label("item_states", "reappeared")),
    ` ${words}`,
    history.length > 0 &&
      el(
        "ol",
        { class: "again__history", "aria-label": text("again_history", { number }) },
        ...history.map((moment) =>
          el("li", {}, el("time", { datetime: moment.on }, moment.on), ` ${label("item_states", moment.state)}`),
        ),
      ),
    !reopened && button,
  );
}

/**
 * Choose the link and the state in the form below, where the words to the reporter are read before they go.
 * @param {Return} one
 */
function ready({ itemId }) {
  const rows = byId("links-rows", HTMLElement);
  chooseNone();
  const box = [...rows.querySelectorAll("input")].find(({ value }) => value === itemId);
  if (!box || box.disabled) return;
  box.checked = true;
  rows.dispatchEvent(new Event("change"));
  const select = byId("item-state", HTMLSelectElement);
  select.value = "reappeared";
  select.dispatchEvent(new Event("change"));
  byId("item-words", HTMLTextAreaElement).focus();
}
