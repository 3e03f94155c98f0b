import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBytes } from "../../static/js/crypto/encoding.js";
import { sealMessage } from "../../static/js/crypto/message.js";
import { sealOwn } from "../../static/js/crypto/own.js";
import { onwardKey, replyKey, stretch, token } from "../../static/js/crypto/receipt.js";
import { openMessage } from "../../static/js/crypto/small_opening.js";
import { emptyItem } from "../../static/js/domain/letter.js";
import { emptyMessage, messageJson, parseMessage } from "../../static/js/domain/message_content.js";
import { ownJson } from "../../static/js/domain/own_record.js";
import { generate } from "../../static/js/domain/receipt_code.js";
import { b64uDecode, b64uEncode } from "../../static/js/domain/wire.js";
import {
  consentInForce,
  dayInKorea,
  familyOf,
  isGapped,
  isLiving,
  lastSeen,
  saidStates,
} from "../../static/js/pages/follow_up/said.js";
import { openVisit, readVisit } from "../../static/js/pages/follow_up/visit.js";
import { addLinks, changeConsent, withdrawFrom, writeBack } from "../../static/js/pages/follow_up/writing.js";

const portalId = new Uint8Array(16).fill(1);
const reportId = new Uint8Array(16).fill(2);
const kids = { centre: new Uint8Array(16).fill(3), police: new Uint8Array(16).fill(4) };
const ids = { centre: b64uEncode(new Uint8Array(16).fill(5)), police: b64uEncode(new Uint8Array(16).fill(6)) };
const item = b64uEncode(new Uint8Array(16).fill(7));
const code = generate();
const stretched = await stretch(code, portalId);
const centreKey = await replyKey(stretched, kids.centre);
const policeKey = await onwardKey(centreKey, b64uDecode(ids.police), kids.police);

/** @param {Partial<import("../../static/js/domain/message_content.js").MessageContent>} said @param {object} [place] */
async function fromCentre(said, place = {}) {
  const messageId = randomBytes(16);
  const start = emptyMessage({ kind: said.kind ?? "text", sentOn: "2026-11-22", after: null });
  const content = messageJson({ ...start, ...said });
  const where = {
    replyKey: centreKey,
    direction: "to_reporter",
    portalId,
    reportId,
    originKid: kids.centre,
    messageId,
  };
  const sealed = b64uEncode(await sealMessage({ ...where, ...place, content }));
  return { message_id: b64uEncode(messageId), direction: "to_reporter", received_on: "2026-11-22", sealed };
}

/** @param {any[]} messages @param {any} [more] */
async function answerWith(messages, more = {}) {
  const organisations = [{ slug: "centre", consent: { purposes: ["deletion"], pass_on: [] } }];
  const own = ownJson({ v: 1, items: [{ id: item, url: "https://a.test/1" }], organisations });
  const sealed = await sealOwn({ stretched, portalId, reportId, content: own });
  const referral = {
    state: "assigned",
    state_on: "2026-11-22",
    received_on: "2026-11-21",
    due_on: "2026-11-24",
    opened_on: null,
    size: 2,
    items: [],
    referred_by: null,
    messages,
  };
  const [centre, police] = [b64uEncode(kids.centre), b64uEncode(kids.police)];
  return {
    report: {
      report_id: b64uEncode(reportId),
      received_on: "2026-11-21",
      state: "received",
      destroy_on: null,
      own: b64uEncode(sealed),
    },
    referrals: [
      {
        ...referral,
        referral_id: ids.police,
        organisation: "police",
        kid: police,
        origin_kid: police,
        referred_by: ids.centre,
        messages: [],
      },
      { ...referral, referral_id: ids.centre, organisation: "centre", kid: centre, origin_kid: centre },
    ],
    ...more,
  };
}

/** @param {any[]} messages @param {any} [more] */
async function visitWith(messages, more) {
  const answer = await answerWith(messages, more);
  return readVisit({ portalId, stretched, token: await token(stretched), answer });
}

/** @param {import("../../static/js/pages/follow_up/visit.js").Visit} visit @param {string} slug */
function threadOf(visit, slug) {
  const thread = visit.threads.find((one) => one.slug === slug);
  assert.ok(thread);
  return thread;
}

