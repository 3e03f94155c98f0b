"""Looks for words where they must not be: in files and in the memory of processes, however they are written."""

import base64
import html
import json
import re
import zlib
from pathlib import Path
from urllib.parse import quote, quote_plus

CHUNK = 1 << 20
# How a gzip'd or deflated stream begins; brotli and bare deflate have nothing to know them by.
PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
UNPACKED_MOST = 1 << 20
TAIL = 1 << 15  # what of a chunk is looked at again with the next: for streams that begin near its end
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
        "JSON-escaped for HTML": json.dumps(html.escape(text))[1:-1].encode(),
        "HTML-escaped": html.escape(text).encode(),
        "percent-encoded": quote(text, safe="").encode(),
        "percent-encoded in lower case": quote(text, safe="").lower().encode(),
        "percent-encoded as a form": quote_plus(text).encode(),
        "hexadecimal": raw.hex().encode(),
        "hexadecimal in capitals": raw.hex().upper().encode(),
        "Python's bytes": repr(raw)[2:-1].encode(),
    }
    for name, alphabet in (("base64", b"+/"), ("base64url", b"-_")):
        for offset, encoded in enumerate(base64_within(raw, alphabet)):
            forms[f"{name} at offset {offset}"] = encoded
    return forms


def unpacked(window):
    """What gzip'd or deflated streams within some bytes hold, as far as they can be read."""
    for begins in PACKED.finditer(window):
        stream = zlib.decompressobj(zlib.MAX_WBITS | 32)  # either kind
        try:
            found = stream.decompress(window[begins.start() :], UNPACKED_MOST)
        except zlib.error:
            continue
        if len(found) > 8:
            yield found


class Search:
    """What to look for; `found` collects (place, canary, form).

    `mark`: what stands in every canary. Only where it is found is looked for each of them, which takes many times less.
    """

    def __init__(self, canaries, mark=None):
        self.needles = [
            (name, form, needle) for name, text in canaries.items() for form, needle in forms_of(text).items()
        ]
        self.marks = None if mark is None else set(forms_of(mark).values())
        assert mark is None or all(mark in text for text in canaries.values())
        self.longest = max(len(needle) for _name, _form, needle in self.needles)
        self.found = set()
        self.searched = 0
        self.shared = set()

    def chunks(self, place, chunks):
        tail = b""
        for chunk in chunks:
            self.searched += len(chunk)
            window = tail + chunk
            if chunk == bytes(len(chunk)):  # much of what a database keeps is still empty
                window = tail + chunk[: self.longest]
            self._look(place, window, "")
            for inner in unpacked(window):
                self._look(place, inner, ", packed")
            tail = window[-max(self.longest, TAIL) :]

    def _look(self, place, window, how):
        if self.marks is not None:
            if not any(mark in window for mark in self.marks):
                return
            self.found.add((place, "the mark", f"any{how}"))
        self.found |= {(place, name, form + how) for name, form, needle in self.needles if needle in window}

    def file(self, path):
        with Path(path).open("rb") as file:
            self.chunks(Path(path).name, iter(lambda: file.read(CHUNK), b""))

    def process(self, pid):
        """Every readable byte of a process, from /proc; what several processes share is read in the first of them."""
        regions = []
        for line in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines():
            span, permissions, *where = line.split(maxsplit=5)  # offset, device, inode, and a name if it has one
            if not permissions.startswith("r") or where[-1] in NOT_MEMORY:
                continue
            start, end = (int(end, 16) for end in span.split("-"))
            # In common are a database's memory, and programs that nobody writes to: known by where they lie.
            if permissions[3] == "s" or ("w" not in permissions and where[2] != "0"):
                common = (*where[:3], end - start)
                if common in self.shared:
                    continue
                self.shared.add(common)
            regions.append((start, end))
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
