"""What a person does in a tab of any engine until she leaves, and where one looks afterwards."""

import time

TYPED = "half-a-sentence-7391"
PATIENCE = 10
STEPS = "return [...document.querySelectorAll('[data-step]')].map((step) => step.dataset.step)"
# What was typed may stand in a field, in a text, or in an attribute.
EVERYTHING = """return document.documentElement.outerHTML
    + [...document.querySelectorAll("input, textarea")].map((field) => field.value).join(" ")"""
PLANT = """document.cookie = "left=over"; localStorage.left = "over"; sessionStorage.left = "over";
    indexedDB.open("left"); caches.open("left");"""
LOOK = """(async () => {
    document.body.dataset.found = [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage),
      ...(await indexedDB.databases()).map(({name}) => name), ...await caches.keys()].filter(Boolean).join(" ");
  })()"""


def until(told, wanted=True):
    """Ask until the answer is the wanted one; a page that is just going away answers nothing."""
    latest, ends = None, time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        try:
            latest = told()
        except Exception as error:  # noqa: BLE001 - each engine has its own
            latest = error
        if latest == wanted:
            return
        time.sleep(0.1)
    message = f"{latest!r}, not {wanted!r}"
    raise AssertionError(message)


def out(tab, outside):
    until(lambda: tab.address().startswith(f"{outside}/weather"))
    until(lambda: tab.run("return document.readyState"), "complete")


def begin(tab, portal):
    tab.go(f"{portal.url}/report")
    until(lambda: tab.run("return document.querySelector('#begin:enabled') !== null"))
    tab.click("#begin")
    until(lambda: tab.run("return document.querySelector('#report').hidden"), wanted=False)


def step_to(tab, name):
    tab.run("document.querySelector(`[data-goto=${arguments[0]}]`).click()", name)
    until(lambda: tab.run("return document.querySelector(`#step-${arguments[0]}`)?.hidden", name), wanted=False)


def type_something(tab):
    step_to(tab, "links")
    tab.type("#link-0-address", TYPED)
    assert tab.run("return document.querySelector('#link-0-address').value") == TYPED
    step_to(tab, "account")
    tab.type("#account_events", TYPED)
    step_to(tab, "organisations")
    for tick in ("chosen", "sensitive"):  # otherwise no step comes after it
        tab.run("document.querySelector(`[id^=organisation-][id$=-${arguments[0]}]`).click()", tick)


def leave(tab, way):
    if way == "button":
        tab.click("#exit")
    elif way == "shift":
        tab.shift(3)
    else:
        tab.run("document.querySelector('#exit').focus(); document.activeElement.click()")


def ours(tab, portal, outside):
    """The portal's entries since one last was elsewhere, where the engine tells; the neutral one is nobody's."""
    entries = tab.entries() or []
    elsewhere = max((at for at, entry in enumerate(entries) if entry.startswith(f"{outside}/before")), default=0)
    return [entry for entry in entries[elsewhere:] if entry.startswith(portal.url) and entry != f"{portal.url}/n"]


def back_leads_nowhere(tab, portal):
    for _press in range(2):
        tab.back()
        time.sleep(0.6)  # long enough for a page to be restored, and for the neutral one to go on
        address = tab.address()
        assert not address.startswith(portal.url) or address == f"{portal.url}/n", address
        assert TYPED not in tab.run(EVERYTHING)


def sent(tab, portal):
    """Send a report; give its code as it is shown."""
    begin(tab, portal)
    type_something(tab)
    step_to(tab, "review")
    until(lambda: tab.run("return document.querySelector('#send').offsetParent !== null"))
    tab.click("#send")
    until(lambda: tab.run("return document.querySelectorAll('#receipt-code .receipt__group').length"), 6)
    return tab.run("return document.querySelector('#receipt-code').textContent")


def left_without(tab, portal, outside, *words):
    """Leave, and find none of it in the history, in what the engine remembers, or behind Back."""
    leave(tab, "button")
    out(tab, outside)
    assert ours(tab, portal, outside) == []
    assert not [one for one in words if one in tab.remembers()]
    back_leads_nowhere(tab, portal)
    assert not [one for one in words if one in tab.run(EVERYTHING)]
