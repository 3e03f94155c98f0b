"""Walks through the pages without scripts as a browser would: only what a page holds is sent on."""

from html.parser import HTMLParser

from werkzeug.datastructures import MultiDict

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}


class Page(HTMLParser):
    """What a page says: `forms` by the path that they go to, `errors` by the id of their field, `text`."""

    def __init__(self, answer):
        super().__init__()
        self.answer, self.status, self.html = answer, answer.status_code, answer.text
        self.forms, self.errors, self.ids, self.summary = {}, {}, [], []
        self._form = self._error = None
        self.feed(answer.text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.ids += [attributes["id"]] if "id" in attributes else []
        if tag == "form":
            assert attributes["method"] == "post"
            self._form = self.forms.setdefault(attributes["action"], [])
            self._form.append(MultiDict())
        elif tag == "input" and attributes.get("type") == "hidden":
            self._form[-1].add(attributes["name"], attributes["value"])
        elif tag == "p" and attributes.get("class") == "govuk-error-message":
            self._error = attributes.get("id", "").removesuffix("-error")
        elif tag == "a" and self._in_summary(attributes):
            self.summary.append(attributes["href"].removeprefix("#"))

    def _in_summary(self, attributes):
        start = self.html.find("govuk-error-summary__list")
        at = self.html.find("</ul>", start) if start >= 0 else -1
        line, column = self.getpos()
        place = sum(len(one) + 1 for one in self.html.split("\n")[: line - 1]) + column
        return start < place < at and attributes["href"].startswith("#")

    def handle_data(self, text):
        if self._error is not None:
            self.errors[self._error] = text

    def handle_endtag(self, tag):
        if tag == "p":
            self._error = None
        if tag == "form":
            self._form = None

    def hidden(self, path, number=0):
        """What a form carries unseen."""
        return self.forms[path][number]


class Visitor:
    """A browser without scripts: `go` asks for a page, `press` sends a form of the page that it is on."""

    def __init__(self, client, prefix=""):
        self.client, self.prefix, self.page = client, prefix, None

    def go(self, path):
        self.page = Page(self.client.get(self.prefix + path))
        return self.page

    def press(self, path, number=0, headers=SAME_ORIGIN, **typed):
        sent = self.page.hidden(self.prefix + path, number).copy()
        for name, value in typed.items():
            sent.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
        answer = self.client.post(self.prefix + path, data=sent, headers=headers)
        self.page = answer if answer.status_code == 303 else Page(answer)
        return self.page

    def report(self, **typed):
        """As far as the page that shows what will be sent."""
        self.go("/report/plain/write")
        return self.press("/report/plain/check", **({"understood": "y"} | typed))

    def sent(self, **typed):
        """A report that arrived: its code."""
        page = self.report(**typed)
        assert page.status == 200, page.errors
        code = page.hidden(self.prefix + "/report/plain/send")["code"]
        assert self.press("/report/plain/send", agreed="y").status == 201
        return code

    def come_back(self, code):
        self.go("/follow-up/plain")
        return self.press("/follow-up/plain", understood="y", code=code)
