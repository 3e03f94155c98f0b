/** The words of a page, in its language, as its template left them in `<body data-texts>`. */

/** @type {Record<string, any> | null} */
let words = null;

/** @returns {Record<string, any>} */
function pageWords() {
  words ??= /** @type {Record<string, any>} */ (JSON.parse(document.body.dataset.texts ?? "{}"));
  return words;
}

/**
 * One text, its `{name}` places filled. A missing key shows itself rather than nothing.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function text(key, values = {}) {
  const found = pageWords()[key];
  if (typeof found !== "string") return key;
  return found.replaceAll(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
}

/**
 * The words for one value of an enum, such as `label("harms", "threat")`.
 * @param {string} name
 * @param {string} value
 * @returns {string}
 */
export function label(name, value) {
  return pageWords().labels?.[name]?.[value] ?? value;
}
