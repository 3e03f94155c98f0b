// Passing a letter on: whom the reporter agreed to, which parts go, exactly what will be read there; then sealed and sent.

import { TEXT_MOST } from "../domain/message_content.js";
import { consentAlong, cutLetter, offeredCompartments } from "./onward/letter.js";
import { showPreview } from "./onward/preview.js";
import { receiversOf } from "./onward/receivers.js";
import { makeOnward, sendOnward } from "./onward/sending.js";
import { offer } from "./referral/choice.js";
import { byId, el, pageOf, part } from "./referral/dom.js";
import { NoKey } from "./referral/open_case.js";
import { OpenReferral } from "./referral/open_referral.js";
import { directoryOf } from "./referral/passed_on.js";
import { consentOf } from "./referral/thread.js";
import { attachWriting } from "./referral/writing.js";
import { signInAddress } from "./session/own_path.js";
import { attachDialog } from "./session/passphrase_dialog.js";
import { problemWords } from "./session/problem_words.js";
import { Problem } from "./session/request.js";
import { forgetOnSignOut, Session } from "./session.js";
import { label, text } from "./texts.js";

const { root, referralId } = pageOf();
const { resting = "[]", purposesOf = "{}" } = byId("casework", HTMLElement).dataset;
const session = new Session(root);
const referral = new OpenReferral(session, referralId, () => {});
const form = byId("onward-compose", HTMLFormElement);
const words = byId("onward-words", HTMLTextAreaElement);
/** @type {import("./onward/receivers.js").Receiver[]} */
let receivers = [];

