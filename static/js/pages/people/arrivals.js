// Who waits: both fingerprints whole, and a tick that they were compared by voice, before a key is sealed to anybody.

import { fingerprint } from "../../crypto/key_name.js";
import { b64uDecode } from "../../domain/wire.js";
import { byId, el, part } from "../referral/dom.js";
import { label, text } from "../texts.js";

/**
 * @typedef {import('./changing.js').Person} Person
 * @typedef {import('./acts.js').Acts} Acts
 */

/**
 * @param {import('./changing.js').Standing} standing
 * @param {Acts} acts
 * @param {string} own the organisation's fingerprint, from the verified directory
 */
export async function whoWaits(standing, acts, own) {
  const box = byId("waiting", HTMLElement);
  const waiting = standing.people.filter(({ state }) => state === "waits");
  box.hidden = waiting.length === 0;
  const cards = [];
  for (const person of waiting) {
    // From the key itself, and not as the portal writes it: what is compared is what will be sealed to.
    const theirs = await fingerprint(b64uDecode(person.public_key, "public_key", 1216));
    cards.push(card(person, theirs, own, acts));
  }
  part(box, "list", HTMLElement).replaceChildren(...cards);
}

/** @param {Person} person @param {string} theirs @param {string} own @param {Acts} acts */
function card(person, theirs, own, acts) {
  const role = label("roles", person.role);
  const tick = el("input", { class: "govuk-checkboxes__input", type: "checkbox", id: `compared-${person.kid}` });
  const compared = el(
    "div",
    { class: "govuk-checkboxes__item" },
    tick,
    el("label", { class: "govuk-label govuk-checkboxes__label", for: tick.id }, text("compared")),
  );
  const problem = el("p", { class: "govuk-error-message", role: "alert", hidden: true }, text("tick_first"));
  const letIn = el("button", { type: "button", class: "govuk-button" }, text("let_in"));
  letIn.addEventListener("click", () => {
    problem.hidden = tick.checked;
    if (tick.checked) acts.letIn(person, person.role);
  });
  const away = el("button", { type: "button", class: "govuk-button govuk-button--secondary" }, text("turn_away"));
  away.addEventListener("click", () => acts.leave(person));
  return el(
    "section",
    { class: "people__card", "data-login": person.login },
    el("h3", { class: "govuk-heading-s" }, text("wait_title", { login: person.login, role })),
    el("p", { class: "govuk-body" }, text("compare_1")),
    el("p", { class: "govuk-body" }, text("compare_2")),
    el("p", { class: "fingerprint", translate: "no" }, theirs),
    el("p", { class: "govuk-body" }, text("compare_3")),
    el("p", { class: "fingerprint", translate: "no" }, own),
    el("div", { class: "govuk-checkboxes govuk-form-group" }, compared),
    problem,
    el("p", { class: "govuk-hint" }, text("until_done")),
    el("div", { class: "govuk-button-group" }, letIn, away),
  );
}
