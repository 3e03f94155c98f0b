// Several referrals handed on, moved or given another day: chosen in a dialog that says first what it would change.
// The portal changes them one by one; nothing of a letter is opened for it, and one press takes it back.

import { byId, el } from "../referral/dom.js";
import { problemWords } from "../session/problem_words.js";
import { label, text } from "../texts.js";
import { say, showCount, whileBusy } from "./bulk.js";
import { after, preview } from "./change_preview.js";
import { dayWords } from "./row_view.js";
import { focusedRow, pickedRows, rowOf, shownRows, updated } from "./rows.js";

/**
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("./change_preview.js").Change} Change
 * @typedef {import("./rows.js").Row} Row
 * @typedef {{done: {referral_id: string, version: number}[], refused: {referral_id: string, code: string}[]}} Outcome
 */

const TOGETHER = 100;
const KINDS = /** @type {const} */ (["assignment", "state", "deadline"]);

/**
 * Attach to the page, if it offers this.
 * @param {Session} session
 * @returns {{choose: (kind: Change["kind"]) => void}|null}
 */
export function startChanges(session) {
  if (!document.querySelector("[data-change]")) return null;
  const choose = (/** @type {Change["kind"]} */ kind) => chooseAndChange(session, kind);
  byId("bulk", HTMLElement).addEventListener("click", ({ target }) => {
    const kind = target instanceof HTMLElement ? target.dataset.change : undefined;
    if (kind) choose(/** @type {Change["kind"]} */ (kind));
  });
  return { choose };
}

/**
 * @param {Session} session
 * @param {Change["kind"]} kind
 */
async function chooseAndChange(session, kind) {
  const focused = focusedRow();
  const elements = pickedRows().length > 0 ? pickedRows() : focused ? [focused] : [];
  if (elements.length === 0) {
    say(text("pick_first"));
    return;
  }
  const rows = elements.map(rowOf);
  const change = await chosen(session, kind, rows);
  if (!change) return;
  const { changing } = preview(rows, change, whoOf(session));
  await whileBusy(async () => {
    const outcome = await sent(session, `/queue/${kind}`, changing, bodyOf(change));
    const before = new Map(changing.map((row) => [row.referral_id, row]));
    show(outcome, (id) => after(/** @type {Row} */ (before.get(id)), change));
    say(outcomeWords("changed_several", outcome));
    if (outcome.done.length > 0) offerUndo(session, outcome, before);
  });
}

/** @param {Session} session */
function whoOf(session) {
  const { me = "", role = "" } = byId("casework", HTMLElement).dataset;
  return { me: session.answer?.caseworker.login ?? me, lead: role === "lead" };
}

/** @param {Change} change */
function bodyOf(change) {
  if (change.kind === "assignment") return { to: change.to };
  return change.kind === "state" ? { state: change.state } : { due_on: change.dueOn };
}

/**
 * In groups that the portal takes; what was done before a line broke is shown as done.
 * @param {Session} session
 * @param {string} address
 * @param {{referral_id: string, version: number}[]} rows
 * @param {object} body
 * @returns {Promise<Outcome & {broken?: unknown}>} `broken`: why it ended before all were tried
 */
async function sent(session, address, rows, body) {
  /** @type {Outcome & {broken?: unknown}} */
  const whole = { done: [], refused: [] };
  for (let at = 0; at < rows.length; at += TOGETHER) {
    const referrals = rows
      .slice(at, at + TOGETHER)
      .map(({ referral_id, version }) => ({ referral_id, version, unread: false }));
    try {
      /** @type {Outcome} */
      const outcome = await session.post(address, { referrals, ...body });
      whole.done.push(...outcome.done);
      whole.refused.push(...outcome.refused);
    } catch (error) {
      if (whole.done.length === 0) throw error;
      return { ...whole, broken: error };
    }
  }
  return whole;
}

/**
 * @param {Outcome} outcome
 * @param {(id: string) => Partial<Row>} changes
 */
