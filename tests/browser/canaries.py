"""Looks for words where they must not be: in files and in the memory of processes, however they are written."""

import base64
import json
from pathlib import Path
from urllib.parse import quote

CHUNK = 1 << 22
# Regions of the kernel that only look like memory.
NOT_MEMORY = {"[vvar]", "[vvar_vclock]", "[vdso]", "[vsyscall]"}


def base64_within(raw, alphabet):
    """The parts of base64 that must appear wherever `raw` is encoded as a part of something longer: one an offset."""
    found = []
    for offset in range(3):
        encoded = base64.b64encode(bytes(offset) + raw, altchars=alphabet).rstrip(b"=")
        first = -(-offset * 4 // 3)
        whole = (offset + len(raw)) * 4 // 3  # the last character may also hold bits of what follows
        found.append(encoded[first:whole])
    return found


def forms_of(text):
    """Every way in which a text could lie somewhere: name of the form → bytes."""
    raw = text.encode()
    forms = {
        "UTF-8": raw,
        "UTF-16LE": text.encode("utf-16-le"),
        "UTF-16BE": text.encode("utf-16-be"),
        "UTF-32LE": text.encode("utf-32-le"),
        "JSON-escaped": json.dumps(text)[1:-1].encode(),
        "percent-encoded": quote(text, safe="").encode(),
    }
    for name, alphabet in (("base64", b"+/"), ("base64url", b"-_")):
        for offset, encoded in enumerate(base64_within(raw, alphabet)):
            forms[f"{name} at offset {offset}"] = encoded
    return forms


class Search:
    """What to look for; `found` collects (place, canary, form)."""

    def __init__(self, canaries):
        self.needles = [
            (name, form, needle) for name, text in canaries.items() for form, needle in forms_of(text).items()
        ]
        self.longest = max(len(needle) for _name, _form, needle in self.needles)
        self.found = set()
        self.searched = 0

    def chunks(self, place, chunks):
        tail = b""
        for chunk in chunks:
            self.searched += len(chunk)
            window = tail + chunk
            self.found |= {(place, name, form) for name, form, needle in self.needles if needle in window}
            tail = window[-self.longest :]

    def file(self, path):
        with Path(path).open("rb") as file:
            self.chunks(Path(path).name, iter(lambda: file.read(CHUNK), b""))

    def process(self, pid):
        """Every readable byte of a process, from /proc."""
        regions = []
        for line in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines():
            span, permissions, *_rest = line.split()
            if permissions.startswith("r") and line.split(maxsplit=5)[-1] not in NOT_MEMORY:
                regions.append(tuple(int(end, 16) for end in span.split("-")))
        with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
            for start, end in regions:
                self.chunks(f"process {pid}", _region(memory, start, end))


def _region(memory, start, end):
    while start < end:
        try:
            memory.seek(start)
            chunk = memory.read(min(CHUNK, end - start))
        except OSError:  # unmapped since the map was read, or guarded
            return
        if not chunk:
            return
        yield chunk
        start += len(chunk)
