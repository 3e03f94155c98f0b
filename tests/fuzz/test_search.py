"""Every parser is searched for half a minute with nearly right inputs, and for another guided by what is reached."""

import importlib
import importlib.util
import pkgutil
import random
import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings

import app.domain
from app.domain import evidence, letter, signed_list, signing_in, wire
from app.errors import FormatError
from tests.fuzz import targets
from tests.fuzz.corpus import kept, lay_out, search
from tests.fuzz.structured import EXAMPLES, INPUTS

SECONDS = 30
LIMIT_MB = 1024
ROOMS = [importlib.import_module(each.name) for each in pkgutil.iter_modules(app.domain.__path__, "app.domain.")]
# What a target calls within something else.
WITHIN = {
    signing_in.parse_named: targets.parse_named, evidence.parse_package: targets.bare_package,
    signed_list.parse_list: targets.bare_list, wire.parse_request: targets.requests,
    wire.parse_canonical: targets.letters,
}  # fmt: skip
names = pytest.mark.parametrize("name", targets.TARGETS)
GUIDED = importlib.util.find_spec("atheris") is not None
needs_wheel = pytest.mark.skipif(not GUIDED, reason="atheris has wheels for x86-64 and Python up to 3.13 only")


@names
def test_what_is_right_is_taken_and_what_was_found_before_still_holds(name):
    found = kept(name)
    assert len(EXAMPLES[name]) > 1
    assert found
    for one in (*EXAMPLES[name], *found):
        targets.TARGETS[name](one)


def test_the_search_of_requests_begins_with_a_body_for_each_that_reads_one():
    def takes(parse, example):
        try:
            parse(example)
        except FormatError:
            return False
        return True

    examples = [*EXAMPLES["requests"], b"{}"]
    assert [parse.__name__ for parse in targets.REQUESTS if not any(takes(parse, one) for one in examples)] == []


def parsers():
    """Every parser of the domain, under the module that it stands in."""
    return {
        parse for room in ROOMS for name, parse in vars(room).items()
        if name.startswith("parse_") and parse.__module__ == room.__name__
    }  # fmt: skip


def test_every_parser_is_in_a_target():
    searched = {*targets.REQUESTS, *(parse for parse, _write in targets.SEALED), *targets.TARGETS.values()}
    assert set(WITHIN.values()) <= searched
    assert len(parsers()) > 50
    assert {parse.__qualname__ for parse in parsers() - searched - set(WITHIN)} == set()
    assert set(WITHIN) <= parsers()
    assert letter.parse_letter in parsers()


def guided(name, directory):
    """Search with libFuzzer in a process of its own."""
    lay_out(name, directory)
    return search(
        name, directory, f"-max_total_time={SECONDS}", "-max_len=16384", "-timeout=10", f"-rss_limit_mb={LIMIT_MB}"
    )


def nearly_right(name):
    """Search with Hypothesis in this process; gives how many inputs were tried."""

    @settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(INPUTS[name])
    def holds(found):
        targets.TARGETS[name](found)

    seed = random.randrange(2**32)
    chance, tried, until = random.Random(seed), 0, time.monotonic() + SECONDS
    while time.monotonic() < until:
        try:
            holds.hypothesis.fuzz_one_input(chance.randbytes(chance.choice((64, 512, 4096))))
        except BaseException as error:
            error.add_note(f"try {tried} of the series from {seed}")
            raise
        tried += 1
    return tried


@pytest.mark.slow
@names
def test_half_a_minute_of_each_search(name, tmp_path):
    with ThreadPoolExecutor(1) as beside:
        search_of_its_own = beside.submit(guided, name, tmp_path) if GUIDED else None
        assert nearly_right(name) > 50
        if search_of_its_own is not None:
            status, said = search_of_its_own.result()
            assert status == 0, said[-4000:]
            assert int(re.search(r"Done (\d+) runs", said)[1]) > 500


@pytest.mark.slow
@needs_wheel
def test_what_is_weighed_is_the_search_and_not_whoever_started_it(tmp_path):
    held = b"1" * (LIMIT_MB // 2 * 2**20)
    status, said = search("codes", tmp_path, "-runs=1")
    assert status == 0, said[-4000:]
    assert 0 < max(map(int, re.findall(r"rss: (\d+)Mb", said))) < len(held) / 2**20


@pytest.mark.slow
@needs_wheel
def test_a_fault_would_be_found(tmp_path):
    (tmp_path / "seed").write_bytes(b'{"abcdefgh":1}')
    status, said = search("planted", tmp_path, f"-max_total_time={SECONDS * 4}")
    assert status != 0
    assert "ZeroDivisionError" in said
