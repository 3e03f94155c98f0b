/** A code without a report may have a draft: whoever asks here is told where it can be gone on with. */

import { draftToken, stretch } from "../../crypto/receipt.js";
import { followUpJson } from "../../domain/coming_back.js";

/**
 * @param {{code: string, portalId: import("../../domain/wire.js").Bytes,
 *   post: (address: string, body: import("../../domain/wire.js").Bytes) => Promise<import("../patient_post.js").Answer>}} parts
 */
export async function isDraftKept({ code, portalId, post }) {
  const presented = await draftToken(await stretch(code, portalId));
  return (await post("draft/open", followUpJson(presented))).status === 200;
}
