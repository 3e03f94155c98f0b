// Several referrals at once: selected here, changed by the server one by one. Nothing of a letter is opened for it.

import { byId } from "../referral/dom.js";
import { problemWords } from "../session/problem_words.js";
import { text } from "../texts.js";

/**
 * @typedef {{referral_id: string, version: number, unread: boolean}} Listed
 * @typedef {{done: {referral_id: string, version: number}[], refused: {referral_id: string, code: string}[]}} Outcome
 * @typedef {"mark" | "undo" | "destruction"} Act
 */

const ADDRESSES = { mark: "/queue/junk", undo: "/queue/junk/undo", destruction: "/queue/junk/destruction" };

/**
 * Attach to the page, if it offers this.
 * @param {import("../session.js").Session} session
 * @returns {void}
 */
export function startBulk(session) {
  if (!document.getElementById("bulk")) return;
  const all = byId("pick-all", HTMLInputElement);
  all.addEventListener("change", () => pickAll(all.checked));
  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.dataset.pick) showCount();
  });
  byId("bulk", HTMLElement).addEventListener("click", ({ target }) => {
    const act = target instanceof HTMLElement ? target.dataset.act : undefined;
    if (act) actOn(session, /** @type {Act} */ (act), picked());
  });
}

/** @returns {HTMLInputElement[]} */
function boxes() {
  return [.../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[data-pick]"))];
}

/** @returns {HTMLInputElement[]} */
function picked() {
  return boxes().filter((box) => box.checked);
}

/**
 * Whoever has written anew is read first: such a letter is selected by itself or not at all.
 * @param {boolean} checked
 */
function pickAll(checked) {
  for (const box of boxes()) box.checked = checked && !("unread" in box.dataset);
  showCount();
}

export function showCount() {
  const count = picked().length;
  const unread = boxes().some((box) => "unread" in box.dataset && !box.checked);
  const all = byId("pick-all", HTMLInputElement);
  all.indeterminate = count > 0 && count < boxes().length;
  if (count === 0) all.checked = false;
  const key = all.checked && unread ? "picked_but_unread" : "picked";
  byId("picked", HTMLElement).textContent = count ? text(key, { count }) : "";
}

/**
 * @param {import("../session.js").Session} session
 * @param {Act} act
 * @param {HTMLInputElement[]} chosen
 */
async function actOn(session, act, chosen) {
  if (chosen.length === 0) {
    say(text("pick_first"));
    return;
  }
  if (act === "destruction" && !(await sure(chosen.length))) return;
  const rows = [...document.querySelectorAll("tbody .queue__row")];
  const listed = chosen.map(listedOf);
  await whileBusy(async () => {
    const outcome = await session.post(ADDRESSES[act], { referrals: listed });
    for (const { referral_id: id } of outcome.done) document.getElementById(`referral-${id}`)?.remove();
    showCount();
    say(outcomeWords(act, outcome));
    if (act === "mark" && outcome.done.length > 0) offerUndo(session, outcome, rows);
  });
}

/** @param {HTMLInputElement} box @returns {Listed} */
function listedOf(box) {
  return { referral_id: box.dataset.pick ?? "", version: Number(box.dataset.at), unread: "unread" in box.dataset };
}

/**
 * @param {Act} act
 * @param {Outcome} outcome
 */
function outcomeWords(act, { done, refused }) {
  const words = done.length > 0 || refused.length === 0 ? [text(`did_${act}`, { count: done.length })] : [];
  if (refused.length > 0) words.push(text("left_as_they_are", { count: refused.length }));
  return words.join(" ");
}

/**
 * Until something else is done, one press brings back what was just marked, each row in its place.
 * @param {import("../session.js").Session} session
 * @param {Outcome} outcome
 * @param {Element[]} rows as they stood before
 */
function offerUndo(session, { done }, rows) {
  const button = byId("bulk-undo", HTMLButtonElement);
  button.hidden = false;
  button.onclick = () =>
    whileBusy(async () => {
      const referrals = done.map((one) => ({ ...one, unread: false }));
      /** @type {Outcome} */
      const outcome = await session.post(ADDRESSES.undo, { referrals });
      const back = new Map(outcome.done.map((one) => [`referral-${one.referral_id}`, one.version]));
      const body = document.querySelector("table.queue tbody");
      body?.replaceChildren(...rows.filter((row) => row.isConnected || back.has(row.id)));
      for (const row of rows) takeUp(row, back.get(row.id));
      showCount();
      say(outcomeWords("undo", outcome));
    });
}

/**
 * A row that came back has a newer version, and is selected no longer.
 * @param {Element} row
 * @param {number | undefined} version
 */
function takeUp(row, version) {
  const box = row.querySelector("[data-pick]");
  if (version === undefined || !(box instanceof HTMLInputElement)) return;
  box.dataset.at = String(version);
  box.checked = false;
}

/**
 * One request at a time; what fails is said, and nothing on the page has changed then.
 * @param {() => Promise<void>} work
 */
export async function whileBusy(work) {
  const buttons = [.../** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("#bulk button"))];
  byId("bulk-undo", HTMLButtonElement).hidden = true;
  for (const button of buttons) button.disabled = true;
  try {
    await work();
  } catch (error) {
    const { title, detail } = problemWords(error);
    say(`${title}. ${detail}`);
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

/**
 * @param {number} count
 * @returns {Promise<boolean>}
 */
function sure(count) {
  const dialog = byId("destroy-dialog", HTMLDialogElement);
  byId("destroy-what", HTMLElement).textContent = text("destroy_what", { count });
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

/** @param {string} words */
export function say(words) {
  byId("bulk-outcome", HTMLElement).hidden = false;
  const said = byId("bulk-said", HTMLElement);
  said.textContent = words;
  said.focus();
}
