/** Passing a letter on, from the referrer's page to the receiver's: what goes, who signed it, and what comes back. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBytes, sha256 } from "../../static/js/crypto/encoding.js";
import { sealLetter } from "../../static/js/crypto/envelope.js";
import { signEntry } from "../../static/js/crypto/epoch_chain.js";
import { fingerprint } from "../../static/js/crypto/key_name.js";
import { epochOf, firstRing, newEpoch, nextRing } from "../../static/js/crypto/keyring.js";
import { sealAnswer } from "../../static/js/crypto/onward.js";
import { onwardKey } from "../../static/js/crypto/receipt.js";
import { fromSeed } from "../../static/js/crypto/recipient_key.js";
import { reseal } from "../../static/js/crypto/resealing.js";
import { emptyItem, letterJson } from "../../static/js/domain/letter.js";
import { answerJson } from "../../static/js/domain/onward_answer.js";
import { b64uDecode, b64uEncode } from "../../static/js/domain/wire.js";
import { consentAlong, cutLetter, offeredCompartments } from "../../static/js/pages/onward/letter.js";
import { receiversOf } from "../../static/js/pages/onward/receivers.js";
import { makeOnward, sendOnward } from "../../static/js/pages/onward/sending.js";
import { openCase } from "../../static/js/pages/referral/open_case.js";
import { Problem } from "../../static/js/pages/session/request.js";
import { fullLetter } from "./making.js";

const portalId = randomBytes(16);
const CONSENT = { purposes: ["counselling", "police"], pass_on: ["police"] };

/** An organisation with its ring, as somebody signed in there holds it. @param {string} slug @param {string} kind */
async function founded(slug, kind) {
  const members = [{ kid: b64uEncode(randomBytes(16)), role: "lead" }];
  const ring = await firstRing({ portalId, slug, recoveryKid: randomBytes(16), members, epoch: await newEpoch() });
  return {
    slug,
    kind,
    ring,
    session: /** @type {any} */ ({ root: "", portalId, ring, caseworker: { slug, login: "x" } }),
  };
}

/** @param {Awaited<ReturnType<typeof founded>>} whose */
async function listed({ slug, kind, ring }) {
  const chain = [];
  for (const [index, { kid, signing_key }] of ring.epochs.entries()) {
    const { signingSeed } = epochOf(ring, ring.epochs[Math.max(0, index - 1)]?.kid ?? "");
    const signingKey = b64uDecode(signing_key);
    const place = { portalId, slug, index, signingKey, kid: b64uDecode(kid) };
    chain.push(await signEntry({ ...place, signerSeed: /** @type {any} */ (signingSeed) }));
  }
  const newest = epochOf(ring, ring.epochs.at(-1)?.kid ?? "");
  const { publicKey } = await fromSeed(/** @type {any} */ (newest.seed));
  return {
    slug,
    kind,
    name: { ko: `기관 ${slug}`, en: `The ${slug}` },
    region: "seoul",
    kid: b64uEncode(newest.kid),
    public_key: b64uEncode(publicKey),
    signing_key: chain.at(-1)?.signing_key,
    fingerprint: await fingerprint(b64uDecode(chain[0]?.signing_key)),
    chain,
    earlier: [],
  };
}

/** The portal's directory, for whoever asks next. @param {...Awaited<ReturnType<typeof founded>>} whose */
async function directoryIs(...whose) {
  const organisations = await Promise.all(whose.map(listed));
  const content = { v: 1, portal_id: b64uEncode(portalId), organisations };
  globalThis.fetch = async () => new Response(JSON.stringify(content), { status: 200 });
}

/** A letter as the centre holds it, opened. @param {Awaited<ReturnType<typeof founded>>} centre */
async function heldBy({ ring, session }) {
  const { kid, seed } = epochOf(ring, ring.epochs[0]?.kid ?? "");
  const keys = { reply_key: b64uEncode(randomBytes(32)), log_key: b64uEncode(randomBytes(32)) };
  const letter = { ...fullLetter(), ...keys, consent: CONSENT };
  const { publicKey } = await fromSeed(/** @type {any} */ (seed));
  const reportId = b64uDecode(letter.report_id);
  const place = { publicKey, portalId, reportId, kid, sealedBy: "browser" };
  const sealed = await sealLetter({ ...place, letter: letterJson(letter), bucket: 16384 });
  return openCase(session, await openingOf(letter.report_id, b64uEncode(kid), sealed));
}

