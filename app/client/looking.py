"""One look at a portal through the eyes of several visitors: pages, headers, files, the list of code, the directory."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from app.client.asker import Answer, Asker
from app.client.page_parts import Parts, parts_of
from app.crypto.epoch_chain import verify_directory
from app.errors import FormatError
from app.headers import (
    ALWAYS,
    CONTENT_SECURITY_POLICY,
    INTEGRITY_POLICY,
    OF_A_FILE,
    OF_A_WORKER,
    PAGE,
    POLICY_WITH_WORKER,
    headers_for,
)

# Reporters' pages, in both languages. Those without JavaScript may be switched off; then they are that for everybody.
MUST_ANSWER: Final = ("/", "/report", "/follow-up", "/help", "/privacy", "/code", "/organisations", "/n")
MAY_BE_OFF: Final = (
    "/report/plain",
    "/report/plain/easy",
    "/report/plain/write",
    "/report/plain/write/easy",
    "/follow-up/plain",
)
CODE: Final = "/code.json"
DIRECTORY: Final = "/api/v1/directory"
LANGUAGES: Final = ("", "/en")
# What may differ between two answers that say the same.
PASSING: Final = frozenset(
    [
        "age",
        "connection",
        "content-encoding",
        "content-length",
        "date",
        "etag",
        "keep-alive",
        "transfer-encoding",
        "vary",
        "alt-svc",
    ]
)
_TOKEN: Final = re.compile(rb'(name="csrf_token" value=")[^"]*')
_SHOWN: Final = 70
# The one header that differs between browsers, and only by whether it is there; see `app.headers.refuses_imports`.
_NOT_FOR_ALL: Final = INTEGRITY_POLICY[0].lower()
BEFORE: Final = 10  # signs that are shown of what is still the same


@dataclass(slots=True)
class Findings:
    """What differs, and who saw it."""

    seen: dict[str, list[str]] = field(default_factory=dict)

    def add(self, words: str, who: str = "") -> None:
        """Note something, once for each who saw it."""
        askers = self.seen.setdefault(words, [])
        if who and who not in askers:
            askers.append(who)

    def lines(self, everybody: int) -> list[str]:
        """Give one line for each thing."""
        return [
            f"{words} [{'everybody' if len(who) == everybody else ', '.join(who)}]" if who else words
            for words, who in self.seen.items()
        ]


class Look:
    """All that is asked in one go. `findings` says what differs; Raises OutOfReach wherever nothing answers."""

    def __init__(self, askers: list[Asker], reference: dict[str, Any] | None) -> None:
        self.askers = askers
        self.reference = reference
        self.findings = Findings()
        self.first: dict[str, tuple[Asker, Answer]] = {}
        self.files: dict[str, dict[str, str]] = {asker.name: {} for asker in askers}
        self.code: dict[str, Any] = {}
        self.directory: dict[str, Any] | None = None

    def pages(self) -> None:
        """Ask for every page, by everybody."""
        for path in (*MUST_ANSWER, *MAY_BE_OFF):
            for address in (path if not prefix else prefix + path for prefix in LANGUAGES):
                for asker in self.askers:
                    self._page(asker, address, required=path in MUST_ANSWER)

    def code_list(self) -> None:
        """Ask for the list of code, by everybody, and compare it with the one from elsewhere."""
        for asker in self.askers:
            answer = self._same(asker, CODE)
            listed = _json(answer)
            if not _is_code(listed):
                self.findings.add(f"{CODE}: this is no list of code", asker.name)
            elif not self.code:
                self.code = listed
            if self.reference is not None and _is_code(listed):
                self._against_reference(asker, listed)

    def static_files(self) -> None:
        """Ask for every file that a page names or the list has for reporters, by everybody; compare its hash."""
        listed = {**self.code.get("reporter", {}), **self.code.get("staff", {})}
        release = self.code.get("release", "")
        for asker in self.askers:
            named = self.files[asker.name]
            for name in sorted({*named, *self.code.get("reporter", {})}):
                if named.get(name) and listed.get(name) != named[name]:
                    self.findings.add(f"{name}: pages name another hash of it than {CODE}", asker.name)
                path = f"/static/{release}/{name}"
                answer = asker.get(path)
                if answer.status != 200:
                    self.findings.add(f"{name}: answered {answer.status}", asker.name)
                    continue
                self._headers(asker, path, answer)
                if hashlib.sha256(answer.body).hexdigest() != listed.get(name):
                    self.findings.add(f"{name}: what is sent is not what {CODE} says", asker.name)

    def organisations(self) -> None:
        """Ask for the directory, by everybody, and check every signature in it."""
        for asker in self.askers:
            answer = self._same(asker, DIRECTORY)
            try:
                checked = verify_directory(_json(answer))
            except FormatError as error:
                self.findings.add(f"{DIRECTORY}: the keys do not hold: {error.field or 'it is no JSON'}", asker.name)
            else:
                self.directory = self.directory or checked

    def _page(self, asker: Asker, path: str, *, required: bool) -> None:
        answer = self._same(asker, path)
        if answer.status != 200:
            if required or answer.status != 404:
                self.findings.add(f"{path}: answered {answer.status}", asker.name)
            return
        self._parts(asker, path, parts_of(answer.body.decode("utf-8", "replace"), path))

    def _parts(self, asker: Asker, path: str, parts: Parts) -> None:
        for fault in parts.faults:
            self.findings.add(f"{path}: {fault}", asker.name)
        known = self.files[asker.name]
        for name, digest in parts.files.items():
            if digest and known.get(name, digest) not in {digest, ""}:
                self.findings.add(f"{path}: names another hash of {name} than another page", asker.name)
            known[name] = digest or known.get(name, "")

    def _same(self, asker: Asker, path: str) -> Answer:
        """Ask, and compare with what the first who asked this was told."""
        answer = asker.get(path)
        first_asker, first = self.first.setdefault(path, (asker, answer))
        who = first_asker.name
        alike = _kind_of(answer) != PAGE or asker.refuses_imports == first_asker.refuses_imports
        passing = PASSING if alike else PASSING | {_NOT_FOR_ALL}
        if answer.status != first.status:
            words = f"{path}: answered {answer.status}, and {first.status} to {who}"
            self.findings.add(words, asker.name)
        elif (difference := _difference(first.body, answer.body)) is not None:
            self.findings.add(f"{path}: another answer than to {who}: {difference}", asker.name)
        for name in sorted(first.headers.keys() | answer.headers.keys()):
            if name not in passing and first.headers.get(name) != answer.headers.get(name):
                self.findings.add(f"{path}: another {name} than to {who}", asker.name)
        self._headers(asker, path, answer)
        return answer

    def _headers(self, asker: Asker, path: str, answer: Answer) -> None:
        kind = _kind_of(answer)
        wanted, no_imports = headers_for(path, str(answer.status), kind), kind == PAGE and asker.refuses_imports
        for name, value in wanted:
            if name.lower() == _NOT_FOR_ALL and no_imports:
                continue
            said = answer.headers.get(name.lower())
            with_worker = value == CONTENT_SECURITY_POLICY and said == POLICY_WITH_WORKER and _has_worker(path)
            if said != value and not with_worker:
                self.findings.add(
                    f"{path if wanted is ALWAYS else _kind(wanted)}: {name} is {_short(said)}", asker.name
                )
        if _NOT_FOR_ALL in answer.headers and no_imports:
            words = f"{INTEGRITY_POLICY[0]} is sent to a browser that then runs no script"
            self.findings.add(f"{path if wanted is ALWAYS else _kind(wanted)}: {words}", asker.name)
        if "set-cookie" in answer.headers:
            self.findings.add(f"{path}: sets a cookie", asker.name)

    def _against_reference(self, asker: Asker, listed: dict[str, Any]) -> None:
        for part in ("reporter", "staff"):
            ours, theirs = (self.reference or {}).get(part, {}), listed[part]
            for name in sorted(ours.keys() | theirs.keys()):
                if ours.get(name) != theirs.get(name):
                    how = "is not in it" if name not in ours else "is missing" if name not in theirs else "is another"
                    self.findings.add(f"{name}: {how}, compared with --manifest", asker.name)


def each(steps: Iterable[Callable[[], None]], rounds: int) -> None:
    """Take all the steps, several times."""
    for _round in range(rounds):
        for step in steps:
            step()


def _has_worker(path: str) -> bool:
    return path.removeprefix("/en") in {"/report", "/follow-up"}


def _kind_of(answer: Answer) -> str:
    return answer.headers.get("content-type", "").partition(";")[0]


def _kind(wanted: object) -> str:
    return "a worker" if wanted is OF_A_WORKER else "a file" if wanted is OF_A_FILE else "an answer"


def _short(said: str | None) -> str:
    return "missing" if said is None else said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"


def _json(answer: Answer) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(answer.body)
    except ValueError:
        return None


def _is_code(listed: object) -> bool:
    """Say whether this is a list of code: two tables of names and hashes."""
    return isinstance(listed, dict) and all(
        isinstance(listed.get(part), dict) and all(isinstance(digest, str) for digest in listed[part].values())
        for part in ("reporter", "staff")
    )


def _difference(first: bytes, other: bytes) -> str | None:
    """Give the first line that differs, in a few words; None where nothing does but tokens of forms."""
    one, two = (_TOKEN.sub(rb"\1", body).decode("utf-8", "replace").split("\n") for body in (first, other))
    if one == two:
        return None
    for number, (was, now) in enumerate(zip(one, two, strict=False), 1):
        if was != now:
            alike = next((at for at, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), 0)
            return f"line {number}: …{_short(now[max(alike - BEFORE, 0) :])}"
    return f"{len(two)} lines instead of {len(one)}"
