"""A tab of Debian's Chromium in which pages are kept for Back, as they are for everybody but testers."""


class ChromiumTab:
    """Driven by Playwright; the other engines' tabs take the same words."""

    def __init__(self, playwright, executable, flags):
        self.browser = playwright.chromium.launch(
            executable_path=executable, args=flags, ignore_default_args=["--disable-back-forward-cache"]
        )
        self.page = self.browser.new_context(locale="ko-KR", viewport={"width": 1000, "height": 800}).new_page()
        self.session = self.page.context.new_cdp_session(self.page)

    def go(self, address):
        self.page.goto(address)

    def run(self, script, *arguments):
        return self.page.evaluate(f"(taken) => (function() {{ {script} }})(...taken)", list(arguments))

    def click(self, selector):
        self.page.locator(selector).click(no_wait_after=True)

    def type(self, selector, words):
        self.page.locator(selector).press_sequentially(words)

    def shift(self, times):
        for _press in range(times):
            self.page.keyboard.press("Shift")

    def address(self):
        return self.page.evaluate("location.href")

    def back(self):
        history = self._history()
        if history["currentIndex"] > 0:
            entry = history["entries"][history["currentIndex"] - 1]
            self.session.send("Page.navigateToHistoryEntry", {"entryId": entry["id"]})

    def entries(self):
        return [entry["url"] for entry in self._history()["entries"]]

    def _history(self):
        return self.session.send("Page.getNavigationHistory")

    def remembers(self):
        return ""

    def close(self):
        self.browser.close()