/** @param {string} reportId @param {string} kid @param {Uint8Array} sealed @param {object} [more] */
async function openingOf(reportId, kid, sealed, more = {}) {
  return /** @type {any} */ ({
    referral_id: b64uEncode(randomBytes(16)),
    report_id: reportId,
    kid,
    origin_kid: kid,
    sealed_by: "browser",
    sealed: b64uEncode(sealed),
    sealed_hash: b64uEncode(await sha256(sealed)),
    leaf: b64uEncode(randomBytes(32)),
    state: "assigned",
    items: [],
    messages: [],
    records: [],
    history: [],
    ...more,
  });
}

/** What the receiver is handed of a body that was sent. @param {any} body @param {string} reportId */
function handed({ referral_id, kid, sealed, leaf }, reportId) {
  const more = { referral_id, leaf, referrer: "centre", onward: "offered", sealed_by: "organisation" };
  return openingOf(reportId, kid, b64uDecode(sealed), more);
}

/** @param {any} held @param {string[]} compartments */
function cutFor(held, compartments) {
  const { letter, items } = held;
  return cutLetter({ letter, items, consent: consentAlong(CONSENT, ["police"]), kind: "police", compartments }).letter;
}

test("what was chosen arrives signed, under keys of its own, and holds after the receiver changed keys", async () => {
  const [centre, police] = [await founded("centre", "support_centre"), await founded("police", "police")];
  await directoryIs(centre, police);
  const held = await heldBy(centre);
  const chosen = { slug: "police", letter: cutFor(held, ["account"]), urgent: true, toReporter: "연계했습니다." };
  const body = await makeOnward(centre.session, held, chosen);
  assert.equal(body.sealed.length, held.opening.sealed.length);
  assert.ok(body.message);
  const opening = await handed(body, held.letter.report_id);
  const read = await openCase(police.session, opening);
  assert.deepEqual([read.referrer?.signature, read.referrer?.name.en, read.leaf], ["current", "The centre", "matches"]);
  assert.deepEqual([read.letter.account, read.letter.offender], [held.letter.account, null]);
  assert.deepEqual(read.letter.consent, { purposes: ["police"], pass_on: [] });
  const derived = await onwardKey(
    b64uDecode(held.letter.reply_key),
    b64uDecode(body.referral_id),
    b64uDecode(body.kid),
  );
  assert.equal(read.letter.reply_key, b64uEncode(derived));

  const ring = await nextRing({ portalId, ring: police.ring, epoch: await newEpoch(), retiredOn: "2026-11-22" });
  const toKid = ring.epochs.at(-1)?.kid ?? "";
  const made = await reseal({ ring, portalId, slug: "police", toKid }, { ...opening, summary: null });
  const moved = { ...opening, kid: toKid, sealed: made.sealed };
  const again = await openCase({ ...police.session, ring }, moved);
  assert.deepEqual([again.letter, again.referrer?.signature, again.leaf], [read.letter, "current", "unchecked"]);
});

test("a letter that the referrer did not sign is opened, and said to be so; one by an earlier key holds", async () => {
  const [centre, police] = [await founded("centre", "support_centre"), await founded("police", "police")];
  await directoryIs(centre, police);
  const held = await heldBy(centre);
  const chosen = { slug: "police", letter: cutFor(held, []), urgent: false, toReporter: "" };
  const opening = await handed(await makeOnward(centre.session, held, chosen), held.letter.report_id);
  const signatureOf = async () => (await openCase({ ...police.session }, opening)).referrer?.signature;
  const later = await nextRing({ portalId, ring: centre.ring, epoch: await newEpoch(), retiredOn: "2026-11-22" });
  await directoryIs({ ...centre, ring: later }, police);
  assert.equal(await signatureOf(), "earlier");
  await directoryIs(await founded("centre", "support_centre"), police);
  assert.equal(await signatureOf(), "wrong");
  await directoryIs(police);
  assert.equal(await signatureOf(), "unchecked");
});

