// What was asked of others about this referral. Which records those are stands inside them alone, so all are looked
// through here, and only when somebody asks.

import { FORM as REQUEST } from "../../domain/request_record.js";
import { FORM as ROOM } from "../../domain/room_record.js";
import { Records } from "../records.js";
import { label, text } from "../texts.js";
import { byId, el } from "./dom.js";

/**
 * @param {import('../session.js').Session} session with its ring open
 * @param {string} referralId b64u
 * @returns {void}
 */
export function attachOwnRequests(session, referralId) {
  const details = byId("own-requests", HTMLDetailsElement);
  const said = byId("own-requests-said", HTMLElement);
  details.addEventListener("toggle", async () => {
    if (!details.open) return;
    said.textContent = text("own_requests_loading");
    try {
      const rows = await rowsOf(session, referralId);
      byId("own-requests-rows", HTMLElement).replaceChildren(...rows);
      said.textContent = rows.length > 0 ? "" : text("own_requests_none");
    } catch {
      said.textContent = text("own_requests_failed");
    }
  });
}

/** @param {import('../session.js').Session} session @param {string} referralId */
async function rowsOf(session, referralId) {
  const records = new Records(session, { request: REQUEST, room: ROOM });
  const all = [...(await records.list("request")), ...(await records.list("room"))];
  const own = all.filter(({ content }) =>
    content?.links.some((/** @type {{referral: string}} */ link) => link.referral === referralId),
  );
  return own.map((one) => {
    const path = one.type === "request" ? "requests" : "rooms";
    const name = (one.type === "request" ? one.content.to : one.content.title) || text("own_requests_unnamed");
    return el(
      "li",
      {},
      el("a", { class: "govuk-link", href: `${session.root}/${path}/${one.recordId}` }, name),
      " ",
      el("span", { class: `state state--${one.type}-${one.state}` }, label(`${one.type}_states`, one.state)),
      one.dueOn ? ` ${one.dueOn}` : "",
    );
  });
}
