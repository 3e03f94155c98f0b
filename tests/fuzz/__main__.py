"""`python -m tests.fuzz TARGET CORPUS [libFuzzer's options]`: search one target, guided by the code that is reached."""

import sys

import atheris

with atheris.instrument_imports(include=["app", "tests.fuzz.targets"]):
    from tests.fuzz import targets


def main():
    name, *rest = sys.argv[1:]
    search = targets.planted if name == "planted" else targets.TARGETS[name]
    atheris.Setup([sys.argv[0], *rest], search)
    atheris.Fuzz()


main()
