// The sign-in page: from a login and a passphrase, or from a passkey, to an opened keyring, and on to the page asked for.

import { intoCache } from "./later.js";
import { byId } from "./referral/dom.js";
import { keyProgress, showProblem } from "./session/key_progress.js";
import { ownPath } from "./session/own_path.js";
import { knowsPasskeys } from "./session/passkey.js";
import { problemWords } from "./session/problem_words.js";
import { restore, secondStepIn } from "./session/second_step.js";
import { GivenUp } from "./session/steps.js";
import { forget } from "./session/stored_tab.js";
import { Session } from "./session.js";
import { text } from "./texts.js";

const form = byId("sign-in", HTMLFormElement);
const second = byId("second", HTMLFormElement);
const login = byId("login", HTMLInputElement);
const passphrase = byId("passphrase", HTMLInputElement);
const submit = byId("submit", HTMLButtonElement);
const passkey = byId("by-passkey", HTMLButtonElement);
const page = byId("main", HTMLElement);
const progress = keyProgress(form);
const { root = "", home = "/" } = form.dataset;
const session = new Session(root);
session.askSecond = secondStepIn(form, second);

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (submit.disabled) return;
  if (!login.value.trim() || !passphrase.value) {
    showProblem(page, { title: text("empty_title"), detail: text("empty") });
    return;
  }
  await attempt(byPassphrase);
});

passkey.addEventListener("click", () => attempt(() => session.signInByPasskey()));

byId("show-passphrase", HTMLInputElement).addEventListener("change", (event) => {
  passphrase.type = event.target instanceof HTMLInputElement && event.target.checked ? "text" : "password";
});

/** @param {() => Promise<void>} way @returns {Promise<void>} */
async function attempt(way) {
  submit.disabled = true;
  passkey.disabled = true;
  showProblem(page, null);
  try {
    await way();
    passphrase.value = "";
    const next = new URLSearchParams(location.search).get("next");
    location.replace(ownPath(next, home, location.origin) + location.hash);
  } catch (error) {
    progress.hide();
    restore(form, second);
    if (!(error instanceof GivenUp)) showProblem(page, problemWords(error));
    submit.disabled = false;
    passkey.disabled = false;
  }
}

/** @returns {Promise<void>} */
async function byPassphrase() {
  progress.show(0);
  await session.signIn({
    login: login.value.trim().toLowerCase(),
    passphrase: passphrase.value,
    onProgress: progress.show,
  });
}

forget();
submit.disabled = false;
passkey.hidden = !knowsPasskeys() || !passkey.dataset.host;
login.focus();
// What the queue runs comes while somebody types and the passphrase is stretched; without it the queue asks for it itself.
intoCache("pages/queue.js").catch(() => undefined);
