// How each page of records begins: take up the session, have the ring opened where it is not, and say what is in the way.

import { FORM as REQUEST } from "../../domain/request_record.js";
import { FORM as ROOM } from "../../domain/room_record.js";
import { Records } from "../records.js";
import { byId } from "../referral/dom.js";
import { NoKey } from "../referral/open_case.js";
import { signInAddress } from "../session/own_path.js";
import { attachDialog } from "../session/passphrase_dialog.js";
import { problemWords } from "../session/problem_words.js";
import { Problem } from "../session/request.js";
import { forgetOnSignOut, Session } from "../session.js";
import { text } from "../texts.js";

/**
 * @typedef {{root: string, recordId: string, today: string, organisation: Record<string, string>}} Page
 * @typedef {{session: Session, records: Records, page: Page}} Desk
 */

const FORMS = { request: REQUEST, room: ROOM };

/** What the template says of this page. @returns {Page} */
export function pageData() {
  const {
    root = "",
    recordId = "",
    today = "",
    organisationKo = "",
    organisationEn = "",
  } = byId("casework", HTMLElement).dataset;
  return { root, recordId, today, organisation: { ko: organisationKo, en: organisationEn } };
}

/**
 * Begin, and begin again when asked to.
 * @param {(desk: Desk) => Promise<void>} act
 * @param {Record<string, import("../records.js").Form>} [forms] of the records that the page opens
 * @returns {void}
 */
export function begin(act, forms = FORMS) {
  const page = pageData();
  const session = new Session(page.root);
  const desk = { session, records: new Records(session, forms), page };
  const again = byId("open-again", HTMLButtonElement);
  const said = byId("list-said", HTMLElement);
  const start = async () => {
    again.hidden = true;
    said.textContent = text("loading");
    try {
      if (!session.ring) await session.resume();
      if (!session.ring && !(await session.revive("locked"))) throw new Problem(401, { detail: text("locked") });
      await act(desk);
      said.textContent = "";
    } catch (error) {
      const ended = error instanceof Problem && error.status === 401 && !session.answer;
      if (ended) location.assign(signInAddress(page.root, location));
      said.textContent = error instanceof NoKey ? text("broken") : problemWords(error).detail;
      again.hidden = false;
    }
  };
  attachDialog(session);
  forgetOnSignOut();
  again.addEventListener("click", start);
  start();
}

/** How this page's language is called in data. @returns {"ko"|"en"} */
export function pageLanguage() {
  return document.documentElement.lang === "en" ? "en" : "ko";
}
