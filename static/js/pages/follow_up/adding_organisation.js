/** Sending a report that was sent before to one organisation more: chosen, agreed to, looked at, then sent. */

import { randomBytes } from "../../crypto/encoding.js";
import { compartmentsOf } from "../../domain/compartment.js";
import { LIMITS } from "../../domain/letter.js";
import { fetchDirectory } from "../directory.js";
import { all, byId, one, release } from "../element.js";
import { isAnewUnsaid } from "../keys_anew.js";
import { faultOf } from "../report/fault.js";
import { readFields } from "../report/fields.js";
import { showProblems } from "../report/problems.js";
import { text } from "../texts.js";
import { sealAdditions } from "./addition.js";
import { chosenIn, offerChoices } from "./choices.js";
import { deliver } from "./delivery.js";
import { letterCard } from "./letter_card.js";
import { everyLink } from "./links.js";
import { isOpen } from "./said.js";
import { reporter, showYoung, takesNothing, takesNoWords } from "./young.js";

/**
 * @typedef {import("./visit.js").Visit} Visit
 * @typedef {import("../../crypto/epoch_chain.js").Organisation} Organisation
 * @typedef {import("./addition.js").Sealed} Sealed
 * @typedef {import("./more.js").Page} Page
 */

const FORM = "add-organisation-form";

/** What was sealed and shown and not taken yet. @type {{source: string, letters: Sealed[], all: Sealed[]}} */
let prepared = { source: "", letters: [], all: [] };
const sentenceId = randomBytes(16);

/** @param {Page} page */
export function start(page) {
  const root = byId("add-organisation");
  root.addEventListener("change", () => showChosen(page));
  root.addEventListener("input", () => {
    byId("addition-ready").hidden = true;
  });
  press("addition-look", () => look(page));
  press("addition-send", () => send(page));
  byId("addition-back").addEventListener("click", () => {
    byId("addition-ready").hidden = true;
    byId("addition-look").focus();
  });
}

/**
 * @param {string} id
 * @param {() => Promise<void>} done
 */
function press(id, done) {
  const button = /** @type {HTMLButtonElement} */ (byId(id));
  button.addEventListener("click", async () => {
    if (button.disabled) return;
    button.disabled = true;
    await done().catch(() => tell(text("addition_failed")));
    release(button, byId("addition-look"), one("summary", byId("add-organisation")));
  });
}

/**
 * Who can be added: whoever has no letter that lives, and that it can read.
 * @param {Page} page
 */
export function offer(page) {
  const { own, threads } = page.visit();
  const working = threads.filter((thread) => isOpen(thread) && thread.onward !== "refused");
  const have = new Set(working.map(({ slug }) => slug));
  const cards = all("[data-organisation]", byId("organisations"));
  for (const card of cards) card.hidden = have.has(card.dataset.organisation ?? "");
  const none = cards.every((card) => card.hidden);
  byId("organisations-none").hidden = !none;
  for (const id of ["addition", "addition-about", "addition-young"]) byId(id).hidden = none;
  const links = everyLink(own?.items ?? null, threads).length;
  byId("addition-links").hidden = links === 0;
  byId("addition-links").textContent = text("addition_links", { n: links });
  byId("addition-no-links").hidden = links > 0;
  showChosen(page);
}

/** Whether words for another organisation were typed and not sent. */
export function hasUnsent() {
  return [typedIn("sentence"), typedIn("account_note")].some((words) => words !== "");
}

/** @param {Pick<Page, "nameOf">} page */
function showChosen({ nameOf }) {
  for (const card of all("[data-organisation]", byId("organisations"))) {
    const isChosen = !card.hidden && isTicked(card);
    card.classList.toggle("organisation--chosen", isChosen);
    one("[data-consent]", card).hidden = !isChosen;
  }
  showYoung(FORM);
  const readers = takesNoWords(FORM)
    ? []
    : chosenCards().filter((card) => compartmentsOf(card.dataset.kind ?? "").includes("account"));
  byId("account-for").hidden = readers.length === 0;
  offerChoices(
    byId("account-for-choices"),
    readers.map(({ dataset }) => ({ value: dataset.organisation ?? "", words: nameOf(dataset.organisation ?? "") })),
  );
}

/** @param {HTMLElement} card */
function isTicked(card) {
  return /** @type {HTMLInputElement} */ (one("input[type=checkbox]", card)).checked;
}

function chosenCards() {
  return all("[data-organisation]", byId("organisations")).filter((card) => !card.hidden && isTicked(card));
}

/** What was chosen and typed, as it goes into the letters. */
function readTyped() {
  const readers = chosenIn(byId("account-for-choices"));
  return {
    reporter: reporter(FORM),
    sentence: takesNoWords(FORM) ? "" : typedIn("sentence"),
    account: takesNoWords(FORM) ? "" : typedIn("account_note"),
    chosen: chosenCards().map((card) => {
      const fields = readFields(all("[data-consent] [data-field]", card));
      const several = (/** @type {string} */ name) => (Array.isArray(fields[name]) ? fields[name] : []);
      const slug = card.dataset.organisation ?? "";
      return {
        slug,
        consent: { purposes: several("purposes"), pass_on: several("pass_on") },
        mayReadAccount: readers.includes(slug),
        sensitive: several("sensitive").length > 0,
      };
    }),
  };
}

