"""No code of the portal changes or deletes an entry of the access log: it is written in two places, and read."""

import ast

from tests.rules.tree import own, text

# Where rows come from and go: each function may do this to the log, and nothing else does anything but read.
MAY = {
    ("app/services/access_log.py", "record", "AccessLog"),
    ("app/services/access_log.py", "record_by", "AccessLog"),
    ("app/services/access_log.py", "_older", "delete"),  # what is past its years; the triggers know the years too
    ("app/services/guessing.py", "note", "insert"),
}
CHANGING = {"AccessLog", "insert", "insert_if_absent", "update", "delete", "merge", "bulk_save_objects", "text"}


def called(call):
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def names_the_log(node):
    return any(
        (isinstance(inner, ast.Name) and inner.id == "AccessLog")
        or (isinstance(inner, ast.Constant) and isinstance(inner.value, str) and "access_log" in inner.value)
        for inner in ast.walk(node)
    )


def acts(name, source):
    """What the functions of a module do to the log: (module, function, verb)."""
    found = set()
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for call in ast.walk(function):
            if not isinstance(call, ast.Call) or called(call) not in CHANGING:
                continue
            if called(call) == "AccessLog" or any(map(names_the_log, [*call.args, *call.keywords])):
                found.add((name, function.name, called(call)))
    return found


def test_nothing_but_these_writes_to_the_log():
    assert set().union(*(acts(name, text(name)) for name in own(".py", under="app/"))) == MAY


def test_what_would_change_it_would_be_seen():
    planted = """
def quiet(session):
    session.execute(update(AccessLog).values(detail=""))
    session.execute(delete(AccessLog))
    session.execute(text("UPDATE access_log SET detail = ''"))
    session.add(AccessLog(action="signed_in"))
"""
    assert {verb for _name, _function, verb in acts("planted.py", planted)} == {"update", "delete", "text", "AccessLog"}


def test_rows_of_the_log_are_never_handed_out_as_objects():
    """A row that is read as an object could be changed by an assignment; every reader takes columns."""
    wrong = []
    for name in own(".py", under="app/"):
        for call in ast.walk(ast.parse(text(name))):
            if not isinstance(call, ast.Call) or called(call) not in {"select", "get", "query"}:
                continue
            if any(isinstance(argument, ast.Name) and argument.id == "AccessLog" for argument in call.args):
                wrong.append((name, call.lineno))
    assert wrong == []
