import assert from "node:assert/strict";
import { test } from "node:test";
import { NoAnswer, patientPost } from "../../static/js/pages/patient_post.js";

const body = new Uint8Array([123, 125]);

/** @param {(Response | Error)[]} answers */
function line(answers) {
  /** @type {{bodies: unknown[], proofs: unknown[], waits: import("../../static/js/pages/patient_post.js").Wait[]}} */
  const seen = { bodies: [], proofs: [], waits: [] };
  const fetcher = async (/** @type {unknown} */ _address, /** @type {RequestInit} */ options) => {
    seen.bodies.push(options.body);
    seen.proofs.push(new Headers(options.headers).get("Proof-Of-Work"));
    const answer = answers.shift() ?? new TypeError("no line");
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const request = {
    address: "report",
    body,
    onWait: (/** @type {import("../../static/js/pages/patient_post.js").Wait} */ wait) => void seen.waits.push(wait),
    fetcher: /** @type {typeof fetch} */ (fetcher),
    pause: async () => {},
  };
  return { seen, request };
}

const json = (/** @type {number} */ status, /** @type {unknown} */ value, headers = {}) =>
  new Response(JSON.stringify(value), { status, headers: { "Content-Type": "application/json", ...headers } });

test("an answer is given back with its status", async () => {
  const { request } = line([json(201, { received_on: "2026-11-22" })]);
  assert.deepEqual(await patientPost(request), { status: 201, answer: { received_on: "2026-11-22" } });
});

test("a lost line sends the very same bytes again, waiting longer each time", async () => {
  const { seen, request } = line([new TypeError("x"), new TypeError("x"), new TypeError("x"), json(201, {})]);
  assert.equal((await patientPost(request)).status, 201);
  assert.deepEqual(seen.bodies, [body, body, body, body]);
  assert.deepEqual(seen.waits, [
    { reason: "line", seconds: 1 },
    { reason: "line", seconds: 2 },
    { reason: "line", seconds: 4 },
  ]);
});

test("«one moment» waits at least as long as it was asked to, and two minutes at most", async () => {
  const busy = (/** @type {string} */ seconds) => json(429, {}, { "Retry-After": seconds });
  const { seen, request } = line([busy("7"), busy("9000"), json(503, {}), json(201, {})]);
  await patientPost(request);
  assert.deepEqual(seen.waits, [
    { reason: "busy", seconds: 7 },
    { reason: "busy", seconds: 120 },
    { reason: "away", seconds: 4 },
  ]);
});

test("a refusal is an answer: it is not sent again", async () => {
  const { seen, request } = line([
    new Response('{"code":"key_retired"}', { status: 409, headers: { "Content-Type": "application/problem+json" } }),
  ]);
  assert.deepEqual(await patientPost(request), { status: 409, answer: { code: "key_retired" } });
  assert.equal(seen.bodies.length, 1);
});

test("an answer cut off on the way is a lost line", async () => {
  const cut = new Response('{"received', { status: 201, headers: { "Content-Type": "application/json" } });
  const { seen, request } = line([cut, json(201, { received_on: "2026-11-22" })]);
  assert.equal((await patientPost(request)).answer.received_on, "2026-11-22");
  assert.equal(seen.bodies.length, 2);
});

test("it gives up by name in the end, never with a made-up answer", async () => {
  const { request } = line([]);
  await assert.rejects(patientPost(request), NoAnswer);
});

const asked = (/** @type {string} */ nonce) =>
  json(429, { code: "proof_required", retry_after: 50, challenge: { nonce } }, { "Retry-After": "50" });
const prover = async (/** @type {any} */ challenge) => `proof of ${challenge.nonce}`;

test("a proof of work is computed, said, and sent with the very same bytes, at once", async () => {
  const { seen, request } = line([asked("a"), json(201, {})]);
  assert.equal((await patientPost({ ...request, prover })).status, 201);
  assert.deepEqual(seen.bodies, [body, body]);
  assert.deepEqual(seen.proofs, [null, "proof of a"]);
  assert.deepEqual(seen.waits, [{ reason: "proof", seconds: 0 }]);
});

test("a proof goes along again after a lost line, and another one is computed when it counts no more", async () => {
  const { seen, request } = line([asked("a"), new TypeError("x"), asked("b"), json(201, {})]);
  assert.equal((await patientPost({ ...request, prover })).status, 201);
  assert.deepEqual(seen.proofs, [null, "proof of a", "proof of a", "proof of b"]);
});

test("a proof stays good while the portal asks to wait", async () => {
  const { seen, request } = line([asked("a"), json(429, { code: "busy" }, { "Retry-After": "7" }), json(201, {})]);
  await patientPost({ ...request, prover });
  assert.deepEqual(seen.proofs, [null, "proof of a", "proof of a"]);
  assert.deepEqual(seen.waits.slice(1), [{ reason: "busy", seconds: 7 }]);
});

test("where nothing can be computed, waiting as long as it was asked to goes on instead", async () => {
  const { seen, request } = line([asked("a"), json(201, {})]);
  const unable = async () => {
    throw new Error("no PBKDF2 here");
  };
  assert.equal((await patientPost({ ...request, prover: unable })).status, 201);
  assert.deepEqual(seen.proofs, [null, null]);
  assert.deepEqual(seen.waits, [
    { reason: "proof", seconds: 0 },
    { reason: "busy", seconds: 50 },
  ]);
});

test("proofs that are never taken do not make it compute without a pause", async () => {
  const { seen, request } = line([asked("a"), asked("b"), asked("c"), json(201, {})]);
  await patientPost({ ...request, prover });
  assert.deepEqual(
    seen.waits.map(({ reason }) => reason),
    ["proof", "proof", "busy", "proof", "busy"],
  );
});

test("a challenge that is none, or an answer that is no JSON, is a portal that is busy", async () => {
  const broken = new Response("{", { status: 429, headers: { "Content-Type": "application/problem+json" } });
  const { seen, request } = line([broken, json(429, { code: "proof_required" }), json(201, {})]);
  assert.equal((await patientPost({ ...request, prover })).status, 201);
  assert.deepEqual(seen.proofs, [null, null, null]);
});
