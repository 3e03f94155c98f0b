// Asking every half minute who else is there: only while the page is looked at and was used a little while ago, so that
// no session lives on because a tab was forgotten.

const EVERY = 25_000;
const USED_WITHIN = 300_000;
const SIGNS_OF_LIFE = ["pointerdown", "keydown", "wheel"];

/**
 * @param {() => Promise<void>} look
 * @returns {{now: () => void}}
 */
export function whileLookedAt(look) {
  let used = Date.now();
  let asking = false;
  const turn = async () => {
    const forgotten = Date.now() - used > USED_WITHIN || document.hidden || document.body.hasAttribute("data-idle");
    if (forgotten || asking) return;
    asking = true;
    try {
      await look();
    } catch {
      // Who else looks is a courtesy: a line that is gone is said where something is done.
    } finally {
      asking = false;
    }
  };
  for (const sign of SIGNS_OF_LIFE) {
    document.addEventListener(
      sign,
      () => {
        used = Date.now();
      },
      { passive: true },
    );
  }
  document.addEventListener("visibilitychange", turn);
  setInterval(turn, EVERY);
  turn();
  return { now: turn };
}
