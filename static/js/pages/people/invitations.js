// Inviting: a link that is shown once and stored nowhere, and taking back what nobody has used.

import { qrCode } from "../qr_code.js";
import { byId, el, part } from "../referral/dom.js";
import { momentWords } from "../referral/moment.js";
import { label, text } from "../texts.js";
import { doubtWords } from "./words.js";

/** @typedef {{invitation_id: string, role: string, invited_by: string, expires_at: string}} Pending */

let started = false;

/**
 * @param {import('../session.js').Session} session
 * @param {Pending[]} pending
 * @param {import('../invitation/steps.js').Steps} steps
 */
export function startInviting(session, pending, steps) {
  showPending(session, pending, steps);
  if (started) return;
  started = true;
  const role = byId("invite-role", HTMLSelectElement);
  byId("invite", HTMLFormElement).addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const made = await session.post("/people/invitation", { role: role.value });
      showLink(`${location.origin}${session.root}/invitation#${made.secret}`, made);
    } catch (error) {
      steps.problem("people", doubtWords(error));
    }
  });
  byId("invite-on", HTMLButtonElement).disabled = false;
}

/** @param {string} link @param {{role: string, expires_at: string}} made */
function showLink(link, { role, expires_at }) {
  const box = byId("invited", HTMLElement);
  const words = { role: label("roles", role), until: momentWords(expires_at) };
  part(box, "invited-words", HTMLElement).textContent = text("invited_words", words);
  const field = byId("invited-link", HTMLInputElement);
  field.value = link;
  part(box, "square", HTMLElement).replaceChildren(qrCode(link, text("square_link")));
  box.hidden = false;
  field.focus();
  field.select();
}

/**
 * @param {import('../session.js').Session} session
 * @param {Pending[]} pending
 * @param {import('../invitation/steps.js').Steps} steps
 */
function showPending(session, pending, steps) {
  const box = byId("pending", HTMLElement);
  box.hidden = pending.length === 0;
  const lines = pending.map((one) => {
    const words = { role: label("roles", one.role), login: one.invited_by, until: momentWords(one.expires_at) };
    const button = el("button", { type: "button", class: "plain-button" }, text("withdraw"));
    const line = el("li", {}, `${text("pending", words)} `, button);
    button.addEventListener("click", async () => {
      try {
        await session.post(`/people/invitation/${one.invitation_id}/withdrawal`, {});
        line.remove();
      } catch (error) {
        steps.problem("people", doubtWords(error));
      }
    });
    return line;
  });
  part(box, "list", HTMLElement).replaceChildren(...lines);
}
