import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { needs, transitions } from "../../static/js/domain/item_state.js";
import { ITEM_STATES } from "../../static/js/domain/vocabulary.js";
import { CODES, codeOf, codesFrom } from "../../static/js/pages/links/codes.js";
import { filterOf, linksOf } from "../../static/js/pages/links/link_rows.js";
import { LinkWork, NotDecided } from "../../static/js/pages/links/work.js";
import { aLink, NotingPost } from "./a_link.js";
import { fullLetter } from "./making.js";

/** @param {number} count */
function desk(count, referral = "A") {
  const post = new NotingPost();
  const work = new LinkWork(post);
  work.add(Array.from({ length: count }, (_, at) => aLink(at + 1, referral)));
  work.show(() => true);
  return { post, work };
}
const here = (/** @type {LinkWork} */ work) =>
  /** @type {import('../../static/js/pages/links/link_rows.js').Link} */ (work.current);

test("every key is one decision, and every state leads on by keys", () => {
  assert.equal(new Set(CODES.map(({ key }) => key)).size, CODES.length);
  assert.equal(new Set(CODES.flatMap(({ name }) => [name.ko, name.en])).size, 2 * CODES.length);
  for (const state of ITEM_STATES) assert.ok(codesFrom(state).length > 0, state);
});

test("deciding goes on to the next without a decision, from the start again, and says when there is none", () => {
  const { work } = desk(3);
  work.look(1);
  work.decide(here(work), "removed");
  assert.equal(work.next(), true);
  assert.equal(here(work).number, 3);
  work.decide(here(work), "blocked");
  assert.equal(work.next(), true);
  assert.equal(here(work).number, 1);
  work.decide(here(work), "blocked");
  assert.equal(work.next(), false);
});

test("there is no way around a reason, nor to a state that does not follow", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ITEM_STATES),
      fc.constantFrom(...CODES),
      fc.constantFrom("", "  ", "why"),
      (state, code, reason) => {
        const post = new NotingPost();
        const work = new LinkWork(post);
        const link = aLink(1, "A", state);
        work.add([link]);
        const follows = transitions(state).includes(code.state);
        const lacking = follows && needs(state, code.state).length > 0 && !reason.trim();
        if (follows && !lacking) {
          assert.equal(work.decide(link, code.id, reason).state, code.state);
          assert.equal(post.noted.length, 1);
        } else {
          assert.throws(() => work.decide(link, code.id, reason), NotDecided);
          assert.deepEqual(post.noted, []);
        }
      },
    ),
  );
});

test("another decision before it left takes its place; taking back gives what was before", () => {
  const { post, work } = desk(1);
  const link = here(work);
  work.decide(link, "removed");
  work.decide(link, "blocked");
  assert.deepEqual(post.noted, ["add 1 removed", "back 1", "add 1 blocked"]);
  assert.equal(work.counts().decided, 1);
  assert.equal(work.takeBack()?.state, "blocked");
  assert.equal(work.takeBack(), null);
  assert.deepEqual(work.counts(), { decided: 0, saved: 0, waiting: 0, needs: 0 });
});

test("what has left is taken back by the portal, once", () => {
  const { post, work } = desk(2);
  const first = work.decide(here(work), "removed");
  Object.assign(first, { status: "saved", sent: true });
  first.link.state = "removed";
  assert.equal(work.takeBack(), first);
  assert.equal(first.status, "undoing");
  assert.deepEqual(work.codes(first.link), []);
  assert.equal(work.takeBack(), null);
  assert.deepEqual(post.noted, ["add 1 removed", "undo 1"]);
});

test("whatever is pressed, counts add up and each link has at most one decision", () => {
  const press = fc.oneof(fc.constantFrom(...CODES.map(({ id }) => id)), fc.constantFrom("next", "before", "back"));
  fc.assert(
    fc.property(fc.array(press, { maxLength: 60 }), (presses) => {
      const { work } = desk(5);
      for (const one of presses) {
        if (one === "next") work.next();
        else if (one === "before") work.before();
        else if (one === "back") work.takeBack();
        else if (work.codes(here(work)).includes(codeOf(one))) {
          work.decide(here(work), one, "why");
          work.next();
        }
        const { decided, waiting } = work.counts();
        assert.equal(decided, waiting);
        assert.equal(work.past.length, work.decisions.size);
        assert.ok(here(work));
      }
    }),
  );
});

test("links of a letter: numbers as the reporter sees them, states as the portal says, hostile addresses as text", () => {
  const letter = fullLetter();
  const [item] = letter.items;
  const items = [
    item,
    { ...item, id: "AgICAgICAgICAgICAgICAg", url: "javascript:alert(1)" },
    { ...item, url: null, id: "x" },
  ];
  const opening = { referral_id: "R", items: [{ item_id: item?.id, state: "removed", state_on: "2026-11-20" }] };
  const links = linksOf(/** @type {any} */ ({ opening, letter, items }));
  assert.deepEqual(
    links.map(({ number, state }) => [number, state]),
    [
      [1, "removed"],
      [2, "reported"],
      [3, "reported"],
    ],
  );
  assert.deepEqual(
    links.filter(filterOf("open", "")).map(({ number }) => number),
    [2, 3],
  );
  assert.deepEqual(
    links.filter(filterOf("done", "EXAMPLE.test")).map(({ number }) => number),
    [1],
  );
  assert.equal(links[0]?.ageGroup, "14_to_18");
});
