// A package for the police about one account: who goes in is counted first; making it asks for a reason, and is logged for
// each letter in it.

import { fingerprint } from "../../crypto/key_name.js";
import { listJson } from "../../domain/signed_list.js";
import { b64uDecode, b64uEncode, utf8Decode } from "../../domain/wire.js";
import { byId, el } from "../referral/dom.js";
import { epochFor, NoKey, newestKid } from "../referral/open_case.js";
import { directoryOf } from "../referral/passed_on.js";
import { problemWords } from "../session/problem_words.js";
import { text } from "../texts.js";
import { accountPackage, counted } from "./account_package.js";
import { packageView } from "./package_view.js";

/**
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../matches.js").Group} Group
 * @typedef {import("./account_package.js").Counted} Counted
 */

/** @param {import("../session.js").Session} session */
export function attachPackage(session) {
  /** @type {{account: string, found: Counted}|null} */
  let asked = null;
  /** @type {{name: string, content: string}|null} */
  let made = null;
  const form = byId("package-form", HTMLFormElement);
  const clear = () => {
    made = null;
    hide();
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = byId("package-make", HTMLButtonElement);
    if (button.disabled || !asked) return;
    button.disabled = true;
    say(text("package_making"));
    try {
      made = await make(session, asked.account, asked.found);
      say(text("package_made"));
      byId("package-made", HTMLElement).hidden = false;
      byId("package-made-title", HTMLElement).focus();
    } catch (error) {
      say(error instanceof NoKey ? text("broken") : problemWords(error).detail);
    } finally {
      button.disabled = false;
    }
  });
  byId("package-save", HTMLButtonElement).addEventListener("click", () => made && save(made));
  byId("package-print", HTMLButtonElement).addEventListener("click", () => print());
  return {
    /** @param {Group} group @param {string} account @param {import("./group.js").Group} opened */
    show(group, account, { members }) {
      clear();
      form.hidden = group.kind !== "poster";
      if (!form.hidden) asked = offered(counted(members, group.referrals.length), account);
    },
    clear,
  };
}

/** @param {string} words */
function say(words) {
  byId("package-said", HTMLElement).textContent = words;
}

/** @param {Counted} found @param {string} account @returns {{account: string, found: Counted}|null} null: unnamed */
function offered(found, account) {
  byId("package-make", HTMLButtonElement).disabled = account === "" || found.covered.length === 0;
  say(countedWords(found));
  return account ? { account, found } : null;
}

/** @param {Counted} found @returns {string} how many letters go in, and how many do not and why */
function countedWords({ covered, noConsent, unopened }) {
  const words = [
    text(covered.length > 0 ? "package_covered" : "package_none", { count: covered.length }),
    noConsent > 0 && text("package_left_out", { count: noConsent }),
    unopened > 0 && text("package_not_open", { count: unopened }),
  ];
  return words.filter(Boolean).join(" ");
}

/** @param {import("../session.js").Session} session @param {string} account @param {Counted} found */
async function make(session, account, found) {
  const reason = byId("package-reason", HTMLSelectElement).value;
  const { signingSeed } = epochFor(session, newestKid(session));
  const organisation = (await directoryOf(session, { fresh: true })).get(session.caseworker.slug);
  if (!organisation || !signingSeed) throw new NoKey();
  const referrals = found.covered.map(({ referral }) => referral);
  const { made_at: madeAt } = await session.post("/links/list", { referrals, reason });
  const portalId = b64uEncode(session.portalId);
  const given = { account, counted: found, portalId, madeAt, reason, signingSeed, organisation };
  const whole = await accountPackage(given);
  const digits = await fingerprint(b64uDecode(organisation.chain[0]?.signing_key, "signing_key", 32));
  byId("package-shown", HTMLElement).replaceChildren(...packageView(whole, digits));
  return { name: `account-${madeAt.slice(0, 10)}.json`, content: utf8Decode(listJson(whole)) };
}

function hide() {
  byId("package-made", HTMLElement).hidden = true;
  byId("package-shown", HTMLElement).replaceChildren();
}

/** @param {{name: string, content: string}} file */
function save({ name, content }) {
  const address = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  const link = el("a", { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
