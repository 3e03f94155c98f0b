// Making the list file: which links, what for, noted by the portal before it is there; then saved or printed.

import { defang } from "../referral/defang.js";
import { byId, el } from "../referral/dom.js";
import { pageLanguage } from "../requests/opening.js";
import { problemWords } from "../session/problem_words.js";
import { label, text } from "../texts.js";
import { listCsv, listJson, listOf, sha256Of } from "./list_file.js";
import { codeName } from "./views.js";

/**
 * @typedef {import('./work.js').LinkWork} LinkWork
 * @typedef {import('./link_rows.js').Link} Link
 * @typedef {import('./list_file.js').LinkList} LinkList
 * @typedef {{csv: string, json: string, day: string}} Made
 */

const REFERRALS_MOST = 1_000;

/** @param {string} enumName @param {string} value */
const word = (enumName, value) => (enumName === "decision" ? codeName(value) : label(enumName, value));

/**
 * @param {import('../session.js').Session} session
 * @param {LinkWork} work
 * @param {Set<string>} picked keys of links
 * @param {{ko: string, en: string}} organisation
 * @returns {void}
 */
export function attachFile(session, work, picked, organisation) {
  /** @type {Made|null} */
  let made = null;
  const said = byId("file-said", HTMLElement);
  const button = byId("file-make", HTMLButtonElement);
  byId("file-form", HTMLFormElement).addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    const links = chosenLinks(work, picked);
    const referrals = [...new Set(links.map(({ referral }) => referral))];
    byId("file-made", HTMLElement).hidden = true;
    if (links.length === 0) said.textContent = text("file_nothing");
    else if (referrals.length > REFERRALS_MOST) said.textContent = text("file_too_many", { most: REFERRALS_MOST });
    if (links.length === 0 || referrals.length > REFERRALS_MOST) return;
    button.disabled = true;
    said.textContent = text("file_making");
    try {
      const reason = byId("file-reason", HTMLSelectElement).value;
      const { made_at: madeAt } = await session.post("/links/list", { reason, referrals });
      made = await show(listOf({ links, decisions: work.decisions, organisation, madeAt, reason }), work);
      said.textContent = "";
    } catch (error) {
      said.textContent = problemWords(error).detail;
    } finally {
      button.disabled = false;
    }
  });
  attachSaving(() => made);
}

/** @param {() => Made|null} made */
function attachSaving(made) {
  byId("save-csv", HTMLButtonElement).addEventListener("click", () => {
    const list = made();
    if (list) save(list.csv, "text/csv", "csv", list.day);
  });
  byId("save-json", HTMLButtonElement).addEventListener("click", () => {
    const list = made();
    if (list) save(list.json, "application/json", "json", list.day);
  });
  byId("print-list", HTMLButtonElement).addEventListener("click", () => {
    document.body.classList.add("printing-list");
    print();
    document.body.classList.remove("printing-list");
  });
}

/** @param {LinkWork} work @param {Set<string>} picked @returns {Link[]} */
function chosenLinks(work, picked) {
  const what = byId("file-what", HTMLSelectElement).value;
  if (what === "shown") return work.shown;
  const links = [...work.links.values()];
  return links.filter(({ key }) => (what === "decided" ? work.decisions.has(key) : picked.has(key)));
}

/** @param {LinkList} list @param {LinkWork} work @returns {Promise<Made>} */
async function show(list, work) {
  const json = listJson(list);
  const csv = listCsv(list, pageLanguage(), word);
  const hashes = [
    ["CSV", await sha256Of(csv)],
    ["JSON", await sha256Of(json)],
  ];
  const { waiting } = work.counts();
  const counts = [
    text("file_count", { count: list.counts.links }),
    ...Object.entries(list.counts.states).map(([state, count]) =>
      text("file_count_state", { state: label("item_states", state), count }),
    ),
    ...(waiting > 0 ? [text("file_pending", { count: waiting })] : []),
  ];
  const lines = () => counts.map((words) => el("li", {}, words));
  const sums = () =>
    hashes.flatMap(([name, hash]) => [el("dt", {}, `SHA-256, ${name}`), el("dd", {}, el("code", {}, hash ?? ""))]);
  byId("file-counts", HTMLElement).replaceChildren(...lines());
  byId("file-hashes", HTMLElement).replaceChildren(...sums());
  byId("printed-list", HTMLElement).replaceChildren(
    el("h1", { class: "govuk-heading-m" }, list.organisation[pageLanguage()]),
    el("p", {}, `${text("file_made_at")}: ${list.made_at} · ${label("evidence_reasons", list.reason)}`),
    el("ul", {}, ...lines()),
    paperTable(list),
    el("dl", {}, ...sums()),
  );
  byId("file-made", HTMLElement).hidden = false;
  byId("file-made-title", HTMLElement).focus();
  return { csv, json, day: list.made_at.slice(0, 10) };
}

/** On paper an address leads nowhere either way; on the screen before it, it must not. @param {LinkList} list */
function paperTable({ links }) {
  const head = ["column_number", "column_address", "fact_kind", "fact_age", "column_state", "column_decision"];
  return el(
    "table",
    {},
    el("thead", {}, el("tr", {}, ...head.map((key) => el("th", { scope: "col" }, text(key))))),
    el(
      "tbody",
      {},
      ...links.map((link) =>
        el(
          "tr",
          {},
          el("td", {}, String(link.number)),
          el("td", {}, link.address ? defang(link.address) : link.where),
          el("td", {}, link.kind && label("link_kinds", link.kind)),
          el("td", {}, link.age_group && label("age_groups", link.age_group)),
          el("td", {}, `${label("item_states", link.state)} ${link.state_on}`),
          el("td", {}, [link.decision && codeName(link.decision), link.reason].filter(Boolean).join(": ")),
        ),
      ),
    ),
  );
}

/** @param {string} content @param {string} type @param {string} ending @param {string} day */
function save(content, type, ending, day) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = el("a", { href: address, download: `${text("file_name")}-${day}.${ending}` });
  link.click();
  URL.revokeObjectURL(address);
}
