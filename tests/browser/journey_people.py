"""The people of the journey, each in a browser of their own: somebody who reports, and caseworkers who read."""

import re
import secrets

from playwright.sync_api import expect

from tests.browser.live_portal import ROOT

PICTURES = ROOT / "journey"
PATIENCE = 60_000


class Words:
    """What is typed on the way, each with something in it that occurs nowhere else."""

    def __init__(self, language):
        mark = {
            name: secrets.token_hex(6) for name in ("account", "first", "second", "answer", "state", "note", "reply")
        }
        korean = language == "ko"
        self.account = (
            f"{'퇴근길에 알게 되었습니다. 카나리아' if korean else 'I learned of it. Canary'} {mark['account']}"
        )
        self.links = [
            f"https://board-{mark['first']}.example/watch?v=1",
            f"https://mirror-{mark['second']}.example/글/2",
        ]
        self.answer = f"{'안녕하세요, 담당자입니다' if korean else 'Hello, I am your caseworker'} {mark['answer']}"
        self.state = f"{'오늘부터 돕겠습니다' if korean else 'We begin to help today'} {mark['state']}"
        self.note = f"{'우리끼리만 보는 메모' if korean else 'A note among ourselves'} {mark['note']}"
        self.reply = f"{'고맙습니다. 하나 더 있어요' if korean else 'Thank you. There is one more'} {mark['reply']}"
        self.code = ""

    def canaries(self):
        """What must lie nowhere on the server, by name."""
        return {
            "account": self.account,
            "first link": self.links[0],
            "second link": self.links[1],
            "host of the first link": self.links[0].split("/")[2],
            "answer": self.answer,
            "words with the state": self.state,
            "note": self.note,
            "reply": self.reply,
            "receipt code": re.sub(r"\D", "", self.code),
            "receipt code as shown": self.code,
        }


class Person:
    """One browser window; every picture gets the next number."""

    taken = 0

    def __init__(self, context, language, who):
        self.page = context.new_page()
        self.prefix = "/en" if language == "en" else ""
        self.language, self.who = language, who
        self.page.set_default_timeout(PATIENCE)

    def go(self, path):
        self.page.goto(self.prefix + path)

    def picture(self, name):
        Person.taken += 1
        PICTURES.mkdir(exist_ok=True)
        path = PICTURES / f"{self.language}-{Person.taken:02}-{self.who}-{name}.png"
        self.page.evaluate("scrollTo(0, 0)")  # the bar that stays in view would stand across the picture
        self.page.screenshot(path=path, full_page=True, caret="initial")  # hiding it would write into the page


class Reporter(Person):
    def report(self, words):
        """From the first page to the receipt code."""
        page = self.page
        self.go("/")
        self.picture("home")
        self.go("/report")
        page.locator("#begin:enabled").click()
        self._on_to("links")
        page.locator("#link-0-address").fill(words.links[0])
        page.locator("#add-link").click()
        page.locator("#link-1-address").fill(words.links[1])
        self.picture("links")
        self._on_to("organisations")
        self._choose("demo-centre", "counselling")
        self._choose("demo-commission", "review")
        self.picture("organisations")
        self._on_to("account")
        page.locator("#account_events").fill(words.account)
        page.locator("#organisation-demo-centre-compartments-account").check()
        self._on_to("review")
        page.locator("#send:visible").wait_for()
        letters = page.locator("#letters article")
        expect(letters).to_have_count(2)
        read = letters.all_inner_texts()
        assert [words.account in letter for letter in read] == [True, False]
        assert all(link in letter for letter in read for link in words.links)
        self.picture("letters")
        page.locator("#send").click()
        page.locator("#receipt-code:visible").wait_for()
        words.code = " ".join(page.locator(".receipt__group").all_inner_texts())
        self.picture("receipt")
        page.locator("#last-digits").fill(words.code[-4:])
        page.locator("#confirm-code").click()
        expect(page.locator("#kept")).to_be_visible()

    def _on_to(self, name):
        while not self.page.locator(f"#step-{name}").is_visible():
            shown = self.page.locator(".step:visible").get_attribute("id")
            self.page.locator(f"#{shown} [data-next]").click()
            expect(self.page.locator(f"#{shown}")).to_be_hidden()

    def _choose(self, slug, purpose):
        for tick in ("chosen", "sensitive", f"purposes-{purpose}"):
            self.page.locator(f"#organisation-{slug}-{tick}").check()

    def come_back(self, words):
        """With the code, however it is typed."""
        page = self.page
        self.go("/follow-up")
        page.locator("#code").fill(words.code.replace(" ", "-"))
        page.locator("#open:enabled").click()
        page.locator("#visit").wait_for()
        return page.locator("#threads .thread")

    def answer_back(self, thread, text):
        thread.locator("textarea").fill(text)
        thread.locator("[data-send]").click()
        expect(thread.locator("[data-messages]")).to_contain_text(text)


class Caseworker(Person):
    def sign_in(self, account):
        self.go("/sign-in")
        self.page.locator("#login").fill(account["login"])
        self.page.locator("#passphrase").fill(account["passphrase"])
        self.page.locator("#submit:enabled").click()
        self.page.wait_for_url(f"**{self.prefix}/queue")
        self.picture("queue")

    def open(self, referral_id):
        self.go(f"/referral/{referral_id}")
        expect(self.page.locator("#case")).to_be_visible()
        expect(self.page.locator(".links__url").first).to_be_visible()

    def links(self):
        return self.page.locator(".links__url").all_inner_texts()

    def claim_and_answer(self, words):
        page = self.page
        page.locator("#claim").click()
        page.locator("#new-state").select_option("in_support")
        page.locator("#state-words").fill(words.state)
        page.locator("#state-form [data-part=send]").click()
        expect(page.locator("#thread")).to_contain_text(words.state)
        page.locator("#message-words").fill(words.answer)
        page.locator("#message-form [data-part=send]").click()
        expect(page.locator("#thread")).to_contain_text(words.answer)
        page.locator("#note-words").fill(words.note)
        page.locator("#note-form [data-part=send]").click()
        expect(page.locator("#notes")).to_contain_text(words.note)
