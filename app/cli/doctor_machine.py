"""The doctor's look at the machine: who may read which file, room on the disks, backups, shared counts."""

import os
import pwd
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from stat import S_IMODE
from typing import Final

from flask import current_app
from sqlalchemy.engine import make_url

from app import db
from app.cli.finding import Asked, Check, Complaint, Note, settings
from app.errors import FormatError
from app.limits import Limits
from app.services import backup, shred_setup
from app.services.shred_store import store_of

CATALOGUES: Final = Path(__file__).resolve().parent.parent / "translations"
LEAST_ROOM: Final = 1 << 30  # bytes
OLDEST_BACKUP: Final = timedelta(hours=36)
# systemd grants the portal's user its credentials by an access list, which shows as the group's right to read.
NOT_FOR_A_SECRET: Final = 0o027
NOT_FOR_ROWS: Final = 0o077
NOT_FOR_COPIES: Final = 0o022


def _translations(_asked: Asked) -> str:
    late = [
        source.parent.parent.name
        for source in CATALOGUES.glob("*/LC_MESSAGES/*.po")
        if not source.with_suffix(".mo").exists() or source.with_suffix(".mo").stat().st_mtime < source.stat().st_mtime
    ]
    if late:
        raise Complaint(f"not compiled: {', '.join(late)}; run `pybabel compile -d app/translations`")
    return ""


def _operator(_asked: Asked) -> str:
    if not settings().operator_ko:
        raise Complaint("ONESTOP_OPERATOR_KO is empty: people should read who stands behind this portal")
    return ""


def _secret(asked: Asked) -> str:
    if asked.secret_file is None:
        raise Note("the secret is in the environment; in a file (ONESTOP_SECRET_KEY_FILE) fewer can see it")
    _only_ours(asked.secret_file, NOT_FOR_A_SECRET, owned=False)
    return ""


def _database_files(_asked: Asked) -> str:
    place = _sqlite_file()
    if place is None:
        return "PostgreSQL keeps them"
    store = shred_setup.file_of(store_of(db.engine()))
    for file in (place, *([store] if store else [])):
        for path in (file.with_name(file.name + ending) for ending in ("", "-wal", "-shm")):
            if path.exists():
                _only_ours(path, NOT_FOR_ROWS)
    _only_ours(place.parent, NOT_FOR_COPIES)
    return ""


def _sqlite_file() -> Path | None:
    url = make_url(settings().database_url)
    is_file = url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}
    return Path(str(url.database)).resolve() if is_file else None


def _only_ours(path: Path, forbidden: int, *, owned: bool = True) -> None:
    """Complain where others may read, or change, what is the portal's."""
    try:
        seen = path.stat()
    except OSError as error:
        raise Complaint(f"{path}: {error.strerror}") from None
    if S_IMODE(seen.st_mode) & forbidden:
        right = S_IMODE(seen.st_mode) & ~forbidden
        raise Complaint(
            f"{path} has mode {S_IMODE(seen.st_mode):o}: others may see or change it; chmod {right:o} {path}"
        )
    if owned and seen.st_uid != os.geteuid():
        who = pwd.getpwuid(os.geteuid()).pw_name
        raise Complaint(f"{path} is not {who}'s: chown {who} {path}, or run this as the portal's user")


def _asset_cache(_asked: Asked) -> str:
    cache = Path(settings().asset_cache)
    if not cache.is_dir() or not os.access(cache, os.W_OK):
        raise Note(
            f"{cache} cannot be written, so every start compresses anew; make it, and give it to the portal's user"
        )
    _only_ours(cache, NOT_FOR_COPIES)
    return ""


def _disk(_asked: Asked) -> str:
    database = _sqlite_file()
    places = [database.parent] if database else []
    places += [Path(settings().backup_directory)] if settings().backup_directory else []
    free = {place: shutil.disk_usage(place).free for place in places if place.is_dir()}
    for place, left in free.items():
        if left < LEAST_ROOM:
            raise Complaint(f"{left >> 20} MiB left under {place}: make room before reports are turned away")
    return f"{min(free.values()) >> 30} GiB left" if free else "the database's machine knows"


def _backups(_asked: Asked) -> str:
    if not settings().backup_directory:
        raise Complaint("none are made: set ONESTOP_BACKUP_DIRECTORY and ONESTOP_BACKUP_RECIPIENT (docs/operations.md)")
    directory = Path(settings().backup_directory)
    try:
        backup.recipient(Path(settings().backup_recipient))
        newest = backup.newest(directory)
    except FormatError:
        raise Complaint(f"{settings().backup_recipient} holds no public key of `app.client backup-key`") from None
    except OSError as error:
        raise Complaint(f"{error.filename}: {error.strerror}; see docs/operations.md, the key for backups") from None
    if newest is None:
        raise Complaint(f"none is in {directory}: start onestop-backup.service, or run `flask backup`")
    age = datetime.now(UTC) - newest.made_at
    if age > OLDEST_BACKUP:
        raise Complaint(f"the newest is {age.days} days old: see why onestop-backup.timer does not run")
    return f"the newest is of {newest.made_at:%Y-%m-%d %H:%M} UTC"


def _limits(asked: Asked) -> str:
    if settings().limits_storage.startswith("memory:"):
        if asked.workers > 1:
            raise Note(
                f"each of {asked.workers} workers counts for itself; ONESTOP_LIMITS_STORAGE would count together"
            )
        return ""
    limits: Limits = current_app.extensions["onestop_limits"]
    try:
        answers = limits.shared.storage.check()
    except OSError:
        answers = False
    if not answers:
        raise Complaint(
            "ONESTOP_LIMITS_STORAGE does not answer, so each worker counts for itself; start it, or mend its address"
        )
    return "counted together"


MACHINE: Final[dict[str, Check]] = {
    "translations": _translations,
    "operator": _operator,
    "secret": _secret,
    "database-files": _database_files,
    "asset-cache": _asset_cache,
    "disk": _disk,
    "backups": _backups,
    "limits": _limits,
}
