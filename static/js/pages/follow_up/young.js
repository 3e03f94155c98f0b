/**
 * What age brings where a report is sent to one organisation more: the rules of the report itself. Nothing keeps how old
 * somebody is, so it is asked again.
 */

import { noted } from "../../domain/asking.js";
import { all, byId } from "../element.js";
import { showAsked } from "../report/asking.js";
import { givenOf, readFields } from "../report/fields.js";
import { choice } from "../report/letter_draft.js";

/** Show what the answers bring up, and ask for no consent that a child cannot give. */
export function showYoung() {
  const form = byId("add-organisation-form");
  showAsked(form);
  for (const consent of all("[data-sensitive]", form)) consent.hidden = takesNoWords();
}

/** From a child of whom the portal takes addresses only no words are taken (개인정보 보호법 §22의2). */
export function takesNoWords() {
  return notes().includes("under_14_links_only");
}

/** Whether the portal takes nothing from a child, who is told of help lines instead. */
export function takesNothing() {
  return notes().includes("under_14_help_lines");
}

/** What the letter says of who reports. */
export function reporter() {
  const fields = readFields(answers());
  return { role: choice(fields, "role"), age_group: choice(fields, "age_group") };
}

function answers() {
  return all("[data-field]", byId("addition-about"));
}

function notes() {
  return noted(givenOf(readFields(answers())), byId("add-organisation-form").dataset.policy ?? "");
}
