"""The few lengths that sealed things may have, in bytes: what the server can tell apart, it can count.

`app.crypto.padding` pads to these sizes; the server accepts no others.
"""

from typing import Final

LETTER_BUCKETS: Final = (4096, 16384, 65536, 262144)
MESSAGE_BUCKETS: Final = (1024, 4096, 16384, 65536)
RECORD_BUCKETS: Final = (512, 4096, 16384, 65536)
SUMMARY_STEP: Final = 512
SUMMARY_MOST: Final = 65536

ENVELOPE_OVERHEAD: Final = 1136  # X-Wing's enc (1120) and the AES-GCM tag (16)
SMALL_OVERHEAD: Final = 28  # nonce (12) and the AES-GCM tag (16)
WRAPPED_SEED: Final = 32 + SMALL_OVERHEAD

ENVELOPE_LENGTHS: Final = tuple(bucket + ENVELOPE_OVERHEAD for bucket in LETTER_BUCKETS)
KEYRING_LENGTHS: Final = tuple(bucket + ENVELOPE_OVERHEAD for bucket in MESSAGE_BUCKETS)
OWN_LENGTHS: Final = tuple(bucket + SMALL_OVERHEAD for bucket in LETTER_BUCKETS)
MESSAGE_LENGTHS: Final = tuple(bucket + SMALL_OVERHEAD for bucket in MESSAGE_BUCKETS)
RECORD_LENGTHS: Final = tuple(bucket + SMALL_OVERHEAD for bucket in RECORD_BUCKETS)
SUMMARY_LENGTHS: Final = tuple(
    length + SMALL_OVERHEAD for length in range(SUMMARY_STEP, SUMMARY_MOST + 1, SUMMARY_STEP)
)


def size_class(sealed_length: int) -> int:
    """Say which of the four sizes an envelope has, 1 (smallest) to 4. Raises ValueError for any other length."""
    return ENVELOPE_LENGTHS.index(sealed_length) + 1
