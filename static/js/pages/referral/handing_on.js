// Handing a referral to a colleague: one choice, one press, and no reason asked for. And who else looks at it now.

import { whileLookedAt } from "../session/presence.js";
import { problemWords } from "../session/problem_words.js";
import { ask, Problem } from "../session/request.js";
import { text } from "../texts.js";
import { byId } from "./dom.js";

/** @typedef {import('./open_referral.js').OpenReferral} OpenReferral */

/**
 * @param {OpenReferral} referral
 * @param {(error: Problem) => Promise<void>} conflict
 * @returns {{refresh: () => void}}
 */
export function attachHandingOn(referral, conflict) {
  const said = byId("head-said", HTMLElement);
  const form = byId("hand-on", HTMLFormElement);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = byId("hand-on-go", HTMLButtonElement);
    button.disabled = true;
    said.textContent = "";
    const to = byId("hand-on-to", HTMLSelectElement).value;
    try {
      await handOn(referral, to);
      said.textContent = text("handed_on", { who: to });
    } catch (error) {
      if (error instanceof Problem && error.code === "version_conflict") await conflict(error);
      else said.textContent = problemWords(error).detail;
    } finally {
      button.disabled = false;
    }
  });
  whileLookedAt(async () => {
    const { root, answer } = referral.session;
    const csrf = answer?.csrf ?? "";
    // Not `post`: a session that ended is asked about when something is done, not because the page looks around.
    const { others } = await ask(`${root}${referral.path}/viewing`, { method: "POST", body: "{}", csrf });
    showOthers(others);
  });
  return { refresh: () => refresh(referral) };
}

/**
 * @param {OpenReferral} referral
 * @param {string} to a login
 * @returns {Promise<void>}
 */
async function handOn(referral, to) {
  const { referral_id, version, state, items } = referral.case.opening;
  const referrals = [{ referral_id, version, unread: false }];
  const { done, refused } = await referral.session.post("/queue/assignment", { referrals, to });
  if (done.length === 0) throw new Problem(409, { code: refused[0].code });
  const next = state === "received" ? "assigned" : state;
  await referral.stands({ version: done[0].version, assignee: to, state: next, items }, "assigned", "");
}

/** Whoever may hand it on sees to whom: it is mine or nobody's, or I lead. @param {OpenReferral} referral */
function refresh(referral) {
  const { opening } = referral.case;
  const { login, role } = referral.session.caseworker;
  const living = !["withdrawn", "destroyed"].includes(opening.state);
  const mine = [null, login].includes(opening.assignee) || role === "lead";
  const select = byId("hand-on-to", HTMLSelectElement);
  for (const option of select.options) option.hidden = option.value === opening.assignee;
  const others = [...select.options].filter((option) => !option.hidden);
  byId("hand-on", HTMLFormElement).hidden = !living || !mine || others.length === 0;
  if (select.selectedOptions[0]?.hidden) select.value = others[0]?.value ?? "";
}

/** @param {string[]} others logins */
function showOthers(others) {
  const place = byId("head-viewing", HTMLElement);
  const words = others.length > 0 ? text("viewing_one", { who: others.join(", ") }) : "";
  if (place.textContent !== words) place.textContent = words;
}
