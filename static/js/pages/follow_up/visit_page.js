/** The page after the code: what each organisation says, writing back, withdrawing. */

import { b64uDecode } from "../../domain/wire.js";
import { fetchDirectory } from "../directory.js";
import { all, byId, one } from "../element.js";
import { warnBeforeLeaving } from "../leaving.js";
import { NoAnswer, patientPost } from "../patient_post.js";
import { text } from "../texts.js";
import { waitWords } from "../wait_words.js";
import { isDraftKept } from "./kept_draft.js";
import { isLiving } from "./said.js";
import { startTalk } from "./talk.js";
import { threadCard } from "./thread_view.js";
import { openVisit } from "./visit.js";
import { startWithdrawal } from "./withdrawal.js";

/** @typedef {import("./visit.js").Visit} Visit */

/** @type {{code: string, visit: Visit, names: Map<string, string>} | null} */
let current = null;
let wired = false;

/** @param {string} code 24 digits */
export async function openPage(code) {
  tell(text("opening"));
  try {
    const directory = await fetchDirectory({ onWait: (wait) => tell(waitWords(wait)) });
    const lang = document.documentElement.lang === "en" ? "en" : "ko";
    const names = new Map(directory.organisations.map((one) => [one.slug, one.name[lang]]));
    const portalId = b64uDecode(directory.portal_id, "portal_id", 16);
    const visit = await openVisit({ code, portalId, post });
    byId("draft-kept").hidden = true;
    if (!visit) {
      const kept = await isDraftKept({ code, portalId, post });
      byId("draft-kept").hidden = !kept;
      tell(kept ? "" : text("code_unknown"));
      return;
    }
    current = { code, visit, names };
    tell("");
    wire();
    show();
  } catch (error) {
    tell(text(error instanceof NoAnswer || error instanceof TypeError ? "not_loaded" : "not_opened"));
  }
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

function wire() {
  if (wired || !current) return;
  wired = true;
  const visit = () => /** @type {Visit} */ (current?.visit);
  startTalk(visit);
  byId("refresh").addEventListener("click", refresh);
  startWithdrawal({ visit, done: withdrew });
  warnBeforeLeaving(() => {
    const typed = /** @type {HTMLTextAreaElement[]} */ (all("#threads textarea"));
    return typed.some((field) => field.value.trim() !== "");
  });
}

function show() {
  if (!current) return;
  const { visit, names } = current;
  const nameOf = (/** @type {string} */ slug) => names.get(slug) ?? slug;
  const bySlug = new Map(visit.threads.map((thread) => [thread.referralId, thread.slug]));
  byId("enter").hidden = true;
  byId("visit").hidden = false;
  say("received-on", text("received_on", { on: visit.receivedOn }));
  byId("destroy-on").hidden = !visit.destroyOn;
  if (visit.destroyOn) say("destroy-on", text("destroy_on", { on: visit.destroyOn }));
  byId("no-own").hidden = visit.hasOwn;
  const kept = typedWords();
  byId("threads").replaceChildren(
    ...visit.threads.map((thread) => {
      const from = thread.referredBy ? (bySlug.get(thread.referredBy) ?? "") : "";
      const card = threadCard(thread, nameOf, from && nameOf(from));
      one("textarea", card).append(kept.get(thread.referralId) ?? "");
      return card;
    }),
  );
  byId("withdraw").hidden = !visit.threads.some(isLiving);
  one("h1", byId("visit")).focus();
}

/** What was typed and not sent yet, by referral: it survives a look for news. */
function typedWords() {
  const cards = all("[data-referral]", byId("threads"));
  return new Map(
    cards.map((card) => [card.dataset.referral, /** @type {HTMLTextAreaElement} */ (one("textarea", card)).value]),
  );
}

async function refresh() {
  if (!current) return;
  const button = /** @type {HTMLButtonElement} */ (byId("refresh"));
  button.disabled = true;
  await openPage(current.code);
  button.disabled = false;
}

/** @param {"72h" | "now"} when */
async function withdrew(when) {
  if (when === "now") {
    byId("visit").hidden = true;
    byId("gone").hidden = false;
    one("h1", byId("gone")).focus();
    current = null;
    return;
  }
  await refresh();
}