function show({ done }, changes) {
  const versions = new Map(done.map((one) => [one.referral_id, one.version]));
  for (const element of shownRows()) {
    const version = versions.get(rowOf(element).referral_id);
    if (version === undefined) continue;
    const fresh = updated(element, { ...changes(rowOf(element).referral_id), version });
    const box = fresh.querySelector("[data-pick]");
    if (box instanceof HTMLInputElement) box.checked = false;
  }
  showCount();
}

/**
 * @param {string} key
 * @param {Outcome & {broken?: unknown}} outcome
 */
function outcomeWords(key, { done, refused, broken }) {
  const words = done.length > 0 || refused.length === 0 ? [text(key, { count: done.length })] : [];
  if (refused.length > 0) words.push(text("left_as_they_are", { count: refused.length }));
  if (broken) words.push(problemWords(broken).detail);
  return words.join(" ");
}

/**
 * @param {Session} session
 * @param {Outcome} outcome
 * @param {Map<string, Row>} before
 */
function offerUndo(session, { done }, before) {
  const button = byId("bulk-undo", HTMLButtonElement);
  button.hidden = false;
  button.onclick = () =>
    whileBusy(async () => {
      const outcome = await sent(session, "/queue/undo", done, {});
      show(outcome, (id) => {
        const { state, assignee, due_on } = /** @type {Row} */ (before.get(id));
        return { state, assignee, due_on };
      });
      say(outcomeWords("undone_several", outcome));
    });
}

/**
 * @param {Session} session
 * @param {Change["kind"]} kind
 * @param {Row[]} rows
 * @returns {Promise<Change|null>}
 */
function chosen(session, kind, rows) {
  const dialog = byId("change-dialog", HTMLDialogElement);
  const form = byId("change-form", HTMLFormElement);
  byId("change-title", HTMLElement).textContent = text(`change_${kind}`);
  for (const one of KINDS) {
    const part = form.querySelector(`[data-part="${one}"]`);
    if (part instanceof HTMLElement) part.hidden = one !== kind;
  }
  const look = () => showPreview(session, rows, asked(kind));
  form.oninput = look;
  look();
  dialog.returnValue = "";
  dialog.showModal();
  const field = form.querySelector(`[data-part="${kind}"] :is(select, input)`);
  if (field instanceof HTMLElement) field.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes" ? asked(kind) : null), { once: true });
  });
}

/**
 * @param {Change["kind"]} kind
 * @returns {Change|null} null while no day is given
 */
function asked(kind) {
  if (kind === "assignment") return { kind, to: byId("change-to", HTMLSelectElement).value || null };
  if (kind === "state") return { kind, state: byId("change-state", HTMLSelectElement).value };
  const dueOn = byId("change-day", HTMLInputElement);
  return dueOn.value && dueOn.validity.valid ? { kind, dueOn: dueOn.value } : null;
}

/**
 * @param {Session} session
 * @param {Row[]} rows
 * @param {Change|null} change
 */
function showPreview(session, rows, change) {
  const go = byId("change-go", HTMLButtonElement);
  const list = byId("change-preview", HTMLElement);
  const { changing, from, left } = change
    ? preview(rows, change, whoOf(session))
    : { changing: [], from: new Map(), left: { same: 0, held: 0, cannot: 0 } };
  const lines = [...from].map(([before, count]) =>
    text("change_line", { from: words(change, before), to: words(change, target(change)), count }),
  );
  for (const why of /** @type {const} */ (["same", "held", "cannot"])) {
    if (left[why]) lines.push(text(`change_${why}`, { count: left[why] }));
  }
  list.replaceChildren(...lines.map((line) => el("li", {}, line)));
  go.textContent = text("change_go", { count: changing.length });
  go.disabled = changing.length === 0;
}

/** @param {Change|null} change @returns {string} */
function target(change) {
  if (!change) return "";
  return change.kind === "assignment" ? (change.to ?? "") : change.kind === "state" ? change.state : change.dueOn;
}

/** @param {Change|null} change @param {string} value @returns {string} */
function words(change, value) {
  if (change?.kind === "state") return label("referral_states", value);
  if (change?.kind === "deadline") return value ? dayWords(value) : "";
  return value || text("nobody");
}
