// placeholder until the package is made: hidden
import { byId } from "../referral/dom.js";

/** @param {import("../session.js").Session} _session */
export function attachPackage(_session) {
  return {
    /** @param {import("../matches.js").Group} _group @param {string} _name @param {import("./group.js").Group} _opened */
    show(_group, _name, _opened) {
      byId("package-form", HTMLFormElement).hidden = true;
    },
    clear() {},
  };
}
