"""Opening a backup. As with `opening`, only the command-line client may import this: the server reads no backup."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.crypto.backup import CHUNK, HEADER, MAGIC, TAG, backup_info, chunk_nonce
from app.crypto.opening import open_padded
from app.crypto.recipient_key import from_seed
from app.domain.backup_reading import Readable
from app.errors import FormatError


def open_header(seed: bytes, header: bytes) -> bytes:
    """Give the file key of a backup's first 1218 bytes.

    Raises FormatError: "magic" where this is no backup, "kid" where it is sealed to another key, else "sealed".
    """
    if not header.startswith(MAGIC):
        raise FormatError("magic")
    if len(header) != HEADER:
        raise FormatError("sealed")
    place = len(MAGIC)
    portal_id, kid, sealed = header[place : place + 16], header[place + 16 : place + 32], header[place + 32 :]
    if from_seed(seed).kid != kid:
        raise FormatError("kid")
    return open_padded(seed, backup_info(portal_id, kid), sealed)  # 32 bytes, since the header has its length


def open_chunk(file_key: bytes, number: int, last: bool, sealed: bytes) -> bytes:
    """Open chunk `number` (from 0). Raises FormatError("sealed") where place, flag, key or a bit is another."""
    try:
        piece = AESGCM(file_key).decrypt(chunk_nonce(number, last=last), sealed, None)
    except (InvalidTag, ValueError) as error:
        raise FormatError("sealed") from error
    if len(piece) > CHUNK or (len(piece) < CHUNK and not last) or not (piece or number == 0):
        raise FormatError("sealed")
    return piece


class OpenedBackup:
    """Reads like a file. What it gave is authentic; that it is whole is only known once it gives nothing more."""

    def __init__(self, sealed: Readable, seed: bytes) -> None:
        self._sealed = sealed
        self._file_key = open_header(seed, sealed.read(HEADER))
        self._number, self._ready, self._place = 0, b"", 0
        self._next: bytes = sealed.read(CHUNK + TAG)
        self._done = False

    def read(self, size: int, /) -> bytes:
        """Give `size` bytes, or what is left. Raises FormatError("sealed") for a chunk that is not as it was sealed."""
        pieces: list[bytes] = []
        wanted = size
        while wanted and not (self._place == len(self._ready) and self._done):
            if self._place == len(self._ready):
                self._open_next()
            piece = self._ready[self._place : self._place + wanted]
            self._place += len(piece)
            wanted -= len(piece)
            pieces.append(piece)
        return b"".join(pieces)

    def _open_next(self) -> None:
        chunk, self._next = self._next, self._sealed.read(CHUNK + TAG)
        self._done = not self._next
        self._ready, self._place = open_chunk(self._file_key, self._number, self._done, chunk), 0
        self._number += 1
