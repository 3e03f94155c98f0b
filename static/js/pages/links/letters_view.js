// Opening the letters whose links are worked on: how many there are, so many at a time, and what did not open.

import { byId } from "../referral/dom.js";
import { problemWords } from "../session/problem_words.js";
import { text } from "../texts.js";

/**
 * @typedef {import('./letters.js').Letters} Letters
 * @typedef {import('./link_rows.js').Link} Link
 */

/** So many letters at a time: enough for a sitting, and no more in memory than is worked on. */
const LETTERS_AT_ONCE = 200;

/**
 * Say which letters there are, and open them when asked to.
 * @param {Letters} letters
 * @param {(links: Link[]) => void} opened
 * @returns {Promise<void>}
 */
export async function offerLetters(letters, opened) {
  await letters.find();
  const button = byId("open-letters", HTMLButtonElement);
  button.onclick = () => openMore(letters, opened);
  offer(letters);
  if (letters.left.length > 0) button.focus();
  else if (letters.open.size === 0) say(text("nothing_opened"));
}

/** @param {Letters} letters */
function offer({ left }) {
  const total = left.length;
  const count = Math.min(total, LETTERS_AT_ONCE);
  const key = total > count ? "open_some" : count === 1 ? "open_1" : "open_many";
  byId("open-letters", HTMLButtonElement).textContent = text(key, { count, total });
  byId("opening", HTMLElement).hidden = total === 0;
}

/** @param {Letters} letters @param {(links: Link[]) => void} opened */
async function openMore(letters, opened) {
  const button = byId("open-letters", HTMLButtonElement);
  const bar = byId("opening-bar", HTMLProgressElement);
  const total = Math.min(letters.left.length, LETTERS_AT_ONCE);
  if (button.disabled || total === 0) return;
  button.disabled = true;
  bar.hidden = false;
  bar.max = total;
  const show = (/** @type {number} */ done) => {
    bar.value = done;
    say(text("opening_some", { done, total }));
  };
  try {
    show(0);
    const { links, broken } = await letters.more(LETTERS_AT_ONCE, show);
    say([openedWords(letters), broken ? text("opening_broke") : ""].filter(Boolean).join(" "));
    opened(links);
  } catch (error) {
    say(problemWords(error).detail);
  } finally {
    button.disabled = false;
    bar.hidden = true;
    offer(letters);
  }
}

/** @param {Letters} letters */
function openedWords({ open, closed, count }) {
  const words = [text("opened_links", { links: count, letters: open.size })];
  if (closed.length > 0) {
    words.push(text("opened_closed", { references: closed.map((one) => one.slice(0, 6)).join(", ") }));
  }
  return words.join(" ");
}

/** @param {string} words */
function say(words) {
  byId("opened-said", HTMLElement).textContent = words;
}
