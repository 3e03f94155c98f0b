/**
 * What a page does without at first. A module and all that it imports is fetched side by side, not one after the other,
 * and asked for again where the line is bad; it is imported once all of it lies in the browser's cache. (Some browsers
 * never ask again for a module that failed once.)
 */

/** @typedef {[path: string, integrity: string]} File path is below `static/js` */

const TRIES = 3;
const PAUSE_MS = 1000;
const NO_ANSWER_MS = 60_000;
const MODULES = new URL("../", import.meta.url);

/** @type {Map<string, Promise<void>>} */
const asked = new Map();

/**
 * Fetch a module that the template names, those named before it, and all that they import, so that it can be imported.
 * Rejects when it cannot be had now: whoever calls again asks again.
 * @param {string} name below `static/js`
 * @returns {Promise<void>}
 */
export async function fetched(name) {
  await Promise.all(filesOf(name).map(once));
}

/** The same for the page that comes next: nothing of it is imported here. @param {string} name */
export async function intoCache(name) {
  await Promise.all(filesOf(name).map(patiently));
}

/** Note that a module is there, with all that came with it. @param {string} name below `static/js` */
export function known(name) {
  const group = groupsWith(name).find(([first]) => first?.[0] === name) ?? [];
  for (const [path] of group) asked.set(path, Promise.resolve());
}

/** @param {string} name @returns {File[]} */
function filesOf(name) {
  const groups = groupsWith(name);
  return groups.slice(0, groups.findIndex(([first]) => first?.[0] === name) + 1).flat();
}

/** @param {string} name @returns {File[][]} each begins with the module that the page imports */
function groupsWith(name) {
  /** @type {NodeListOf<HTMLElement>|undefined} */
  const places = globalThis.document?.querySelectorAll("[data-modules]"); // there is none in tests
  const lists = [...(places ?? [])].map((place) => JSON.parse(place.dataset.modules ?? "[]"));
  return lists.find((/** @type {File[][]} */ groups) => groups.some(([first]) => first?.[0] === name)) ?? [];
}

/** @param {File} file */
function once(file) {
  const [path] = file;
  let waited = asked.get(path);
  if (!waited) {
    waited = patiently(file).then(() => named(file));
    asked.set(path, waited);
    waited.catch(() => asked.delete(path));
  }
  return waited;
}

/**
 * Have the browser take the module from its cache, if it is what the page says. After that an import finds it there;
 * without it, a browser that knows `Integrity-Policy` refuses to import what nothing names the hash of.
 * @param {File} file
 * @returns {Promise<void>}
 */
function named([path, integrity]) {
  const link = document.createElement("link");
  if (!link.relList.supports("modulepreload")) return Promise.resolve();
  return new Promise((done, failed) => {
    link.addEventListener("load", () => done());
    link.addEventListener("error", () => failed(new TypeError(path)));
    const { href } = new URL(path, MODULES);
    document.head.append(Object.assign(link, { rel: "modulepreload", href, integrity, crossOrigin: "anonymous" }));
  });
}

/** @param {File} file */
async function patiently([path, integrity]) {
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await fetch(new URL(path, MODULES), {
        integrity,
        signal: AbortSignal.timeout(NO_ANSWER_MS),
      });
      if (!answer.ok) throw new TypeError(path);
      await answer.arrayBuffer(); // only a whole one is kept in the cache
      return;
    } catch (error) {
      if (tries === TRIES) throw new TypeError(path, { cause: error }); // as a failed import would be
      await new Promise((done) => setTimeout(done, PAUSE_MS * tries));
    }
  }
}
