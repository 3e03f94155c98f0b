// The police's own case number: a note of its own, so that it is found again where a text asks for it.

const PREFIX = "사건번호:";
const NUMBER = /^(?:사건번호|Case number):[ \t]*(\S.*)$/mu;

/**
 * Begin a note that holds a case number.
 * @param {string} typed so far
 * @returns {string}
 */
export function withCaseNumber(typed) {
  if (typed.includes(PREFIX)) return typed;
  return typed.trim() === "" ? `${PREFIX} ` : `${typed.trimEnd()}\n${PREFIX} `;
}

/**
 * The case number that was noted last; empty for none.
 * @param {{text: string|null}[]} notes oldest first
 * @returns {string}
 */
export function caseNumberIn(notes) {
  const found = notes.map(({ text }) => NUMBER.exec(text ?? "")?.[1]?.trim() ?? "");
  return found.findLast((number) => number !== "") ?? "";
}
