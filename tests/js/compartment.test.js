import assert from "node:assert/strict";
import { test } from "node:test";
import { compartmentsOf, letterFor, sees } from "../../static/js/domain/compartment.js";
import { letterJson, parseLetter } from "../../static/js/domain/letter.js";
import { COMPARTMENTS, ORGANISATION_KINDS } from "../../static/js/domain/vocabulary.js";
import { fullLetter } from "./making.js";
import { replayVectors } from "./replaying.js";

replayVectors("compartment");

const consent = { purposes: ["review"], pass_on: [] };
const secret = /canary/;

for (const kind of ORGANISATION_KINDS) {
  test(`${kind}: what was not allowed is not in its bytes`, () => {
    const letter = letterFor({ kind, letter: fullLetter(), consent, allowedCompartments: [] });
    assert.doesNotMatch(new TextDecoder().decode(letterJson(letter)), secret);
    assert.deepEqual([letter.account, letter.offender, letter.contact], [null, null, null]);
    assert.deepEqual(letter.consent, consent);
    assert.deepEqual(parseLetter(letterJson(letter)), letter);
  });
}

test("the commission gets links, material, wishes, role and age group, and nothing else, whatever is allowed", () => {
  const letter = letterFor({
    kind: "commission",
    letter: fullLetter(),
    consent,
    allowedCompartments: [...COMPARTMENTS],
  });
  const full = fullLetter();
  assert.deepEqual(letter.items, full.items);
  assert.deepEqual(letter.material, full.material);
  assert.deepEqual(letter.wishes, full.wishes);
  assert.deepEqual(letter.reporter, {
    role: "victim",
    age_group: "14_to_18",
    proxy: "undisclosed",
    relation: "undisclosed",
  });
  assert.deepEqual([letter.harm, letter.threat.deadline, letter.incident_place, letter.prior], [[], "", "", []]);
  assert.deepEqual([letter.account, letter.offender, letter.contact], [null, null, null]);
  assert.equal(letter.help.region, "undisclosed");
});

test("a support centre gets exactly the compartments that were allowed", () => {
  const letter = letterFor({ kind: "support_centre", letter: fullLetter(), consent, allowedCompartments: ["contact"] });
  assert.deepEqual(letter.contact, fullLetter().contact);
  assert.deepEqual([letter.account, letter.offender], [null, null]);
  assert.deepEqual(sees("support_centre", ["contact"]).slice(-1), ["contact"]);
  assert.deepEqual(compartmentsOf("monitor"), []);
});

test("an unknown kind or compartment is refused", () => {
  assert.throws(() => sees("newspaper"), { name: "FormatError" });
  const given = { kind: "police", letter: fullLetter(), consent, allowedCompartments: ["everything"] };
  assert.throws(() => letterFor(given), { name: "FormatError" });
});
