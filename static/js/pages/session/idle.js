// After half an hour without use the portal ends the session; the keys go out of this tab then too, whether the portal
// is asked or not, and the page is covered. What was typed stays, and goes on once somebody proved who is there.

/** As the portal's, in milliseconds. */
const IDLE = 1_800_000;
const LOOK = 30_000;
const USED = ["keydown", "pointerdown"];

/**
 * Watch over a page that holds keys. A machine that slept is looked at as soon as it wakes.
 * @param {import("../session.js").Session} session
 * @returns {void}
 */
export function watchIdle(session) {
  let used = Date.now();
  let asking = false;
  const cover = async () => {
    asking = true;
    document.body.toggleAttribute("data-idle", true);
    const revived = await session.revive("idle");
    document.body.toggleAttribute("data-idle", !revived);
    used = Date.now();
    asking = false;
  };
  const look = () => {
    const covered = document.body.hasAttribute("data-idle");
    const over = session.ring && Date.now() - used >= IDLE;
    if (asking || !(covered || over)) return;
    session.wipe();
    cover();
  };
  for (const kind of USED) {
    document.addEventListener(kind, () => {
      look();
      used = Date.now();
    });
  }
  document.addEventListener("visibilitychange", look);
  setInterval(look, LOOK);
  // A page that was left and comes back from the browser's memory would hold keys that nobody watched meanwhile.
  addEventListener("pagehide", () => session.wipeMemory());
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
