// The reporter's own words: closed until asked for, closed again when nothing was done for a while. What is closed is
// not hidden but gone from the page, so that no search of the page and no glance finds it.

import { label, text } from "../texts.js";
import { el, part } from "./dom.js";

const IDLE = 5 * 60 * 1000;
const SIGNS_OF_LIFE = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"];

/**
 * Attach the three parts to what the letter says in them.
 * @param {() => any} letterNow
 * @returns {{refresh: () => void}}
 */
export function attachClosedParts(letterNow) {
  const parts = [...document.querySelectorAll("[data-closed]")].map((box) => closedPart(box, letterNow));
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  const closeAll = () => {
    for (const one of parts) one.close();
  };
  const restart = () => {
    clearTimeout(timer);
    timer = setTimeout(closeAll, IDLE);
  };
  for (const sign of SIGNS_OF_LIFE) document.addEventListener(sign, restart, { passive: true });
  restart();
  return {
    refresh() {
      for (const one of parts) one.refresh();
    },
  };
}

/**
 * @param {Element} box
 * @param {() => any} letterNow
 * @returns {{close: () => void, refresh: () => void}}
 */
function closedPart(box, letterNow) {
  const name = box.getAttribute("data-closed") ?? "";
  const button = box.querySelector("button");
  const words = box.querySelector(".closed-part__words");
  if (!button || !(words instanceof HTMLElement)) throw new TypeError(name);
  const verb = part(button, "verb", HTMLElement);
  const set = (/** @type {boolean} */ open) => {
    const content = letterNow()?.[name] ?? null;
    button.disabled = content === null;
    button.setAttribute("aria-expanded", String(open && content !== null));
    verb.textContent = text(content === null ? "part_absent" : open ? "part_close" : "part_open");
    words.hidden = !open || content === null;
    words.replaceChildren(...(open && content !== null ? (WRITERS[name]?.(content) ?? []) : []));
  };
  button.addEventListener("click", () => set(button.getAttribute("aria-expanded") !== "true"));
  return { close: () => set(false), refresh: () => set(button.getAttribute("aria-expanded") === "true") };
}

/** @type {Record<string, (content: any) => HTMLElement[]>} */
const WRITERS = {
  account: ({ text: words }) => [own(words)],
  offender: ({ name, handles, text: words }) => [
    pair("offender_name", name),
    pair("offender_handles", handles.join("\n")),
    pair("offender_text", words),
  ],
  contact: ({ channel, address, safe_hours, avoid }) => [
    pair("fact_safe_contact", label("contact_channels", channel)),
    pair("contact_address", address),
    pair("contact_hours", safe_hours),
    pair("fact_avoid", avoid),
  ],
};

/**
 * @param {string} name
 * @param {string} words
 * @returns {HTMLElement}
 */
function pair(name, words) {
  return el(
    "div",
    { class: "closed-part__pair" },
    el("p", { class: "closed-part__of" }, text(name)),
    own(words || text("unsaid")),
  );
}

/**
 * @param {string} words
 * @returns {HTMLElement}
 */
function own(words) {
  return el("p", { class: "own-words" }, words);
}
