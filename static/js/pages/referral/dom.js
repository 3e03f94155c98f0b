// Making elements out of words. Text is always text here; nothing is ever parsed as markup.

/**
 * @typedef {string|Node|null|undefined|false} Child
 */

/**
 * Make an element: `class`, `data-…`, `aria-…` and the like are attributes; children that are nothing are left out.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string|boolean>} [attributes] true sets an empty attribute, false sets none
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children) {
    if (child) element.append(child);
  }
  return element;
}

/**
 * An element that the template promises.
 * @template {typeof HTMLElement} Kind
 * @param {string} id
 * @param {Kind} kind such as HTMLFormElement
 * @returns {InstanceType<Kind>}
 */
export function byId(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new TypeError(`#${id}`);
  return /** @type {InstanceType<Kind>} */ (found);
}

/**
 * A part of an element that the template promises, by its `data-part`.
 * @template {typeof HTMLElement} Kind
 * @param {ParentNode} parent
 * @param {string} name
 * @param {Kind} kind
 * @returns {InstanceType<Kind>}
 */
export function part(parent, name, kind) {
  const found = parent.querySelector(`[data-part="${name}"]`);
  if (!(found instanceof kind)) throw new TypeError(`[data-part=${name}]`);
  return /** @type {InstanceType<Kind>} */ (found);
}

/**
 * A copy of an icon that the template keeps.
 * @param {string} name
 * @returns {Node|null}
 */
export function icon(name) {
  const kept = document.getElementById(`icon-${name}`);
  return kept instanceof HTMLTemplateElement ? kept.content.cloneNode(true) : null;
}

/**
 * The page's own element, with the addresses that its template gave it.
 * @returns {{root: string, referralId: string}}
 */
export function pageOf() {
  const { root = "", referralId = "" } = byId("casework", HTMLElement).dataset;
  return { root, referralId };
}