/** @param {string} id */
function typedIn(id) {
  return /** @type {HTMLTextAreaElement} */ (byId(id)).value.trim();
}

/** @param {Page} page */
async function look(page) {
  const typed = readTyped();
  if (!isFit(typed)) return;
  if (!(await prepare(page, typed))) return;
  const empty = prepared.all.find(({ letter }) => letter.items.length === 0 && !letter.account);
  if (empty) {
    tell("");
    const id = takesNoWords(FORM) ? "organisations" : "sentence";
    showProblems([{ id, key: "nothing_to_read" }], byId("add-organisation-form"));
    return;
  }
  byId("letters").replaceChildren(...prepared.all.map(({ slug, letter }) => letterCard(page.nameOf(slug), letter)));
  tell("");
  byId("addition-ready").hidden = false;
  byId("addition-title").focus();
}

/** @param {ReturnType<typeof readTyped>} typed */
function isFit({ sentence, account, chosen }) {
  const problems = [
    ...(takesNothing(FORM) ? [{ id: "age_group", key: "under_14" }] : []),
    // Sensitive content takes a consent of its own, as in the report (개인정보 보호법 §23).
    ...chosen
      .filter(({ sensitive }) => !sensitive && !takesNoWords(FORM))
      .map(({ slug }) => ({ id: `organisation-${slug}-sensitive`, key: "sensitive_missing" })),
    ...(chosen.length === 0 ? [{ id: "organisations", key: "choose_one" }] : []),
    { id: "sentence", key: faultOf(sentence, LIMITS.short) },
    { id: "account_note", key: faultOf(account, LIMITS.long) },
  ].filter(({ key }) => key !== "");
  showProblems(problems, byId("add-organisation-form"));
  if (problems.length > 0) tell("");
  return problems.length === 0;
}

/**
 * Keys are fetched and checked anew each time, then everything is sealed; not where keys were made anew meanwhile.
 * @param {Page} page
 * @param {ReturnType<typeof readTyped>} typed
 * @returns {Promise<boolean>}
 */
async function prepare({ visit }, typed) {
  const source = JSON.stringify(typed);
  if (prepared.source === source && prepared.letters.length > 0) return true;
  tell(text("preparing"));
  const { organisations } = await fetchDirectory();
  let anew = false;
  const chosen = typed.chosen.map(({ slug, consent, mayReadAccount }) => {
    const organisation = organisations.find((one) => one.slug === slug);
    if (!organisation) throw new TypeError("gone");
    anew ||= isAnewUnsaid(organisation);
    return { organisation, consent, mayReadAccount };
  });
  if (anew) {
    tell(text("keys_anew"));
    return false;
  }
  const lang = /** @type {"ko" | "en"} */ (document.documentElement.lang === "en" ? "en" : "ko");
  const letters = await sealAdditions({ visit: visit(), chosen, typed: { ...typed, lang, sentenceId } });
  prepared = { source, letters, all: [...letters] };
  return true;
}

/** @param {Page} page */
async function send(page) {
  const { done, nameOf } = page;
  const names = prepared.all.map(({ slug }) => nameOf(slug)).join(", ");
  for (let letter = prepared.letters[0]; letter; letter = prepared.letters[0]) {
    tell(text("sending"));
    const { status, answer } = await deliver("follow-up/organisation", letter.body, byId("addition-status"));
    if (status !== 201) {
      await refused(page, letter, answer?.code);
      return;
    }
    prepared.letters.shift();
  }
  prepared = { source: "", letters: [], all: [] };
  for (const id of ["sentence", "account_note"]) /** @type {HTMLTextAreaElement} */ (byId(id)).value = "";
  for (const box of /** @type {HTMLInputElement[]} */ (all("input:checked", byId("add-organisation"))))
    box.checked = false;
  byId("addition-ready").hidden = true;
  await done(text("addition_sent", { names }));
  tell(text("addition_sent", { names }));
}

/**
 * A key that was renewed meanwhile is fetched and sealed to; what has arrived is not sent again.
 * @param {Page} page
 * @param {Sealed} letter
 * @param {string | undefined} code of the problem
 */
async function refused(page, letter, code) {
  const some = prepared.letters.length < prepared.all.length;
  prepared = { source: "", letters: [], all: [] };
  byId("addition-ready").hidden = true;
  if (some) await page.done("");
  const name = page.nameOf(letter.slug);
  if (code === "key_retired") await look(page);
  else if (code === "not_receiving") tell(text("addition_resting", { name }));
  else tell(code === "not_added" ? text("addition_taken", { name }) : text("addition_failed"));
}

/** @param {string} words */
function tell(words) {
  byId("addition-status").textContent = words;
}
