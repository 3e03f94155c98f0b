// A referral's page: takes up the session, has the letter handed over, opens it here and keeps what is shown true.

import { TEXT_MOST } from "../domain/message_content.js";
import { attachEffort } from "./effort/quick.js";
import { attachAgain } from "./referral/again_view.js";
import { withCaseNumber } from "./referral/case_number.js";
import { attachClosedParts } from "./referral/closed_parts.js";
import { byId, pageOf } from "./referral/dom.js";
import { attachExposure } from "./referral/exposure.js";
import { showFacts, showWordsToAvoid } from "./referral/facts_view.js";
import { attachHandingOn } from "./referral/handing_on.js";
import { showHead } from "./referral/head_view.js";
import { attachHold } from "./referral/hold_form.js";
import { attachItemForm } from "./referral/item_form.js";
import { chosenLinks, showLinks } from "./referral/links_view.js";
import { attachLost, isLost } from "./referral/lost.js";
import { momentWords } from "./referral/moment.js";
import { NOTE_MOST } from "./referral/note_content.js";
import { notice, showNotices } from "./referral/notices.js";
import { withDelay } from "./referral/offered_words.js";
import { attachOnwardAnswer, showOnward } from "./referral/onward_view.js";
import { NoKey } from "./referral/open_case.js";
import { OpenReferral } from "./referral/open_referral.js";
import { attachOwnRequests } from "./referral/own_requests.js";
import { waitsForAnswer } from "./referral/passed_on.js";
import { attachSameLinks } from "./referral/same_links.js";
import { attachStateForm } from "./referral/state_form.js";
import { attachSteps } from "./referral/steps.js";
import { consentOf } from "./referral/thread.js";
import { showHistory, showNotes, showThread } from "./referral/thread_view.js";
import { attachWriting } from "./referral/writing.js";
import { signInAddress } from "./session/own_path.js";
import { attachDialog } from "./session/passphrase_dialog.js";
import { problemWords } from "./session/problem_words.js";
import { Problem } from "./session/request.js";
import { forgetOnSignOut, Session } from "./session.js";
import { text } from "./texts.js";

const { root, referralId } = pageOf();
const session = new Session(root);
const referral = new OpenReferral(session, referralId, show);
/** @type {{refresh: () => void}[]} */
let parts = [];
/** @type {{unsent: () => boolean}[]} */
let forms = [];

/** @returns {Promise<void>} */
async function start() {
  const again = byId("open-again", HTMLButtonElement);
  again.hidden = true;
  try {
    if (!session.ring) await session.resume();
    if (isLost()) return;
    if (!session.ring && !(await session.revive("locked"))) throw new Problem(401, { detail: text("still_locked") });
    if (!referral.canOpen) throw new NoKey();
    await referral.open();
    attach();
    await storeSummary();
  } catch (error) {
    const ended = error instanceof Problem && error.code === "session_ended" && !session.answer;
    if (ended) location.assign(signInAddress(root, location));
    byId("opening-words", HTMLElement).textContent = whyNot(error);
    again.hidden = error instanceof NoKey;
  }
}

/**
 * @param {unknown} error
 * @returns {string}
 */
function whyNot(error) {
  if (error instanceof NoKey) return text("no_key");
  if (error instanceof Error && error.name === "FormatError") return text("does_not_open");
  return problemWords(error).detail;
}

/** Attach everything that can be done here, once. @returns {void} */
function attach() {
  if (parts.length > 0) return;
  const closed = attachClosedParts(() => referral.held?.letter ?? null);
  const state = attachStateForm(referral, conflict, TEXT_MOST);
  const items = attachItemForm(referral, conflict, TEXT_MOST);
  const onward = attachOnwardAnswer(referral, conflict, TEXT_MOST);
  attachSteps(referral, conflict);
  attachOwnRequests(session, referralId);
  attachEffort(session, () => ({ referrals: [referralId], items: chosenLinks() }));
  attachExposure(session, () => !byId("case", HTMLElement).hidden && referral.held?.letter != null);
  byId("print", HTMLButtonElement).addEventListener("click", () => print());
  const hold = attachHold(referral, conflict, TEXT_MOST);
  parts = [closed, state, items, onward, hold, attachHandingOn(referral, conflict)];
  parts.push(attachAgain(referral), attachSameLinks(referral));
  forms = [state, items, onward, hold, attachMessage(), attachNote()];
  addEventListener("beforeunload", (event) => {
    if (forms.some((form) => form.unsent())) event.preventDefault();
  });
  show();
}

