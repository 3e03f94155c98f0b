/** The words of this page, in its language, as the template wrote them into `<body data-texts>`. */

/** @typedef {{ [key: string]: string | Words }} Words */

/** @type {Words | undefined} */
let words;

/** @returns {Words} */
function pageWords() {
  words ??= /** @type {Words} */ (JSON.parse(document.body.dataset.texts ?? "{}"));
  return words;
}

/**
 * @param {string} path keys with dots between, such as `labels.harms.threat`
 * @returns {string | undefined} the word, or nothing where there is none
 */
function find(path) {
  /** @type {string | Words | undefined} */
  let found = pageWords();
  for (const key of path.split(".")) {
    if (typeof found !== "object") return undefined;
    found = found[key];
  }
  return typeof found === "string" ? found : undefined;
}

/**
 * A text of this page, with `{name}` replaced by the parameter of that name.
 * @param {string} key
 * @param {Record<string, string | number>} [parameters]
 * @returns {string}
 */
export function text(key, parameters = {}) {
  const found = find(key);
  if (found === undefined) throw new Error(`This page has no text "${key}"`);
  return found.replace(/\{(\w+)\}/g, (whole, name) => (name in parameters ? String(parameters[name]) : whole));
}

/**
 * The word for a value of an enum; the value itself where the page has no word for it.
 * @param {string} enumName as in `app/forms/labels.py`
 * @param {string} value
 * @returns {string}
 */
export function label(enumName, value) {
  return find(`labels.${enumName}.${value}`) ?? value;
}

/** The words of all enums that this page has. @returns {Record<string, Record<string, string>>} */
export function labelsOf() {
  return /** @type {any} */ (pageWords().labels ?? {});
}
