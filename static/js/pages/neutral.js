/** The page that stands in the history where the portal stood: it goes on to the weather, also when somebody comes back. */

/** @param {string | undefined} address */
function leaveTo(address) {
  if (address) location.assign(address);
}

leaveTo(document.body.dataset.leaveTo);
// Coming back with the Back button may restore the page without running it anew.
addEventListener("pageshow", (event) => {
  if (event.persisted) leaveTo(document.body.dataset.leaveTo);
});