test("where the receiver has other keys by now, the same letter is sealed to those of the directory", async () => {
  const [centre, police] = [await founded("centre", "support_centre"), await founded("police", "police")];
  await directoryIs(centre, police);
  const held = await heldBy(centre);
  const chosen = { slug: "police", letter: cutFor(held, []), urgent: false, toReporter: "" };
  const body = await makeOnward(centre.session, held, chosen);
  const ring = await nextRing({ portalId, ring: police.ring, epoch: await newEpoch(), retiredOn: "2026-11-22" });
  await directoryIs(centre, { ...police, ring });
  /** @type {any[]} */
  const sent = [];
  centre.session.post = async (/** @type {string} */ _path, /** @type {any} */ content) => {
    sent.push(content);
    if (sent.length === 1) throw new Problem(409, { code: "key_retired" });
  };
  await sendOnward(centre.session, held, chosen, body);
  assert.deepEqual([sent.length, sent[1].referral_id, sent[1].kid], [2, body.referral_id, ring.epochs[1]?.kid]);
  const read = await openCase({ ...police.session, ring }, await handed(sent[1], held.letter.report_id));
  assert.equal(read.referrer?.signature, "current");
});

test("the receiver's answer is read with its reason; one that says other than the portal is not believed", async () => {
  const [centre, police] = [await founded("centre", "support_centre"), await founded("police", "police")];
  await directoryIs(centre, police);
  const held = await heldBy(centre);
  const [referralId, originKid] = [randomBytes(16), randomBytes(16)];
  const { signingSeed } = epochOf(police.ring, police.ring.epochs[0]?.kid ?? "");
  const sealed = await sealAnswer({
    replyKey: await onwardKey(b64uDecode(held.letter.reply_key), referralId, originKid),
    portalId,
    reportId: b64uDecode(held.letter.report_id),
    originKid,
    referralId,
    receiver: "police",
    signingSeed: /** @type {any} */ (signingSeed),
    answer: answerJson({ v: 1, answer: "refused", text: "관할이 아닙니다." }),
  });
  const standing = { referral_id: b64uEncode(referralId), organisation: "police", origin_kid: b64uEncode(originKid) };
  const readAs = async (/** @type {string} */ state) => {
    const passed_on = [
      { ...standing, urgent: false, sent_on: "", state, answered_on: null, answer: b64uEncode(sealed) },
    ];
    const [one] = (await openCase(centre.session, { ...held.opening, passed_on })).passedOn;
    return [one?.said, one?.signature];
  };
  assert.deepEqual(await readAs("refused"), ["관할이 아닙니다.", "current"]);
  assert.deepEqual(await readAs("accepted"), ["관할이 아닙니다.", "wrong"]);
});

test("a commission gets no closed parts; what does not fit stays, and is counted", () => {
  const letter = fullLetter();
  assert.deepEqual(offeredCompartments(letter, "commission"), []);
  assert.deepEqual(offeredCompartments({ ...letter, contact: null }, "police"), ["account", "offender"]);
  const parts = { letter, items: letter.items, consent: CONSENT, kind: "commission", compartments: ["account"] };
  assert.deepEqual(cutLetter(parts).letter.harm, []);
  assert.equal(cutLetter(parts).letter.account, null);
  const long = (/** @type {number} */ n) => ({
    ...emptyItem(randomBytes(16)),
    url: `https://x.test/${n}/${"a".repeat(2000)}`,
  });
  const many = Array.from({ length: 300 }, (_, n) => long(n));
  const { letter: cut, left } = cutLetter({ ...parts, items: many });
  assert.ok(left > 0 && cut.items.length + left === 300);
  assert.ok(letterJson(cut).length + 65 <= 262_144);
});

test("only who takes letters is offered; who was agreed to comes first, who has it already is not chosen again", () => {
  const of = (/** @type {string} */ slug, /** @type {string} */ kind) => /** @type {any} */ ({ slug, kind });
  const all = [
    of("a", "monitor"),
    of("b", "commission"),
    of("c", "police"),
    of("d", "police"),
    of("me", "police"),
    of("off", "police"),
  ];
  const passedOn = [
    { organisation: "c", state: "accepted" },
    { organisation: "d", state: "refused" },
  ];
  const found = receiversOf(all, { own: "me", resting: ["off"], passOn: ["police", "commission"], passedOn });
  assert.deepEqual(
    found.map(({ organisation, covered, already }) => [organisation.slug, covered, already]),
    [
      ["d", true, false],
      ["b", true, false],
      ["a", false, false],
      ["c", true, true],
    ],
  );
});
