"""Every parser is searched for half a minute with nearly right inputs, and for another guided by what is reached."""

import importlib.util
import random
import re
import time

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz import targets
from tests.fuzz.corpus import kept, lay_out, search
from tests.fuzz.structured import EXAMPLES, INPUTS

SECONDS = 30
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


@pytest.mark.slow
@names
def test_nearly_right_inputs(name):
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
    assert tried > 100


@pytest.mark.slow
@needs_wheel
@names
def test_guided_by_what_of_the_code_is_reached(name, tmp_path):
    lay_out(name, tmp_path)
    status, said = search(
        name, tmp_path, f"-max_total_time={SECONDS}", "-max_len=16384", "-timeout=5", "-rss_limit_mb=1024"
    )
    assert status == 0, said[-4000:]
    assert int(re.search(r"stat::number_of_executed_units: (\d+)|Done (\d+) runs", said).group(2) or 0) > 1000


@pytest.mark.slow
@needs_wheel
def test_a_fault_would_be_found(tmp_path):
    (tmp_path / "seed").write_bytes(b'{"abcdefgh":1}')
    status, said = search("planted", tmp_path, f"-max_total_time={SECONDS * 4}")
    assert status != 0
    assert "ZeroDivisionError" in said
