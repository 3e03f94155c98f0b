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
