// What is done with a text that is ready: copied, saved as a file, printed. It goes nowhere from here by itself.

import { byId, el } from "../referral/dom.js";
import { text } from "../texts.js";

/**
 * @param {() => string} subject
 * @returns {void}
 */
export function attachTextTools(subject) {
  const words = byId("words", HTMLTextAreaElement);
  const said = byId("words-said", HTMLElement);
  byId("copy", HTMLButtonElement).addEventListener("click", async () => {
    said.textContent = (await copied(words.value)) ? text("copied") : text("copy_failed");
  });
  byId("download", HTMLButtonElement).addEventListener("click", () => {
    save(subject() ? `${subject()}\n\n${words.value}` : words.value);
  });
  byId("print", HTMLButtonElement).addEventListener("click", () => {
    const paper = el("pre", { class: "printed-text" }, subject() ? `${subject()}\n\n${words.value}` : words.value);
    document.body.classList.add("printing-text");
    document.body.append(paper);
    print();
    paper.remove();
    document.body.classList.remove("printing-text");
  });
}

/** @param {string} words @returns {Promise<boolean>} */
async function copied(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} words */
function save(words) {
  const address = URL.createObjectURL(new Blob(["\ufeff", words], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${text("file_name")}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
