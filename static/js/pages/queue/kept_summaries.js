// Sealed summaries between two documents of one tab: ciphertext alone, as many as there is room for, in sessionStorage.
// Signing out, half an hour without use, and closing the tab take them away with the keys.

import { SUMMARIES } from "../session/stored_tab.js";

/** What the last document of this tab kept, still packed. @returns {string} */
export function kept() {
  return sessionStorage.getItem(SUMMARIES) ?? "";
}

/**
 * Keep these for the next document of this tab; where there is no room, nothing is kept.
 * @param {string} text packed
 * @returns {boolean}
 */
export function keep(text) {
  try {
    sessionStorage.setItem(SUMMARIES, text);
    return true;
  } catch {
    sessionStorage.removeItem(SUMMARIES);
    return false;
  }
}
