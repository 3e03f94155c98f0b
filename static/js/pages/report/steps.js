/**
 * The steps of the report: one document, one address. Back and forward walk through them, and `history.state.step`
 * counts how many entries lie behind this one, so that leaving quickly can take them all away.
 */

import { all, byId, copyOf, one } from "../element.js";
import { text } from "../texts.js";

/**
 * @typedef {{made: () => void, mayLeave: (name: string) => Promise<boolean>, entered: (name: string) => void}} Hooks
 */

export class Steps {
  /** @param {Hooks} hooks told once the steps are there, asked before one is left forwards, told when one is shown */
  constructor(hooks) {
    this.hooks = hooks;
    this.root = byId("report");
    /** @type {HTMLElement[]} none before they are made */
    this.sections = [];
    /** @type {string[]} */
    this.names = [];
    this.current = "";
    this.unsent = false;
    /** @type {HTMLElement | null} what is shown for good once everything is sent */
    this.last = null;
    this.root.addEventListener("click", (event) => this.clicked(event));
    addEventListener("popstate", (event) => this.root.isConnected && this.show(event.state?.name ?? ""));
    history.replaceState({ step: behind(), name: "" }, "");
  }

  /** Put the steps into the page, once: the template keeps them out of the way of whoever only wants to begin. */
  make() {
    const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById("steps"));
    if (!template) return;
    template.replaceWith(template.content);
    this.sections = all("[data-step]", this.root);
    this.names = this.sections.map((section) => section.dataset.step ?? "");
    this.hooks.made();
  }

  begin() {
    this.make();
    this.go(this.names[0] ?? "");
  }

  /** @param {string} name */
  go(name) {
    if (this.last || name === this.current) return;
    history.pushState({ step: behind() + 1, name }, "");
    this.show(name);
  }

  async next() {
    const from = this.current;
    if (!(await this.hooks.mayLeave(from)) || this.current !== from) return;
    const rest = this.sections.slice(this.names.indexOf(from) + 1);
    const name = rest.find(isAsked)?.dataset.step;
    if (name) this.go(name);
  }

  /** Answers changed which steps have anything to ask. */
  recount() {
    const section = this.sections.find((one) => one.dataset.step === this.current);
    if (section && !this.last) showProgress(this.sections, section);
  }

  /** @param {string} name an unknown one shows the start */
  show(name) {
    if (this.last) return;
    if (name) this.make();
    const section = this.sections.find((one) => one.dataset.step === name);
    byId("start").hidden = section !== undefined;
    this.root.hidden = section === undefined;
    for (const one of this.sections) one.hidden = one !== section;
    this.current = section ? name : "";
    if (section) showProgress(this.sections, section);
    if (name === "review") for (const button of all("[data-to-review]", this.root)) button.hidden = false;
    focusHeading(section ?? byId("start"));
    if (section) this.hooks.entered(name);
  }

  /**
   * The end of the journey: nothing typed is left in the page, and Back no longer leads into it.
   * @param {HTMLElement} section
   */
  finish(section) {
    for (const one of this.sections) one.remove();
    byId("journey").remove();
    for (const id of ["later", "keep"]) document.getElementById(id)?.remove();
    this.last = section;
    section.hidden = false;
    focusHeading(section);
  }

  /** @param {Event} event */
  clicked(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button) return;
    if ("next" in button.dataset || "skip" in button.dataset) this.next();
    else if ("back" in button.dataset) history.back();
    else if (button.dataset.goto) this.go(button.dataset.goto);
  }
}

function behind() {
  return Number(history.state?.step ?? 0);
}

/** @param {HTMLElement} section */
function focusHeading(section) {
  one("h1", section).focus({ preventScroll: true });
  scrollTo(0, 0);
}

/** @param {HTMLElement} section */
function isAsked(section) {
  return !("unasked" in section.dataset);
}

/**
 * @param {HTMLElement[]} sections
 * @param {HTMLElement} here
 */
function showProgress(sections, here) {
  const asked = sections.filter((section) => section === here || isAsked(section));
  const words = text("step_n_of_m", { n: asked.indexOf(here) + 1, m: asked.length });
  if (byId("progress").textContent !== words) byId("progress").textContent = words;
  const held = document.activeElement?.closest("#tasks [data-goto]");
  byId("tasks").replaceChildren(...asked.map((section, index) => taskOf(section, index, section === here)));
  if (held instanceof HTMLElement) one(`[data-goto="${held.dataset.goto}"]`, byId("tasks")).focus();
}

/**
 * @param {HTMLElement} section
 * @param {number} index
 * @param {boolean} here
 */
function taskOf(section, index, here) {
  const task = copyOf("task");
  const button = one("button", task);
  button.textContent = `${index + 1}. ${section.dataset.title ?? ""}`;
  button.dataset.goto = section.dataset.step ?? "";
  if (here) button.setAttribute("aria-current", "step");
  one(".tasks__state", task).textContent = all("[data-field]", section).some(isAnswered) ? text("answered") : "";
  return task;
}

/** @param {HTMLElement} field */
function isAnswered(field) {
  if (field instanceof HTMLSelectElement) return field.selectedIndex > 0;
  if (field instanceof HTMLTextAreaElement) return field.value.trim() !== "";
  if (!(field instanceof HTMLInputElement)) return false;
  return field.type === "text" ? field.value.trim() !== "" : field.checked;
}
