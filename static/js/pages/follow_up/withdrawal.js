/** Taking the report back, from everybody or from one: a choice, a second look, then a sealed word to each organisation. */

import { byId, one } from "../element.js";
import { sayAtField } from "../report/problems.js";
import { text } from "../texts.js";
import { deliver } from "./delivery.js";
import { familyOf } from "./said.js";
import { withdrawFrom } from "./writing.js";

/**
 * @typedef {import("./visit.js").Visit} Visit
 * @typedef {import("./visit.js").Thread} Thread
 * @typedef {"72h" | "now"} When
 * @typedef {{root: HTMLElement, threads: Thread[], sure: string, key: string, nameOf: (slug: string) => string}} Asked
 *   `key` of what is being withdrawn
 */

/** What was sealed and not taken yet: another press sends the same bytes. @type {Map<string, Uint8Array<ArrayBuffer>>} */
const waiting = new Map();

/**
 * @param {{visit: () => Visit, nameOf: (slug: string) => string, done: (isGone: boolean) => Promise<void>}} parts
 *   `isGone`: nothing is left of the report
 */
export function startWithdrawal({ visit, nameOf, done }) {
  const all = () => ({ root: byId("withdraw"), threads: visit().threads, sure: "withdraw_sure", key: "", nameOf });
  byId("withdraw").addEventListener("click", (event) => pressed(event, all(), visit(), done));
  byId("threads").addEventListener("click", (event) => {
    const root = event.target instanceof Element ? event.target.closest("[data-leaving]") : null;
    const card = root?.closest("[data-referral]");
    if (!(root instanceof HTMLElement) || !(card instanceof HTMLElement)) return;
    const key = card.dataset.referral ?? "";
    const threads = familyOf(key, visit().threads);
    pressed(event, { root, threads, sure: "leave_sure", key, nameOf }, visit(), done);
  });
}

/**
 * @param {Event} event
 * @param {Asked} asked
 * @param {Visit} visit
 * @param {(isGone: boolean) => Promise<void>} done
 */
async function pressed({ target }, asked, visit, done) {
  const button = target instanceof Element ? target.closest("button") : null;
  if (!(button instanceof HTMLButtonElement) || button.disabled) return;
  const { root, sure } = asked;
  const when = chosen(root);
  if ("leaveAsk" in button.dataset) {
    sayAtField(one("fieldset", root).id, when ? "" : "withdraw_choose");
    one("[data-leave-status]", root).textContent = "";
    if (!when) {
      one("input", root).focus();
      return;
    }
    one("[data-leave-sure]", root).hidden = false;
    const held = heldWords(asked);
    one("[data-leave-what]", root).textContent =
      held && when === "now" ? `${text("sure_now_held")} ${held}` : [text(`${sure}_${when}`), held].join(" ").trim();
    one("[data-leave-sure] h3", root).focus();
  } else if ("leaveNo" in button.dataset) {
    one("[data-leave-sure]", root).hidden = true;
    one("[data-leave-ask]", root).focus();
  } else if ("leaveYes" in button.dataset && when) {
    button.disabled = true;
    const state = await withdraw(visit, asked, when).catch(() => null);
    button.disabled = false;
    one("[data-leave-status]", root).textContent = state ? "" : text("withdraw_failed");
    if (!state) return;
    one("[data-leave-sure]", root).hidden = true;
    await done(state === "destroyed");
  }
}

/** What a legal hold keeps all the same, said before it is decided. @param {Asked} asked */
function heldWords({ threads, nameOf }) {
  const names = threads.filter(({ hold }) => hold !== null).map(({ slug }) => nameOf(slug));
  return names.length > 0 ? text("withdraw_held", { names: names.join(", ") }) : "";
}

/** @param {HTMLElement} root @returns {When | null} */
function chosen(root) {
  const box = /** @type {HTMLInputElement | null} */ (root.querySelector("input[type=radio]:checked"));
  return box ? /** @type {When} */ (box.value) : null;
}

/**
 * @param {Visit} visit
 * @param {Asked} asked
 * @param {When} when
 * @returns {Promise<string | null>} where the report stands then; null when the portal did not take it
 */
async function withdraw(visit, { root, threads, key }, when) {
  const status = one("[data-leave-status]", root);
  status.textContent = text("sending");
  const sealed = `${key} ${when}`;
  const body = waiting.get(sealed) ?? (await withdrawFrom({ visit, threads, when }));
  waiting.set(sealed, body);
  let lost = false;
  const { status: code, answer } = await deliver("follow-up/withdrawal", body, status, () => {
    lost = true;
  });
  // «Now» destroys what answers: when an answer got lost, «nothing here» means that it was done.
  if (when === "now" && lost && code === 404) return "destroyed";
  return code === 200 ? answer.state : null;
}
