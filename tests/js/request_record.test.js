/** What is inside requests and rooms: every step as the table allows it, with what it needs, or nothing is taken. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyStep, missing } from "../../static/js/domain/record_steps.js";
import { FORM, without } from "../../static/js/domain/request_record.js";
import { STEPS } from "../../static/js/domain/request_state.js";
import { FORM as ROOM } from "../../static/js/domain/room_record.js";
import { b64uEncode } from "../../static/js/domain/wire.js";
import { FormatError } from "../../static/js/errors.js";

const REFERRAL = b64uEncode(new Uint8Array(16).fill(1));
const OTHER = b64uEncode(new Uint8Array(16).fill(2));
const ITEM = b64uEncode(new Uint8Array(16).fill(3));
const step = (/** @type {string} */ state, more = {}) => ({ ...emptyStep(state, "2026-11-22", "min-ji"), ...more });
const drafted = step("drafted");
const sent = step("sent", { day: "2026-11-22", channel: "email" });

/** @param {any} changes @returns {any} */
const request = (changes = {}) => ({
  v: 1,
  template: "abuse_mail",
  lang: "ko",
  to: "운영사",
  address: "abuse@example.com",
  links: [
    { referral: REFERRAL, item: ITEM, url: "https://a.example/1" },
    { referral: OTHER, item: ITEM, url: "https://b.example/2" },
  ],
  text: "글",
  identity: false,
  steps: [drafted, sent],
  ...changes,
});

/** @param {any} changes */
const room = (changes = {}) => ({
  v: /** @type {1} */ (1),
  title: "방",
  platform: "",
  invite: "",
  about: "",
  links: [],
  steps: [step("observed")],
  ...changes,
});

test("what is written is read, and nothing else is", () => {
  assert.deepEqual(FORM.parse(FORM.json(request())), request());
  assert.deepEqual(ROOM.parse(ROOM.json(room())), room());
  const refused = [
    { v: 2 },
    { template: "No Such" },
    { lang: "fr" },
    { to: "x".repeat(201) },
    { links: [request().links[0], request().links[0]] },
    { links: [{ referral: "x", item: ITEM, url: "" }] },
    { text: "x".repeat(24_001) },
    { identity: 1 },
    { steps: [] },
    { extra: 1 },
  ];
  for (const changes of refused) assert.throws(() => FORM.json(request(changes)), FormatError, JSON.stringify(changes));
  assert.throws(() => FORM.parse(new TextEncoder().encode(JSON.stringify({ ...request(), steps: "x" }))), FormatError);
  assert.throws(() => ROOM.json(room({ title: "" })), FormatError);
});

test("there is no way around a step or around what it needs", () => {
  const refused = [
    [sent],
    [drafted, step("removed", { day: "2026-11-22" })],
    [drafted, step("sent", { channel: "email" })],
    [drafted, step("sent", { day: "2026-11-22" })],
    [drafted, sent, step("refused", { day: "2026-11-23", reason: "  " })],
    [drafted, sent, step("closed")],
    [drafted, step("closed", { reason: "x" }), sent],
    [drafted, { ...sent, day: "2026-02-30" }],
    [drafted, { ...sent, by: "Min Ji" }],
  ];
  for (const steps of refused) assert.throws(() => FORM.json(request({ steps })), FormatError, JSON.stringify(steps));
  assert.ok(FORM.json(request({ steps: [drafted, sent, step("refused", { day: "2026-11-23", reason: "못 찾음" })] })));
  const noted = step("evidence_noted", { day: "2026-11-22", evidence: "계정 세 개" });
  assert.ok(ROOM.json(room({ steps: [step("observed"), noted] })));
  assert.throws(() => ROOM.json(room({ steps: [step("observed"), { ...noted, evidence: "" }] })), FormatError);
  assert.deepEqual(missing(STEPS.needs("sent", "refused"), { day: "2026-11-23" }), ["reason"]);
});

test("three hundred links and their text fit", () => {
  const id = (/** @type {number} */ at) =>
    b64uEncode(
      new Uint8Array(16)
        .fill(0)
        .with(0, at % 256)
        .with(1, at >> 8),
    );
  const links = Array.from({ length: 300 }, (_, at) => ({
    referral: REFERRAL,
    item: id(at),
    url: `https://host.example/${"p".repeat(40)}/${at}`,
  }));
  const text = links.map(({ url }) => url).join("\n");
  const json = FORM.json(request({ links, text: text.slice(0, 24_000) }));
  assert.ok(json.length < 65_536 - 4, String(json.length));
});

test("after a withdrawal the addresses of that referral and the text go, the steps stay", () => {
  const left = without(request(), new Set([REFERRAL]), "(지움)");
  assert.deepEqual(
    left.links.map(({ url }) => url),
    ["", "https://b.example/2"],
  );
  assert.equal(left.text, "(지움)");
  assert.deepEqual(left.steps, request().steps);
  assert.ok(FORM.json(left));
});
