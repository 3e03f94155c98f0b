// What html-validate objects to in pages: reads `{name: html, …}` from stdin, writes `{name: ["rule: message", …], …}`.
import { HtmlValidate } from "html-validate";

/** @type {import("html-validate").ConfigData} */
const config = {
  extends: ["html-validate:recommended"],
  rules: {
    // Blank ends of lines are Jinja's; where a part has a role, GOV.UK's patterns ask for it; all assets are our own.
    "no-trailing-whitespace": "off",
    "prefer-native-element": "off",
    "require-sri": "off",
    // A browser that goes back keeps ticks too, unless told not to.
    "valid-autocomplete": "off",
    // What a template leaves empty a script fills; what stands is axe's to look at.
    "empty-heading": "off",
    "text-content": "off",
    // A table that a narrow screen lays out as blocks is no table to a screen reader any more, unless it says so.
    "no-redundant-role": "off",
    // Ticks of one question have one name, and so have the hidden fields that carry them on.
    "form-dup-name": "off",
    // A telephone number is there to be copied as well.
    "tel-non-breaking": "off",
    // A document that was read back from a browser spells these in the browser's way.
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "doctype-style": "off",
    "void-style": "off",
  },
};

let input = "";
for await (const chunk of process.stdin) input += chunk;
const validator = new HtmlValidate(config);
/** @type {Record<string, string[]>} */
const faults = {};
for (const [name, html] of Object.entries(JSON.parse(input))) {
  const report = await validator.validateString(html);
  faults[name] = report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, selector }) => `${ruleId}: ${message} (line ${line}, ${selector ?? "?"})`),
  );
}
process.stdout.write(JSON.stringify(faults));
