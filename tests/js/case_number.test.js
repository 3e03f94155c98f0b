import assert from "node:assert/strict";
import { test } from "node:test";
import { caseNumberIn, withCaseNumber } from "../../static/js/pages/referral/case_number.js";

test("a case number is found again in the newest note that has one", () => {
  const notes = [{ text: withCaseNumber("").concat("2026-1") }, { text: "그냥 메모" }, { text: null }];
  assert.equal(caseNumberIn(notes), "2026-1");
  assert.equal(caseNumberIn([...notes, { text: "전화함\nCase number: 2026-2  " }]), "2026-2");
  assert.equal(caseNumberIn([{ text: "사건번호: " }]), "");
});

test("a note that was begun stays, and the words for a number come once", () => {
  const begun = withCaseNumber("전화함");
  assert.equal(begun, "전화함\n사건번호: ");
  assert.equal(withCaseNumber(begun), begun);
});
