// What is looked for, in the part of the address behind `#`, which no browser sends. Typed words do not go there: an
// address stays in a history.

/** @typedef {import("./summary_index.js").Asked} Asked */
/** @typedef {Asked & {order: string}} Query */

const LISTS = /** @type {const} */ (["flags", "harm", "material", "wishes"]);
const WORD = /^[a-z0-9_]{1,40}$/;

/** @returns {Query} */
export function emptyQuery() {
  return { words: "", flags: [], harm: [], material: [], wishes: [], order: "" };
}

/** @param {string} hash with or without its `#` @returns {Query} */
export function readQuery(hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const query = emptyQuery();
  for (const name of LISTS) query[name] = given.getAll(name).filter((value) => WORD.test(value));
  query.order = given.get("order") === "risk" ? "risk" : "";
  return query;
}

/** @param {Query} query @returns {string} without `#`; empty where nothing is asked */
export function writtenQuery(query) {
  const given = new URLSearchParams();
  for (const name of LISTS) for (const value of query[name]) given.append(name, value);
  if (query.order) given.set("order", query.order);
  return given.toString();
}

/** @param {Query} query @returns {boolean} whether it asks for anything */
export function asksAnything(query) {
  return query.words.trim() !== "" || query.order !== "" || LISTS.some((name) => query[name].length > 0);
}
