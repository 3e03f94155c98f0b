// The access log: the server's rows, and the file that somebody takes along.

import { byId, pageOf } from "./referral/dom.js";
import { showProblem } from "./session/key_progress.js";
import { attachDialog } from "./session/passphrase_dialog.js";
import { problemWords } from "./session/problem_words.js";
import { forgetOnSignOut, Session } from "./session.js";
import { text } from "./texts.js";

const FILTERS = ["by", "kind", "from", "until", "referral"];

const { root } = pageOf();
const session = new Session(root);
const form = byId("export", HTMLFormElement);
const submit = byId("export-submit", HTMLButtonElement);

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (submit.disabled) return;
  submit.disabled = true;
  showProblem(form, null);
  try {
    await session.resume();
    const { name, csv } = await session.post("/log/export", asked());
    save(name, csv);
    byId("export-status", HTMLElement).textContent = text("log_saved");
  } catch (error) {
    showProblem(form, problemWords(error));
  } finally {
    submit.disabled = false;
  }
});

/** @returns {Record<string, string>} what the page shows now, and what the file is for */
function asked() {
  const chosen = JSON.parse(form.dataset.filters ?? "{}");
  const filters = Object.fromEntries(FILTERS.map((name) => [name, chosen[name] ?? ""]));
  return { ...filters, reason: byId("export-reason", HTMLSelectElement).value };
}

/**
 * @param {string} name
 * @param {string} content
 * @returns {void}
 */
function save(name, content) {
  const address = URL.createObjectURL(new Blob([content], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

attachDialog(session);
forgetOnSignOut();
