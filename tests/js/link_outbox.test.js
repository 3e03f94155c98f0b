import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Outbox } from "../../static/js/pages/links/outbox.js";
import { deliver, failed } from "../../static/js/pages/links/saying.js";
import { LinkWork } from "../../static/js/pages/links/work.js";
import { Offline, Problem } from "../../static/js/pages/session/request.js";
import { aLink, ItemPortal } from "./a_link.js";

const sentence = (/** @type {string} */ key, /** @type {any} */ places = {}) =>
  key.endsWith("named")
    ? `#${places.numbers}`
    : `${key} ${places.links ?? places.numbers ?? ""} ${places.reason ?? ""}`;

/** @param {ReturnType<typeof aLink>[]} links @param {string} [avoid] */
function desk(links, avoid = "") {
  const portal = new ItemPortal(links);
  const letters = new Map(
    [...new Set(links.map(({ referral }) => referral))].map((id) => [id, portal.open(id, avoid)]),
  );
  /** @type {(() => void)[]} */
  const later = [];
  const way = {
    letter: (/** @type {string} */ id) => letters.get(id),
    reopen: async (/** @type {string} */ id) => {
      letters.set(id, portal.open(id, avoid));
      return letters.get(id);
    },
    sentence,
    undone: (/** @type {any} */ one) => work.drop(one),
    unlocked: async () => undefined,
  };
  const outbox = new Outbox({
    deliver: (job) => deliver(/** @type {any} */ (way), job),
    failed: (job, error) => failed(job, error, String),
    changed: () => undefined,
    later: (act) => later.push(act),
  });
  const work = new LinkWork(outbox);
  work.add(links);
  work.show(() => true);
  const stateOf = (/** @type {any} */ link) => portal.items.get(link.key)?.state;
  return { portal, outbox, work, later, stateOf };
}