/** @returns {Promise<void>} */
async function start() {
  const again = byId("open-again", HTMLButtonElement);
  again.hidden = true;
  try {
    if (!session.ring) await session.resume();
    if (!session.ring && !(await session.revive("locked"))) throw new Problem(401, { detail: text("still_locked") });
    if (!referral.canOpen) throw new NoKey();
    await referral.open();
    const { opening, letter, passedOn, messages } = referral.case;
    if (!letter) throw new Problem(409, { detail: text("not_a_letter") });
    if (
      ["closed", "withdrawn", "destroyed"].includes(opening.state) ||
      ["offered", "refused"].includes(opening.onward ?? "")
    ) {
      throw new Problem(409, { detail: text("not_now") });
    }
    const { pass_on: passOn } = consentOf(letter.consent, messages);
    const known = { own: session.caseworker.slug, resting: JSON.parse(resting), passOn, passedOn };
    receivers = receiversOf((await directoryOf(session)).values(), known);
    show();
  } catch (error) {
    const ended = error instanceof Problem && error.status === 401 && !session.answer;
    if (ended) location.assign(signInAddress(root, location));
    byId("opening-words", HTMLElement).textContent = whyNot(error);
    again.hidden = error instanceof Problem && error.status === 409;
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

/** @returns {void} */
function show() {
  const { letter, messages } = referral.case;
  const consent = consentOf(letter.consent, messages);
  byId("opening", HTMLElement).hidden = true;
  byId("compose", HTMLElement).hidden = false;
  const list = (/** @type {string} */ name, /** @type {string[]} */ values) =>
    values.map((value) => label(name, value)).join(", ") || text("nothing_yet");
  byId("consent-purposes", HTMLElement).textContent = list("purposes", consent.purposes);
  byId("consent-pass-on", HTMLElement).textContent = list("organisation_kinds", consent.pass_on);
  const open = receivers.filter((one) => one.covered && !one.already);
  byId("receivers", HTMLElement).replaceChildren(...receivers.map(receiverRow));
  byId("receivers-none", HTMLElement).hidden = open.length > 0;
  const minor = ["under_14", "14_to_18"].includes(letter.reporter.age_group);
  byId("minor", HTMLElement).hidden = !(minor && !consent.pass_on.includes("police"));
  byId("onward-urgent", HTMLInputElement).checked = referral.case.opening.urgent;
}

/**
 * @param {import("./onward/receivers.js").Receiver} receiver
 * @returns {HTMLElement}
 */
function receiverRow({ organisation, covered, already }) {
  const { slug, kind, name, fingerprint } = organisation;
  const id = `receiver-${slug}`;
  const why = already
    ? text("already_there")
    : covered
      ? ""
      : text("not_covered", { kind: label("organisation_kinds", kind) });
  const box = el("input", {
    class: "govuk-radios__input",
    type: "radio",
    name: "receiver",
    id,
    value: slug,
    disabled: why !== "",
    autocomplete: "off",
    "aria-describedby": `${id}-hint`,
  });
  box.addEventListener("change", chosen);
  return el(
    "div",
    { class: "govuk-radios__item" },
    box,
    el(
      "label",
      { class: "govuk-label govuk-radios__label", for: id },
      document.documentElement.lang === "en" ? name.en : name.ko,
    ),
    el(
      "div",
      { class: "govuk-hint govuk-radios__hint", id: `${id}-hint` },
      label("organisation_kinds", kind),
      " · ",
      why || text("fingerprint", { digits: fingerprint }),
    ),
  );
}

/** @returns {import("./onward/receivers.js").Receiver|undefined} */
function receiver() {
  const box = /** @type {HTMLInputElement|null} */ (form.querySelector('input[name="receiver"]:checked'));
  return receivers.find((one) => one.organisation.slug === box?.value);
}

/** A receiver was chosen: which closed parts could go, and what goes if nothing more is ticked. @returns {void} */
function chosen() {
  const found = receiver();
  if (!found) return;
  const { letter } = referral.case;
  const names = offeredCompartments(letter, found.organisation.kind);
  byId("compartments", HTMLElement).replaceChildren(...names.map(compartmentRow));
  byId("compartments-part", HTMLElement).hidden = names.length === 0;
  const { name } = found.organisation;
  offer(words, text(`state_words.${letter.lang}.onward.passed_on`, { name: letter.lang === "en" ? name.en : name.ko }));
  byId("chosen", HTMLElement).hidden = false;
  part(form, "send", HTMLButtonElement).disabled = false;
  refresh();
}

/**
 * @param {string} name
 * @returns {HTMLElement}
 */
function compartmentRow(name) {
  const id = `compartment-${name}`;
  const box = el("input", { class: "govuk-checkboxes__input", type: "checkbox", id, value: name, autocomplete: "off" });
  box.addEventListener("change", refresh);
  const words = el("label", { class: "govuk-label govuk-checkboxes__label", for: id }, label("compartments", name));
  return el("div", { class: "govuk-checkboxes__item" }, box, words);
}

/** @returns {import("./onward/letter.js").Cut} */
function cut() {
  const { letter, items, messages } = referral.case;
  const { kind } = /** @type {import("./onward/receivers.js").Receiver} */ (receiver()).organisation;
  const ticked = [...byId("compartments", HTMLElement).querySelectorAll("input:checked")];
  const compartments = ticked.map((box) => /** @type {HTMLInputElement} */ (box).value);
  const consent = consentAlong(consentOf(letter.consent, messages), JSON.parse(purposesOf)[kind] ?? []);
  return cutLetter({ letter, items, consent, kind, compartments });
}

/** @returns {void} */
function refresh() {
  if (receiver()) showPreview({ ...referral.case.letter, items: referral.case.items }, cut());
}

/** @type {import("./onward/sending.js").Chosen|null} */
let sending = null;

const written = attachWriting({
  form,
  words,
  error: byId("onward-words-error", HTMLElement),
  said: byId("onward-said", HTMLElement),
  most: TEXT_MOST,
  needed: false,
  avoid: () => referral.case.letter?.contact?.avoid ?? "",
  make: () => {
    const { organisation } = /** @type {import("./onward/receivers.js").Receiver} */ (receiver());
    const urgent = byId("onward-urgent", HTMLInputElement).checked;
    sending = { slug: organisation.slug, letter: cut().letter, urgent, toReporter: words.value };
    return makeOnward(session, referral.case, sending);
  },
  send: (body) =>
    sendOnward(session, referral.case, /** @type {import("./onward/sending.js").Chosen} */ (sending), body),
  sentText: "onward_sent",
  sent: () => {
    byId("compose", HTMLElement).hidden = true;
    byId("done", HTMLElement).hidden = false;
    byId("done-title", HTMLElement).focus();
  },
});

addEventListener("beforeunload", (event) => {
  if (receiver() && byId("done", HTMLElement).hidden && written.unsent()) event.preventDefault();
});
attachDialog(session);
forgetOnSignOut();
byId("open-again", HTMLButtonElement).addEventListener("click", start);
start();
