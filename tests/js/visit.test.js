import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBytes } from "../../static/js/crypto/encoding.js";
import { token } from "../../static/js/crypto/receipt.js";
import { b64uEncode } from "../../static/js/domain/wire.js";
import { dayInKorea, isGapped, isLiving, isOpen, saidStates } from "../../static/js/pages/follow_up/said.js";
import { openVisit, readVisit } from "../../static/js/pages/follow_up/visit.js";
import {
  answerWith,
  code,
  fromCentre,
  item,
  kids,
  policeKey,
  portalId,
  stretched,
  threadOf,
  visitWith,
} from "./a_visit.js";

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

test("in a thread whose keys were lost nothing is written, and it can still be taken back", async () => {
  const lostOn = (/** @type {string} */ slug, /** @type {string} */ kid) =>
    slug === "centre" && kid === b64uEncode(kids.centre) ? "2026-11-23" : null;
  const visit = await readVisit({
    portalId,
    stretched,
    token: await token(stretched),
    answer: await answerWith([]),
    lostOn,
  });
  const [centre, police] = [threadOf(visit, "centre"), threadOf(visit, "police")];
  assert.deepEqual([centre.lostOn, isOpen(centre), isLiving(centre)], ["2026-11-23", false, true]);
  assert.deepEqual([police.lostOn, isOpen(police)], [null, true]);
});

test("days are Korea's, and a thread lives until it was withdrawn or destroyed", () => {
  assert.equal(dayInKorea(Date.UTC(2026, 10, 22, 14, 59)), "2026-11-22");
  assert.equal(dayInKorea(Date.UTC(2026, 10, 22, 15, 0)), "2026-11-23");
  const thread = /** @type {import("../../static/js/pages/follow_up/visit.js").Thread} */ ({ state: "closed" });
  assert.deepEqual([isLiving(thread), isLiving({ ...thread, state: "withdrawn" })], [true, false]);
});
