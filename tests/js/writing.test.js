import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBytes } from "../../static/js/crypto/encoding.js";
import { openMessage } from "../../static/js/crypto/small_opening.js";
import { emptyItem } from "../../static/js/domain/letter.js";
import { parseMessage } from "../../static/js/domain/message_content.js";
import { b64uDecode, b64uEncode } from "../../static/js/domain/wire.js";
import { consentInForce, familyOf, lastSeen } from "../../static/js/pages/follow_up/said.js";
import { addLinks, changeConsent, withdrawFrom, writeBack } from "../../static/js/pages/follow_up/writing.js";
import { centreKey, fromCentre, ids, kids, policeKey, portalId, reportId, threadOf, visitWith } from "./a_visit.js";

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
