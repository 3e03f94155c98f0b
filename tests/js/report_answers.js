/** Answers as the report page reads them off its fields. */

import { b64uEncode } from "../../static/js/domain/wire.js";

/** Answers with nothing in them but one blank link, as on a page that was just opened. */
export function blankAnswers() {
  const organisations = [{ slug: "centre", kind: "support_centre", fields: { sensitive: ["yes"] } }];
  return { policy: "links_only", fields: {}, links: [link(0, {})], organisations };
}

/** @param {number} n @param {Record<string, string | string[]>} fields */
export function link(n, fields) {
  return { id: b64uEncode(new Uint8Array(16).fill(n + 1)), prefix: `link-${n}`, fields };
}

/** @param {Record<string, string | string[]>} fields @param {ReturnType<typeof link>[]} [links] */
export function answersWith(fields, links = [link(0, {})]) {
  return { ...blankAnswers(), fields, links };
}
