// What the portal did not take, link by link, with what can be done about each.

import { byId, el } from "../referral/dom.js";
import { label, text } from "../texts.js";
import { canStillFollow } from "./saying.js";
import { addressWords, codeName } from "./views.js";

/**
 * @typedef {import('./work.js').LinkWork} LinkWork
 * @typedef {import('./work.js').Decision} Decision
 */

/** What was shown last, so that a focus in it is not lost. */
let shown = "";

/**
 * @param {LinkWork} work
 * @param {string} root
 * @param {() => void} changed
 * @returns {void}
 */
export function showNeeds(work, root, changed) {
  const needing = work.needing;
  const now = needing
    .map((one) => `${one.link.key} ${one.status} ${one.link.state} ${JSON.stringify(one.said)}`)
    .join("\n");
  if (now === shown) return;
  shown = now;
  byId("needs", HTMLElement).hidden = needing.length === 0;
  byId("needs-rows", HTMLElement).replaceChildren(...needing.map((one) => needRow(one, work, root, changed)));
}

/** @param {Decision} decision @param {LinkWork} work @param {string} root @param {() => void} changed */
function needRow(decision, work, root, changed) {
  const { link } = decision;
  const buttons = actsOf(decision, work).map(([key, act]) => {
    const button = el("button", { type: "button", class: "plain-button" }, text(key));
    button.addEventListener("click", () => {
      act();
      changed();
    });
    return button;
  });
  return el(
    "li",
    { class: "by-link__need", "data-need": link.item },
    el("code", { class: "links__url", translate: "no" }, addressWords(link)),
    el("span", { class: "by-link__why" }, whyWords(decision)),
    ...buttons,
    el("a", { class: "govuk-link", href: `${root}/referral/${link.referral}` }, text("open_letter")),
  );
}

/** @param {Decision} decision */
function whyWords({ status, said, link, code }) {
  if (said.need_undo_over !== undefined) return text("need_undo_over", { why: said.need_undo_over });
  if (status === "conflict") {
    const words = { who: said.who ?? "", theirs: label("item_states", link.state), mine: codeName(code) };
    return text(said.who ? "need_conflict" : "need_conflict_nobody", words);
  }
  if (status === "by_hand") return text("need_by_hand", { words: said.words ?? "" });
  return status === "gone" ? text("need_gone") : text("need_failed", { why: said.why ?? "" });
}

/**
 * @param {Decision} decision
 * @param {LinkWork} work
 * @returns {[key: string, act: () => void][]}
 */
function actsOf(decision, work) {
  const { status, said, link, code, reason } = decision;
  const putAway = () => work.drop(decision);
  const again = () => {
    work.decide(link, code, reason);
    work.post.closeOthers("");
  };
  if (said.need_undo_over !== undefined) {
    return [
      [
        "put_away",
        () => {
          decision.said = { over: "yes" };
        },
      ],
    ];
  }
  if (status === "conflict") {
    return canStillFollow(decision)
      ? [
          ["keep_theirs", putAway],
          ["decide_anyway", again],
        ]
      : [["keep_theirs", putAway]];
  }
  if (status === "failed" && canStillFollow(decision)) {
    return [
      ["try_again", again],
      ["put_away", putAway],
    ];
  }
  return [["put_away", putAway]];
}
