import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { PARAMETER_SETS, root, wrapKey } from "../../static/js/crypto/caseworker_key.js";
import { unwrapSeed } from "../../static/js/crypto/opening.js";
import { b64uDecode, b64uEncode } from "../../static/js/domain/wire.js";
import { typed } from "../../static/js/pages/session/second_step.js";
import { Session } from "../../static/js/pages/session.js";

import { asked, login, members, organisation, passphrase, portalId, serve, sessionAnswer, slug } from "./a_session.js";

const made = await organisation();
beforeEach(() => members.clear());

const second = { pending: b64uEncode(new Uint8Array(32)), factors: ["totp", "code"], elsewhere: [], passkey: null };

test("the second step is asked for until it is right, and what was given goes out as it is", async () => {
  const right = await sessionAnswer(made);
  const statuses = [401, right];
  serve({ "/api/v1/directory": made.directory, "/sign-in": second, "/sign-in/second": () => statuses.shift() });
  const session = new Session("");
  /** @type {unknown[]} */
  const problems = [];
  session.askSecond = async (_pending, problem) => {
    problems.push(problem);
    return { factor: "totp", code: "123456" };
  };
  await session.signIn({ login, passphrase });
  assert.equal(problems.length, 2);
  assert.equal(problems[0], null);
  assert.deepEqual(session.ring, made.ring);
  const bodies = asked.filter(({ path }) => path === "/sign-in/second").map(({ body }) => JSON.parse(body));
  assert.deepEqual(bodies[1], { pending: second.pending, code: "123456", assertion: null, factor: "totp" });
});

test("who goes back from the second step has signed in nowhere", async () => {
  serve({ "/api/v1/directory": made.directory, "/sign-in": second });
  const session = new Session("");
  await assert.rejects(session.signIn({ login, passphrase }), { name: "GivenUp" });
  assert.equal(session.answer, null);
  assert.equal(members.size, 0);
});

test("what asks for a fresh proof asks in place and is sent again", async () => {
  const statuses = [403, { done: true }];
  serve({ "/session": await sessionAnswer(made), "/account/codes": () => statuses.shift() });
  const session = new Session("");
  await session.resume();
  const inner = globalThis.fetch;
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ path, /** @type {any} */ parts) => {
      const answer = await inner(path, parts);
      if (answer.status !== 403) return answer;
      return new Response(JSON.stringify({ code: "confirm_first" }), { status: 403 });
    }
  );
  /** @type {string[]} */
  const reasons = [];
  session.revive = async (reason) => {
    reasons.push(reason);
    return true;
  };
  assert.deepEqual(await session.post("/account/codes", {}), { done: true });
  assert.deepEqual(reasons, ["confirm"]);
});

test("a passphrase stretched with an older set is stretched anew, and the same seed wrapped under it", async () => {
  const weaker = { memory: 8, passes: 1, lanes: 1 };
  const strong = PARAMETER_SETS.get(1);
  if (!strong) throw new Error("no set");
  PARAMETER_SETS.set(1, weaker).set(2, { ...weaker, passes: 2 });
  try {
    const old = await organisation();
    const answer = { ...(await sessionAnswer(old)), parameter_set: 1 };
    let tries = 0;
    serve({
      "/api/v1/directory": old.directory,
      "/sign-in": () => {
        tries += 1;
        return tries === 1 ? 401 : answer;
      },
      "/session": answer,
      "/passphrase": {},
    });
    const refusing = globalThis.fetch;
    globalThis.fetch = /** @type {any} */ (
      async (/** @type {string} */ path, /** @type {any} */ parts) => {
        const got = await refusing(path, parts);
        return got.status === 401 ? new Response('{"code":"sign_in_refused"}', { status: 401 }) : got;
      }
    );
    const session = new Session("");
    await session.signIn({ login, passphrase });
    const sets = asked.filter(({ path }) => path === "/sign-in").map(({ body }) => JSON.parse(body).parameter_set);
    assert.deepEqual(sets, [2, 1]);
    const sent = JSON.parse(asked.find(({ path }) => path === "/passphrase")?.body ?? "{}");
    assert.equal(sent.parameter_set, 2);
    const key = await wrapKey(await root({ passphrase, portalId, login, parameterSet: 2 }));
    const wrapped = b64uDecode(sent.wrapped_seed);
    const seed = await unwrapSeed({ wrapKey: key, wrapped, portalId, slug, kid: old.person.kid });
    assert.deepEqual(seed, old.person.seed);
  } finally {
    PARAMETER_SETS.set(1, strong).delete(2);
  }
});

test("a set that the code does not know is not used, whatever the portal says", async () => {
  serve({ "/api/v1/directory": made.directory, "/session": { ...(await sessionAnswer(made)), parameter_set: 0 } });
  const session = new Session("");
  await session.resume();
  await assert.rejects(session.unlock(passphrase), { name: "FormatError" });
  await assert.rejects(session.confirm(passphrase), { name: "FormatError" });
  assert.equal(
    asked.some(({ path }) => path === "/confirm"),
    false,
  );
});

test("wiping leaves nothing of the keys", async () => {
  serve({ "/api/v1/directory": made.directory, "/sign-in": await sessionAnswer(made) });
  const session = new Session("");
  await session.signIn({ login, passphrase });
  const seed = await session.ownSeed();
  assert.ok(seed);
  let told = 0;
  session.whenWiped.push(() => {
    told += 1;
  });
  session.wipe();
  assert.equal(told, 1);
  assert.equal(session.ring, null);
  assert.ok(seed.every((byte) => byte === 0));
  assert.equal(await session.ownSeed(), null);
  assert.equal(
    [...members.keys()].some((key) => key.endsWith(".tab")),
    false,
  );
});

test("a typed code is told by its digits", () => {
  assert.deepEqual(typed("123 456"), { factor: "totp", code: "123456" });
  assert.deepEqual(typed("１２３４５６"), { factor: "totp", code: "123456" });
  assert.deepEqual(typed("1234 5678 9012-3456 7890"), { factor: "code", code: "12345678901234567890" });
  for (const wrong of ["", "12345", "1234567", "abcdef"]) assert.equal(typed(wrong), null);
});
