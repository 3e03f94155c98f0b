// How long one has read letters: one's own time to oneself, and to a lead the sum of a whole team. Nobody sees another's.

import { ofTeam, READING, weeksIn } from "../../domain/reading_record.js";
import { FORM } from "../queue/view_content.js";
import { Records } from "../records.js";
import { byId, el } from "../referral/dom.js";
import { ownReading } from "../referral/reading_kept.js";
import { problemWords } from "../session/problem_words.js";
import { text } from "../texts.js";
import { barCell, figureTable, numberCell } from "./drawing.js";

/** @typedef {import("../../domain/reading_record.js").Weeks} Weeks */

const SHOWN = 8;
const HOUR = 3600;

/**
 * @param {import("../session.js").Session} session
 * @param {() => Promise<boolean>} unlocked
 * @returns {void}
 */
export function attachReadingTime(session, unlocked) {
  const button = document.getElementById("reading-show");
  if (!(button instanceof HTMLButtonElement)) return;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      if (await unlocked()) await show(session);
    } catch (error) {
      byId("reading-said", HTMLElement).textContent = problemWords(error).detail;
    } finally {
      button.disabled = false;
    }
  });
}

/** @param {import("../session.js").Session} session */
async function show(session) {
  const views = await new Records(session, { view: FORM }).list("view");
  const own = weeksIn(ownReading(views, session.caseworker.login)?.content?.query ?? "");
  const tables = own.size > 0 ? [ownTable(own)] : [];
  if (session.caseworker.role === "lead") {
    const people = views.filter(({ content }) => content?.query.startsWith(READING));
    tables.push(teamTable(people.map(({ content }) => weeksIn(content?.query ?? ""))));
  }
  byId("reading-parts", HTMLElement).replaceChildren(...tables);
  byId("reading-said", HTMLElement).textContent = own.size > 0 ? "" : text("reading_none");
}

/** @param {Weeks} weeks */
function ownTable(weeks) {
  const rows = [...weeks].sort(([a], [b]) => (a < b ? 1 : -1)).slice(0, SHOWN);
  const hours = rows.map(([week, seconds]) => ({ week, hours: Math.round((seconds / HOUR) * 10) / 10 }));
  return table(text("reading_own"), hours);
}

/** @param {Weeks[]} people */
function teamTable(people) {
  return table(text("reading_team"), ofTeam(people).slice(0, SHOWN));
}

/** @param {string} words @param {{week: string, hours: number|null}[]} rows */
function table(words, rows) {
  const longest = Math.max(1, ...rows.map(({ hours }) => hours ?? 0));
  const lines = rows.map(({ week, hours }) =>
    el(
      "tr",
      {},
      el("th", { scope: "row", class: "figure__name" }, el("time", { datetime: week }, week)),
      barCell(hours, longest),
      numberCell(hours),
    ),
  );
  return figureTable(words, [text("reading_week"), text("drawn"), text("reading_hours")], lines);
}
