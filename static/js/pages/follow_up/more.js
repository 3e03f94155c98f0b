/**
 * What can be added to a report that was sent. Its scripts seal letters and are large: they are fetched when somebody
 * opens that part of the page, not by those who only look how things stand.
 */

import { byId } from "../element.js";
import { fetched } from "../later.js";
import { text } from "../texts.js";

/**
 * @typedef {import("./visit.js").Visit} Visit
 * @typedef {{visit: () => Visit, done: (words: string) => Promise<void>, nameOf: (slug: string) => string}} Page
 * @typedef {{start: (page: Page) => void, offer: (page: Page) => void, hasUnsent: () => boolean}} Part
 */

/** @type {Record<string, () => Promise<Part>>} */
const PARTS = {
  "add-links": () => fetched("pages/follow_up/adding_links.js").then(() => import("./adding_links.js")),
  "add-organisation": () =>
    fetched("pages/follow_up/adding_organisation.js").then(() => import("./adding_organisation.js")),
};

/** Those that were fetched. @type {Map<string, Part>} */
const loaded = new Map();

/** @param {Page} page */
export function startMore(page) {
  for (const [id, load] of Object.entries(PARTS)) {
    byId(id).addEventListener("toggle", async () => {
      if (loaded.has(id)) return;
      const part = await load().catch(() => null);
      byId(`${id}-loading`).textContent = part ? "" : text("not_loaded"); // a bad line: opening it again tries again
      if (!part || loaded.has(id)) return;
      loaded.set(id, part);
      part.start(page);
      part.offer(page);
      byId(`${id}-form`).hidden = false;
    });
  }
}

/** After each look at the news: whom there is to send to may be others now. @param {Page} page */
export function offerMore(page) {
  for (const part of loaded.values()) part.offer(page);
}

/** Whether something was typed that was not sent. */
export function hasUnsentMore() {
  return [...loaded.values()].some((part) => part.hasUnsent());
}
