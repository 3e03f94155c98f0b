// Loading a list: read here, shown before anything is kept, sealed here.

import { fileText } from "../../domain/csv.js";
import { FormatError } from "../../errors.js";
import { defang } from "../referral/defang.js";
import { byId, el } from "../referral/dom.js";
import { text } from "../texts.js";
import { readList } from "./list_reading.js";
import { foundOf, keepList, taggedRows } from "./lists.js";

/**
 * @typedef {import("../../domain/list_record.js").ListKind} ListKind
 * @typedef {import("./list_reading.js").Read} Read
 */

const SHOWN = 10;
const LINES = 20;

/** @param {import("./lists_view.js").Desk} desk @param {() => Promise<void>} again */
export function attachListForm(desk, again) {
  /** @type {Read|null} */
  let read = null;
  const keepForm = byId("list-keep-form", HTMLFormElement);
  byId("list-form", HTMLFormElement).addEventListener("submit", async (event) => {
    event.preventDefault();
    keepForm.hidden = true;
    read = null;
    complain("list-error", "");
    try {
      read = readList(await typedOrFile(), kindChosen());
      await showPreview(desk, read);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      complain("list-error", `problem_${error.field}`);
    }
  });
  for (const id of ["list-file", "list-words", "list-kind"]) {
    byId(id, HTMLElement).addEventListener("input", () => {
      keepForm.hidden = true;
      read = null;
    });
  }
  keepForm.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!read || byId("list-keep", HTMLButtonElement).disabled) return;
    const kept = await keep(desk, read);
    if (kept) read = null;
    await again();
  });
}

/** @returns {ListKind} */
function kindChosen() {
  return /** @type {ListKind} */ (byId("list-kind", HTMLSelectElement).value);
}

/** What was pasted, else the file. @returns {Promise<string>} @throws {FormatError} */
async function typedOrFile() {
  const typed = byId("list-words", HTMLTextAreaElement).value;
  if (typed.trim() !== "") return typed;
  const file = byId("list-file", HTMLInputElement).files?.[0];
  return file ? fileText(new Uint8Array(await file.arrayBuffer())) : "";
}

/** @param {import("./lists_view.js").Desk} desk @param {Read} read */
async function showPreview({ listing, today }, { rows, repeated, refused }) {
  const kind = kindChosen();
  const list = /** @type {any} */ ({ kind, rows });
  const found = await foundOf(await taggedRows([list]), await listing.caller());
  const lines = (/** @type {string} */ why) => refused.filter((one) => one.why === why).map(({ line }) => line);
  const counts = [
    text("preview_taken", { count: rows.length.toLocaleString() }),
    text("preview_found", { count: found.length.toLocaleString() }),
    repeated > 0 ? text("preview_repeated", { count: repeated }) : "",
    ...["formula", "unfit"].map((why) => linesWords(`preview_${why}`, lines(why))),
  ];
  byId("preview-counts", HTMLElement).replaceChildren(...counts.filter(Boolean).map((words) => el("li", {}, words)));
  const more = rows.length > SHOWN ? [el("li", {}, text("preview_more", { count: rows.length - SHOWN }))] : [];
  byId("preview-rows", HTMLElement).replaceChildren(
    ...rows
      .slice(0, SHOWN)
      .map(({ canonical, note }) => el("li", {}, el("code", {}, defang(canonical)), note && ` ${note}`)),
    ...more,
  );
  if (!byId("list-day", HTMLInputElement).value) byId("list-day", HTMLInputElement).value = today;
  byId("keep-said", HTMLElement).textContent = "";
  byId("list-keep-form", HTMLFormElement).hidden = false;
  byId("preview-title", HTMLElement).focus();
}

/** @param {string} key @param {number[]} lines */
function linesWords(key, lines) {
  if (lines.length === 0) return "";
  const more = lines.length > LINES ? `, … (${lines.length})` : "";
  return text(key, { lines: lines.slice(0, LINES).join(", ") + more });
}

/** @param {import("./lists_view.js").Desk} desk @param {Read} read @returns {Promise<boolean>} whether it is kept whole */
async function keep({ records }, { rows }) {
  const head = {
    kind: kindChosen(),
    title: byId("list-name", HTMLInputElement).value.trim().normalize("NFC"),
    source: byId("list-source", HTMLSelectElement).value,
    received_on: byId("list-day", HTMLInputElement).value,
    note: byId("list-note", HTMLTextAreaElement).value.trim().normalize("NFC"),
  };
  complain("keep-error", head.title === "" ? "title_missing" : head.received_on === "" ? "day_missing" : "");
  if (head.title === "" || head.received_on === "") return false;
  const button = byId("list-keep", HTMLButtonElement);
  const said = byId("keep-said", HTMLElement);
  button.disabled = true;
  try {
    await keepList(records, head, rows, (done, total) => {
      said.textContent = text("list_keeping", { done, total });
    });
    byId("list-form", HTMLFormElement).reset();
    byId("list-keep-form", HTMLFormElement).reset();
    byId("list-keep-form", HTMLFormElement).hidden = true;
    byId("list-load", HTMLDetailsElement).open = false;
    byId("lists-said", HTMLElement).textContent = text("list_kept");
    return true;
  } catch {
    said.textContent = "";
    complain("keep-error", "list_failed");
    return false;
  } finally {
    button.disabled = false;
  }
}

/** @param {string} id @param {string} key of what is wrong; empty for nothing */
function complain(id, key) {
  const error = byId(id, HTMLElement);
  error.hidden = !key;
  error.textContent = key && text(key);
}
