/** The addresses of one organisation: covered, with where each stands, what was said of it, and what comes next. */

import { dayWords } from "../day_words.js";
import { make } from "../element.js";
import { text } from "../texts.js";
import { linkEvents } from "./events.js";
import { maskedAddress } from "./masked.js";
import { linkOutlook, outlookWords } from "./outlook_words.js";

/**
 * @typedef {import("./visit.js").Thread} Thread
 * @typedef {import("./links.js").Link} Link
 */

/**
 * @param {Thread} thread
 * @param {Link} link
 * @param {string | undefined} said the organisation's own last word on it
 * @returns {HTMLElement}
 */
export function linkRow(thread, link, said) {
  const row = make("li", "thread__link");
  row.append(maskedAddress(link));
  row.append(make("strong", "govuk-tag", link.state ? text(`item_news.${link.state}`) : text("not_opened_yet")));
  if (link.state) row.append(make("span", "govuk-hint thread__source", sourceOf(link.state, link.stateOn, said)));
  if (said && said !== link.state) {
    row.append(make("span", "thread__differs", text("organisation_says", { words: text(`item_news.${said}`) })));
  }
  const before = linkEvents(thread, link).slice(0, -1);
  if (before.length > 0) {
    const list = make("ol", "govuk-list timeline");
    list.append(
      ...before.map(({ on, state, source }) =>
        make("li", "", `${dayWords(on)} · ${text(`item_news.${state}`)} (${text(`source_${source}`)})`),
      ),
    );
    row.append(list);
  }
  return row;
}

/**
 * What the states that stand here mean, each once: what comes next, by when, or that it takes longer.
 * @param {Link[]} links
 * @param {string} today
 * @param {string | null} pausedOn since when the organisation says that the review commission is not to be had
 * @returns {HTMLElement[]}
 */
export function meanings(links, today, pausedOn) {
  const states = [...new Set(links.map(({ state }) => state).filter((state) => state !== ""))];
  return states.map((state) => {
    const these = links.filter((link) => link.state === state);
    // The one that waits longest: what is usual is over for it first.
    const oldest = these.reduce((one, other) => (other.stateOn < one.stateOn ? other : one));
    const { next, outlook } = linkOutlook(oldest, today, pausedOn);
    const part = make("div", "thread__meaning");
    part.append(
      make("p", "govuk-body-s", text("links_next", { words: text(`item_news.${state}`), n: these.length, next })),
    );
    const when = outlookWords(outlook);
    if (when) part.append(make("p", outlook.late ? "govuk-body-s thread__late" : "govuk-body-s", when));
    return part;
  });
}

/**
 * Who says so: the organisation itself, in words that only it could seal, or the portal alone.
 * @param {string} state as the portal has it
 * @param {string} on
 * @param {string | undefined} said as the organisation last said it
 */
export function sourceOf(state, on, said) {
  return text(said === state ? "said_by_organisation" : "said_by_portal", { on: dayWords(on) });
}
