"""What people do with keys in a browser: joining, being let in, leaving, paper with words, passkeys, and recovery."""

import re

from playwright.sync_api import expect

SIX_GROUPS = re.compile(r"\d{5}( \d{5}){5}")
PATIENCE = 30_000


def fill_account(page, login, passphrase):
    """A name and a passphrase for a new account, and on."""
    page.locator("#login").fill(login)
    page.locator("#passphrase").fill(passphrase)
    page.locator("#passphrase-again").fill(passphrase)
    page.locator("#account-on").click()


def unlocked(page, passphrase):
    """Answer the dialog that asks for the passphrase in place."""
    page.locator("#again-passphrase").fill(passphrase)
    page.locator("#passphrase-form button[type=submit]").click()
    expect(page.locator("#passphrase-dialog")).to_be_hidden()


def unlocked_by_passkey(page):
    """Answer the same dialog without a passphrase."""
    page.locator("#passphrase-form [data-part=by-passkey]").click()
    expect(page.locator("#passphrase-dialog")).to_be_hidden()


def sign_out(page):
    page.locator(".staff-navigation__out button").click()
    page.wait_for_url("**/sign-in")


# ---------------------------------------------------------------- people


def card_of(page, login):
    return page.locator(f".people__card[data-login='{login}']")


def invited(lead, role="caseworker"):
    """Invite somebody; give the link that is handed over."""
    lead.locator("#invite-role").select_option(role)
    lead.locator("#invite button").click()
    expect(lead.locator("#invited svg")).to_be_visible()
    return lead.locator("#invited-link").input_value()


def joined(page, link, login, passphrase):
    """Go through the invitation; give the number that the newcomer sees."""
    page.goto(link)
    fill_account(page, login, passphrase)
    number = page.locator("[data-part=joined-fingerprint]")
    expect(number).to_have_text(SIX_GROUPS)
    assert "#" not in page.url
    return number.inner_text()


def waiting_numbers(page, answer):
    """What somebody who waits reads aloud and hears, both from their own browser; `answer` proves who is there."""
    page.wait_for_url(re.compile("/waiting$"))
    page.locator("#show-number").click()
    answer(page)
    expect(page.locator("#own-number")).to_have_text(SIX_GROUPS)
    return page.locator("#own-number").inner_text(), page.locator("#organisation-number").inner_text()


def let_in(lead, login, numbers, role="caseworker"):
    """Compare both numbers, and let somebody in; without the tick nothing happens."""
    card = card_of(lead, login)
    shown = card.locator(".fingerprint")
    assert (shown.nth(0).inner_text(), shown.nth(1).inner_text()) == numbers
    button = card.locator("button").first
    button.click()
    expect(card.locator("[role=alert]")).to_be_visible()
    card.locator("input[type=checkbox]").check()
    button.click()
    lead.wait_for_url(re.compile("done=let_in"))
    expect(card_of(lead, login).locator("select")).to_have_value(role)


def without(lead, login):
    """End somebody's access."""
    lead.goto("/people")
    card_of(lead, login).locator("button").last.click()
    lead.locator("#leaving-dialog [data-part=confirm]").click()
    lead.wait_for_url(re.compile("done=left"))
    expect(lead.locator("#due")).to_contain_text(login)


# ---------------------------------------------------------------- paper


def step(page, name):
    """Wait for one part of the page."""
    shown = page.locator(f"[data-step={name}]")
    expect(shown).to_be_visible(timeout=PATIENCE)
    return shown


def words_on_paper(page):
    return [word.strip() for word in page.locator("[data-part=sheet-words] li").all_inner_texts()]


def type_back(page, words, *, wrong=False):
    """Type the two words that are asked for."""
    for number, label in enumerate(page.locator("[data-part=back-label]").all_inner_texts(), 1):
        place = int(re.search(r"\d+", label)[0]) - 1
        page.locator(f"#back-{number}").fill(words[(place + wrong) % 24])
    page.locator("#back-on").click()


def new_sheet(page):
    """Go through a sheet and the two words that are asked back; give the words."""
    step(page, "kit")
    words = words_on_paper(page)
    assert len(words) == 24
    page.locator("#kit-on").click()
    step(page, "back")
    type_back(page, words)
    return words


def words_typed(page, words):
    """Type the words of a sheet at /recovery; give the place where the page says what is wrong with them."""
    page.locator("#recovery-words").fill(" ".join(words))
    page.locator("#words-on:enabled").click()
    return page.locator("[data-step=words] [data-part=problem-detail]")


# ---------------------------------------------------------------- passkeys


class Authenticators:
    """Virtual authenticators of one page."""

    def __init__(self, page):
        self.cdp = page.context.new_cdp_session(page)
        self.cdp.send("WebAuthn.enable")
        self.added = None

    def use(self, *, prf):
        """Plug one in, in place of the one before."""
        if self.added:
            self.cdp.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": self.added})
        options = {
            "protocol": "ctap2",
            "ctap2Version": "ctap2_1",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
            "hasPrf": prf,
        }
        self.added = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def credentials(self):
        return self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.added})["credentials"]


def prove(page, passphrase):
    """Answer the question who is there, in place."""
    expect(page.locator("#passphrase-dialog")).to_be_visible()
    unlocked(page, passphrase)


def add_passkey(page, name, passphrase):
    page.locator("#passkey-name").fill(name)
    page.locator("#passkeys form button").click()
    prove(page, passphrase)


# ---------------------------------------------------------------- new keys


def move_some_and(page, leave):
    """Begin to seal letters to the new keys, and `leave` when five have moved and others are under way."""
    let_through, held = [], []

    def stop_after_five(route):
        (let_through if len(let_through) < 5 else held).append(route)
        if route in let_through:
            route.continue_()

    page.route(re.compile(r"/referral/[^/]+/resealing$"), stop_after_five)
    page.locator("#resealing-start:enabled").click()
    expect(page.locator("#resealing-words")).to_have_text(re.compile("중 5건$"))
    leave(page)
    assert held


def move_all(page):
    """Seal all letters to the new keys, and see that none is left."""
    page.goto("/keys")
    expect(page.locator("#left-words")).to_contain_text("아직 예전 열쇠로")
    page.locator("#resealing-start:enabled").click()
    expect(page.locator("#resealing-said")).to_contain_text("모든 신고서를 새 열쇠로 잠갔습니다", timeout=180_000)
    page.reload()
    expect(page.locator("#left-words")).to_contain_text("없습니다")
