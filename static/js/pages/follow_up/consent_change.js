/** Changing what one organisation may do: the last that it was told is in force, and nobody else learns of it. */

import { all, byId, copyOf, make, one, release } from "../element.js";
import { text } from "../texts.js";
import { deliverAll } from "./delivery.js";
import { consentLines, messageEntry } from "./message_view.js";
import { consentInForce } from "./said.js";
import { ownIds } from "./thread_view.js";
import { changeConsent } from "./writing.js";

/**
 * @typedef {import("./visit.js").Visit} Visit
 * @typedef {import("./visit.js").Thread} Thread
 * @typedef {import("../../domain/letter.js").Consent} Consent
 */

/** What was sealed and not taken yet, by referral. @type {Map<string, {source: string, letters: any[]}>} */
const waiting = new Map();

/**
 * The consent as it stands, in the card of an organisation.
 * @param {HTMLElement} card
 * @param {Thread} thread
 * @param {Visit} visit
 * @param {string} kind of the organisation; empty where the portal names it no more
 */
export function showConsent(card, thread, visit, kind) {
  const part = one("[data-consent-part]", card);
  part.hidden = kind === "";
  if (part.hidden) return;
  const consent = consentInForce(thread, visit.own);
  const fields = copyOf(`consent-${kind}`);
  ownIds(fields, thread.referralId);
  one("[data-consent-fields]", part).replaceChildren(fields);
  const given = new Set(consent ? [...consent.purposes, ...consent.pass_on] : []);
  for (const box of boxes(part)) box.checked = given.has(box.value);
  sayKnown(part, consent);
}

/** @param {() => Visit} visit */
export function startConsentChange(visit) {
  byId("threads").addEventListener("click", async (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-consent-send]") : null;
    const card = button?.closest("[data-referral]");
    if (!(button instanceof HTMLButtonElement) || !(card instanceof HTMLElement) || button.disabled) return;
    const thread = visit().threads.find((one) => one.referralId === card.dataset.referral);
    if (!thread) return;
    button.disabled = true;
    const said = await change(visit(), thread, card).catch(() => "message_not_sent");
    const shared = said === "consent_changed" && thread.referredBy !== null;
    one("[data-consent-said]", card).textContent = text(shared ? "consent_changed_onward" : said);
    release(button);
  });
}

/**
 * @param {Visit} visit
 * @param {Thread} thread
 * @param {HTMLElement} card
 * @returns {Promise<string>} key of what to tell
 */
async function change(visit, thread, card) {
  const part = one("[data-consent-part]", card);
  const status = one("[data-consent-said]", part);
  const consent = ticked(part);
  const before = consentInForce(thread, visit.own);
  if (before && sameConsent(before, consent)) return "consent_unchanged";
  status.textContent = text("sending");
  const source = JSON.stringify(consent);
  const kept = waiting.get(thread.referralId);
  const held = kept?.source === source ? kept : { source, letters: [await changeConsent({ visit, thread, consent })] };
  waiting.set(thread.referralId, held);
  const [{ body, message }] = held.letters;
  const outcome = await deliverAll([{ body, taken: () => void thread.messages.push(message) }], status);
  if (outcome !== "sent") return outcome === "closed" ? "message_closed" : "message_not_sent";
  waiting.delete(thread.referralId);
  one("[data-messages]", card).append(messageEntry(message, "", thread));
  one("[data-no-messages]", card).hidden = true;
  sayKnown(part, consent);
  return "consent_changed";
}

/** @param {HTMLElement} part @returns {HTMLInputElement[]} */
function boxes(part) {
  return /** @type {HTMLInputElement[]} */ (all("input[type=checkbox]", part));
}

/** @param {HTMLElement} part @returns {Consent} */
function ticked(part) {
  const of = (/** @type {string} */ name) =>
    boxes(part)
      .filter((box) => box.checked && box.dataset.field?.endsWith(`-${name}`))
      .map((box) => box.value);
  return { purposes: of("purposes"), pass_on: of("pass_on") };
}

/** @param {Consent} before @param {Consent} after */
function sameConsent(before, after) {
  const words = (/** @type {Consent} */ consent) =>
    JSON.stringify([[...consent.purposes].sort(), [...consent.pass_on].sort()]);
  return words(before) === words(after);
}

/** @param {HTMLElement} part @param {Consent | null} consent */
function sayKnown(part, consent) {
  const lines = consent ? consentLines(consent) : [text("may_do_unknown")];
  one("[data-consent-known]", part).replaceChildren(
    ...lines.filter((line) => line !== "").map((line) => make("span", "timeline__day", line)),
  );
}
