// Figures: the server drew what it knows; what letters are about is counted here, from summaries that only keys open.

import { contentFigures, NONE } from "./figures/content.js";
import { Listing } from "./queue/listing.js";
import { byId, el, pageOf } from "./referral/dom.js";
import { attachDialog } from "./session/passphrase_dialog.js";
import { problemWords } from "./session/problem_words.js";
import { forgetOnSignOut, Session } from "./session.js";
import { label, labelsOf, text } from "./texts.js";

/** @typedef {import("./figures/content.js").Division} Division */

const TOGETHER = 500;
/** A name, not an address: nothing is fetched. */
const SVG = ["http:", "", "www.w3.org", "2000", "svg"].join("/");
const OWN_WORDS = ["links", "sites"];
const { root } = pageOf();
const session = new Session(root);
const button = document.getElementById("content-count");

/** @param {string} words */
function say(words) {
  byId("content-said", HTMLElement).textContent = words;
}

/** @returns {Promise<void>} */
async function count() {
  if (!session.answer) await session.resume();
  if (!session.ring && !(await session.revive("locked"))) return;
  const listing = new Listing(session, labelsOf());
  try {
    await listing.load(({ opened, rows }) => say(text("counting", { opened, rows })));
    const ids = [...listing.rows.keys()];
    const summaries = [];
    for (let at = 0; at < ids.length; at += TOGETHER) {
      summaries.push(...Object.values(await listing.contents(ids.slice(at, at + TOGETHER))).filter(Boolean));
    }
    show(contentFigures(summaries), ids.length - summaries.length, listing.progress.broken);
  } finally {
    listing.end();
  }
}

/** @param {Division[]} divisions @param {number} without open letters that have no summary @param {number} broken */
function show(divisions, without, broken) {
  const total = divisions[0]?.total ?? null;
  byId("content-parts", HTMLElement).replaceChildren(...(total ? divisions.map(tableOf) : []));
  const said =
    total === null
      ? text("counted_few")
      : total === 0
        ? text("counted_none")
        : text(without ? "counted_some" : "counted", { count: total.toLocaleString() });
  say(broken ? `${said} ${text("closed", { count: broken })}` : said);
}

/** @param {Division} division */
function tableOf({ name, parts }) {
  const longest = Math.max(1, ...Object.values(parts).map((number) => number ?? 0));
  const rows = Object.entries(parts).map(([word, number]) =>
    el(
      "tr",
      {},
      el("th", { scope: "row", class: "figure__name" }, wordOf(name, word)),
      el("td", { class: "figure__drawn" }, barOf(number, longest)),
      el(
        "td",
        { class: "figure__number" },
        number === null ? el("span", { class: "figure__hidden" }, text("not_shown")) : number.toLocaleString(),
      ),
    ),
  );
  const head = el(
    "thead",
    { class: "govuk-visually-hidden" },
    el(
      "tr",
      {},
      el("th", { scope: "col" }, text("part")),
      el("th", { scope: "col" }, text("drawn")),
      el("th", { scope: "col" }, text("number")),
    ),
  );
  const caption = el("caption", { class: "figure__caption" }, text(`content_${name}`));
  return el("table", { class: "figure__table" }, caption, head, el("tbody", {}, ...rows));
}

/** @param {string} name @param {string} word */
function wordOf(name, word) {
  return word === NONE || OWN_WORDS.includes(name) ? text(word) : label(name, word);
}

/** @param {number|null} number @param {number} longest */
function barOf(number, longest) {
  const drawing = document.createElementNS(SVG, "svg");
  const attributes = { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" };
  for (const [key, value] of Object.entries(attributes)) drawing.setAttribute(key, value);
  if (number !== 0) {
    const bar = document.createElementNS(SVG, "rect");
    bar.setAttribute("class", number === null ? "bar__hidden" : "bar__long");
    bar.setAttribute("y", "1");
    bar.setAttribute("height", "8");
    bar.setAttribute("width", String(number === null ? 6 : (number / longest) * 100));
    drawing.append(bar);
  }
  return drawing;
}

if (button instanceof HTMLButtonElement) {
  button.addEventListener("click", async () => {
    if (button.disabled) return;
    button.disabled = true;
    try {
      await count();
    } catch (error) {
      say(problemWords(error).detail);
    } finally {
      button.disabled = false;
    }
  });
}
attachDialog(session);
forgetOnSignOut();
