// Making an evidence package: what it is for, what goes in, then the signed file, and the same to print.

import { fingerprint } from "../crypto/key_name.js";
import { packageJson } from "../domain/evidence.js";
import { FORM as REQUEST } from "../domain/request_record.js";
import { FORM as ROOM } from "../domain/room_record.js";
import { b64uDecode, b64uEncode, utf8Decode } from "../domain/wire.js";
import { packageOf, partsOf } from "./evidence/parts.js";
import { recordsAbout } from "./evidence/records.js";
import { packageView } from "./evidence/view.js";
import { Records } from "./records.js";
import { byId, pageOf } from "./referral/dom.js";
import { epochFor, NoKey, newestKid } from "./referral/open_case.js";
import { OpenReferral } from "./referral/open_referral.js";
import { directoryOf } from "./referral/passed_on.js";
import { signInAddress } from "./session/own_path.js";
import { attachDialog } from "./session/passphrase_dialog.js";
import { problemWords } from "./session/problem_words.js";
import { Problem } from "./session/request.js";
import { forgetOnSignOut, Session } from "./session.js";
import { text } from "./texts.js";

const { root, referralId } = pageOf();
const session = new Session(root);
const referral = new OpenReferral(session, referralId, () => {});
const form = byId("evidence-form", HTMLFormElement);
const submit = byId("evidence-make", HTMLButtonElement);
/** @type {{name: string, content: string}|null} */
let made = null;

/** @returns {Promise<void>} */
async function start() {
  try {
    if (!session.ring) await session.resume();
    if (!session.ring && !(await session.revive("locked"))) throw new Problem(401, { detail: text("still_locked") });
    if (!referral.canOpen) throw new NoKey();
    await referral.open();
    const { letter, raw } = referral.case;
    if (!letter) throw new Problem(409, { detail: raw === null ? text("does_not_open") : text("not_a_letter") });
    for (const name of /** @type {const} */ (["account", "offender", "contact"])) {
      byId(`include-${name}-item`, HTMLElement).hidden = letter[name] === null;
    }
    byId("opening", HTMLElement).hidden = true;
    form.hidden = false;
  } catch (error) {
    const ended = error instanceof Problem && error.status === 401 && !session.answer;
    if (ended) location.assign(signInAddress(root, location));
    byId("opening-words", HTMLElement).textContent = whyNot(error);
  }
}

/**
 * @param {unknown} error
 * @returns {string}
 */
function whyNot(error) {
  if (error instanceof NoKey) return text("no_key");
  if (error instanceof Error && error.name === "FormatError") return text("does_not_open");
  return problemWords(error).detail;
}

/** @param {string} id */
const ticked = (id) => byId(id, HTMLInputElement).checked;

/** Requests and room records that name this referral inside. @returns {Promise<import("./evidence/parts.js").Record[]>} */
async function recordsHere() {
  const records = new Records(session, { request: REQUEST, room: ROOM });
  return recordsAbout([...(await records.list("request")), ...(await records.list("room"))], referralId);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (submit.disabled) return;
  submit.disabled = true;
  byId("evidence-status", HTMLElement).textContent = text("ev_making");
  try {
    await make();
    byId("evidence-status", HTMLElement).textContent = "";
  } catch (error) {
    byId("evidence-status", HTMLElement).textContent = whyNot(error);
  } finally {
    submit.disabled = false;
  }
});

/** @returns {Promise<void>} */
async function make() {
  const reason = byId("evidence-reason", HTMLSelectElement).value;
  const { signingSeed } = epochFor(session, newestKid(session));
  const organisation = (await directoryOf(session, { fresh: true })).get(session.caseworker.slug);
  if (!organisation || !signingSeed) throw new NoKey();
  const records = ticked("include-records") ? await recordsHere() : [];
  const { made_at: madeAt, actions } = await session.post(`${referral.path}/evidence`, { reason });
  const include = {
    account: ticked("include-account"),
    offender: ticked("include-offender"),
    contact: ticked("include-contact"),
    words: ticked("include-words"),
  };
  const parts = partsOf({ held: referral.case, actions, records, include });
  const portalId = b64uEncode(session.portalId);
  const whole = await packageOf({ held: referral.case, parts, portalId, organisation, signingSeed, madeAt, reason });
  const digits = await fingerprint(b64uDecode(organisation.chain[0]?.signing_key, "signing_key", 32));
  made = {
    name: `evidence-${referralId.slice(0, 6)}-${madeAt.slice(0, 10)}.json`,
    content: utf8Decode(packageJson(whole)),
  };
  byId("evidence-shown", HTMLElement).replaceChildren(...packageView(whole, digits));
  byId("evidence-made", HTMLElement).hidden = false;
  byId("evidence-made-title", HTMLElement).focus();
}

byId("evidence-save", HTMLButtonElement).addEventListener("click", () => {
  if (!made) return;
  const address = URL.createObjectURL(new Blob([made.content], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = made.name;
  link.click();
  URL.revokeObjectURL(address);
});
byId("evidence-print", HTMLButtonElement).addEventListener("click", () => print());
attachDialog(session);
forgetOnSignOut();
start();
