/**
 * The page that stands in the history where the portal stood: it goes on to the weather, also when somebody comes back.
 *
 * It waits until it has loaded: only then does going on add an entry, and adding one drops the steps of the report that
 * lie before it, behind the Forward button.
 */
addEventListener("pageshow", () => {
  setTimeout(() => {
    const { leaveTo } = document.body.dataset;
    if (leaveTo) location.assign(leaveTo);
  });
});
