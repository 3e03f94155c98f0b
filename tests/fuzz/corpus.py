"""The corpora that are kept: for each target inputs that reached something new, one in base64 a line.

`python -m tests.fuzz.corpus` searches each target for a minute and keeps the shortest of what it found and had.
"""

import subprocess
import sys
import tempfile
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

from tests.fuzz.targets import TARGETS
from tests.rules.tree import ROOT

KEPT = Path(__file__).parent / "corpus"
SECONDS = 60
LARGEST = 16384
MOST = 200


def kept(name):
    """The inputs of a target."""
    path = KEPT / f"{name}.txt"
    return [b64decode(line) for line in path.read_text(encoding="ascii").split()] if path.exists() else []


def lay_out(name, directory):
    """Write a target's inputs as the files that libFuzzer reads."""
    for found in kept(name):
        (directory / sha256(found).hexdigest()).write_bytes(found)


def search(name, directory, *options):
    """Run libFuzzer on a target, its corpus in that directory; gives its status, and what it said."""
    with tempfile.TemporaryDirectory() as crashes:  # what libFuzzer writes it also says, in base64
        command = [sys.executable, "-m", "tests.fuzz", name, f"-artifact_prefix={crashes}/", str(directory), *options]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout + ran.stderr


def keep_more(name, seeds):
    """Search for a while from what is there, then keep the shortest of what reached something new."""
    with tempfile.TemporaryDirectory() as directory:
        found = Path(directory)
        lay_out(name, found)
        for seed in seeds:
            (found / sha256(seed).hexdigest()).write_bytes(seed)
        status, said = search(name, found, f"-max_total_time={SECONDS}", f"-max_len={LARGEST}", "-timeout=5")
        if status:
            raise SystemExit(f"{name}:\n{said[-4000:]}")
        inputs = {path.read_bytes() for path in found.iterdir()} - set(seeds)
    shortest = sorted(inputs, key=lambda one: (len(one), one))[:MOST]
    lines = [b64encode(one).decode("ascii") for one in shortest]
    (KEPT / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="ascii")
    print(f"{name}: {len(lines)} inputs")


if __name__ == "__main__":
    from tests.fuzz.structured import EXAMPLES

    for each in sys.argv[1:] or TARGETS:
        keep_more(each, EXAMPLES[each])
