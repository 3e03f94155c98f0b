/**
 * Whether an organisation's keys were made anew, with nothing old to vouch for them, since this page was loaded: then it
 * says so before anything is sealed to them. Once it was asked, it counts as said.
 * @param {Pick<import("../crypto/epoch_chain.js").Organisation, "slug" | "earlier">} organisation of the directory
 * @returns {boolean}
 */
export function isAnewUnsaid({ slug, earlier }) {
  const card = document.querySelector(`[data-organisation="${slug}"]`);
  const lostOn = earlier.at(-1)?.ended_on ?? "";
  if (!(card instanceof HTMLElement) || (card.dataset.anew ?? "") === lostOn) return false;
  card.dataset.anew = lostOn;
  return true;
}
