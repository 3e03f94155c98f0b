// From the words on paper to a new lead with new keys. Nothing changes before the last request, and that changes all.

import { AccountForm } from "./invitation/account_form.js";
import { Kit } from "./invitation/kit.js";
import { Steps } from "./invitation/steps.js";
import { fetched } from "./later.js";
import { end, makeAnew, OtherSheet, openWithWords, RingDoubted } from "./recovery/taking_over.js";
import { readWords } from "./recovery/words_typed.js";
import { byId, part } from "./referral/dom.js";
import { keyProgress } from "./session/key_progress.js";
import { problemWords } from "./session/problem_words.js";
import { Problem } from "./session/request.js";
import { text } from "./texts.js";

/** @typedef {import("./recovery/taking_over.js").Opened} Opened */

const SLUG = /^[a-z0-9-]{1,40}$/;
const page = byId("ceremony", HTMLElement);
const { root = "" } = page.dataset;
const lang = document.documentElement.lang === "en" ? "en" : "ko";
const steps = new Steps(page);
const progress = keyProgress(byId("sending-form", HTMLFormElement));
const again = byId("send-again", HTMLButtonElement);
const wordsField = byId("recovery-words", HTMLTextAreaElement);

/** @param {string} detail @param {string} [title] */
function said(detail, title = text("words_title")) {
  steps.problem("words", { title, detail });
}

byId("words-form", HTMLFormElement).addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = byId("words-on", HTMLButtonElement);
  if (button.disabled) return;
  button.disabled = true;
  steps.problem("words", null);
  await openTyped();
  button.disabled = false;
});

/** Read what was typed, and open the ring with it. */
async function openTyped() {
  const slug = byId("slug", HTMLInputElement).value.trim().toLowerCase();
  if (!SLUG.test(slug)) return said(text("no_slug"));
  const read = await readWords(wordsField.value);
  if ("problem" in read) return said(faultWords(read));
  try {
    begin(await openWithWords({ root, slug, seed: read.seed }));
  } catch (error) {
    sayTrouble(error);
  }
}

/** @param {Exclude<import("./recovery/words_typed.js").Read, {seed: any}>} read @returns {string} */
function faultWords(read) {
  if (read.problem === "count") return text("words_count", { count: read.count });
  if (read.problem === "order") return text("words_order");
  const words = read.unknown.map((one) => text("words_place", one)).join(", ");
  return text("words_unknown", { words });
}

/** @param {unknown} error */
function sayTrouble(error) {
  if (error instanceof OtherSheet) return said(text("other_sheet"));
  if (error instanceof RingDoubted) return said(text("ring_doubted"), text("ring_doubted_title"));
  if (error instanceof Problem && error.status === 404) return said(text("no_organisation"));
  steps.problem("words", problemWords(error));
}

/** @param {Opened} opened */
function begin(opened) {
  const { organisation, ring } = opened;
  wordsField.value = "";
  part(page, "organisation", HTMLElement).textContent = organisation.name[lang];
  part(page, "opened", HTMLElement).textContent = text("opened", { count: ring.epochs.length });
  const known = [organisation.name.ko, organisation.name.en, organisation.slug];
  const form = new AccountForm(steps, known);
  const kit = new Kit(steps, organisation, (recovery) => takeOver(opened, form, kit, recovery));
  form.onDone = () => kit.begin();
  steps.warn = true;
  steps.show("account");
}

/**
 * Make everything, and send it; over a bad line the same again.
 * @param {Opened} opened @param {AccountForm} form @param {Kit} kit
 * @param {import("../crypto/recipient_key.js").KeyPair} recovery
 */
async function takeOver(opened, form, kit, recovery) {
  /** @type {object|null} */
  let made = null;
  const { login, passphrase } = form;
  const attempt = async () => {
    again.hidden = true;
    steps.problem("sending", null);
    try {
      if (!made) progress.show(0);
      made ??= await makeAnew(opened, { login, passphrase, recovery, onProgress: progress.show });
      await end(opened, made);
      form.wipe();
      kit.wipe();
      opened.seed.fill(0);
      steps.warn = false;
      part(page, "recovered-fingerprint", HTMLElement).textContent = opened.organisation.fingerprint;
      steps.show("recovered");
    } catch (error) {
      progress.hide();
      again.hidden = !trouble(error);
    }
  };
  byId("sending-form", HTMLFormElement).onsubmit = (event) => {
    event.preventDefault();
    attempt();
  };
  steps.show("sending");
  await attempt();
}

/**
 * Say what went wrong, where it can be mended.
 * @param {unknown} error
 * @returns {boolean} whether the same may be sent again
 */
function trouble(error) {
  const code = error instanceof Problem ? error.code : "";
  if (code === "login_taken") {
    steps.show("account");
    steps.problem("account", { title: text("failed_title"), detail: text("taken") });
    return false;
  }
  const title = text("failed_title");
  if (["version_conflict", "format_error", "ring_changed"].includes(code)) {
    steps.problem("sending", { title, detail: text("changed_meanwhile") });
    return false;
  }
  if (code === "step_over") steps.problem("sending", { title, detail: text("back_to_words") });
  else steps.problem("sending", problemWords(error));
  return true;
}

/** Put what the camera read where it would have been typed. @param {string} words */
function fill(words) {
  wordsField.value = words;
  const slug = byId("slug", HTMLInputElement);
  (slug.value ? byId("words-on", HTMLButtonElement) : slug).focus();
}

/** The reader of squares comes when it is asked for, and only browsers that lend a camera to pages are asked. */
function offerCamera() {
  if (!navigator.mediaDevices?.getUserMedia) return;
  const button = byId("camera-on", HTMLButtonElement);
  for (const shown of [button, byId("camera-hint", HTMLElement)]) shown.hidden = false;
  button.addEventListener("click", async () => {
    steps.problem("words", null);
    try {
      await fetched("pages/recovery/camera.js");
      const { readWithCamera } = await import("./recovery/camera.js");
      await readWithCamera(fill);
    } catch {
      byId("camera-said", HTMLElement).textContent = text("camera_failed");
    }
  });
}

offerCamera();
byId("words-on", HTMLButtonElement).disabled = false;
