"""Those of the working week: four who report the same, one who waits for an answer, and the staff of four
organisations, each with a browser of their own; and what is typed on the way."""

import base64
import re

from playwright.sync_api import expect

from tests.browser import journey_people
from tests.browser.desk import CENTRE, give_passphrase
from tests.browser.many_links import OWN, made_up
from tests.browser.passing_on import AGREED
from tests.browser.reporter import Reporter

FOR_DOCS = journey_people.PICTURES / "casework"  # what docs/pictures/ has of it
BATCH_LETTERS = 6
COMMISSION = "demo-commission"
SHARED = "https://share-5093.example/view/77?x=1"
IGNORED = ("https://silent-6120.example/post/1", "https://silent-6120.example/post/2")
ROOM = "밤하늘 교환방"
# Whatever is typed or reported, by name; it must lie nowhere on the server.
TYPED = {
    "shared link": SHARED,
    "its site": "share-5093.example",
    "ignored link": IGNORED[0],
    "site of the batch": "sitting3.example",
    "link of the group": "https://civic-8830.example/watch/1",
    "what happened": "퇴근길에 친구가 알려 주어서 그때 처음 보았습니다",
    "operator": "나눔동영상 운영사",
    "operator who is silent": "조용한게시판 운영팀",
    "room": ROOM,
    "what was seen in the room": "계정 세 개가 판매 글을 되풀이해서 올림",
    "refusal": "이미 다른 관할에서 수사 중인 사건입니다",
    "poster": "uploader-9917",
    "what the victim asks": "언제쯤 연락을 받을 수 있을까요",
    "what the police answer": "내일 오전 열 시에 여기에 글을 남기겠습니다",
}


def victim_of(portal, number):
    """One of four: the same link, and one that is hers alone."""
    own = f"https://own-{number}-4471.example/글/{number}"
    links = [{"url": SHARED, "kind": "post", "poster": TYPED["poster"]}, {"url": own, "kind": "page"}]
    said = AGREED | {"links": links, "account": TYPED["what happened"], "urgent": number == 0}
    return Reporter(portal.url, CENTRE, said, keep_own=True)


def ignored_of(portal):
    """Somebody whose links an operator says nothing about."""
    links = [{"url": url, "kind": "post"} for url in IGNORED]
    return Reporter(portal.url, CENTRE, AGREED | {"links": links, "urgent": False}, keep_own=True)


def batch_of(portal):
    """Letters at the commission whose links are decided in one sitting."""
    return [Reporter(portal.url, COMMISSION, made_up(OWN + number)) for number in range(BATCH_LETTERS)]


class Colleague(journey_people.Person):
    """Somebody at a desk, signed in. No picture of a page that is too wide."""

    WIDTHS = (1280, 768)

    def __init__(self, portal, new_context, kind, role="caseworker", path="/queue"):
        super().__init__(new_context(height=900), "ko", kind if role == "caseworker" else f"{kind}-{role}")
        self.account = portal.account(kind, role)
        give_passphrase(self.page, self.account, path)

    def picture(self, name):
        for width in reversed(self.WIDTHS):
            self.page.set_viewport_size({"width": width, "height": 900})
            wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert self.page.evaluate(wide) <= 0, (name, width)
            super().picture(f"{name}-{width}")

    def show(self, name, start="h1"):
        """What one sees from there on, small enough for the documentation."""
        page, (wide, _narrow) = self.page, self.WIDTHS
        page.set_viewport_size({"width": wide, "height": 860})
        page.locator(start).locator("visible=true").first.evaluate("(one) => one.scrollIntoView({block: 'start'})")
        page.evaluate("scrollBy(0, -12)")
        session = page.context.new_cdp_session(page)
        made = session.send("Page.captureScreenshot", {"format": "webp", "quality": 60, "optimizeForSpeed": False})
        session.detach()
        FOR_DOCS.mkdir(parents=True, exist_ok=True)
        (FOR_DOCS / f"{name}.webp").write_bytes(base64.b64decode(made["data"]))


class Victim(journey_people.Reporter):
    """Who reported, on her phone: comes back with her code at every turn."""

    def __init__(self, new_context, reporter, who="victim"):
        super().__init__(new_context(width=360, height=740), "ko", who)
        self.reporter = reporter

    def sees(self, name, *words):
        """Her page says these, names nobody else and no number of others; a picture of it is taken."""
        cards = self.come_back(self.reporter)
        for one in cards.locator("details[data-links-part], details[data-so-far]").all():
            one.evaluate("(details) => { details.open = true; }")
        for said in words:
            expect(self.page.locator("#threads")).to_contain_text(said)
        assert not re.search("[2-9]건|다른 신고인", self.page.locator("#threads").inner_text()), name
        self.picture(name)
        return cards
