// Reads the square on the recovery sheet with the camera of a lead's own device. Frames are drawn on a canvas that is in no
// page, looked at, and wiped; none is kept and none leaves the browser. The camera stops as soon as it is not needed.

import { byId, part } from "../referral/dom.js";
import { text } from "../texts.js";
import { readSquare } from "./square_reading.js";
import { readWords } from "./words_typed.js";

/** How long it looks without finding anything, and how often, in milliseconds. */
const IDLE = 60_000;
const PAUSE = 100;
/** Of a frame: more tells no more, and takes longer. */
const LONGEST_SIDE = 1280;
const WANTED = {
  audio: false,
  video: { facingMode: { ideal: "environment" }, width: { ideal: LONGEST_SIDE }, height: { ideal: LONGEST_SIDE } },
};
/** What browsers call it when there is no picture. @type {Record<string, string>} */
const TROUBLE = {
  NotAllowedError: "camera_refused",
  SecurityError: "camera_refused",
  NotFoundError: "camera_none",
  OverconstrainedError: "camera_none",
  NotReadableError: "camera_busy",
  AbortError: "camera_busy",
};

/** @type {AbortController|null} */
let looking = null;

/**
 * Show what the camera sees until it saw recovery words, or was stopped.
 * @param {(words: string) => void} found
 * @returns {Promise<void>}
 */
export async function readWithCamera(found) {
  if (looking) return;
  looking = new AbortController();
  const { signal } = looking;
  const box = byId("camera", HTMLElement);
  listen(box, signal);
  say(text("camera_asking"));
  try {
    const stream = await navigator.mediaDevices.getUserMedia(WANTED);
    const words = signal.aborted ? null : await wordsIn(stream, box, signal).finally(() => release(stream, box));
    if (signal.aborted) release(stream, box);
    if (words) found(words);
  } catch (error) {
    // What was stopped fails as well, and has said why already.
    if (!signal.aborted) stop(text(TROUBLE[error instanceof Error ? error.name : ""] ?? "camera_failed"));
  }
}

/**
 * All ways in which looking ends without words.
 * @param {HTMLElement} box
 * @param {AbortSignal} signal
 */
function listen(box, signal) {
  const quietly = () => stop(text("camera_stopped"));
  part(box, "stop", HTMLButtonElement).addEventListener("click", quietly, { signal });
  document.addEventListener("keydown", ({ key }) => key === "Escape" && quietly(), { signal });
  document.addEventListener("visibilitychange", () => document.hidden && quietly(), { signal });
  document.addEventListener("submit", quietly, { signal, capture: true });
  addEventListener("pagehide", quietly, { signal });
  const timer = setTimeout(() => stop(text("camera_idle")), IDLE);
  signal.addEventListener("abort", () => clearTimeout(timer));
}

/** @param {string} words why */
function stop(words) {
  looking?.abort();
  looking = null;
  const on = byId("camera-on", HTMLButtonElement);
  const box = byId("camera", HTMLElement);
  const within = box.contains(document.activeElement);
  box.hidden = true;
  on.hidden = false;
  if (within) on.focus();
  say(words);
}

/** @param {MediaStream} stream @param {HTMLElement} box */
function release(stream, box) {
  for (const track of stream.getTracks()) track.stop();
  part(box, "view", HTMLVideoElement).srcObject = null;
}

/**
 * @param {MediaStream} stream
 * @param {HTMLElement} box
 * @param {AbortSignal} signal
 * @returns {Promise<string|null>} null when it was stopped before
 */
async function wordsIn(stream, box, signal) {
  const view = part(box, "view", HTMLVideoElement);
  for (const track of stream.getTracks()) {
    track.addEventListener("ended", () => signal.aborted || stop(text("camera_busy")), { signal });
  }
  // From here on the stream ends with the looking, at once and not only at the next frame.
  signal.addEventListener("abort", () => release(stream, box), { once: true });
  box.hidden = false;
  byId("camera-on", HTMLButtonElement).hidden = true;
  part(box, "stop", HTMLButtonElement).focus();
  view.srcObject = stream;
  await view.play();
  say(text("camera_looking"));
  const canvas = document.createElement("canvas");
  while (!signal.aborted) {
    const words = await inFrame(view, canvas);
    if (words && !signal.aborted) {
      stop(text("camera_read"));
      return words;
    }
    await new Promise((done) => setTimeout(done, PAUSE));
  }
  return null;
}

/**
 * @param {HTMLVideoElement} view
 * @param {HTMLCanvasElement} canvas
 * @returns {Promise<string|null>} twenty-four words that belong together, or nothing
 */
async function inFrame(view, canvas) {
  const { videoWidth, videoHeight } = view;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(videoWidth, videoHeight, 1));
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  const drawing = canvas.getContext("2d", { willReadFrequently: true });
  if (!drawing || canvas.width === 0) return null;
  drawing.drawImage(view, 0, 0, canvas.width, canvas.height);
  const picture = drawing.getImageData(0, 0, canvas.width, canvas.height);
  drawing.clearRect(0, 0, canvas.width, canvas.height);
  const said = readSquare(picture);
  picture.data.fill(0);
  if (!said) return null;
  if ("seed" in (await readWords(said))) return said.toLowerCase();
  say(text("camera_other_square"));
  return null;
}

/** @param {string} words */
function say(words) {
  const said = byId("camera-said", HTMLElement);
  if (said.textContent !== words) said.textContent = words;
}
