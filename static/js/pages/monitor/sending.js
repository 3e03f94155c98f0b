// Letters of a monitoring group go out one after the other. A record of each is kept first: whatever breaks in between, the
// rest goes out later, and nothing goes out twice, since a report that arrived is refused the second time.

import { randomBytes } from "../../crypto/encoding.js";
import { LETTERS_MOST, letters } from "../../domain/batch_record.js";
import { generate } from "../../domain/receipt_code.js";
import { b64uEncode } from "../../domain/wire.js";
import { directoryOf } from "../referral/passed_on.js";
import { isPassing, Problem } from "../session/request.js";
import { sealedBody } from "./letter.js";

/**
 * @typedef {import("../../domain/batch_record.js").BatchContent} BatchContent
 * @typedef {import("../../domain/batch_record.js").Row} Row
 * @typedef {import("../records.js").Opened<BatchContent>} Kept
 * @typedef {import("../requests/opening.js").Desk} Desk
 */

/** There or gone again: it arrived with an earlier try. */
const ARRIVED = ["report_exists", "report_destroyed"];
const WAITS = [1000, 4000, 15_000];

/**
 * Keep a record of every letter that will be sent.
 * @param {Desk} desk
 * @param {{rows: readonly Row[], to: string[], lang: string}} asked
 * @returns {Promise<Kept[]>}
 * @throws {RangeError} for more letters than go out at once
 */
export async function keepBatch({ records, page }, { rows, to, lang }) {
  const parts = letters(rows);
  if (parts.length > LETTERS_MOST) throw new RangeError("letters");
  const batch = b64uEncode(randomBytes(16));
  const kept = [];
  for (const [at, own] of parts.entries()) {
    /** @type {BatchContent} */
    const content = {
      v: 1,
      batch,
      number: at + 1,
      of: parts.length,
      on: page.today,
      to,
      lang,
      report_id: b64uEncode(randomBytes(16)),
      code: generate(),
      rows: own,
      sent_on: null,
    };
    kept.push(await records.save({ type: "batch", content }));
  }
  return kept;
}

/**
 * Send what is not sent yet, in order.
 * @param {Desk} desk
 * @param {Kept[]} kept
 * @param {{account: (content: BatchContent) => string, sent: (kept: Kept) => void, before: (content: BatchContent) => void}} page
 * @returns {Promise<void>}
 */
export async function sendAll(desk, kept, page) {
  for (const one of kept) {
    if (!one.content || one.content.sent_on !== null) continue;
    page.before(one.content);
    await sendOne(desk, one.content, page.account(one.content));
    const content = { ...one.content, sent_on: desk.page.today };
    page.sent(await desk.records.save({ ...one, content }));
  }
}

/** @param {Desk} desk @param {BatchContent} batch @param {string} account */
async function sendOne({ session }, batch, account) {
  for (const fresh of [false, true]) {
    const directory = await directoryOf(session, { fresh });
    const body = await sealedBody({ batch, account, portalId: session.portalId, directory });
    try {
      await patiently(() => session.post("/caller", body));
      return;
    } catch (error) {
      if (error instanceof Problem && ARRIVED.includes(error.code)) return;
      if (fresh || !(error instanceof Problem && error.code === "key_retired")) throw error;
    }
  }
}

/** The very same bytes again, as long as nobody answers. @param {() => Promise<unknown>} post */
async function patiently(post) {
  for (const wait of WAITS) {
    try {
      return await post();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return post();
}
