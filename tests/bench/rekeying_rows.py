"""An organisation with 1,000 letters: from the passphrase to a readable queue, and all letters sealed to new keys."""

import hashlib
import secrets
from datetime import UTC, datetime

from playwright.sync_api import sync_playwright
from sqlalchemy import insert

from app.cli.ceremony import Description, Person, found
from app.cli.demo_letters import whole_letter
from app.cli.demo_work import summary_of
from app.crypto import recipient_key
from app.crypto.envelope import seal_letter
from app.crypto.summary import seal_summary
from app.db import engine_for, session_for
from app.domain.deadline import day_of, due_on
from app.domain.letter import letter_json
from app.domain.wire import b64u_decode, b64u_encode, canonical_json
from app.models import Caseworker, Referral, Report, Summary
from app.services import portal as portals
from tests.bench.method import CORES, pinned, row
from tests.browser.conftest import CHROMIUM, FLAGS

LETTERS, SLUG, LOGIN, PASSPHRASE = 1_000, "bench-centre", "bench.lead", "a passphrase that only this bench has"
MADE_UP = {"lang": "ko", "harm": ["distribution"], "material": ["deepfake"], "wishes": ["delete"]}
# The longest that the page stood still, from now on; and Argon2id alone, in the same browser.
WATCH = """() => {
  globalThis.longest = 0;
  const watching = new PerformanceObserver((list) => {
    for (const task of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, task.duration);
  });
  watching.observe({ entryTypes: ["longtask"] });
}"""
ARGON2 = """async ({ base, login, passphrase }) => {
  const { root } = await import(`${base}crypto/caseworker_key.js`);
  const began = performance.now();
  await root({ passphrase, portalId: new Uint8Array(16), login });
  return performance.now() - began;
}"""


def fill(engine, letters, *, summaries=True):
    """Make an organisation, and so many letters: opened and with their summaries, or new and without."""
    now = datetime.now(UTC)
    with session_for(engine) as session:
        portal_id = portals.current(session).portal_id
        session.rollback()
        described = Description(SLUG, "support_centre", "벤치센터", "Bench centre", "seoul")
        founded = found(session, portal_id, described, [Person(LOGIN, "lead", PASSPHRASE)], now)
        (lead,) = session.query(Caseworker).filter_by(login=LOGIN)
        rows = [_letter(portal_id, founded, lead.caseworker_id, now) for _number in range(letters)]
        for model, made in zip((Report, Referral, Summary), zip(*rows, strict=True), strict=True):
            if model is not Summary or summaries:
                session.execute(insert(model), list(made))
        session.commit()


def _letter(portal_id, founded, lead_id, now):
    epoch, report_id, referral_id = founded.epoch, secrets.token_bytes(16), secrets.token_bytes(16)
    keys = recipient_key.from_seed(b64u_decode(epoch["seed"], "seed", 32))
    letter = whole_letter(MADE_UP, report_id, day_of(now))
    letter |= {name: b64u_encode(secrets.token_bytes(32)) for name in ("reply_key", "log_key")}
    sealed = seal_letter(keys.public_key, portal_id, report_id, keys.kid, "browser", letter_json(letter))
    sealed_hash, today = hashlib.sha256(sealed).digest(), day_of(now)
    summary_key = b64u_decode(epoch["summary_key"], "summary_key", 32)
    content = canonical_json(summary_of(letter))
    summary = seal_summary(summary_key, portal_id, SLUG, report_id, keys.kid, sealed_hash, 1, content)
    kept = {"epoch_kid": keys.kid, "version": 1, "saved_by": lead_id, "saved_at": now, "sealed": summary}
    return (
        {
            "report_id": report_id, "lookup": secrets.token_bytes(32), "body_hash": bytes(32), "received_on": today,
            "state": "received", "destroy_on": None, "own": None,
        },
        {
            "referral_id": referral_id, "report_id": report_id, "organisation_id": founded.organisation_id,
            "kid": keys.kid, "origin_kid": keys.kid, "sealed_by": "browser", "sealed_hash": sealed_hash,
            "leaf": bytes(32), "size": 1, "urgent": False, "received_on": today,
            "due_on": due_on(today, urgent=False), "state": "received", "state_on": today, "version": 1,
            "opened_at": now, "unread_from_reporter": False, "sealed": sealed,
        },
        {"referral_id": referral_id, **kept},
    )  # fmt: skip


def signed_in(page, url):
    """Sign in; give the milliseconds from the button to a queue whose summaries are open, and Argon2id's own."""
    page.goto(f"{url}/sign-in?next=/queue")
    page.locator("#submit:enabled").wait_for()
    base = page.evaluate("() => new URL('../', document.querySelector('script[src*=\"/js/\"]').src).href")
    alone = page.evaluate(ARGON2, {"base": base, "login": LOGIN, "passphrase": PASSPHRASE})
    page.locator("#login").fill(LOGIN)
    page.locator("#passphrase").fill(PASSPHRASE)
    began = datetime.now(UTC)
    page.locator("#submit").click()
    page.locator("#queue-status:not(:empty)").wait_for(state="attached")
    return (datetime.now(UTC) - began).total_seconds() * 1000, alone


def _resealed(page, url):
    """Make new keys and have every letter sealed to them; give seconds, and the longest that the page stood still."""
    page.goto(f"{url}/keys")
    page.locator("#new-keys:enabled").click()
    page.locator("#keys-said", has_text="이제 새 열쇠를 씁니다").wait_for()
    page.evaluate(WATCH)
    began = datetime.now(UTC)
    page.locator("#resealing-start:enabled").click()
    page.locator("#resealing-said", has_text="모든 신고서를").wait_for()
    seconds = (datetime.now(UTC) - began).total_seconds()
    return seconds, page.evaluate("() => globalThis.longest")


def rows(portal, letters=LETTERS):
    """Chromium has both cores, as a lead's computer would have several."""
    engine = engine_for(portal.environment["ONESTOP_DATABASE_URL"])
    fill(engine, letters)
    engine.dispose()
    with pinned(CORES), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_context(locale="ko-KR").new_page()
        page.set_default_timeout(300_000)
        to_queue, alone = signed_in(page, portal.url)
        seconds, longest = _resealed(page, portal.url)
        browser.close()
    found = [
        (f"sign-in to a readable queue with {letters:,} letters, beyond Argon2id", to_queue - alone, "ms", 1_000),
        (f"seal {letters:,} letters to new keys, with their summaries", seconds, "s", 60),
        ("the longest that the page stood still meanwhile", longest, "ms", 200),
    ]
    return [row("keys", name, [value], unit, goal=("value", "<=", most)) for name, value, unit, most in found]