test("an unknown code is null, and the code itself is not in what was sent", async () => {
  /** @type {Uint8Array[]} */
  const sent = [];
  const post = async (/** @type {string} */ _address, /** @type {Uint8Array} */ body) => {
    sent.push(body);
    return { status: 404, answer: null };
  };
  assert.equal(await openVisit({ code, portalId, post }), null);
  const [body] = sent.map((bytes) => new TextDecoder().decode(bytes));
  assert.equal(body, JSON.stringify({ token: b64uEncode(await token(stretched)) }));
  assert.ok(!body?.includes(code.slice(0, 8)));
});

test("links, states and words are opened, an onward thread with its own key", async () => {
  const visit = await visitWith([await fromCentre({ text: "안녕하세요" })]);
  assert.equal(threadOf(visit, "centre").messages[0]?.content?.text, "안녕하세요");
  const link = { id: item, url: "https://a.test/1", n: 1, state: "", stateOn: "" };
  assert.deepEqual(threadOf(visit, "centre").links, [link]);
  assert.deepEqual(threadOf(visit, "police").replyKey, policeKey);
  assert.equal(visit.own?.items.length, 1);
  const { receivedOn, dueOn, openedOn, size } = threadOf(visit, "centre");
  assert.deepEqual([receivedOn, dueOn, openedOn, size], ["2026-11-21", "2026-11-24", null, 2]);
});

test("a message that is not from the organisation is shown as one that cannot be opened", async () => {
  const genuine = await fromCentre({ text: "안녕하세요" });
  const swapped = { ...genuine, message_id: b64uEncode(randomBytes(16)) };
  const thrownBack = await fromCentre({ text: "x" }, { direction: "to_organisation" });
  const visit = await visitWith([genuine, swapped, thrownBack]);
  assert.deepEqual(
    threadOf(visit, "centre").messages.map(({ content }) => content?.text ?? null),
    ["안녕하세요", null, null],
  );
});

test("without the own record links are numbered, in the portal's order", async () => {
  const answer = /** @type {any} */ (await answerWith([]));
  answer.report.own = null;
  answer.referrals[1].items = [{ item_id: item, state: "removed", state_on: "2026-11-22" }];
  const visit = await readVisit({ portalId, stretched, token: await token(stretched), answer });
  assert.equal(visit.own, null);
  const link = { id: item, url: null, n: 1, state: "removed", stateOn: "2026-11-22" };
  assert.deepEqual(threadOf(visit, "centre").links, [link]);
});

test("nothing that is dated before the person's own report is shown, should a portal send it", async () => {
  const answer = /** @type {any} */ (await answerWith([]));
  answer.referrals[1].items = [{ item_id: item, state: "removed", state_on: "2026-11-20" }];
  Object.assign(answer.referrals[1], { state: "in_support", state_on: "2026-10-01" });
  const visit = await readVisit({ portalId, stretched, token: await token(stretched), answer });
  const { state, stateOn, links } = threadOf(visit, "centre");
  assert.deepEqual([state, stateOn], ["received", "2026-11-21"]);
  assert.deepEqual(
    links.map((link) => [link.state, link.stateOn]),
    [["reported", "2026-11-21"]],
  );
});

test("addresses that are added have one id in each thread, and go in as many messages as they need", async () => {
  const visit = await visitWith([]);
  const items = Array.from({ length: 300 }, (_, index) => ({
    ...emptyItem(randomBytes(16)),
    url: `https://a.test/${"x".repeat(100)}/${index}`,
  }));
  const letters = await addLinks({ visit, thread: threadOf(visit, "centre"), items });
  assert.ok(letters.length > 1);
  assert.deepEqual(
    letters.flatMap(({ message }) => message.content?.items.map(({ id }) => id) ?? []),
    items.map(({ id }) => id),
  );
  const places = letters.map(({ message }) => [message.content?.kind, message.content?.after]);
  assert.deepEqual(places.at(0), ["items", null]);
  assert.deepEqual(places.at(1), ["items", letters[0]?.message.id]);
  for (const { body } of letters) assert.ok(b64uDecode(JSON.parse(new TextDecoder().decode(body)).sealed).length);
});

