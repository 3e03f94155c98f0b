// Why nothing leaves just now, and what can be done about it. Decisions stay on the page meanwhile.

import { byId } from "../referral/dom.js";
import { text } from "../texts.js";

/** @typedef {import('./outbox.js').Outbox} Outbox */

/**
 * @param {import('../session.js').Session} session
 * @param {Outbox} outbox
 * @returns {void}
 */
export function attachTrouble(session, outbox) {
  byId("trouble-go", HTMLButtonElement).addEventListener("click", async () => {
    const ended = outbox.trouble === "signed_out" || outbox.trouble === "other";
    if (ended && !(await session.revive("ended"))) return;
    await outbox.resume();
  });
  addEventListener("online", () => {
    if (outbox.trouble === "offline") outbox.resume();
  });
}

/** @param {Outbox} outbox @returns {void} */
export function showTrouble({ trouble, waiting }) {
  byId("trouble", HTMLElement).hidden = trouble === "";
  if (!trouble) return;
  const words = text(`trouble_${trouble}`, { count: waiting });
  const place = byId("trouble-words", HTMLElement);
  if (place.textContent !== words) place.textContent = words;
  const passing = trouble === "offline" || trouble === "busy";
  byId("trouble-go", HTMLButtonElement).textContent = text(passing ? "try_now" : "sign_in_again");
}
