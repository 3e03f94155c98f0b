// Time spent, entered in a few keys where the work is done: sealed here, with what it was about inside alone.

import { FORM } from "../../domain/effort_record.js";
import { LINKS_MOST, MINUTES_MOST } from "../../domain/signed_list.js";
import { Records } from "../records.js";
import { byId } from "../referral/dom.js";
import { dayOf } from "../referral/korean_day.js";

/**
 * @typedef {{referrals: string[], items: string[]}} About b64u ids
 */

/**
 * @param {import("../session.js").Session} session
 * @param {() => About} about what the work was for
 * @returns {{offer: (what: string) => void}}
 */
export function attachEffort(session, about) {
  const form = byId("effort-form", HTMLFormElement);
  byId("effort-on", HTMLInputElement).value ||= dayOf(new Date());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    if (button?.disabled) return;
    button?.toggleAttribute("disabled", true);
    await keep(session, about(), form);
    button?.toggleAttribute("disabled", false);
  });
  return {
    offer: (what) => {
      if (what) byId("effort-what", HTMLSelectElement).value = what;
      document.getElementById("effort-offer")?.removeAttribute("hidden");
    },
  };
}

/** @param {import("../session.js").Session} session @param {About} about @param {HTMLFormElement} form */
async function keep(session, { referrals, items }, form) {
  const field = byId("effort-minutes", HTMLInputElement);
  const what = byId("effort-what", HTMLSelectElement);
  const on = byId("effort-on", HTMLInputElement).value;
  const minutes = Number(field.value);
  const error = byId("effort-error", HTMLElement);
  const said = byId("effort-said", HTMLElement);
  const complain = (/** @type {string} */ words) => {
    error.hidden = !words;
    error.textContent = words;
  };
  said.textContent = "";
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MINUTES_MOST || !on) {
    return complain(form.dataset.bad ?? "");
  }
  complain("");
  const content = {
    v: 1,
    on,
    what: what.value,
    minutes,
    role: session.caseworker.role,
    referrals: [...new Set(referrals)].slice(0, LINKS_MOST),
    items: [...new Set(items)].slice(0, LINKS_MOST),
    note: "",
    struck: false,
  };
  try {
    await new Records(session, { effort: FORM }).save({ type: "effort", content });
    const words = what.selectedOptions[0]?.textContent ?? "";
    said.textContent = (form.dataset.kept ?? "").replace("{what}", words).replace("{minutes}", String(minutes));
    field.value = "";
  } catch {
    complain(form.dataset.failed ?? "");
  }
}
