"""The search of the journey finds what it is meant to find. Needs no browser and no portal."""

import base64
import gzip
import json
import os
import subprocess
import sys
import zlib

import pytest

from tests.browser.canaries import CHUNK, Search, base64_within, forms_of

TEXT = "카나리아 말 9f2c?>~"


@pytest.mark.parametrize("before", range(6))
@pytest.mark.parametrize("after", range(4))
def test_base64_is_found_wherever_it_stands(before, after):
    raw = TEXT.encode()
    for alphabet, encode in ((b"+/", base64.b64encode), (b"-_", base64.urlsafe_b64encode)):
        whole = encode(b"\xff" * before + raw + b"\xff" * after)
        assert any(part in whole for part in base64_within(raw, alphabet))


def test_every_form_is_found_in_a_file(tmp_path):
    for form, raw in forms_of(TEXT).items():
        path = tmp_path / "scratch"
        path.write_bytes(b"x" * 1000 + raw + b"y" * 1000)
        search = Search({"text": TEXT})
        search.file(path)
        assert (path.name, "text", form) in search.found


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
@pytest.mark.parametrize("before", [0, 1000, CHUNK - 30])
def test_it_is_found_in_a_packed_stream(tmp_path, pack, before):
    path = tmp_path / "scratch"
    path.write_bytes(b"x" * before + pack(b"y" * 5000 + TEXT.encode() + b"z" * 5000) + b"x" * 1000)
    assert TEXT.encode() not in path.read_bytes()
    search = Search({"text": TEXT})
    search.file(path)
    assert (path.name, "text", "UTF-8, packed") in search.found


def test_with_a_mark_the_same_is_found(tmp_path):
    for form, raw in forms_of(TEXT).items():
        (path := tmp_path / "scratch").write_bytes(b"x" * 1000 + raw + b"y" * 1000)
        search = Search({"text": TEXT, "other": f"{TEXT} 2"}, mark=TEXT[-8:])
        search.file(path)
        assert (path.name, "text", form) in search.found
        assert not {name for _place, name, _form in search.found} - {"text", "the mark"}


def test_what_spans_two_chunks_is_found():
    raw = TEXT.encode()
    search = Search({"text": TEXT})
    search.chunks("pieces", [b"x" * 10 + raw[:7], raw[7:] + b"y"])
    assert ("pieces", "text", "UTF-8") in search.found


def test_what_is_not_there_is_not_found(tmp_path):
    path = tmp_path / "scratch"
    path.write_bytes(json.dumps("다른 말").encode() * 1000)
    search = Search({"text": TEXT})
    search.file(path)
    assert (search.found, search.searched > 0) == (set(), True)


def test_it_is_found_in_another_process():
    program = "import sys\nkept = bytes.fromhex(sys.stdin.readline())\nprint('ready', flush=True)\nsys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        # As hexadecimal, so that the pipe itself carries none of the forms looked for.
        process.stdin.write(TEXT.encode().hex() + "\n")
        process.stdin.flush()
        assert process.stdout.readline() == "ready\n"
        search = Search({"text": TEXT, "other": f"nowhere {os.getpid()}"})
        search.process(process.pid)
        process.stdin.close()
    assert (f"process {process.pid}", "text", "UTF-8") in search.found
    assert not [one for one in search.found if one[1] == "other"]
