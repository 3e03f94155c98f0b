import assert from "node:assert/strict";
import { test } from "node:test";
import { compartmentsOf } from "../../static/js/domain/compartment.js";
import { place, proposals, suggestions } from "../../static/js/domain/routing.js";
import { ORGANISATION_KINDS } from "../../static/js/domain/vocabulary.js";
import { replayVectors } from "./replaying.js";

replayVectors("routing");

test("nothing is proposed that a kind may not read, whatever is answered", () => {
  const everything = ["share", "named", "yes", "counsel", "delete", "block", "investigate", "room", "again", "paid"];
  const questions = ["threat_kinds", "threat_deadline", "threat_ongoing", "wishes", "danger", "link_kind", "spread"];
  const found = proposals(Object.fromEntries([...questions, "commercial"].map((name) => [name, everything])));
  assert.deepEqual(new Set(found.map(({ kind }) => kind)).has("support_centre"), true);
  for (const { kind, compartments } of found) {
    assert.deepEqual(
      compartments.filter((name) => !compartmentsOf(kind).includes(name)),
      [],
    );
  }
});

test("each kind has a place, and an organisation is only ever put in order, never chosen", () => {
  assert.deepEqual(ORGANISATION_KINDS.map(place).sort(), [0, 1, 2, 3, 4]);
  const offer = {
    slug: "a",
    kind: "police",
    region: "seoul",
    languages: [],
    disability: [],
    away: false,
    closed: false,
  };
  assert.deepEqual(suggestions({}, [offer]), [
    { slug: "a", proposed: true, nearest: false, distance: null, speaks: false, supports: [] },
  ]);
});