test("what is decided about one letter goes out as one message, when somebody goes on to another letter", async () => {
  const links = [aLink(1), aLink(2), aLink(3, "B")];
  const { portal, outbox, work, stateOf } = desk(links);
  for (const [at, code] of [
    [0, "removed"],
    [1, "refused"],
  ]) {
    work.look(Number(at));
    work.decide(/** @type {any} */ (work.current), String(code), "because");
  }
  assert.equal(portal.messages.length, 0);
  work.next();
  while (outbox.waiting > 0) await new Promise(setImmediate);
  assert.equal(portal.messages.length, 1);
  assert.match(portal.messages[0] ?? "", /item\.removed #1[\s\S]*item\.refused #2/i);
  assert.deepEqual(links.map(stateOf), ["removed", "refused", "reported"]);
  assert.deepEqual(work.counts(), { decided: 2, saved: 2, waiting: 0, needs: 0 });
});

test("a lost answer doubles nothing; the same is sent until it is answered", async () => {
  const links = [aLink(1)];
  const { portal, outbox, work, stateOf } = desk(links);
  portal.faults = [{ before: new Offline() }, { after: new Offline() }, null];
  work.decide(/** @type {any} */ (links[0]), "blocked");
  await outbox.flush();
  assert.equal(outbox.trouble, "offline");
  assert.equal(outbox.waiting, 1);
  await outbox.resume();
  assert.equal(outbox.trouble, "offline");
  await outbox.resume();
  assert.equal(outbox.trouble, "");
  assert.deepEqual([portal.messages.length, stateOf(links[0]), outbox.waiting], [1, "blocked", 0]);
});

test("an ended session keeps all, in their order", async () => {
  const links = [aLink(1), aLink(2, "B")];
  const { portal, outbox, work } = desk(links);
  portal.faults = [{ before: new Problem(401, {}) }];
  for (const link of links) work.decide(link, "removed");
  await outbox.flush();
  assert.deepEqual([outbox.trouble, outbox.waiting], ["signed_out", 2]);
  await outbox.resume();
  assert.deepEqual(
    portal.messages.map((one) => one[0]),
    ["A", "B"],
  );
});

test("who was quicker is told for each link; what nobody touched goes on, what came to the same is done", async () => {
  const links = [aLink(1), aLink(2), aLink(3)];
  const { portal, outbox, work, stateOf } = desk(links);
  for (const link of links) work.decide(link, "removed");
  portal.moved("A", links[1]?.item ?? "", "blocked");
  portal.moved("A", links[2]?.item ?? "", "removed");
  await outbox.flush();
  assert.deepEqual(links.map(stateOf), ["removed", "blocked", "removed"]);
  assert.deepEqual(
    links.map(({ key }) => work.decisions.get(key)?.status),
    ["saved", "conflict", "saved"],
  );
  assert.deepEqual(
    work.needing.map(({ link, said }) => [link.number, said.who, said.theirs]),
    [[2, "other", "blocked"]],
  );
  work.decide(/** @type {any} */ (links[1]), "removed");
  await outbox.flush();
  assert.deepEqual(links.map(stateOf), ["removed", "removed", "removed"]);
});

test("taken back while it is on its way, and after; what the portal no longer takes back is said", async () => {
  const links = [aLink(1), aLink(2)];
  const { portal, outbox, work, stateOf } = desk(links);
  portal.faults = [{ before: new Offline() }];
  const first = work.decide(/** @type {any} */ (links[0]), "removed");
  await outbox.flush();
  work.undo(first);
  await outbox.resume();
  await outbox.flush();
  assert.deepEqual([stateOf(links[0]), work.past.length, portal.messages.length], ["reported", 0, 2]);
  const second = work.decide(/** @type {any} */ (links[1]), "removed");
  await outbox.flush();
  portal.faults = [{ before: new Problem(409, { code: "undo_over" }) }];
  work.undo(second);
  await outbox.flush();
  assert.deepEqual([second.status, work.needing.length, stateOf(links[1])], ["saved", 1, "removed"]);
});

test("words that a reporter asked not to be used are left to a person; a withdrawn letter is let be", async () => {
  const spared = desk([aLink(1)], "removed");
  spared.work.decide(/** @type {any} */ (spared.work.current), "removed");
  await spared.outbox.flush();
  assert.deepEqual([spared.work.needing[0]?.status, spared.portal.messages.length], ["by_hand", 0]);
  const gone = desk([aLink(1), aLink(2, "B")]);
  gone.portal.faults = [{ before: new Problem(409, { code: "withdrawn" }) }];
  for (const link of gone.work.shown) gone.work.decide(link, "removed");
  await gone.outbox.flush();
  assert.deepEqual(
    gone.work.past.map(({ status }) => status),
    ["gone", "saved"],
  );
});

test("whatever breaks, the portal ends with what stands on the page", async () => {
  const fault = fc.constantFrom(
    null,
    null,
    { before: new Offline() },
    { after: new Offline() },
    { before: new Problem(401, {}) },
    { before: new Problem(503, { code: "busy" }) },
  );
  const act = fc.tuple(fc.nat(5), fc.constantFrom("removed", "blocked", "checked", "undo", "flush"));
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 20 }), fc.array(fault, { maxLength: 10 }), async (acts, faults) => {
      const links = [1, 2, 3, 4, 5, 6].map((number) => aLink(number, number < 4 ? "A" : "B"));
      const { portal, outbox, work, stateOf } = desk(links);
      portal.faults = [...faults];
      for (const [at, name] of acts) {
        const link = /** @type {any} */ (links[at]);
        if (name === "flush") await outbox.flush();
        else if (name === "undo") work.takeBack();
        else if (work.codes(link).some(({ id }) => id === name)) work.decide(link, name);
      }
      await outbox.flush();
      for (let tries = 0; outbox.waiting > 0 && tries < 40; tries += 1) {
        await outbox.resume();
        await outbox.flush();
      }
      assert.equal(outbox.waiting, 0);
      for (const link of links) assert.equal(stateOf(link), link.state);
      for (const { link, status } of work.decisions.values()) assert.ok(status === "saved", `${link.number} ${status}`);
    }),
  );
});
