// Who is in, by what the opened ring says: the portal's list beside it is only believed where the two agree.

import { fingerprint } from "../../crypto/key_name.js";
import { ROLES } from "../../domain/vocabulary.js";
import { b64uDecode } from "../../domain/wire.js";
import { byId, el, part } from "../referral/dom.js";
import { momentWords } from "../referral/moment.js";
import { label, text } from "../texts.js";

/**
 * @typedef {import('./changing.js').Person} Person
 * @typedef {import('./changing.js').Standing} Standing
 * @typedef {import('./acts.js').Acts} Acts
 */

/** @param {Standing} standing @param {import('../session.js').Session} session @param {Acts} acts */
export async function showMembers(standing, session, acts) {
  const roles = new Map((session.ring?.members ?? []).map((/** @type {any} */ one) => [one.kid, one.role]));
  const cards = [];
  for (const person of standing.people.filter(({ state }) => state === "member")) {
    const number = await fingerprint(b64uDecode(person.public_key, "public_key", 1216));
    const known = session.ring === null ? undefined : roles.has(person.kid);
    const role = roles.get(person.kid) ?? person.role;
    const own = person.kid === session.caseworker.kid;
    cards.push(card({ person, number, known, role, own }, acts));
  }
  byId("members", HTMLElement).replaceChildren(...cards);
}

/**
 * @param {{person: Person, number: string, known: boolean|undefined, role: string, own: boolean}} member
 * @param {Acts} acts
 */
function card({ person, number, known, role, own }, acts) {
  const said = known === undefined ? "" : text(known ? "verified" : "unnamed");
  const name = own ? `${person.login} (${text("you")})` : person.login;
  const details = el(
    "details",
    { class: "govuk-details" },
    el(
      "summary",
      { class: "govuk-details__summary" },
      el("span", { class: "govuk-details__summary-text" }, text("fingerprint_of")),
    ),
    el("p", { class: "fingerprint", translate: "no" }, number),
  );
  return el(
    "section",
    { class: "people__card", "data-login": person.login },
    el("h3", { class: "people__name" }, `${name} · ${label("roles", role)}`),
    el(
      "p",
      { class: "govuk-hint" },
      [text("joined_on", { day: momentWords(person.joined_at) }), said].filter(Boolean).join(" · "),
    ),
    details,
    known ? controls(person, role, acts) : null,
  );
}

/** @param {Person} person @param {string} role @param {Acts} acts */
function controls(person, role, acts) {
  const id = `role-${person.kid}`;
  const select = el("select", { class: "govuk-select", id, autocomplete: "off" });
  for (const one of ROLES) select.append(el("option", { value: one, selected: one === role }, label("roles", one)));
  const change = el("button", { type: "button", class: "govuk-button govuk-button--secondary" }, text("change_role"));
  change.addEventListener("click", () => {
    if (select.value !== role) acts.changeRole(person, role, select.value);
  });
  const end = el("button", { type: "button", class: "govuk-button govuk-button--secondary" }, text("end_access"));
  end.addEventListener("click", () => acts.leave(person));
  const group = el(
    "div",
    { class: "govuk-form-group" },
    el("label", { class: "govuk-label", for: id }, text("role")),
    select,
  );
  const lost = el("button", { type: "button", class: "govuk-button govuk-button--secondary" }, text("factors"));
  lost.addEventListener("click", () => acts.clearFactors(person));
  return el("div", { class: "people__line" }, group, change, lost, end);
}

/** @param {Standing} standing */
export function showLeft(standing) {
  const box = byId("left", HTMLElement);
  const left = standing.people.filter(({ state }) => state === "left");
  box.hidden = left.length === 0;
  const lines = left.map(({ login, left_at }) =>
    el("li", {}, text("left_on", { login, day: momentWords(left_at ?? "") })),
  );
  part(box, "list", HTMLElement).replaceChildren(...lines);
}
