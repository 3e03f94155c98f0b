// The head of a referral: its one line, what presses, where it stands, who holds it, and taking it on or giving it back.

import { flagsOf, summaryLine } from "../queue/summary_line.js";
import { label, text } from "../texts.js";
import { byId, el, icon } from "./dom.js";

/** @typedef {import('./open_referral.js').OpenReferral} OpenReferral */

/**
 * Show the head as it is now.
 * @param {OpenReferral} referral
 * @returns {void}
 */
export function showHead(referral) {
  const { opening, leaf, letter } = referral.case;
  byId("head-state", HTMLElement).replaceChildren(
    el("span", { class: `state state--${opening.state}` }, label("referral_states", opening.state)),
  );
  byId("head-assignee", HTMLElement).textContent = opening.assignee ?? text("nobody");
  const kept = document.getElementById("head-kept");
  if (kept) kept.hidden = kept.dataset.state !== opening.state || Boolean(opening.hold);
  byId("head-sealed-by", HTMLElement).replaceChildren(...sealedBy(opening.sealed_by, letter ? leaf : "unchecked"));
  if (referral.summary) showLine(referral.summary);
  showSteps(referral);
}

/**
 * @param {string} sealer
 * @param {'matches'|'differs'|'unchecked'} leaf
 * @returns {HTMLElement[]}
 */
function sealedBy(sealer, leaf) {
  const marks = [el("span", {}, label("sealed_by", sealer))];
  if (leaf === "matches") marks.push(el("span", { class: "case-head__checked" }, text("leaf_matches")));
  return marks;
}

/**
 * @param {import('../queue/summary_content.js').SummaryContent} summary
 * @returns {void}
 */
function showLine(summary) {
  byId("line", HTMLElement).textContent = summaryLine(summary, label, linksWords(summary.links));
  const marks = byId("marks", HTMLElement);
  for (const old of marks.querySelectorAll(".mark--flag")) old.remove();
  marks.append(...flagMarks(summary));
}

/**
 * @param {import('../queue/summary_content.js').SummaryContent} summary
 * @returns {HTMLElement[]}
 */
export function flagMarks(summary) {
  return flagsOf(summary).map((flag) =>
    el("strong", { class: "mark mark--flag" }, icon("flag"), " ", text(`flag_${flag}`)),
  );
}

/**
 * @param {number} count
 * @returns {string}
 */
export function linksWords(count) {
  return count < 2 ? text(`links_${count}`) : text("links", { count });
}

/**
 * Claiming and giving back, as far as the role and the state allow.
 * @param {OpenReferral} referral
 * @returns {void}
 */
function showSteps(referral) {
  const { opening } = referral.case;
  const { login, role } = referral.session.caseworker;
  const living = !["withdrawn", "destroyed"].includes(opening.state);
  const mine = opening.assignee === login;
  const lead = role === "lead";
  const claim = byId("claim", HTMLButtonElement);
  claim.hidden = !living || mine || (opening.assignee !== null && !lead);
  claim.textContent = text(opening.assignee === null ? "claim" : "take_over");
  const release = byId("release", HTMLButtonElement);
  release.hidden = !living || opening.assignee === null || !(mine || lead);
  claim.disabled = false;
  release.disabled = false;
}
