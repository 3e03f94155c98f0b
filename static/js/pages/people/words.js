// What went wrong, in words: what the portal says that the ring does not, what was left half way, and all else.

import { problemWords } from "../session/problem_words.js";
import { text } from "../texts.js";
import { Stopped } from "./changing.js";
import { Doubted } from "./doubted.js";

/**
 * @param {unknown} error
 * @returns {{title: string, detail: string}}
 */
export function doubtWords(error) {
  if (error instanceof Doubted) {
    const whose = error.login || error.kid || "–";
    return { title: text("doubted_title"), detail: text(`doubted.${error.doubt}`, { whose }) };
  }
  if (error instanceof Stopped) return { title: text("failed_title"), detail: text("stopped") };
  return problemWords(error);
}
