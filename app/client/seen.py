"""What a monitor saw before: each organisation's fingerprint and chain of keys, and the code; in a file of its own."""

import json
from pathlib import Path
from typing import Any, Final

_VERSION: Final = 1


class UnreadableState(Exception):
    """The file is there and is no state of a monitor."""


def read(path: Path) -> dict[str, Any] | None:
    """Give what was seen before, or None where nothing was. Raises UnreadableState."""
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise UnreadableState(f"{path} cannot be read: {type(error).__name__}") from None
    if not isinstance(state, dict) or state.get("v") != _VERSION or not isinstance(state.get("organisations"), dict):
        raise UnreadableState(f"{path} is no state of a monitor")
    return state


def write(path: Path, state: dict[str, Any]) -> None:
    """Replace the file as a whole: a monitor that is interrupted leaves the one before."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(json.dumps(state, indent=1) + "\n", encoding="utf-8")
    fresh.replace(path)


def state_of(directory: dict[str, Any], code: dict[str, Any] | None) -> dict[str, Any]:
    """Give what is to be remembered of a directory whose chains hold, and of the code."""
    return {
        "v": _VERSION,
        "portal_id": directory["portal_id"],
        "version": (code or {}).get("version", ""),
        "sum": (code or {}).get("sum", ""),
        "organisations": {
            one["slug"]: {
                "fingerprint": one["fingerprint"],
                "chain": one["chain"],
                "earlier": [broken["fingerprint"] for broken in one["earlier"]],
            }
            for one in directory["organisations"]
        },
    }


def changes(before: dict[str, Any], now: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Give what must not happen, and what may happen and is worth a line."""
    wrong: list[str] = []
    notes: list[str] = []
    if before["portal_id"] != now["portal_id"]:
        wrong.append("another portal: its id is not the one that was seen before")
    for slug, known in before["organisations"].items():
        if slug not in now["organisations"]:
            wrong.append(f"{slug}: the organisation vanished from the directory")
        else:
            one_wrong, one_note = _organisation(known, now["organisations"][slug])
            wrong += [f"{slug}: {words}" for words in one_wrong]
            notes += [f"{slug}: {words}" for words in one_note]
    notes += [f"{slug}: a new organisation" for slug in now["organisations"] if slug not in before["organisations"]]
    if now["sum"] != before["sum"]:
        if now["version"] == before["version"] and before["sum"]:
            wrong.append(f"the code is another than before, and the version is still {now['version']}")
        else:
            notes.append(f"the code is that of another version: {now['version']}")
    return wrong, notes


def _organisation(known: dict[str, Any], now: dict[str, Any]) -> tuple[list[str], list[str]]:
    wrong: list[str] = []
    forgotten = [one for one in known["earlier"] if one not in now["earlier"]]
    if forgotten:
        wrong.append(f"keys that were lost before are no longer told of: {', '.join(forgotten)}")
    if now["fingerprint"] != known["fingerprint"]:
        told = "the directory says that the keys were lost" if known["fingerprint"] in now["earlier"] else "unannounced"
        wrong.append(f"other keys ({told}): the fingerprint was {known['fingerprint']} and is {now['fingerprint']}")
        return wrong, []
    chain, before = now["chain"], known["chain"]
    if len(chain) < len(before):
        wrong.append(f"{len(before) - len(chain)} of its keys vanished from the chain")
    if chain[: len(before)] != before[: len(chain)]:
        wrong.append("the chain of its keys was rewritten")
    return wrong, [f"{len(chain) - len(before)} newer keys"] if len(chain) > len(before) and not wrong else []
