/** Adding addresses to a report that was sent, with the report's own fields for an address. */

import { randomBytes } from "../../crypto/encoding.js";
import { all, byId, release } from "../element.js";
import { linkProblems } from "../report/checks.js";
import { readFields } from "../report/fields.js";
import { restoreLinks, startItems } from "../report/items.js";
import { startLeavingOpen } from "../report/left_open.js";
import { itemOf, locates, words } from "../report/letter_draft.js";
import { showProblems } from "../report/problems.js";
import { startQuestions } from "../report/questions.js";
import { text } from "../texts.js";
import { chosenIn, offerChoices } from "./choices.js";
import { deliverAll } from "./delivery.js";
import { isOpen } from "./said.js";
import { addLinks } from "./writing.js";
import { onlyAsked, showYoung } from "./young.js";

/**
 * @typedef {import("./visit.js").Visit} Visit
 * @typedef {import("./visit.js").Thread} Thread
 * @typedef {import("../../domain/wire.js").Bytes} Bytes
 * @typedef {import("./more.js").Page} Page
 */

const FORM = "add-links-form";
/** Of a place, what is said in words: from a child alone the report takes none of it. */
const IN_WORDS = ["place", "poster", "title_keywords"];

/** One id for each address, as long as it is on the page. @type {WeakMap<Element, Bytes>} */
const ids = new WeakMap();
/** What was sealed and not taken yet: another press sends the same bytes. @type {{source: string, letters: any[]}} */
let waiting = { source: "", letters: [] };

/** @param {Page} page */
export function start(page) {
  startItems();
  startQuestions(byId("more"));
  startLeavingOpen(byId("more"));
  for (const kind of ["input", "change", "click"]) byId(FORM).addEventListener(kind, showAbout);
  showAbout();
  const button = /** @type {HTMLButtonElement} */ (byId("send-links"));
  // Leaving the field lets what is read of an address appear, and the button would slip away from under the finger.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", async () => {
    if (button.disabled) return;
    button.disabled = true;
    await send(page).catch(() => tell("message_not_sent"));
    release(button);
  });
}

/** An address alone says nothing of a person: who reports is asked once there are words, and a rule on them. */
function showAbout() {
  const isRuled = byId(FORM).dataset.policy === "links_only";
  const said = linkElements().some((link) => IN_WORDS.some((name) => words(typedIn(link), name) !== ""));
  byId("added-about").hidden = !isRuled || !said;
  showYoung(FORM);
}

/** @param {HTMLElement} link */
function typedIn(link) {
  return readFields(all("[data-field]", link));
}

/** Whom addresses can be sent to: where there is only one, there is nothing to choose. @param {Page} page */
export function offer({ visit, nameOf }) {
  const living = visit().threads.filter(isOpen);
  byId("links-for").hidden = living.length < 2;
  offerChoices(
    byId("links-for-choices"),
    living.map((thread) => ({ value: thread.referralId, words: nameOf(thread.slug) })),
  );
}

/** Whether an address was typed that was not sent. */
export function hasUnsent() {
  return linkElements().some((link) => locates(typedIn(link)));
}

function linkElements() {
  return all("[data-link]", byId("links"));
}

/** @param {Page} page */
async function send({ visit, done }) {
  const living = visit().threads.filter(isOpen);
  const chosen = chosenIn(byId("links-for-choices"));
  const threads = living.length === 1 ? living : living.filter((thread) => chosen.includes(thread.referralId));
  const { items, problems } = readItems();
  if (threads.length === 0) problems.push({ id: "links-for", key: "links_for_none" });
  showProblems(problems, byId(FORM));
  tell(problems.length > 0 ? "" : "sending");
  if (problems.length > 0) return;
  const source = JSON.stringify([items, threads.map((thread) => thread.referralId)]);
  if (waiting.source !== source) waiting = { source, letters: await sealed(visit(), threads, items) };
  const outcome = await deliverAll(waiting.letters, byId("links-status"));
  if (outcome !== "sent") {
    tell({ part: "links_part", closed: "message_closed", failed: "message_not_sent" }[outcome]);
    return;
  }
  waiting = { source: "", letters: [] };
  restoreLinks(1);
  showAbout();
  tell("links_sent");
  await done(text("links_sent"));
}

/**
 * @param {Visit} visit
 * @param {Thread[]} threads
 * @param {import("./writing.js").Item[]} items
 */
async function sealed(visit, threads, items) {
  const letters = [];
  for (const thread of threads) {
    for (const { body, message } of await addLinks({ visit, thread, items })) {
      letters.push({ body, taken: () => void thread.messages.push(message) });
    }
  }
  return letters;
}

/**
 * The addresses as the letter has them, and what must be looked at once more.
 * @returns {{items: import("./writing.js").Item[], problems: {id: string, key: string}[]}}
 */
function readItems() {
  const links = linkElements().map((element) => ({ element, fields: onlyAsked(FORM, typedIn(element)) }));
  /** @type {{id: string, key: string}[]} */
  const problems = links.flatMap(({ element, fields }) => linkProblems(element.dataset.link ?? "", fields));
  const written = links.filter(({ fields }) => locates(fields));
  if (problems.length === 0 && written.length === 0)
    problems.push({ id: `${links[0]?.element.dataset.link}-address`, key: "links_none" });
  const items = problems.length > 0 ? [] : written.map(({ element, fields }) => itemOf(fields, idOf(element)));
  return { items, problems };
}

/** @param {Element} link */
function idOf(link) {
  const id = ids.get(link) ?? randomBytes(16);
  ids.set(link, id);
  return id;
}

/** @param {string} key empty says nothing */
function tell(key) {
  byId("links-status").textContent = key ? text(key) : "";
}
