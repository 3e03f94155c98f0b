/** The quiet lines under an address: what can be seen from it, what may be missing, and how it is copied. */

import { readAddress } from "../../domain/address_reading.js";
import { UNDISCLOSED } from "../../domain/vocabulary.js";
import { make, one } from "../element.js";
import { completeLink, moreOfLink } from "./items.js";
import { copyingWords, platformName, said, words } from "./link_words.js";

/** @typedef {import("../../domain/address_reading.js").Reading} Reading */

/** The kind that each link shows. @type {WeakMap<HTMLElement, string>} */
const proposed = new WeakMap();
/** The text whose reading each link shows. @type {WeakMap<HTMLElement, string>} */
const shown = new WeakMap();

/**
 * @param {HTMLElement} link
 * @param {{aloud?: boolean, left?: boolean}} [when] `aloud`: it is being typed, so a screen reader says what changes;
 *   `left`: it was typed to its end, so words are words
 */
export function showReading(link, { aloud = false, left = false } = {}) {
  const typed = /** @type {HTMLTextAreaElement} */ (one("textarea", link)).value.trim();
  const reading = readAddress(typed);
  const seen = !["words", "other"].includes(reading.form);
  if ((!seen && !left) || shown.get(link) === typed) return;
  shown.set(link, typed); // drawn anew, a button would be gone from under the finger that left the field for it
  const box = one("[data-reading]", link);
  if (aloud) box.setAttribute("aria-live", "polite");
  const parts = typed === "" ? [] : seen ? seenParts(link, reading) : unseenParts(link, reading, typed);
  const beside = box.querySelector(".link__beside");
  box.replaceChildren(...parts, ...(beside ? [beside] : []));
  box.hidden = box.childElementCount === 0;
  proposeKind(link, typed === "" ? UNDISCLOSED : reading.kind);
}

/** Say nothing of what is not written to its end. @param {HTMLElement} link */
export function forgetReading(link) {
  shown.delete(link);
  const box = one("[data-reading]", link);
  box.replaceChildren(...box.querySelectorAll(".link__beside"));
  box.hidden = box.childElementCount === 0;
  proposeKind(link, UNDISCLOSED);
}

/**
 * Offer the words that stood beside pasted addresses: they are in no answer until somebody says in which.
 * @param {HTMLElement} link
 * @param {string} beside
 */
export function showBeside(link, beside) {
  if (beside === "") return;
  const offer = make("div", "link__beside");
  const text = make("p", "link__words", beside);
  const remove = () => {
    offer.remove();
    one("textarea", link).focus();
  };
  offer.append(
    make("p", "govuk-body-s", said("beside")),
    text,
    ...placesFor(link, () => beside, "put", remove),
    button(said("leave_out"), remove),
  );
  one("[data-reading]", link).append(offer);
}

/** @param {HTMLElement} link @param {Reading} reading */
function seenParts(link, reading) {
  const line = make("p", "govuk-body-s link__seen", said("seen", { words: seenWords(reading) }));
  const places = { name: platformName(reading.like), host: reading.host };
  const lines = [words("missing", reading.points_at), ...reading.notes.map((note) => words("notes", note, places))];
  if (reading.kind !== UNDISCLOSED)
    line.append(
      " ",
      button(said("change_kind"), () => askForKind(link)),
    );
  return [
    line,
    ...lines.filter((words) => words !== "").map((words) => make("p", "govuk-body-s", words)),
    ...howToCopy(reading),
  ];
}

/** @param {HTMLElement} link @param {Reading} reading @param {string} typed */
function unseenParts(link, reading, typed) {
  if (reading.form === "other") return [make("p", "govuk-body-s", said("other"))];
  const moved = () => {
    const field = /** @type {HTMLTextAreaElement} */ (one("textarea", link));
    field.value = "";
    forgetReading(link);
  };
  return [
    make("p", "govuk-body-s", said("nothing")),
    make("p", "govuk-body-s", said("move")),
    ...placesFor(link, () => typed, "move", moved),
  ];
}

/** @param {Reading} reading */
function seenWords({ form, platform, kind, points_at: pointsAt }) {
  const what = words("forms", form) || words("points_at", pointsAt) || kindWords(kind);
  return [platformName(platform), what].filter((part) => part !== "").join(" · ");
}

/** The word that the list of kinds has for one; empty for none. @param {string} kind */
function kindWords(kind) {
  const option = kind === UNDISCLOSED ? null : moreOfLink().querySelector(`select[data-field$=kind] [value=${kind}]`);
  return option?.textContent ?? "";
}

/** Only where another address would be better: who has the right one already needs no advice. @param {Reading} reading */
function howToCopy(reading) {
  const found = copyingWords(reading);
  const right = reading.points_at === "thing" && reading.notes.length === 0;
  if (right || found === "") return [];
  const details = make("details", "govuk-details link__copy");
  const summary = make("summary", "govuk-details__summary");
  summary.append(make("span", "govuk-details__summary-text", said("how_to_copy")));
  const text = make("div", "govuk-details__text");
  text.append(make("p", "govuk-body-s", found), make("p", "govuk-body-s", said("no_need")));
  details.append(summary, text);
  return [details];
}

/**
 * Where nobody chose a kind, the first line of the list says which one is seen; a letter takes that one.
 * @param {HTMLElement} link
 * @param {string} kind
 */
function proposeKind(link, kind) {
  if (!proposed.has(link)) link.addEventListener("completed", () => nameProposed(link));
  proposed.set(link, kind);
  nameProposed(link);
}

/** @param {HTMLElement} link */
function nameProposed(link) {
  const kind = proposed.get(link) ?? UNDISCLOSED;
  const select = /** @type {HTMLSelectElement | null} */ (link.querySelector("select[data-field$=kind]"));
  const first = select?.options[0];
  if (!first) return;
  const plain = moreOfLink().querySelector("select[data-field$=kind] option")?.textContent ?? "";
  first.textContent = kind === UNDISCLOSED ? plain : said("kind_as_seen", { kind: kindWords(kind) });
}

/** @param {HTMLElement} link */
function askForKind(link) {
  completeLink(link);
  /** @type {HTMLDetailsElement} */ (one("[data-more]", link)).open = true;
  one("select[data-field$=kind]", link).focus();
}

/**
 * The buttons that put words into another answer.
 * @param {HTMLElement} link
 * @param {() => string} read
 * @param {"move" | "put"} how
 * @param {() => void} moved
 */
function placesFor(link, read, how, moved) {
  const sentence = document.querySelector("#step-links #sentence");
  const put = (/** @type {HTMLElement} */ field) => {
    moved();
    add(/** @type {HTMLTextAreaElement} */ (field), read());
  };
  const place = () => {
    completeLink(link);
    /** @type {HTMLDetailsElement} */ (one("[data-more]", link)).open = true;
    return one("textarea[data-field$=place]", link);
  };
  return [
    ...(sentence ? [button(said(`${how}_sentence`), () => put(/** @type {HTMLElement} */ (sentence)))] : []),
    button(said(`${how}_place`), () => put(place())),
  ];
}

/** @param {HTMLTextAreaElement} field @param {string} more */
function add(field, more) {
  field.value = [field.value, more].filter((part) => part !== "").join("\n");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  field.focus();
}

/** @param {string} label @param {() => void} pressed */
function button(label, pressed) {
  const made = make("button", "plain-button govuk-link", label);
  made.setAttribute("type", "button");
  made.addEventListener("click", pressed);
  return made;
}
