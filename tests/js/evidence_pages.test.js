/** What goes into an evidence package, and what never does. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBytes } from "../../static/js/crypto/encoding.js";
import { faults } from "../../static/js/crypto/evidence.js";
import { packageJson } from "../../static/js/domain/evidence.js";
import { b64uEncode } from "../../static/js/domain/wire.js";
import { packageOf, partsOf } from "../../static/js/pages/evidence/parts.js";
import { recordsAbout } from "../../static/js/pages/evidence/records.js";
import { fullLetter, madeOrganisation } from "./making.js";

const portalId = randomBytes(16);
const NOTHING = { account: false, offender: false, contact: false, words: false };
const actions = [{ at: "2026-11-22T01:02:03Z", role: "caseworker", action: "opened", detail: "" }];
const [mine, other] = [b64uEncode(randomBytes(16)), b64uEncode(randomBytes(16))];

/** @returns {any} */
function held() {
  const letter = { ...fullLetter(), reply_key: b64uEncode(randomBytes(32)), log_key: b64uEncode(randomBytes(32)) };
  const [item] = letter.items;
  const content = {
    kind: "state",
    text: "canary words to her",
    states: [{ item: item?.id, state: "removed" }],
    items: [],
  };
  const message = { message_id: mine, direction: "to_reporter", received_on: "2026-11-21", by: "login.x", content };
  return {
    letter,
    items: letter.items,
    messages: [message],
    opening: {
      referral_id: mine,
      report_id: letter.report_id,
      kid: other,
      origin_kid: other,
      sealed_by: "browser",
      sealed: b64uEncode(randomBytes(5232)),
      leaf: b64uEncode(randomBytes(32)),
      received_on: "2026-11-20",
      items: [{ item_id: item?.id, state: "removed", state_on: "2026-11-21" }],
    },
  };
}

test("no keys, no names of staff, and closed parts and words only where ticked", () => {
  const whole = held();
  const bare = JSON.stringify(partsOf({ held: whole, actions, records: [], include: NOTHING }));
  assert.ok(!/canary|reply_key|log_key|login\.x/.test(bare));
  assert.match(bare, /"left_out":\["account","offender","contact"\]/);
  assert.match(bare, /"state":"removed","state_on":"2026-11-21"/);
  const more = partsOf({ held: whole, actions, records: [], include: { ...NOTHING, account: true, words: true } });
  assert.equal(more.letter.account.text, "canary account");
  assert.equal(more.messages[0].text, "canary words to her");
});

test("the package that the page makes is one that holds", async () => {
  const { listed, signingSeed } = await madeOrganisation(portalId, "centre", "support_centre");
  const whole = held();
  const parts = partsOf({ held: whole, actions, records: [], include: NOTHING });
  const made = {
    held: whole,
    parts,
    portalId: b64uEncode(portalId),
    organisation: /** @type {any} */ (listed),
    signingSeed,
  };
  const content = packageJson(await packageOf({ ...made, madeAt: "2026-11-22T01:02:03Z", reason: "court" }));
  assert.deepEqual(await faults(content), []);
});

test("of a request about several people only this one's links go, without the words", () => {
  const step = {
    state: "sent",
    on: "2026-11-20",
    by: "login.x",
    day: "2026-11-20",
    channel: "email",
    reason: "canary",
  };
  const link = (/** @type {string} */ referral) => ({ referral, item: mine, url: `https://${referral}.test/` });
  const record = (/** @type {any[]} */ links) => ({
    recordId: mine,
    type: "request",
    state: "sent",
    dueOn: null,
    at: "",
    content: { v: 1, text: "canary text", links, steps: [step] },
  });
  const [shared] = recordsAbout([record([link(mine), link(other)])], mine);
  assert.ok(!/canary|login\.x/.test(JSON.stringify(shared)) && !JSON.stringify(shared).includes(other));
  const [own] = recordsAbout([record([link(mine)])], mine);
  assert.match(JSON.stringify(own), /canary text/);
  assert.ok(!JSON.stringify(own).includes("login.x"));
  assert.deepEqual(recordsAbout([record([link(other)]), { ...record([]), content: null }], mine), []);
});
