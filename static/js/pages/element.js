/** Finding what the template put there. A page whose script and template disagree stops at once, with the name. */

/**
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @returns {T}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return /** @type {T} */ (found);
}

/**
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} within
 * @returns {T}
 */
export function one(selector, within) {
  const found = within.querySelector(selector);
  if (!found) throw new Error(`no element ${selector}`);
  return /** @type {T} */ (found);
}

/**
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {T[]}
 */
export function all(selector, within = document) {
  return /** @type {T[]} */ ([...within.querySelectorAll(selector)]);
}

/**
 * A fresh copy of what a `<template>` holds; its first element.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function copyOf(id) {
  const template = /** @type {HTMLTemplateElement} */ (/** @type {unknown} */ (byId(id)));
  const copy = /** @type {HTMLElement | null} */ (template.content.firstElementChild?.cloneNode(true) ?? null);
  if (!copy) throw new Error(`empty template ${id}`);
  return copy;
}

/**
 * @param {string} tag
 * @param {string} [className]
 * @param {string} [content]
 * @returns {HTMLElement}
 */
export function make(tag, className = "", content = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = content;
  return element;
}

/**
 * Let a button be pressed again that was disabled meanwhile. Chromium takes the focus from what is disabled: the button
 * gets it back, or what stands there once it is hidden, unless the focus went elsewhere.
 * @param {HTMLButtonElement} button
 * @param {...HTMLElement} instead the first that is shown
 */
export function release(button, ...instead) {
  button.disabled = false;
  if (document.activeElement !== document.body) return;
  [button, ...instead].find((element) => element.offsetParent !== null)?.focus();
}
