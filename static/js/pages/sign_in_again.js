// Where a page asks to sign in first: what stands behind the `#` of its address goes along, in the browser alone.

for (const link of document.querySelectorAll("main a[href*='/sign-in']")) {
  if (link instanceof HTMLAnchorElement) link.hash = location.hash;
}
