import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canonicalUrl } from "../../static/js/domain/canonical_url.js";
import { replayVectors } from "./replaying.js";

replayVectors("canonical_url");

test("the canonical form of a canonical form is itself", () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
      const once = canonicalUrl(url);
      assert.equal(canonicalUrl(once), once);
    }),
  );
});

test("whatever is typed gives a form or FormatError", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.string().map((text) => `https://${text}`),
      ),
      (typed) => {
        try {
          assert.match(canonicalUrl(typed), /^(?:https:\/\/|magnet:\?)/);
        } catch (error) {
          assert.equal(/** @type {Error} */ (error).name, "FormatError");
        }
      },
    ),
  );
});
