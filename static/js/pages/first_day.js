// A lead's first day: a test letter to the own organisation, sealed here as a reporter's browser would.

import { randomBytes } from "../crypto/encoding.js";
import { verifyDirectory } from "../crypto/epoch_chain.js";
import { sealReport } from "../crypto/report.js";
import { emptyLetter } from "../domain/letter.js";
import { generate } from "../domain/receipt_code.js";
import { b64uDecode, utf8Decode } from "../domain/wire.js";
import { byId } from "./referral/dom.js";
import { ask } from "./session/request.js";
import { text } from "./texts.js";

const { root = "", slug = "" } = byId("first-day", HTMLElement).dataset;
const button = byId("send-test", HTMLButtonElement);

/** Its code is thrown away: nobody follows a test up. */
async function sendTest() {
  const directory = await verifyDirectory(await ask(`${root}/api/v1/directory`));
  const organisation = directory.organisations.find((one) => one.slug === slug);
  if (!organisation) throw new Error("no organisation");
  const lang = document.documentElement.lang === "en" ? "en" : "ko";
  const letter = emptyLetter({ reportId: randomBytes(16), lang });
  letter.account = { text: text("test_words") };
  letter.wishes = ["record_only"];
  const { body } = await sealReport({
    portalId: b64uDecode(directory.portal_id, "portal_id", 16),
    code: generate(),
    letter,
    urgent: false,
    choices: [{ organisation, consent: { purposes: [], pass_on: [] }, compartments: ["account"] }],
    keepOwn: false,
  });
  await ask(`${root}/report`, { method: "POST", body: utf8Decode(body) });
}

button.addEventListener("click", async () => {
  button.disabled = true;
  const said = byId("test-said", HTMLElement);
  try {
    await sendTest();
    said.textContent = text("test_sent");
  } catch {
    said.textContent = text("test_failed");
    button.disabled = false;
  }
});
byId("print-fingerprint", HTMLButtonElement).addEventListener("click", () => window.print());
