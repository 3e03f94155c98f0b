import assert from "node:assert/strict";
import { test } from "node:test";
import { outwards } from "../../static/js/pages/in_app.js";

const ANDROID = "Mozilla/5.0 (Linux; Android 14; SM-S911N) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36";
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148";
const HERE = "https://portal.example/en/report";

test("KakaoTalk opens any address outside, on both kinds of phone", () => {
  for (const phone of [ANDROID, IPHONE]) {
    assert.equal(
      outwards(`${phone} KAKAOTALK 11.0.0`, HERE),
      "kakaotalk://web/openExternal?url=https%3A%2F%2Fportal.example%2Fen%2Freport",
    );
  }
});

test("other apps on Android hand an address to whichever browser is there", () => {
  assert.equal(
    outwards(`${ANDROID} NAVER(inapp; search; 1000; 12.0.0)`, HERE),
    "intent://portal.example/en/report#Intent;scheme=https;" +
      "action=android.intent.action.VIEW;category=android.intent.category.BROWSABLE;end",
  );
  assert.match(
    outwards(`${ANDROID} Instagram 300.0`, "http://portal.example:8000/"),
    /^intent:\/\/portal\.example:8000\//,
  );
});

test("elsewhere nothing is promised that does not work", () => {
  assert.equal(outwards(`${IPHONE} NAVER(inapp; search; 1000; 12.0.0)`, HERE), "");
});