/** @returns {{unsent: () => boolean}} */
function attachMessage() {
  const field = byId("message-words", HTMLTextAreaElement);
  byId("message-delayed", HTMLButtonElement).addEventListener("click", () => {
    if (!field.readOnly) field.value = withDelay(text, referral.held?.letter?.lang ?? "ko", field.value);
    field.focus();
  });
  return attachWriting({
    form: byId("message-form", HTMLFormElement),
    words: field,
    error: byId("message-words-error", HTMLElement),
    said: byId("message-said", HTMLElement),
    most: TEXT_MOST,
    needed: true,
    avoid: () => referral.case.letter?.contact?.avoid ?? "",
    make: () => referral.makeMessage(field.value),
    send: (body) => referral.sendMessage(body),
    sentText: "message_sent",
  });
}

/** @returns {{unsent: () => boolean}} */
function attachNote() {
  const field = byId("note-words", HTMLTextAreaElement);
  byId("note-case-number", HTMLButtonElement).addEventListener("click", () => {
    if (!field.readOnly) field.value = withCaseNumber(field.value);
    field.focus();
  });
  return attachWriting({
    form: byId("note-form", HTMLFormElement),
    words: field,
    error: byId("note-words-error", HTMLElement),
    said: byId("note-said", HTMLElement),
    most: NOTE_MOST,
    needed: true,
    make: () => referral.makeNote(field.value),
    send: (body) => referral.sendNote(body),
    sentText: "note_kept",
  });
}

/** Show the referral as it is now. @returns {void} */
function show() {
  const { letter, opening, messages } = referral.case;
  const living = !["withdrawn", "destroyed"].includes(opening.state);
  byId("opening", HTMLElement).hidden = true;
  byId("case", HTMLElement).hidden = false;
  byId("letter", HTMLElement).hidden = letter === null;
  byId("message-form", HTMLFormElement)
    .querySelector("button")
    ?.toggleAttribute("disabled", !(living || opening.hold) || letter === null); // she may ask why it is kept
  byId("note-form", HTMLFormElement).querySelector("button")?.toggleAttribute("disabled", !living);
  showHead(referral);
  showNotices(referral.case);
  showOnward(referral.case);
  if (letter) {
    showFacts(letter, consentOf(letter.consent, messages));
    showWordsToAvoid(letter);
  }
  showLinks(referral.case, { mayChange: living && letter !== null && !waitsForAnswer(opening) });
  showThread(referral.case);
  showNotes(referral.case);
  showHistory(referral.case);
  for (const one of parts) one.refresh();
}

/**
 * Somebody else was quicker: say who and when, and show how it stands now. What was typed stays.
 * @param {Problem} problem
 * @returns {Promise<void>}
 */
async function conflict({ details }) {
  await referral.open();
  const when = details.changed_at ? momentWords(details.changed_at) : "";
  const said = details.changed_by ? text("changed_by", { who: details.changed_by, when }) : text("changed_meanwhile");
  byId("notices", HTMLElement).prepend(notice("conflict", [said, text("notice_conflict")]));
}

/** @returns {Promise<void>} */
async function storeSummary() {
  try {
    await referral.storeSummary();
  } catch (error) {
    if (error instanceof Problem && error.code === "version_conflict") {
      await referral.open();
      await referral.storeSummary();
      return;
    }
    byId("notices", HTMLElement).append(notice("no_summary", [problemWords(error).detail, text("notice_no_summary")]));
  }
}

attachDialog(session);
forgetOnSignOut();
attachLost(session, referral.path);
byId("open-again", HTMLButtonElement).addEventListener("click", start);
start();
