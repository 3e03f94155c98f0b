/**
 * What age brings where something is added to a report that was sent: the rules of the report itself. Nothing keeps how
 * old somebody is, so it is asked again.
 */

import { asked, LISTED, noted } from "../../domain/asking.js";
import { all, byId } from "../element.js";
import { showAsked } from "../report/asking.js";
import { givenOf, ownFields, readFields } from "../report/fields.js";
import { choice } from "../report/letter_draft.js";

const RULED = new Set(LISTED.map(({ name }) => name));

/** What can be added: by the id of its form. @typedef {"add-links-form" | "add-organisation-form"} Form */

/** Show what the answers bring up, and ask for no consent that a child cannot give. @param {Form} form */
export function showYoung(form) {
  const root = byId(form);
  showAsked(root);
  for (const consent of all("[data-sensitive]", root)) consent.hidden = takesNoWords(form);
}

/** From a child of whom the portal takes addresses only no words are taken (개인정보 보호법 §22의2). @param {Form} form */
export function takesNoWords(form) {
  return notes(form).includes("under_14_links_only");
}

/** Whether the portal takes nothing from a child, who is told of help lines instead. @param {Form} form */
export function takesNothing(form) {
  return notes(form).includes("under_14_help_lines");
}

/**
 * Of an added address's answers those that are asked after the answers on age, as the report has it.
 * @param {Form} form
 * @param {import("../report/fields.js").Fields} fields
 * @returns {import("../report/fields.js").Fields}
 */
export function onlyAsked(form, fields) {
  const names = new Set(asked(givenOf(answers(form)), byId(form).dataset.policy ?? ""));
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.has(name) || !RULED.has(name)));
}

/** What the letter says of who reports. @param {Form} form */
export function reporter(form) {
  const fields = answers(form);
  return { role: choice(fields, "role"), age_group: choice(fields, "age_group") };
}

/** @param {Form} form */
function answers(form) {
  return readFields(ownFields(byId(form)));
}

/** @param {Form} form @returns {string[]} */
function notes(form) {
  return noted(givenOf(answers(form)), byId(form).dataset.policy ?? "");
}
