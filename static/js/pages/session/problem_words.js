// What went wrong, in the words of the page: a title and a sentence about what to do.

import { OtherCaseworker, RingRefused, WrongPassphrase } from "../session.js";
import { text } from "../texts.js";
import { PasskeyStopped } from "./passkey.js";
import { isPassing, Offline, Problem } from "./request.js";
import { PasskeyOpensNothing } from "./steps.js";

/**
 * @param {unknown} error
 * @returns {{title: string, detail: string}}
 */
export function problemWords(error) {
  if (error instanceof Offline) return said("offline");
  if (error instanceof RingRefused)
    return { title: text("ring_title"), detail: `${text(`ring_${error.why}`)} ${text("ring_refused")}` };
  if (error instanceof WrongPassphrase) return { title: text("failed_title"), detail: text("wrong_passphrase") };
  if (error instanceof OtherCaseworker) return { title: text("failed_title"), detail: text("other_caseworker") };
  if (error instanceof PasskeyStopped) return said("stopped");
  if (error instanceof PasskeyOpensNothing) {
    return { title: text("passkey_refused_title"), detail: text("passkey_opens_nothing") };
  }
  if (!(error instanceof Problem)) return said("failed");
  if (error.code === "second_factor_refused") return secondRefused(error);
  if (error.code === "step_over") return said("step_over");
  if (error.code === "sign_in_refused") return said("refused");
  if (isPassing(error)) {
    return { title: text("busy_title"), detail: text("busy", { wait: waitWords(error.details.retry_after ?? 60) }) };
  }
  if (error.status === 429) {
    return {
      title: text("delayed_title"),
      detail: text("delayed", { wait: waitWords(error.details.retry_after ?? 60) }),
    };
  }
  return { title: error.details.title || text("failed_title"), detail: error.detail || text("failed") };
}

/** @param {Problem} problem @returns {{title: string, detail: string}} */
function secondRefused({ details: { portal_time } }) {
  if (!portal_time) return said("second_refused");
  const language = document.documentElement.lang === "en" ? "en-GB" : "ko-KR";
  const time = new Date(portal_time).toLocaleTimeString(language);
  return { title: text("second_refused_title"), detail: text("second_refused_clock", { time }) };
}

/**
 * @param {string} key
 * @returns {{title: string, detail: string}}
 */
function said(key) {
  return { title: text(`${key}_title`), detail: text(key) };
}

/**
 * A wait in words: seconds up to ninety, else minutes, rounded up.
 * @param {number} seconds
 * @returns {string}
 */
function waitWords(seconds) {
  if (seconds <= 90) return text("wait_seconds", { count: Math.ceil(seconds) });
  return text("wait_minutes", { count: Math.ceil(seconds / 60) });
}
