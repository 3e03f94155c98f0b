// Passkeys: added with a name, listed, taken away.

import { prfInput, prfWrap, wrapSeed } from "../../crypto/caseworker_key.js";
import { b64uDecode, b64uEncode } from "../../domain/wire.js";
import { byId, part } from "../referral/dom.js";
import { knowsPasskeys, makePasskey } from "../session/passkey.js";
import { text } from "../texts.js";
import { doing, line, momentWords, on } from "./section.js";

/**
 * @typedef {import("../account.js").Account} Account
 * @typedef {import("../account.js").Standing} Standing
 * @typedef {import("../account.js").Passkey} Passkey
 */

/** @param {Account} account @param {Standing} standing */
export function showPasskeys(account, { passkeys }) {
  const section = byId("passkeys", HTMLElement);
  const possible = knowsPasskeys() && account.host !== "";
  part(section, "unknown", HTMLElement).hidden = knowsPasskeys();
  const adding = part(section, "adding", HTMLFormElement);
  adding.hidden = !possible;
  on(adding, () => doing("passkeys", () => add(account)));
  const lines = passkeys.map((passkey) => passkeyLine(account, passkey));
  part(section, "list", HTMLElement).replaceChildren(
    ...(lines.length ? lines : [line({ title: "", words: text("no_passkeys") })]),
  );
}

/** @param {Account} account @param {Passkey} passkey */
function passkeyLine(account, { passkey_id, name, host, unlocks, created_at, used_at }) {
  const words = text("passkey_line", {
    kind: text(unlocks ? "passkey_unlocks" : "passkey_second"),
    host,
    added: momentWords(created_at),
    used: used_at ? momentWords(used_at) : text("never_used"),
  });
  const remove = async () => {
    await account.session.post("/account/passkey/removal", { passkey_id });
    await account.refresh();
    return account.changed(text("passkey_removed"));
  };
  const button = { label: text("remove"), named: text("remove_named", { name }), act: () => doing("passkeys", remove) };
  return line({ title: name, words, button });
}

/** @param {Account} account @returns {Promise<string|null>} */
async function add({ session, refresh, changed }) {
  const field = byId("passkey-name", HTMLInputElement);
  const name = field.value.trim();
  if (!name) {
    field.focus();
    return text("name_missing");
  }
  // Asked for first, so that nothing stands between the device's answer and what is made of it.
  const seed = await session.ownSeed();
  if (!seed) return null;
  const { pending, passkey } = await session.post("/account/passkey", {});
  const { portalId } = session;
  const { made, prf } = await makePasskey(passkey, await prfInput(portalId));
  const { slug, kid: named } = session.caseworker;
  const whose = { portalId, slug, kid: b64uDecode(named, "kid", 16), seed };
  const wrapped = prf && (await wrapSeed({ wrapKey: await prfWrap(prf), ...whose }));
  const wrapped_seed = wrapped ? b64uEncode(wrapped) : null;
  await session.post("/account/passkey/answer", { pending, name, ...made, wrapped_seed });
  await session.refresh();
  await refresh();
  field.value = "";
  return changed(text(wrapped ? "passkey_added" : "passkey_added_second"));
}
