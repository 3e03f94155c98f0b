"""Vectors of what everything rests on: joining, deriving, padding, key pairs, signatures, receipt codes."""

from hashlib import sha256

from app.crypto.padding import LETTER_BUCKETS, MESSAGE_BUCKETS, RECORD_BUCKETS
from app.crypto.recipient_key import fingerprint
from app.domain.receipt_code import check_digits
from tests.vectors.recipe import VectorFile, repeat, some
from tests.vectors.recipes.elsewhere import RFC_8032, X_WING

CODE = "4027193388150264771903" + check_digits("4027193388150264771903")


def encoding(*, reseal):
    """Joining and deriving."""
    file = VectorFile("encoding", "LE64, PAE, HKDF with this version's info, hashes.", reseal=reseal)
    for number in (0, 1, 255, 256, 2**32, 2**53 - 1):
        file.valid("eight bytes, little endian", "le64", number=number)
    file.invalid("below nothing", "le64", number=-1)
    file.valid("no pieces", "pae", pieces=[])
    file.valid("one empty piece", "pae", pieces=[b""])
    file.valid("as PASETO writes it", "pae", output=bytes.fromhex("0100000000000000" "0400000000000000") + b"test",
               pieces=[b"test"])  # fmt: skip
    file.valid("a piece that looks like a length", "pae", pieces=[b"ab", bytes(8), b"\xff"])
    file.valid("nothing but the version", "context", pieces=[])
    file.valid("a purpose and two ids", "context", pieces=[b"report", some("portal"), some("report")])
    file.valid("a key for one purpose", "hkdf", key=some("key", 32), pieces=[b"lookup"])
    file.valid("a key for another", "hkdf", key=some("key", 32), pieces=[b"reply", some("kid")])
    file.valid("SHA-256 of abc (FIPS 180-4)", "sha256", pieces=[b"abc"])
    file.valid("HMAC, RFC 4231 test case 2", "hmac_sha256", key=b"Jefe", message=b"what do ya want for nothing?",
               output=bytes.fromhex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"))  # fmt: skip
    return file


def padding(*, reseal):
    """Padding and what is no padding."""
    file = VectorFile("padding", "plaintext, 0x80, zeros, up to a bucket.", reseal=reseal)
    message, letter, records = list(MESSAGE_BUCKETS), list(LETTER_BUCKETS), list(RECORD_BUCKETS)
    for length in (0, 1, 1022, 1023, 1024, 4095, 4096, 65535):
        file.valid(f"{length} bytes of a message", "pad", plaintext=repeat(b"a", length), buckets=message)
    file.invalid("no room for the mark", "pad", plaintext=repeat(b"a", 65536), buckets=message)
    file.valid("a larger bucket, as another letter of the report needs", "pad", plaintext=b"a", buckets=letter,
               at_least=16384)  # fmt: skip
    file.invalid("at least what is no bucket", "pad", plaintext=b"a", buckets=letter, at_least=5000)
    for comment, padded in (
        ("nothing inside", b"\x80" + bytes(511)),
        ("something inside", b"something\x80" + bytes(502)),
        ("plaintext that ends in zeros and marks", b"a\x80\x00\x80" + bytes(508)),
        ("full to the mark", b"a" * 511 + b"\x80"),
    ):
        file.valid(comment, "unpad", padded=padded, buckets=records)
    for comment, padded in (
        ("no bucket", b"a\x80"),
        ("one byte over a bucket", b"a\x80" + bytes(511)),
        ("empty", b""),
        ("no mark", b"a" * 512),
        ("zeros only", bytes(512)),
        ("a mark that is not 0x80", b"a\x81" + bytes(510)),
        ("something after the mark", b"a\x80" + bytes(509) + b"\x01"),
        ("a letter after the mark", b"a\x80X" + bytes(509)),
    ):
        file.invalid(comment, "unpad", padded=padded, buckets=records)
    return file


def recipient_key(*, reseal):
    """Seeds, public keys and their names."""
    file = VectorFile("recipient_key", "X-Wing seeds to public keys; kid and fingerprint.", reseal=reseal)
    for seed, public_key in X_WING:
        pair = {"seed": seed, "public_key": public_key, "kid": sha256(b"onestop/v1 kid" + public_key).digest()[:16]}
        file.valid("draft-connolly-cfrg-xwing-kem, key expansion", "from_seed", seed=seed, output=pair)
        file.valid("its name", "kid_of", public_key=public_key, output=pair["kid"])
    for label in ("epoch", "caseworker", "recovery"):
        file.valid("a seed to its pair", "from_seed", seed=some(f"{label} seed", 32))
    for length in (0, 31, 33, 64):
        file.invalid(f"a seed of {length} bytes", "from_seed", seed=bytes(length))
    file.valid("what people compare, of a signing key", "fingerprint", public_key=some("signing key", 32))
    file.valid("leading zeros stay", "fingerprint", public_key=bytes.fromhex(f"{leading_zero():064x}"))
    return file


def leading_zero():
    """Find the first small number whose fingerprint starts with two zeros."""
    return next(n for n in range(100_000) if fingerprint(n.to_bytes(32, "big")).startswith("00"))


def signing(*, reseal):
    """Ed25519."""
    file = VectorFile("signing", "Ed25519 with seeds.", reseal=reseal)
    for seed, signing_key, message, signature in RFC_8032:
        file.valid("RFC 8032 section 7.1", "signing_key_of", signing_seed=seed, output=signing_key)
        file.valid("RFC 8032 section 7.1", "sign", signing_seed=seed, message=message, output=signature)
        given = {"signing_key": signing_key, "message": message, "signature": signature}
        file.valid("RFC 8032 section 7.1", "check_signature", **given)
        file.invalid("another message", "check_signature", **{**given, "message": message + b"!"})
        file.invalid("another key", "check_signature", **{**given, "signing_key": some("another", 32)})
        file.invalid(
            "a flipped bit", "check_signature", **{**given, "signature": bytes([signature[0] ^ 1]) + signature[1:]}
        )
        file.invalid("a cut signature", "check_signature", **{**given, "signature": signature[:63]})
        file.invalid("a cut key", "check_signature", **{**given, "signing_key": signing_key[:31]})
    order = 2**252 + 27742317777372353535851937790883648493
    signature = RFC_8032[0][3]
    high = int.from_bytes(signature[32:], "little") + order
    file.invalid("S not below the order of the group (malleability)", "check_signature", signing_key=RFC_8032[0][1],
                 message=b"", signature=signature[:32] + high.to_bytes(32, "little"))  # fmt: skip
    file.invalid("a cut seed", "signing_key_of", signing_seed=bytes(31))
    return file


def receipt(*, reseal):
    """From a code to keys."""
    file = VectorFile("receipt", "One slow stretch, then keys and tokens.", reseal=reseal)
    spaced = " ".join(CODE[at : at + 4] for at in range(0, 24, 4))
    file.valid("a code", "stretch", code=CODE, portal_id=some("portal"))
    file.valid("the same code as it is shown", "stretch", code=spaced, portal_id=some("portal"))
    file.valid("the same code at another portal", "stretch", code=CODE, portal_id=some("another portal"))
    file.invalid("not a code", "stretch", code=CODE[:-1] + "0", portal_id=some("portal"))
    stretched = some("stretched", 32)
    file.valid("what the browser comes back with", "token", stretched=stretched)
    file.valid("what the server stores", "lookup_of", presented=some("token", 32))
    file.valid("an envelope's reply key", "reply_key", stretched=stretched, origin_kid=some("kid"))
    file.valid("another envelope's", "reply_key", stretched=stretched, origin_kid=some("another kid"))
    file.valid("an envelope's log key", "log_key", stretched=stretched, origin_kid=some("kid"))
    file.valid("onward", "onward_key", key=some("reply key", 32), referral_id=some("referral"), kid=some("kid"))
    file.valid("a draft's token", "draft_token", stretched=stretched)
    return file
