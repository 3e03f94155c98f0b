// A file of non-compliance: what was asked of whom and what came of it, by date, from the requests' own steps.

import { labelIn, templateName } from "./words.js";

/** @typedef {import('../records.js').Opened<import('../../domain/request_record.js').RequestContent>} Request */

/**
 * @param {Request[]} requests
 * @param {string} language
 * @returns {string}
 */
export function historyWords(requests, language) {
  const label = labelIn(language);
  return requests
    .map(({ content }, at) => {
      if (!content) return "";
      const lines = content.steps
        .filter((step) => step.state !== "drafted")
        .map((step) => {
          const more = [step.reference, step.reason].filter(Boolean).join(" / ");
          return `      ${step.day ?? step.on}  ${label("request_states", step.state)}${more ? ` (${more})` : ""}`;
        });
      const head = [content.to, content.address, templateName(content.template, language)].filter(Boolean).join(" / ");
      return [`   ${at + 1}) ${head}`, ...lines].join("\n");
    })
    .join("\n");
}

/**
 * @param {Request[]} requests
 * @returns {string}
 */
export function remainingWords(requests) {
  const addresses = new Set(requests.flatMap(({ content }) => content?.links.map(({ url }) => url) ?? []));
  return [...addresses]
    .filter(Boolean)
    .map((address, at) => `   ${at + 1}) ${address}`)
    .join("\n");
}
