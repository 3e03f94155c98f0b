/**
 * What the page does with an address while it is typed: one that was pasted with others becomes a link of its own, and a
 * quiet line under each says what can be seen from it. Nothing is opened, and nothing here leaves the page.
 */

import { addressesIn, wordsBeside } from "../../domain/pasted_text.js";
import { byId, one } from "../element.js";
import { addLinks, MOST_LINKS } from "./items.js";
import { forgetReading, showBeside, showReading } from "./link_view.js";
import { said } from "./link_words.js";

const AFTER_TYPING = 300; // milliseconds without a new letter
const SLICE = 20; // links made at once; then the page may answer to whoever uses it

/** @type {WeakMap<HTMLElement, ReturnType<typeof setTimeout>>} */
const waiting = new WeakMap();
/** What was taken apart already: who types the same once more wants it so. @type {WeakMap<HTMLElement, string>} */
const taken = new WeakMap();
/** Links whose field holds what comes after them, for a moment. @type {WeakSet<HTMLElement>} */
const holding = new WeakSet();

/** Read what is typed, once there is a pause. @param {HTMLElement} link */
export function readSoon(link) {
  clearTimeout(waiting.get(link));
  waiting.set(
    link,
    setTimeout(() => {
      if (!link.isConnected || holding.has(link)) return;
      if (addressesIn(typedIn(link)).length > 0) showReading(link, { aloud: true });
      else forgetReading(link);
    }, AFTER_TYPING),
  );
}

/**
 * Take what stands in the field apart: each address into a link of its own, the words beside them offered to whoever
 * wrote them.
 * @param {HTMLElement} link
 */
export async function takeApart(link) {
  clearTimeout(waiting.get(link));
  const typed = typedIn(link).trim();
  if (holding.has(link) || taken.get(link) === typed) return;
  const addresses = addressesIn(typed);
  if (addresses.length > 0 && addresses[0] !== typed) {
    taken.set(link, typed);
    await spread(link, addresses);
    showBeside(link, wordsBeside(typed));
  }
  showReading(link, { left: true });
}

/**
 * Give each address a link, some at a time. Until it is its turn, an address stands in the field of the last link there
 * is, so that nothing is lost whenever the page is looked at.
 * @param {HTMLElement} link
 * @param {string[]} addresses
 */
async function spread(link, addresses) {
  const behind = link.nextElementSibling;
  let last = link;
  let done = 1;
  while (done < addresses.length) {
    fieldOf(last).value = addresses.slice(done - 1).join("\n");
    holding.add(last);
    await pause();
    holding.delete(last);
    const added = addLinks(addresses.slice(done, done + SLICE), behind);
    if (added.length === 0) return full(last);
    fieldOf(last).value = addresses[done - 1] ?? "";
    for (const one of added) showReading(one);
    done += added.length;
    last = added.at(-1) ?? last;
  }
  fieldOf(last).value = addresses[done - 1] ?? "";
}

/** What there is no room for stays in the last field. @param {HTMLElement} link */
function full(link) {
  taken.set(link, typedIn(link).trim());
  byId("links-count").textContent = said("full", { n: MOST_LINKS });
}

/** @returns {Promise<void>} */
function pause() {
  return new Promise((resolve) => setTimeout(resolve));
}

/** @param {HTMLElement} link @returns {HTMLTextAreaElement} */
function fieldOf(link) {
  return one("textarea[data-field$=address]", link);
}

/** @param {HTMLElement} link */
function typedIn(link) {
  return fieldOf(link).value;
}
