/** A report that may be there although its answer got lost: the portal is asked, with the token of its own code. */

import { token } from "../../crypto/receipt.js";
import { followUpJson } from "../../domain/coming_back.js";
import { b64uDecode, b64uEncode } from "../../domain/wire.js";
import { fetchDirectory } from "../directory.js";
import { byId, make } from "../element.js";
import { patientPost } from "../patient_post.js";
import { text } from "../texts.js";
import { showCode } from "./code_card.js";
import { stretchedOnce } from "./identity.js";
import { showState } from "./review.js";

/**
 * @param {import("./identity.js").Identity} identity
 * @param {(wait: import("../patient_post.js").Wait) => void} onWait
 * @returns {Promise<string[] | null>} the names of those who got a letter; null where it is not this report that is there
 */
export async function arrivedAt({ code, reportId }, onWait) {
  const { portal_id, organisations } = await fetchDirectory({ onWait });
  const stretched = await stretchedOnce(code, b64uDecode(portal_id, "portal_id", 16));
  const { status, answer } = await patientPost({
    address: "follow-up",
    body: followUpJson(await token(stretched)),
    onWait,
  });
  if (status !== 200 || answer.report.report_id !== b64uEncode(reportId)) return null;
  const lang = document.documentElement.lang === "en" ? "en" : "ko";
  const names = new Map(organisations.map((one) => [one.slug, one.name[lang]]));
  return answer.referrals.map((/** @type {{organisation: string}} */ { organisation }) => {
    return names.get(organisation) ?? organisation;
  });
}

/**
 * Say that it is there, and let the person choose what becomes of what was changed since.
 * @param {{names: string[], receipt: () => void, anew: () => void}} parts
 */
export function showArrived({ names, receipt, anew }) {
  byId("arrived-at").replaceChildren(...names.map((name) => make("li", "", text("sent_to", { name }))));
  byId("arrived-receipt").onclick = receipt;
  byId("arrived-anew").onclick = anew;
  showState("arrived");
  byId("arrived").focus();
}

/** Nobody answered for a long time: it may have arrived all the same, and then only the code leads back to it. @param {string} code */
export function showEarlyCode(code) {
  showCode(code, "early-code");
  byId("early").hidden = false;
}
