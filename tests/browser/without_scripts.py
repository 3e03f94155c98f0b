"""A browser in which scripts are switched off."""

import re

SCRIPTS = re.compile(r"</?noscript>|<script\b.*?</script>|<link rel=\"modulepreload\"[^>]*>", re.DOTALL)


class Plain:
    """A browser without scripts; each of its pages, as it stands, is looked at in one in which axe can run."""

    def __init__(self, new_context, prefix, width, inspection):
        self.page = new_context(width=width, height=740, java_script_enabled=False).new_page()
        self.scripted = new_context(width=width, height=740).new_page()
        self.prefix, self.inspection = prefix, inspection

    def go(self, path):
        self.page.goto(self.prefix + path)
        return self.looked_at()

    def send(self, number=-1):
        return self.press(self.page.locator("main form button[type=submit]").nth(number))

    def press(self, what):
        """Press what leads to another page, and wait until that page is all there: it may have the same address."""
        with self.page.expect_navigation():
            what.click()
        return self.looked_at()

    def looked_at(self):
        shown = SCRIPTS.sub("", self.page.content())
        self.scripted.route(
            "**/looked-at", lambda route: route.fulfill(body=shown, content_type="text/html; charset=utf-8")
        )
        self.scripted.goto("/looked-at")  # no script is left in it that could fetch more
        easy = self.page.locator("#easy")
        if easy.count() and easy.is_checked():  # what somebody ticked is no part of a page's text
            self.scripted.locator("#easy").check()
        self.inspection.look(self.scripted, f"{len(self.inspection.pages)}: {self.page.url}")
        self.scripted.unroute("**/looked-at")
        return self.page

    def tick(self, *ids):
        for name in ids:
            self.page.locator(f"[id='{name}']").check()
