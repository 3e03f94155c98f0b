// Figures: the server drew what it knows; what letters are about is counted here, from summaries that only keys open.

import { FORM as REQUEST } from "../domain/request_record.js";
import { contentFigures, NONE } from "./figures/content.js";
import { barCell, figureTable, numberCell } from "./figures/drawing.js";
import { siteFigures } from "./figures/platforms.js";
import { attachReadingTime } from "./figures/reading_time.js";
import { Listing } from "./queue/listing.js";
import { Records } from "./records.js";
import { defang } from "./referral/defang.js";
import { byId, el, pageOf } from "./referral/dom.js";
import { attachDialog } from "./session/passphrase_dialog.js";
import { problemWords } from "./session/problem_words.js";
import { forgetOnSignOut, Session } from "./session.js";
import { label, labelsOf, text } from "./texts.js";

/**
 * @typedef {import("./figures/content.js").Division} Division
 * @typedef {import("./figures/platforms.js").SiteFigure} SiteFigure
 */

const TOGETHER = 500;
const OWN_WORDS = ["links", "sites"];
const { root } = pageOf();
const session = new Session(root);
const button = document.getElementById("content-count");
const opens = document.getElementById("casework")?.dataset.opens === "yes";

/** @param {string} words */
function say(words) {
  byId("content-said", HTMLElement).textContent = words;
}

/** @returns {Promise<boolean>} whether the keys are open */
async function unlocked() {
  if (!session.answer) await session.resume();
  return session.ring !== null || (await session.revive("locked"));
}

/** @returns {Promise<void>} */
async function count() {
  if (!(await unlocked())) return;
  const listing = new Listing(session, labelsOf());
  try {
    await listing.load(({ opened, rows }) => say(text("counting", { opened, rows })));
    const ids = [...listing.rows.keys()];
    const summaries = [];
    for (let at = 0; at < ids.length; at += TOGETHER) {
      summaries.push(...Object.values(await listing.contents(ids.slice(at, at + TOGETHER))).filter(Boolean));
    }
    // Who opens no letter is handed no requests about letters either.
    const requests = opens ? await new Records(session, { request: REQUEST }).list("request") : [];
    const sites = await siteFigures(summaries, requests);
    show(contentFigures(summaries), sites, ids.length - summaries.length, listing.progress.broken);
  } finally {
    listing.end();
  }
}

/**
 * @param {Division[]} divisions
 * @param {SiteFigure[]} sites
 * @param {number} without open letters that have no summary
 * @param {number} broken
 */
function show(divisions, sites, without, broken) {
  const total = divisions[0]?.total ?? null;
  const drawn = total ? divisions.map(tableOf) : [];
  const named = sites.length > 0 ? [sitesTable(sites)] : [];
  byId("content-parts", HTMLElement).replaceChildren(...named, ...drawn);
  const said =
    total === null
      ? text("counted_few")
      : total === 0
        ? text("counted_none")
        : text(without ? "counted_some" : "counted", { count: total.toLocaleString() });
  say([said, againWords(divisions), broken ? text("closed", { count: broken }) : ""].filter(Boolean).join(" "));
}

/** How many of the letters say that something came back. @param {Division[]} divisions */
function againWords(divisions) {
  const spread = divisions.find(({ name }) => name === "spread");
  const again = spread?.parts.again ?? null;
  if (!spread?.total || again === null) return "";
  return text("again_share", { share: Math.round((again * 100) / spread.total) });
}

/** @param {Division} division */
function tableOf({ name, parts }) {
  const longest = Math.max(1, ...Object.values(parts).map((number) => number ?? 0));
  const rows = Object.entries(parts).map(([word, number]) =>
    el(
      "tr",
      {},
      el("th", { scope: "row", class: "figure__name" }, wordOf(name, word)),
      barCell(number, longest),
      numberCell(number),
    ),
  );
  return figureTable(text(`content_${name}`), ["part", "drawn", "number"].map(said), rows);
}

/** @param {SiteFigure[]} sites */
function sitesTable(sites) {
  const language = document.documentElement.lang === "en" ? "en" : "ko";
  const rows = sites.map(({ name, letters, asked, gone, share }) =>
    el(
      "tr",
      {},
      el("th", { scope: "row", class: "figure__name" }, defang(name[language])),
      numberCell(letters),
      numberCell(asked),
      numberCell(gone),
      numberCell(share, share === null ? "" : " %"),
    ),
  );
  const heads = ["site", "site_letters", "site_asked", "site_gone", "site_share"].map(said);
  const table = figureTable(text("content_platforms"), heads, rows, { seen: true });
  return el("div", { class: "figure__part figure__part--crossed figure__wide" }, table);
}

/** @param {string} key */
function said(key) {
  return text(key);
}

/** @param {string} name @param {string} word */
function wordOf(name, word) {
  return word === NONE || OWN_WORDS.includes(name) ? text(word) : label(name, word);
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
attachReadingTime(session, unlocked);
attachDialog(session);
forgetOnSignOut();
