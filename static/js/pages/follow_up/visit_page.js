/** The page after the code: what each organisation says, writing back, withdrawing. */

import { endedOn } from "../../crypto/epoch_chain.js";
import { b64uDecode } from "../../domain/wire.js";
import { dayWords } from "../day_words.js";
import { fetchDirectory } from "../directory.js";
import { all, byId, one } from "../element.js";
import { warnBeforeLeaving } from "../leaving.js";
import { NoAnswer, patientPost } from "../patient_post.js";
import { watchFields } from "../report/problems.js";
import { text } from "../texts.js";
import { waitWords } from "../wait_words.js";
import { showConsent, startConsentChange } from "./consent_change.js";
import { isDraftKept } from "./kept_draft.js";
import { coverWhenHidden } from "./masked.js";
import { hasUnsentMore, offerMore, startMore } from "./more.js";
import { dayInKorea, familyOf, isLiving, isOpen } from "./said.js";
import { startTalk } from "./talk.js";
import { threadCard } from "./thread_view.js";
import { openVisit } from "./visit.js";
import { startWithdrawal } from "./withdrawal.js";

/**
 * @typedef {import("./visit.js").Visit} Visit
 * @typedef {import("../../crypto/epoch_chain.js").Organisation} Organisation
 */

/** @type {{code: string, visit: Visit, organisations: Map<string, Organisation>} | null} */
let current = null;
let wired = false;

/** @param {string} code 24 digits */
export async function openPage(code) {
  tell(text("opening"));
  try {
    const directory = await fetchDirectory({ onWait: (wait) => tell(waitWords(wait)) });
    const organisations = new Map(directory.organisations.map((one) => [one.slug, one]));
    const portalId = b64uDecode(directory.portal_id, "portal_id", 16);
    // The slow step is not taken again for a look at the news.
    const stretched = current?.code === code ? current.visit.keys.stretched : undefined;
    const visit = await openVisit({ code, portalId, stretched, post, lostOn: lostIn(organisations) });
    byId("draft-kept").hidden = true;
    if (!visit) {
      const kept = await isDraftKept({ code, portalId, post });
      byId("draft-kept").hidden = !kept;
      tell(kept ? "" : text("code_unknown"));
      return;
    }
    const first = current === null;
    current = { code, visit, organisations };
    tell("");
    wire();
    show();
    if (first) one("h1", byId("visit")).focus();
  } catch (error) {
    tell(text(error instanceof NoAnswer || error instanceof TypeError ? "not_loaded" : "not_opened"));
  }
}

/**
 * Keys that an organisation lost stand in the directory, which was verified.
 * @param {Map<string, Organisation>} organisations
 * @returns {import("./visit.js").LostOn}
 */
function lostIn(organisations) {
  return (slug, kid) => {
    const organisation = organisations.get(slug);
    return organisation ? endedOn({ organisation, name: kid }) : null;
  };
}

/**
 * @param {string} address
 * @param {import("../../domain/wire.js").Bytes} body
 */
function post(address, body) {
  return patientPost({ address, body, onWait: (wait) => tell(waitWords(wait)) });
}

/**
 * @param {string} id
 * @param {string} words
 */
function say(id, words) {
  byId(id).textContent = words;
}

/** Words about opening, wherever this person is: at the code, or in the middle of the visit. @param {string} words */
function tell(words) {
  say("opening", words);
  say("visit-status", words);
}

/** @param {string} slug */
function nameOf(slug) {
  return current?.organisations.get(slug)?.name[document.documentElement.lang === "en" ? "en" : "ko"] ?? slug;
}

function wire() {
  if (wired || !current) return;
  wired = true;
  const visit = () => /** @type {Visit} */ (current?.visit);
  startTalk(visit);
  startConsentChange(visit);
  startMore({ visit, done: reload, nameOf });
  byId("refresh").addEventListener("click", refresh);
  startWithdrawal({ visit, nameOf, done: withdrew });
  watchFields(byId("visit"));
  coverWhenHidden();
  warnBeforeLeaving(() => {
    const typed = /** @type {HTMLTextAreaElement[]} */ (all("#threads textarea"));
    return typed.some((field) => field.value.trim() !== "") || hasUnsentMore();
  });
}

function show() {
  if (!current) return;
  const { visit, organisations } = current;
  const bySlug = new Map(visit.threads.map((thread) => [thread.referralId, thread.slug]));
  const today = dayInKorea(Date.now());
  byId("enter").hidden = true;
  byId("visit").hidden = false;
  say("received-on", text("received_on", { on: dayWords(visit.receivedOn) }));
  byId("destroy-on").hidden = !visit.destroyOn;
  if (visit.destroyOn) say("destroy-on", text("destroy_on", { on: dayWords(visit.destroyOn) }));
  byId("no-own").hidden = visit.own !== null;
  const kept = typedWords();
  byId("threads").replaceChildren(
    ...visit.threads.map((thread) => {
      const from = thread.referredBy ? (bySlug.get(thread.referredBy) ?? "") : "";
      const onward = familyOf(thread.referralId, visit.threads).filter((one) => one !== thread && isLiving(one));
      const around = { nameOf, referrer: from && nameOf(from), onward: onward.map(({ slug }) => nameOf(slug)), today };
      const card = threadCard(thread, around);
      showConsent(card, thread, visit, organisations.get(thread.slug)?.kind ?? "");
      one("[data-message]", card).append(kept.get(thread.referralId) ?? "");
      return card;
    }),
  );
  const living = visit.threads.some(isLiving);
  byId("withdraw").hidden = !living;
  byId("add-links").hidden = !visit.threads.some(isOpen);
  offerMore({ visit: () => visit, done: reload, nameOf });
}

/** What was typed and not sent yet, by referral: it survives a look for news. */
function typedWords() {
  const cards = all("[data-referral]", byId("threads"));
  return new Map(
    cards.map((card) => [
      card.dataset.referral,
      /** @type {HTMLTextAreaElement} */ (one("[data-message]", card)).value,
    ]),
  );
}

async function refresh() {
  if (!current) return;
  const button = /** @type {HTMLButtonElement} */ (byId("refresh"));
  button.disabled = true;
  await openPage(current.code);
  button.disabled = false;
  one("h1", byId("visit")).focus();
}

/** After something was sent: as the portal has it now. @param {string} words of what was done */
async function reload(words) {
  if (current) await openPage(current.code);
  tell(words);
}

/** @param {boolean} isGone nothing is left of the report */
async function withdrew(isGone) {
  if (isGone) {
    byId("visit").hidden = true;
    byId("gone").hidden = false;
    one("h1", byId("gone")).focus();
    current = null;
    return;
  }
  await refresh();
}
