"""A word of its own for every field that text can be typed into, on every page; and a list of what was left out."""

import secrets

# What text can be typed into. A field in a template is one of a page to be; it counts once it is made.
FIELDS = """() => {
  const kinds = new Set(["text", "search", "email", "tel", "url", "password", ""]);
  const ids = (root) => [...root.querySelectorAll("input, textarea, [contenteditable]")]
    .filter((field) => field.tagName !== "INPUT" || kinds.has(field.getAttribute("type") ?? ""))
    .map((field) => field.id || field.dataset.field || field.getAttribute("name") || field.outerHTML.slice(0, 80));
  return {there: ids(document), later: [...document.querySelectorAll("template")].flatMap(({content}) => ids(content))};
}"""
TYPE = """([id, text]) => {
  const field = document.getElementById(id) ?? document.querySelector(`[data-field='${id}'], [name='${id}']`);
  if (!field) return "gone";
  if (field.maxLength >= 0 && field.maxLength < text.length) return `takes ${field.maxLength} signs`;
  field.focus();
  field.value = text;
  for (const name of ["input", "change", "blur"]) field.dispatchEvent(new Event(name, {bubbles: true}));
  return field.value.includes(text) || field.readOnly ? "" : "another value";
}"""


class Typing:
    """`typed`: the words by page and field; `left`: fields that took none, with the reason; `later`: of templates."""

    def __init__(self):
        self.mark = f"zq{secrets.token_hex(5)}"
        self.typed, self.left, self.later = {}, {}, {}

    def word(self, name, shape="{}"):
        """A new word, noted under a name."""
        text = shape.format(f"{self.mark}x{len(self.typed):03}")
        self.typed[name] = text
        return text

    def into_everything(self, page, name, shapes=()):
        """Type into whatever is on the page now. `shapes`: what a word looks like in fields whose id begins so."""
        found = page.evaluate(FIELDS)
        self.later[name] = set(found["later"])
        for field in found["there"]:
            if f"{name} {field}" in self.typed:
                continue
            shape = next((shape for start, shape in dict(shapes).items() if field.startswith(start)), "{} 카나리아")
            text = self.word(f"{name} {field}", shape)
            fault = page.evaluate(TYPE, [field, text])
            if fault:
                del self.typed[f"{name} {field}"]
                self.left[f"{name} {field}"] = fault
        return found["there"]
