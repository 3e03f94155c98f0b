/**
 * What a page does without at first. A module and all that it imports is fetched side by side, not one after the other,
 * and asked for again where the line is bad; it is imported once all of it lies in the browser's cache. (Some browsers
 * never ask again for a module that failed once.)
 */

const TRIES = 3;
const PAUSE_MS = 1000;
const NO_ANSWER_MS = 60_000;
const MODULES = new URL("../", import.meta.url);

/** @type {Map<string, Promise<void>>} */
const asked = new Map();

/**
 * Fetch a module that the template names, those named before it, and all that they import. Rejects when it cannot be had
 * now: whoever calls again asks again.
 * @param {string} name below `static/js`
 * @returns {Promise<void>}
 */
export async function fetched(name) {
  const groups = groupsOfPage();
  const until = groups.findIndex(([first]) => first === name) + 1;
  await Promise.all(groups.slice(0, until).flat().map(once));
}

/** Note that a module is there, with all that came with it. @param {string} name below `static/js` */
export function known(name) {
  const group = groupsOfPage().find(([first]) => first === name) ?? [];
  for (const path of group) asked.set(path, Promise.resolve());
}

/** @returns {string[][]} each begins with the module that the page imports */
function groupsOfPage() {
  const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-modules]"));
  return JSON.parse(place?.dataset.modules ?? "[]");
}

/** @param {string} path */
function once(path) {
  let waited = asked.get(path);
  if (!waited) {
    waited = patiently(path);
    asked.set(path, waited);
    waited.catch(() => asked.delete(path));
  }
  return waited;
}

/** @param {string} path */
async function patiently(path) {
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await fetch(new URL(path, MODULES), { signal: AbortSignal.timeout(NO_ANSWER_MS) });
      if (!answer.ok) throw new TypeError(path);
      await answer.arrayBuffer(); // only a whole one is kept in the cache
      return;
    } catch (error) {
      if (tries === TRIES) throw new TypeError(path, { cause: error }); // as a failed import would be
      await new Promise((done) => setTimeout(done, PAUSE_MS * tries));
    }
  }
}
