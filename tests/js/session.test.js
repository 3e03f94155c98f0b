import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { firstRing, newEpoch, nextRing } from "../../static/js/crypto/keyring.js";
import { b64uEncode } from "../../static/js/domain/wire.js";
import { Problem, whenAccessEnds } from "../../static/js/pages/session/request.js";
import { OtherCaseworker, RingRefused, Session, WrongPassphrase } from "../../static/js/pages/session.js";

import { asked, login, members, organisation, passphrase, portalId, serve, sessionAnswer, slug } from "./a_session.js";

const made = await organisation();
beforeEach(() => members.clear());

test("signing in opens the ring, and the passphrase is in nothing that was sent or kept", async () => {
  serve({
    "/api/v1/directory": made.directory,
    "/sign-in": await sessionAnswer(made),
    "/session": await sessionAnswer(made),
  });
  const session = new Session("");
  await session.signIn({ login, passphrase });
  assert.deepEqual(session.ring, made.ring);
  assert.equal(JSON.stringify([...members, ...asked]).includes(passphrase), false);
  assert.equal(JSON.stringify([...members]).includes(String(made.epoch.seed)), false);
  const next = new Session("");
  await next.resume();
  assert.deepEqual(next.ring, made.ring);
});

test("a tab without the key, or with another session's half, resumes locked", async () => {
  const answer = await sessionAnswer(made);
  serve({ "/api/v1/directory": made.directory, "/sign-in": answer, "/session": answer });
  const fresh = new Session("");
  await fresh.resume();
  assert.equal(fresh.ring, null);
  await fresh.unlock(passphrase);
  assert.deepEqual(fresh.ring, made.ring);
  serve({ "/session": { ...answer, session_half: b64uEncode(new Uint8Array(32)) } });
  const later = new Session("");
  await later.resume();
  assert.equal(later.ring, null);
});

test("a wrong passphrase opens nothing", async () => {
  serve({ "/api/v1/directory": made.directory, "/session": await sessionAnswer(made) });
  const session = new Session("");
  await session.resume();
  await assert.rejects(session.unlock("wrong"), WrongPassphrase);
  assert.equal(session.ring, null);
});

test("a ring of another organisation's making, and one older than already seen, are refused", async () => {
  const recoveryKid = new Uint8Array(16);
  const invented = await firstRing({
    portalId,
    slug,
    recoveryKid,
    members: made.ring.members,
    epoch: await newEpoch(),
  });
  serve({ "/api/v1/directory": made.directory, "/sign-in": await sessionAnswer(made, invented) });
  await assert.rejects(new Session("").signIn({ login, passphrase }), RingRefused);
  const second = await nextRing({ portalId, ring: made.ring });
  serve({ "/api/v1/directory": made.directory, "/sign-in": await sessionAnswer(made, second) });
  await new Session("").signIn({ login, passphrase });
  serve({ "/api/v1/directory": made.directory, "/sign-in": await sessionAnswer(made) });
  await assert.rejects(new Session("").signIn({ login, passphrase }), RingRefused);
});

test("who has no copy of the ring signs in without one", async () => {
  const answer = { ...(await sessionAnswer(made)), keyring: null };
  serve({ "/api/v1/directory": made.directory, "/sign-in": answer, "/session": answer });
  const session = new Session("");
  await session.signIn({ login, passphrase });
  await session.resume();
  assert.equal(session.ring, null);
});

test("after the session ended the same bytes are sent again once it lives; without that the problem stands", async () => {
  const statuses = [401, { done: true }];
  serve({ "/session": await sessionAnswer(made), "/referral/x/message": () => statuses.shift() });
  const session = new Session("");
  await session.resume();
  session.revive = async (reason) => reason === "ended";
  assert.deepEqual(await session.post("/referral/x/message", { sealed: "abc" }), { done: true });
  const bodies = asked.filter(({ path }) => path.endsWith("/message")).map(({ body }) => body);
  assert.deepEqual(bodies, ['{"sealed":"abc"}', '{"sealed":"abc"}']);
  serve({ "/referral/x/message": 401 });
  session.revive = async () => false;
  await assert.rejects(session.post("/referral/x/message", {}), Problem);
  assert.equal(asked.length, 1);
});

test("whose access was ended is told at whatever request, asked for nothing, and holds no key any more", async () => {
  const answer = await sessionAnswer(made);
  const session = new Session("");
  let told = 0;
  whenAccessEnds(() => {
    told += 1;
    session.giveUp();
  });
  serve({
    "/api/v1/directory": made.directory,
    "/session": answer,
    "/referral/x/message": { refused: "access_ended" },
  });
  await session.resume();
  await session.unlock(passphrase);
  assert.equal(members.has("onestop.tab"), true);
  session.revive = async () => assert.fail("nobody is to be asked");
  await assert.rejects(session.post("/referral/x/message", {}), Problem);
  assert.deepEqual([told, session.ring, members.has("onestop.tab")], [1, null, false]);
  await assert.rejects(session.unlock(passphrase), Problem);
  await session.adopt(made.ring);
  assert.deepEqual([session.ring, members.has("onestop.tab")], [null, false]);
  serve({ "/session": { refused: "operator_ended" }, "/referral/x/message": 401 });
  await assert.rejects(session.refresh(), Problem);
  assert.equal(told, 2);
  await assert.rejects(session.post("/referral/x/message", {}), Problem);
  assert.equal(told, 2);
  whenAccessEnds(() => {});
});

test("when somebody else signed in in another tab, nothing goes out in their name", async () => {
  const answer = await sessionAnswer(made);
  serve({ "/session": answer });
  const session = new Session("");
  await session.resume();
  serve({ "/session": { ...answer, caseworker: { ...answer.caseworker, login: "other" } }, "/referral/x/claim": 403 });
  await assert.rejects(session.post("/referral/x/claim", { version: 1 }), OtherCaseworker);
  assert.equal(asked.filter(({ path }) => path.endsWith("/claim")).length, 1);
});
