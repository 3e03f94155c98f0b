// Where to go after signing in: only ever a page of this portal, whatever the address asked for.

/**
 * Give `next` when it is a path of this portal, else `otherwise`.
 * @param {string|null} next
 * @param {string} otherwise
 * @param {string} origin the page's own, such as `https://portal.example`
 * @returns {string}
 */
export function ownPath(next, otherwise, origin) {
  if (!next?.startsWith("/") || /^\/[/\\]/.test(next) || /[\p{Cc}\\]/u.test(next)) return otherwise;
  const address = URL.canParse(next, origin) ? new URL(next, origin) : null;
  if (address?.origin !== origin) return otherwise;
  return address.pathname + address.search;
}

/**
 * Where to sign in to come back to this very page. What stands behind the `#` is never sent: it goes along in the
 * browser, from page to page.
 * @param {string} root of the portal in this language: `` or `/en`
 * @param {{pathname: string, search: string, hash: string}} here
 * @returns {string}
 */
export function signInAddress(root, { pathname, search, hash }) {
  return `${root}/sign-in?next=${encodeURIComponent(pathname + search)}${hash}`;
}
