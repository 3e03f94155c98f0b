"""`python -m tests.fuzz TARGET CORPUS [libFuzzer's options]`: search one target, guided by the code that is reached."""

import os
import sys


def beside():
    """Go on in a child, and end as it ends.

    libFuzzer weighs the most that its process ever held, and a process that was started by a large one, such as a whole
    run of tests, begins with that one's peak. A child of this small process begins with its own.
    """
    child = os.fork()
    if child:
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def main():
    import atheris

    with atheris.instrument_imports(include=["app", "tests.fuzz.targets"]):
        from tests.fuzz import targets

    name, *rest = sys.argv[1:]
    search = targets.planted if name == "planted" else targets.TARGETS[name]
    atheris.Setup([sys.argv[0], *rest], search)
    atheris.Fuzz()


beside()
main()
