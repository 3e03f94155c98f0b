// Where one is signed in: each session in coarse words, and a way to end it.

import { byId, part } from "../referral/dom.js";
import { text } from "../texts.js";
import { doing, line, momentWords, on } from "./section.js";

/**
 * @typedef {import("../account.js").Account} Account
 * @typedef {import("../account.js").Standing} Standing
 * @typedef {import("../account.js").Visit} Visit
 */

/** @param {Account} account @param {Standing} standing */
export function showSessions(account, { sessions }) {
  const section = byId("sessions", HTMLElement);
  const list = part(section, "list", HTMLElement);
  list.replaceChildren(...sessions.map((visit) => visitLine(account, visit)));
  const endOthers = part(section, "end-others", HTMLButtonElement);
  endOthers.hidden = sessions.length < 2;
  on(endOthers, () => doing("sessions", () => endAllOthers(account)));
}

/** @param {Account} account @returns {Promise<string>} */
async function endAllOthers({ session, refresh }) {
  await session.post("/account/sessions/ending", {});
  await refresh();
  return text("others_ended_said");
}

/** @param {Account} account @param {Visit} visit */
function visitLine(account, { session_id, device, factor, started_at, seen_at, here }) {
  const words = text("visit_line", {
    device: text(`device_${device}`),
    factor: text(`factor_${factor}`),
    started: momentWords(started_at),
    seen: momentWords(seen_at),
  });
  if (here) return line({ title: text("visit_here"), words });
  const end = async () => {
    await account.session.post("/account/session/ending", { session_id });
    await account.refresh();
    return text("session_ended_said");
  };
  const button = { label: text("end"), named: text("end_named", { name: words }), act: () => doing("sessions", end) };
  return line({ title: "", words, button });
}
