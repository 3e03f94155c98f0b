// The referrals that a request is about may be withdrawn meanwhile: said here, with a way to take their addresses out.

import { el } from "../referral/dom.js";
import { Problem } from "../session/request.js";
import { text } from "../texts.js";

/**
 * @param {import('./opening.js').Desk} desk
 * @param {{referral: string, url: string}[]} links
 * @param {(referrals: ReadonlySet<string>) => Promise<void>} erase
 * @returns {Promise<HTMLElement[]>} one notice for each referral that is withdrawn or gone
 */
export async function sourceNotices({ session }, links, erase) {
  const withAddress = new Set(links.filter(({ url }) => url).map(({ referral }) => referral));
  const notices = [];
  for (const referral of new Set(links.map((link) => link.referral))) {
    const key = await whyGone(session, referral);
    if (key) notices.push(noticeOf(key, referral, withAddress.has(referral) ? erase : null));
  }
  return notices;
}

/** @param {import('../session.js').Session} session @param {string} referral @returns {Promise<string>} */
async function whyGone(session, referral) {
  try {
    const { state } = await session.get(`/referral/${referral}/standing`);
    if (state === "withdrawn") return "withdrawn_source";
    return state === "destroyed" ? "gone_source" : "";
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return "gone_source";
    throw error;
  }
}

/** @param {string} key @param {string} referral @param {((referrals: ReadonlySet<string>) => Promise<void>)|null} erase */
function noticeOf(key, referral, erase) {
  const button = erase && el("button", { type: "button", class: "plain-button" }, text("erase_button"));
  const notice = el(
    "div",
    { class: "govuk-inset-text" },
    el("p", { class: "govuk-body" }, text(key, { reference: referral.slice(0, 6) })),
    button,
  );
  button?.addEventListener("click", async () => {
    button.disabled = true;
    await erase?.(new Set([referral])).then(
      () => notice.remove(),
      () => {
        button.disabled = false;
      },
    );
  });
  return notice;
}