test("the consent in force is the last that was said, else the own record's; onward it is unknown", async () => {
  const visit = await visitWith([]);
  const centre = threadOf(visit, "centre");
  assert.deepEqual(consentInForce(centre, visit.own)?.purposes, ["deletion"]);
  const consent = { purposes: [], pass_on: ["police"] };
  const { message } = await changeConsent({ visit, thread: centre, consent });
  centre.messages.push(message);
  assert.deepEqual(consentInForce(centre, visit.own), consent);
  assert.equal(consentInForce(threadOf(visit, "police"), visit.own), null);
  assert.equal(consentInForce({ ...centre, messages: [] }, null), null);
});

test("what is taken back from one is taken back from those that it passed it on to, and from nobody else", async () => {
  const visit = await visitWith([]);
  const slugs = (/** @type {string} */ id) => familyOf(id, visit.threads).map(({ slug }) => slug);
  assert.deepEqual(slugs(ids.centre), ["police", "centre"]);
  assert.deepEqual(slugs(ids.police), ["police"]);
});

test("the organisation's own word on a state is kept apart from the portal's", async () => {
  const states = [
    { item, state: "requested_operator" },
    { item: null, state: "in_support" },
  ];
  const visit = await visitWith([
    await fromCentre({ kind: "state", states }),
    await fromCentre({ kind: "state", states: [{ item, state: "removed" }] }),
  ]);
  assert.deepEqual(
    [...saidStates(threadOf(visit, "centre"))],
    [
      [item, "removed"],
      ["", "in_support"],
    ],
  );
  assert.equal(saidStates(threadOf(visit, "police")).size, 0);
});

test("a message held back leaves a gap that shows", async () => {
  const first = await fromCentre({ text: "하나" });
  const second = await fromCentre({ text: "둘", after: first.message_id });
  assert.equal(isGapped(threadOf(await visitWith([first, second]), "centre")), false);
  assert.equal(isGapped(threadOf(await visitWith([second]), "centre")), true);
});

test("what is written back opens on the other side and names the last message seen", async () => {
  const visit = await visitWith([await fromCentre({ text: "하나" })]);
  const thread = threadOf(visit, "centre");
  const now = Date.UTC(2026, 10, 22, 15, 30);
  const { body, message } = await writeBack({ visit, thread, text: "고맙습니다", now });
  const sent = JSON.parse(new TextDecoder().decode(body));
  assert.deepEqual([sent.token, sent.referral_id], [b64uEncode(visit.keys.token), ids.centre]);
  const opened = parseMessage(
    await openMessage({
      replyKey: centreKey,
      direction: "to_organisation",
      portalId,
      reportId,
      originKid: kids.centre,
      messageId: b64uDecode(sent.message_id),
      sealed: b64uDecode(sent.sealed),
    }),
  );
  assert.deepEqual([opened.text, opened.sent_on, opened.after], ["고맙습니다", "2026-11-23", lastSeen(thread)]);
  assert.deepEqual(message.content, opened);
});

test("a withdrawal says so to each living organisation, in a thread that it can open", async () => {
  const visit = await visitWith([]);
  const gone = {
    ...threadOf(visit, "centre"),
    slug: "gone",
    referralId: b64uEncode(randomBytes(16)),
    state: "destroyed",
  };
  const body = await withdrawFrom({ visit, threads: [...visit.threads, gone], when: "72h" });
  const sent = JSON.parse(new TextDecoder().decode(body));
  assert.equal(sent.when, "72h");
  assert.deepEqual(
    sent.messages.map((/** @type {any} */ one) => one.referral_id),
    [ids.police, ids.centre],
  );
  const [first] = sent.messages;
  const opened = parseMessage(
    await openMessage({
      replyKey: policeKey,
      direction: "to_organisation",
      portalId,
      reportId,
      originKid: kids.police,
      messageId: b64uDecode(first.message_id),
      sealed: b64uDecode(first.sealed),
    }),
  );
  assert.deepEqual([opened.kind, opened.when], ["withdrawal", "72h"]);
});

test("days are Korea's, and a thread lives until it was withdrawn or destroyed", () => {
  assert.equal(dayInKorea(Date.UTC(2026, 10, 22, 14, 59)), "2026-11-22");
  assert.equal(dayInKorea(Date.UTC(2026, 10, 22, 15, 0)), "2026-11-23");
  const thread = /** @type {import("../../static/js/pages/follow_up/visit.js").Thread} */ ({ state: "closed" });
  assert.deepEqual([isLiving(thread), isLiving({ ...thread, state: "withdrawn" })], [true, false]);
});
