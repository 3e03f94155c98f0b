import assert from "node:assert/strict";
import { test } from "node:test";
import { LETTER_BUCKETS, pad } from "../../static/js/crypto/padding.js";
import { ownJson, ownRecordFor } from "../../static/js/domain/own_record.js";
import { b64uEncode } from "../../static/js/domain/wire.js";
import { replayVectors } from "./replaying.js";

replayVectors("own_record");

test("as many links as fit, and never one too many", () => {
  const items = Array.from({ length: 500 }, (_, at) => ({
    id: b64uEncode(Uint8Array.from({ length: 16 }, (_, place) => (place === 0 ? at % 256 : at >> 8))),
    url: `https://example.test/${"가".repeat(300)}"\\${at}`,
  }));
  const own = ownRecordFor({ items, organisations: [] });
  assert.ok(own.items.length > 200 && own.items.length < 500);
  assert.equal(pad(ownJson(own), LETTER_BUCKETS).length, 262144);
  const next = items[own.items.length];
  assert.ok(next);
  assert.throws(() => pad(ownJson({ ...own, items: [...own.items, next] }), LETTER_BUCKETS), { name: "FormatError" });
  assert.equal(ownRecordFor({ items: items.slice(0, 3), organisations: [] }).items.length, 3);
});
