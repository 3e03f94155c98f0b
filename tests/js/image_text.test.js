import assert from "node:assert/strict";
import { test } from "node:test";
import { checkNoImage, containsImage } from "../../static/js/domain/image_text.js";
import { replayVectors } from "./replaying.js";

replayVectors("image_text");

test("words and addresses pass, pasted images do not", () => {
  for (const text of ["", "data: 3월", `https://example.test/${"a".repeat(5000)}`, "가".repeat(9000)]) {
    assert.equal(containsImage(text), false, text.slice(0, 40));
  }
  for (const text of ["x data:image/png;base64,iVBORw0KGgo", `사진 ${"A1b2".repeat(70)}`]) {
    assert.equal(containsImage(text), true);
    assert.throws(() => checkNoImage(text, "account.text"), { name: "FormatError", field: "account.text" });
  }
});
