// One link of one referral, as its own page asks for it: `#of=<referral>:<item>`, which no browser sends.

import { tagsOf } from "../queue/summary_content.js";
import { openCase } from "../referral/open_case.js";
import { askedOf } from "../requests/asked.js";

/**
 * @param {string} hash
 * @param {import("../session.js").Session} session
 * @param {import("../queue/listing.js").Listing} listing
 * @returns {Promise<import("../matches.js").Group|null>} null for what is not understood, or is not there any more
 */
export async function tagAsked(hash, session, listing) {
  const [asked] = askedOf(hash);
  if (!asked?.items[0]) return null;
  try {
    const { letters } = await session.post("/links/openings", { referrals: [asked.referral] });
    const held = await openCase(session, { ...letters[0], records: [], history: [] });
    const item = held.items.find(({ id }) => id === asked.items[0]);
    const tag = item ? (await tagsOf(item)).url : "";
    if (!tag) return null;
    const worker = await listing.caller();
    const [referrals = []] = await worker.call("having", [["url", tag]]);
    const links = referrals.length;
    return { kind: "url", tag, referrals: referrals.length > 0 ? referrals : [asked.referral], links };
  } catch {
    return null;
  }
}
