// Decisions from a file: read here, shown as what they would change, taken only when somebody says so, and taken back whole.

import { ROWS_MOST } from "../../domain/csv.js";
import { byId, el } from "../referral/dom.js";
import { pageLanguage } from "../requests/opening.js";
import { label, text } from "../texts.js";
import { linesOf, NotRead, previewOf } from "./importing.js";
import { COLUMNS } from "./list_file.js";
import { addressWords, codeName } from "./views.js";
import { NotDecided } from "./work.js";

/**
 * @typedef {import('./work.js').LinkWork} LinkWork
 * @typedef {import('./work.js').Decision} Decision
 * @typedef {import('./importing.js').Preview} Preview
 */

const LINES_NAMED = 8;
const BYTES_READ = 9 * 1024 * 1024;

/**
 * @param {LinkWork} work
 * @param {(codeId: string) => string} stock
 * @param {() => void} changed
 * @returns {void}
 */
export function attachImport(work, stock, changed) {
  /** @type {Preview|null} */
  let preview = null;
  /** @type {Decision[]} */
  let taken = [];
  const file = byId("import-file", HTMLInputElement);
  const undo = byId("import-undo", HTMLButtonElement);
  const close = () => {
    preview = null;
    file.value = "";
    byId("import-preview", HTMLElement).hidden = true;
  };
  file.addEventListener("change", async () => {
    const [chosen] = file.files ?? [];
    preview = chosen ? await readPreview(chosen, work, stock) : null;
    if (chosen && !preview) file.value = "";
  });
  byId("import-cancel", HTMLButtonElement).addEventListener("click", close);
  byId("import-go", HTMLButtonElement).addEventListener("click", () => {
    if (!preview) return;
    taken = takeAndSay(work, preview);
    close();
    undo.hidden = taken.length === 0;
    changed();
  });
  undo.addEventListener("click", () => {
    undo.hidden = true;
    const back = taken.filter((one) => work.past.includes(one) && one.status !== "undoing").reverse();
    for (const one of back) work.undo(one);
    taken = [];
    say(text("import_undone", { count: back.length }));
    changed();
  });
}

/** @param {File} chosen @param {LinkWork} work @param {(codeId: string) => string} stock @returns {Promise<Preview|null>} */
async function readPreview(chosen, work, stock) {
  complain("");
  say("");
  byId("import-preview", HTMLElement).hidden = true;
  try {
    const preview = previewOf(linesOf(await bytesOf(chosen)), work, stock);
    show(preview);
    return preview;
  } catch (error) {
    complain(error instanceof NotRead ? whyNot(error) : text("import_unread"));
    return null;
  }
}

/** @param {LinkWork} work @param {Preview} preview @returns {Decision[]} */
function takeAndSay(work, preview) {
  const { decisions, moved } = take(work, preview);
  const words = [text("import_done", { count: decisions.length })];
  if (moved > 0) words.push(text("import_moved", { count: moved }));
  say(words.join(" "));
  work.post.closeOthers("");
  return decisions;
}

/** @param {string} words */
function say(words) {
  byId("import-said", HTMLElement).textContent = words;
}

/** @param {File} file */
async function bytesOf(file) {
  if (file.size > BYTES_READ) throw new NotRead("size");
  return new Uint8Array(await file.arrayBuffer());
}

/** @param {LinkWork} work @param {Preview} preview */
function take(work, { changes }) {
  /** @type {Decision[]} */
  const decisions = [];
  let moved = 0;
  for (const { link, code, reason, from } of changes) {
    try {
      if (work.standOf(link) !== from) throw new NotDecided("not_from_here");
      decisions.push(work.decide(link, code, reason));
    } catch (error) {
      if (!(error instanceof NotDecided)) throw error;
      moved += 1;
    }
  }
  return { decisions, moved };
}

/** @param {NotRead} error */
function whyNot({ why, columns }) {
  const language = pageLanguage();
  const names = columns.map((name) => `“${COLUMNS[/** @type {keyof typeof COLUMNS} */ (name)][language]}”`).join(", ");
  return text(`import_${why}`, { columns: names, most: ROWS_MOST.toLocaleString() });
}

/** @param {string} words empty: nothing is wrong */
function complain(words) {
  const error = byId("import-error", HTMLElement);
  error.hidden = !words;
  error.textContent = words;
}

/** @param {Preview} preview */
function show({ changes, same, faults }) {
  const counts = [
    text("import_changes", { count: changes.length }),
    ...(same > 0 ? [text("import_same", { count: same })] : []),
    ...[...faults].map(([fault, lines]) => text(`import_${fault}`, { count: lines.length, lines: linesWords(lines) })),
  ];
  byId("import-counts", HTMLElement).replaceChildren(...counts.map((words) => el("li", {}, words)));
  byId("import-rows", HTMLElement).replaceChildren(
    ...changes.map(({ line, link, code, reason, from }) =>
      el(
        "tr",
        {},
        el("td", {}, String(line)),
        el("td", {}, el("code", { class: "links__url", translate: "no" }, addressWords(link))),
        el("td", {}, label("item_states", from)),
        el("td", {}, [codeName(code), reason].filter(Boolean).join(": ")),
      ),
    ),
  );
  const go = byId("import-go", HTMLButtonElement);
  go.hidden = changes.length === 0;
  go.textContent = text("import_go", { count: changes.length });
  byId("import-preview", HTMLElement).hidden = false;
  byId("import-preview-title", HTMLElement).focus();
}

/** @param {number[]} lines */
function linesWords(lines) {
  return lines.slice(0, LINES_NAMED).join(", ") + (lines.length > LINES_NAMED ? " …" : "");
}
