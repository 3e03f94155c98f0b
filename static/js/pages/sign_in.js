// The sign-in page: from a login and a passphrase to an opened keyring, and on to the page that was asked for.

import { byId } from "./referral/dom.js";
import { keyProgress, showProblem } from "./session/key_progress.js";
import { ownPath } from "./session/own_path.js";
import { problemWords } from "./session/problem_words.js";
import { forget } from "./session/stored_tab.js";
import { Session } from "./session.js";
import { text } from "./texts.js";

const form = byId("sign-in", HTMLFormElement);
const login = byId("login", HTMLInputElement);
const passphrase = byId("passphrase", HTMLInputElement);
const submit = byId("submit", HTMLButtonElement);
const page = byId("main", HTMLElement);
const progress = keyProgress(form);

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (submit.disabled) return;
  if (!login.value.trim() || !passphrase.value) {
    showProblem(page, { title: text("empty_title"), detail: text("empty") });
    return;
  }
  submit.disabled = true;
  showProblem(page, null);
  try {
    await signIn();
  } catch (error) {
    progress.hide();
    showProblem(page, problemWords(error));
    submit.disabled = false;
  }
});

byId("show-passphrase", HTMLInputElement).addEventListener("change", (event) => {
  passphrase.type = event.target instanceof HTMLInputElement && event.target.checked ? "text" : "password";
});

/** @returns {Promise<void>} */
async function signIn() {
  const { root = "", home = "/" } = form.dataset;
  const session = new Session(root);
  progress.show(0);
  await session.signIn({
    login: login.value.trim().toLowerCase(),
    passphrase: passphrase.value,
    onProgress: progress.show,
  });
  passphrase.value = "";
  const next = new URLSearchParams(location.search).get("next");
  location.replace(ownPath(next, home, location.origin));
}

forget();
submit.disabled = false;
login.focus();
