// Several referrals handed on, moved or given another day: chosen in a dialog that says first what it would change.
// The portal changes them one by one, and one press takes it back. Of a new state each reporter is told; nothing of a
// letter is shown for it.

import { byId, el } from "../referral/dom.js";
import { offeredForReferral } from "../referral/offered_words.js";
import { problemWords } from "../session/problem_words.js";
import { label, text } from "../texts.js";
import { say, showCount, whileBusy } from "./bulk.js";
import { after, preview } from "./change_preview.js";
import { dayWords } from "./row_view.js";
import { focusedRow, pickedRows, rowOf, shownRows, updated } from "./rows.js";
import { sendChanges } from "./sending_changes.js";

/**
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("./change_preview.js").Change} Change
 * @typedef {import("./rows.js").Row} Row
 * @typedef {import("./sending_changes.js").Outcome} Outcome
 */

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
    const before = new Map(changing.map((row) => [row.referral_id, row]));
    const tell = toldOf(change);
    if (tell && !session.ring && !(await session.revive("locked"))) return;
    const outcome = await sendChanges(session, {
      ...{ address: `/queue/${kind}`, rows: changing, body: bodyOf(change), tell, sentence: text },
      show(part, done) {
        show(part, (id) => after(/** @type {Row} */ (before.get(id)), change));
        if (tell) progress(done, changing.length);
      },
    });
    say(outcomeWords("changed_several", outcome));
    if (outcome.done.length > 0) offerUndo(session, outcome, before, tell !== null);
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
 * Reporters are told of states, and of nothing else.
 * @param {Change} change
 * @returns {import("./sending_changes.js").Sending["tell"]}
 */
function toldOf(change) {
  return change.kind === "state" ? () => ({ state: change.state }) : null;
}

/** How far it is, while letters are opened and their reporters told. @param {number} done @param {number} total */
function progress(done, total) {
  byId("bulk-outcome", HTMLElement).hidden = false;
  byId("bulk-said", HTMLElement).textContent = text("telling_several", { done, total });
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
 * @param {Outcome} outcome
 */
function outcomeWords(key, { done, refused, untold, broken }) {
  const left = refused.length + untold.length;
  const words = done.length > 0 || left === 0 ? [text(key, { count: done.length })] : [];
  if (untold.length > 0) {
    words.push(text("left_untold", { references: untold.map((id) => id.slice(0, 6)).join(", ") }));
  }
  if (refused.length > 0) words.push(text("left_as_they_are", { count: refused.length }));
  if (broken) words.push(problemWords(broken).detail);
  return words.join(" ");
}

/**
 * @param {Session} session
 * @param {Outcome} outcome
 * @param {Map<string, Row>} before
 * @param {boolean} told whether reporters were told, and are to be told that it was a mistake
 */
function offerUndo(session, { done }, before, told) {
  const button = byId("bulk-undo", HTMLButtonElement);
  button.hidden = false;
  button.onclick = () =>
    whileBusy(async () => {
      const outcome = await sendChanges(session, {
        ...{ address: "/queue/undo", rows: done, body: {}, sentence: text },
        tell: (id) => (told ? { state: before.get(id)?.state ?? "", correct: true } : null),
        show(part, number) {
          show(part, (id) => {
            const { state, assignee, due_on } = /** @type {Row} */ (before.get(id));
            return { state, assignee, due_on };
          });
          if (told) progress(number, done.length);
        },
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
  if (change?.kind === "state" && changing.length > 0) {
    lines.push(text("change_told", { words: offeredForReferral(text, document.documentElement.lang, change.state) }));
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
