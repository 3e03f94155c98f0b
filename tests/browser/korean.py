"""What stands on a Korean page in Latin letters: everything in the document, shown or hidden, that is to be read."""

import re

# What Koreans write so themselves: terms of the net and of mail, keys, names of things and of organisations.
ALLOWED = {
    "URL", "SNS", "P2P", "IP", "ID", "QR", "PIN", "Tor", "HTML", "VPN", "AI", "CCTV", "USB", "DM",
    "SHA-", "CSV", "JSON", "UTF-",
    "Onestop", "StopNCII", "StopNCII.org", "Take", "It", "Down", "D4U", "INHOPE", "NCMEC",
}  # fmt: skip
# Languages are named in themselves as well, so that who speaks no Korean finds theirs.
IN_ITSELF = re.compile(r"\((?:English|Tiếng Việt|Bahasa Indonesia|Tagalog|Filipino)\)|^English$")
# A word, with what belongs to it in an address or a handle: such a thing is quoted, not said.
WORD = re.compile(r"[A-Za-z][A-Za-z0-9'’-]*")
QUOTED = re.compile(r"\S*(?:://|@|[\w-]\.[a-z]{2,}|/\w)\S*|\{\w+\}|#?\w*\d[\w-]*")
# Texts, and attributes that are read out or shown; what the page keeps for its scripts is said too, later.
COLLECT = """() => {
  const found = [];
  const foreign = (element) => element?.closest("[lang]:not([lang=ko]), [translate=no]") !== null;
  const spoken = ["aria-label", "title", "alt", "placeholder", "data-title", "data-status", "data-label"];
  const walk = (root) => {
    for (const node of root.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        if (!foreign(node.parentElement)) found.push(node.data);
      } else if (node.nodeType === Node.ELEMENT_NODE && !["SCRIPT", "STYLE", "NOSCRIPT"].includes(node.tagName)) {
        if (!foreign(node)) for (const name of spoken) found.push(node.getAttribute(name) ?? "");
        walk(node);
        if (node instanceof HTMLTemplateElement) walk(node.content);
      }
    }
  };
  walk(document.documentElement);
  const words = (value) => typeof value === "string" ? [value] : Object.values(value).flatMap(words);
  return [...found, ...words(JSON.parse(document.body.dataset.texts ?? "{}"))];
}"""


def latin_words(texts, *, typed=""):
    """The Latin words of Korean texts that are not allowed there; `typed`: what somebody wrote, which is theirs."""
    found = set()
    for text in texts:
        said = QUOTED.sub(" ", IN_ITSELF.sub(" ", text))
        found |= {word for word in WORD.findall(said) if word not in ALLOWED and word not in typed}
    return found


def of_page(page, *, typed=""):
    """The Latin words of a Korean page as it stands in the browser."""
    assert page.locator("html").get_attribute("lang") == "ko"
    return latin_words(page.evaluate(COLLECT), typed=typed)
