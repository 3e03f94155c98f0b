// The organisation's keys: making new ones, and sealing every letter to the keys in force, with progress and pauses.

import { newKeys, WordsNeeded } from "./keys/new_keys.js";
import { OtherKeys, resealAll } from "./keys/resealing.js";
import { doubtWords } from "./people/words.js";
import { byId, pageOf } from "./referral/dom.js";
import { showProblem } from "./session/key_progress.js";
import { signInAddress } from "./session/own_path.js";
import { attachDialog } from "./session/passphrase_dialog.js";
import { problemWords } from "./session/problem_words.js";
import { ask, Problem } from "./session/request.js";
import { forgetOnSignOut, Session } from "./session.js";
import { text } from "./texts.js";

const { root } = pageOf();
const session = new Session(root);
const page = byId("casework", HTMLElement);
const startButton = byId("resealing-start", HTMLButtonElement);
const pauseButton = byId("resealing-pause", HTMLButtonElement);
const keysButton = byId("new-keys", HTMLButtonElement);
const bar = byId("resealing-bar", HTMLProgressElement);

/** @type {import("./keys/resealing.js").Work|null} */
let work = null;
let busy = false;

window.addEventListener("beforeunload", (event) => {
  if (busy) event.preventDefault();
});

/** @param {string} id @param {string} words */
function say(id, words) {
  byId(id, HTMLElement).textContent = words;
}

/**
 * Have the ring open, do something with it, and say what went wrong. One thing at a time.
 * @param {() => Promise<void>} act
 * @param {string} [title] of what went wrong
 */
async function withRing(act, title) {
  if (busy) return;
  busy = true;
  showProblem(page, null);
  for (const button of [startButton, keysButton]) button.disabled = true;
  try {
    await session.resume();
    if (session.ring || (await session.revive("locked"))) await act();
  } catch (error) {
    const words = doubtWords(error);
    if (error instanceof OtherKeys) showProblem(page, { title: text("failed_title"), detail: text("other_keys") });
    else if (error instanceof WordsNeeded) {
      showProblem(page, { title: text("keys_title"), detail: text("words_needed") });
    } else showProblem(page, title ? { ...words, title } : words);
  } finally {
    busy = false;
    for (const button of [startButton, keysButton]) button.disabled = false;
  }
}

async function reseal() {
  pauseButton.hidden = false;
  bar.hidden = false;
  say("resealing-said", "");
  work = {
    stopped: false,
    show({ done, total }) {
      bar.max = Math.max(total, 1);
      bar.value = done;
      say("resealing-words", text("resealing", { done, total }));
    },
  };
  try {
    const { done, closed } = await resealAll(session, work);
    await sayHowItStands(done, closed, work.stopped);
  } finally {
    work = null;
    pauseButton.hidden = true;
  }
}

/** @param {number} done @param {number} closed @param {boolean} stopped */
async function sayHowItStands(done, closed, stopped) {
  const { total } = await ask(`${root}/resealing`);
  const left = Math.max(total - closed, 0);
  if (stopped && left > 0) return say("resealing-said", text("paused", { done, left }));
  if (left > 0) return say("resealing-said", text("some_left", { left }));
  say("resealing-said", closed > 0 ? text("resealed_but", { closed }) : text("resealed"));
  say("left-words", "");
  startButton.hidden = true;
}

async function changeKeys() {
  say("keys-said", text("making_keys"));
  try {
    await newKeys(session);
  } catch (error) {
    say("keys-said", "");
    throw error;
  }
  say("keys-said", text("keys_made"));
  const { total } = await ask(`${root}/resealing`);
  byId("resealing", HTMLElement).hidden = total === 0;
  startButton.hidden = false;
  if (total > 0) startButton.focus();
}

startButton.addEventListener("click", () => withRing(reseal));
keysButton.addEventListener("click", () => withRing(changeKeys, text("keys_title")));
pauseButton.addEventListener("click", () => {
  if (work) work.stopped = true;
  say("resealing-said", text("pausing"));
});

attachDialog(session);
forgetOnSignOut();
try {
  await session.resume();
} catch (error) {
  if (error instanceof Problem && error.code === "session_ended") {
    location.assign(signInAddress(root, location));
  } else showProblem(page, problemWords(error));
}
for (const button of [startButton, keysButton]) button.disabled = false;
