// The next step of a request or a room: which can follow, what has to be recorded with it, and by when to look again.

import { CHANNELS, emptyStep, missing } from "../../domain/record_steps.js";
import { fillChoices } from "../referral/choice.js";
import { byId } from "../referral/dom.js";
import { momentWords } from "../referral/moment.js";
import { problemWords } from "../session/problem_words.js";
import { Offline, Problem } from "../session/request.js";
import { label, text } from "../texts.js";

/**
 * @typedef {import('../../domain/record_steps.js').RecordStep} RecordStep
 * @typedef {object} Stepping
 * @property {import('../../domain/steps.js').Steps} table
 * @property {string} enumName of the states
 * @property {string} role of whoever sits here
 * @property {string} login
 * @property {string} today
 * @property {() => string} state where it stands
 * @property {(state: string, from: string) => {day: string|null, words: string}} due by rule
 * @property {(state: string) => boolean} tells whether reporters can be told of that state
 * @property {(step: RecordStep, dueOn: string|null, tell: boolean) => Promise<string>} take gives what to say
 * @property {() => Promise<void>} reread after somebody else was quicker
 */

const FIELDS = ["channel", "reason", "evidence", "outcome", "reference"];

/** A field of the form, whatever kind of field it is. @param {string} name @returns {HTMLInputElement} */
function field(name) {
  return /** @type {HTMLInputElement} */ (byId(`step-${name}`, HTMLElement));
}

/**
 * @param {Stepping} stepping
 * @returns {{refresh: () => void, unsent: () => boolean}}
 */
export function attachStepForm(stepping) {
  const form = byId("step-form", HTMLFormElement);
  const select = byId("step-state", HTMLSelectElement);
  fillChoices(
    byId("step-channel", HTMLSelectElement),
    CHANNELS.map((channel) => [channel, channel && text(`channel_${channel}`)]),
  );
  const show = () => showNeeds(stepping, select.value);
  const refresh = () => {
    showStates(stepping, form, select);
    show();
  };
  select.addEventListener("change", show);
  field("day").addEventListener("change", () => showDue(stepping, select.value));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(stepping, select.value, refresh);
  });
  return { refresh, unsent: () => FIELDS.some((name) => field(name).value !== "") };
}

/** @param {Stepping} stepping @param {HTMLFormElement} form @param {HTMLSelectElement} select */
function showStates({ table, enumName, role, state }, form, select) {
  const next = table.transitions(state());
  const open = next.filter((one) => {
    try {
      table.checkTransition(state(), one, role);
      return true;
    } catch {
      return false;
    }
  });
  fillChoices(
    select,
    open.map((one) => [one, label(enumName, one)]),
  );
  const hint = byId("step-hint", HTMLElement);
  form.hidden = open.length === 0;
  hint.hidden = open.length > 0;
  hint.textContent = text(next.length > 0 ? "only_lead" : "no_more_steps");
}

/** @param {Stepping} stepping @param {string} next */
function showNeeds(stepping, next) {
  const { table, state, today, tells } = stepping;
  const needed = next ? table.needs(state(), next) : [];
  const shown = new Set(needed.map((need) => (need.endsWith("_on") || need.endsWith("_at") ? "day" : need)));
  for (const group of document.querySelectorAll("#step-form [data-need]")) {
    if (group instanceof HTMLElement) group.hidden = !shown.has(group.dataset.need ?? "");
  }
  const dated = needed.find((need) => need.endsWith("_on") || need.endsWith("_at"));
  if (dated) byId("step-day-label", HTMLElement).textContent = text(`need_${dated}`);
  if (!field("day").value) field("day").value = today;
  byId("tell-group", HTMLElement).hidden = !tells(next);
  showDue(stepping, next);
}

/** @param {Stepping} stepping @param {string} next */
function showDue({ due }, next) {
  const { day, words } = due(next, field("day").value);
  field("due").value = day ?? "";
  byId("step-due-hint", HTMLElement).textContent = words;
}

/** @param {string} words */
function complain(words) {
  const error = byId("step-error", HTMLElement);
  error.hidden = !words;
  error.textContent = words;
}

/** @param {Stepping} stepping @param {string} next */
function made({ table, state, today, login }, next) {
  const needed = table.needs(state(), next);
  const dated = needed.some((need) => need.endsWith("_on") || need.endsWith("_at"));
  const step = emptyStep(next, today, login);
  for (const name of FIELDS) {
    const group = field(name).closest("[data-need]");
    if (!(group instanceof HTMLElement) || !group.hidden) Object.assign(step, { [name]: field(name).value.trim() });
  }
  return { step: { ...step, day: dated ? field("day").value || null : null }, needed };
}

/** @param {string} need */
function needWords(need) {
  if (need.endsWith("_on") || need.endsWith("_at")) return text(`need_${need}`);
  return document.querySelector(`label[for="step-${need}"]`)?.textContent ?? need;
}

/** @param {Stepping} stepping @param {string} next @param {() => void} refresh */
async function submit(stepping, next, refresh) {
  const button = byId("step-send", HTMLButtonElement);
  const said = byId("step-said", HTMLElement);
  if (!next || button.disabled) return;
  const { step, needed } = made(stepping, next);
  const [lacks] = missing(needed, step);
  complain(lacks ? text("need_missing", { what: needWords(lacks) }) : "");
  if (lacks) return;
  const tell = stepping.tells(next) && byId("tell", HTMLInputElement).checked;
  button.disabled = true;
  said.textContent = "";
  try {
    const words = await stepping.take(step, field("due").value || null, tell);
    for (const name of FIELDS) field(name).value = "";
    field("day").value = "";
    said.textContent = words;
    refresh();
    byId("step-title", HTMLElement).focus();
  } catch (error) {
    await failed(stepping, error);
  } finally {
    button.disabled = false;
  }
}

/** @param {Stepping} stepping @param {unknown} error */
async function failed(stepping, error) {
  if (error instanceof Offline) return complain(text("save_offline"));
  if (error instanceof Problem && error.code === "version_conflict") {
    const { changed_by = "", changed_at = "" } = error.details;
    await stepping.reread();
    return complain(text("step_conflict", { who: changed_by, when: changed_at && momentWords(changed_at) }));
  }
  complain(error instanceof Problem ? problemWords(error).detail : text("save_failed"));
}
