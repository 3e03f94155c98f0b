"""Vectors of what is typed or written as text: b64u, JSON, enums, receipt codes."""

from app.domain import vocabulary
from app.domain.receipt_code import check_digits
from tests.vectors.recipe import VectorFile, some
from tests.vectors.recipes.basics import CODE
from tests.vectors.recipes.elsewhere import ISO_7064, RFC_5869, RFC_7914


def elsewhere(*, reseal):
    """What the engines' own primitives must give."""
    file = VectorFile(
        "elsewhere", "Published vectors of primitives that both sides take from their engines.", reseal=reseal
    )
    for key, salt, info, out in RFC_5869:
        file.valid("RFC 5869 appendix A", "hkdf_sha256", key=key, salt=salt, info=info, length=len(out), output=out)
    for password, salt, rounds, out in RFC_7914:
        file.valid("RFC 7914 section 11", "pbkdf2_hmac_sha256", password=password, salt=salt, rounds=rounds,
                   length=len(out), output=out)  # fmt: skip
    return file


def wire(*, reseal):
    """B64u and JSON."""
    file = VectorFile("wire", "Canonical b64u and canonical JSON.", reseal=reseal)
    for text in (b"", b"f", b"fo", b"foo", b"foob", b"fooba", b"foobar", b"\xfb\xff\xfe", some("id")):
        file.valid("RFC 4648 section 10 and two of ours, without padding", "b64u_encode", piece=text)
    file.valid("four characters", "b64u_decode", text="Zm9v", field="x")
    file.valid("both signs of the alphabet", "b64u_decode", text="-_-_", field="x")
    file.valid("empty", "b64u_decode", text="", field="x")
    file.valid("sixteen bytes", "b64u_decode", text="AAAAAAAAAAAAAAAAAAAAAA", field="x", length=16)
    for comment, text in (
        ("padding", "Zg=="),
        ("spare bits", "Zh"),
        ("spare bits", "Zm9"[:2] + "9"),
        ("one character too many", "Zm9vY"),
        ("the other alphabet", "+/+/"),
        ("a space", "Zm 9v"),
        ("a line break", "Zm9v\n"),
        ("not ASCII", "Zm9v가"),
        ("full-width letters", "Ｚｍ９ｖ"),
    ):
        file.invalid(comment, "b64u_decode", text=text, field="x")
    for text in (None, 7, True, ["Zm9v"]):
        file.invalid("not text", "b64u_decode", text=text, field="x")
    file.invalid("another length", "b64u_decode", text="Zm9v", field="x", length=16)
    for value in (
        {"b": 1, "a": [True, False, None, "가\u2028\u007f"]},
        {"escapes": '"\\/\b\f\n\r\t\u0000\u001f'},
        [0, -1, 2**53 - 1],
        "😀",
        "",
        {},
    ):
        file.valid("as JSON.stringify has it", "canonical_json", value=value)
    file.invalid("a lone surrogate", "canonical_json", value="\ud800")
    file.invalid("a lone surrogate in a name", "canonical_json", value={"\udc00": 1})
    json_texts(file)
    return file


def json_texts(file):
    """JSON that is, and is not, canonical."""
    for text in ('{"b":1,"a":2}', "[]", '"가"', "null", "true", "-1", "9007199254740991", '"\\u0000"'):
        file.valid("canonical", "parse_canonical", sealed={"$utf8": text}, field="x")
    for comment, text in (
        ("empty", ""),
        ("a space", '{"a": 1}'),
        ("a line at the end", "{}\n"),
        ("a byte order mark", "\ufeff{}"),
        ("a duplicate name", '{"a":1,"a":1}'),
        ("a duplicate name, differently escaped", '{"a":1,"\\u0061":1}'),
        ("an escape that is not needed", '"\\u0061"'),
        ("an escaped slash", '"\\/"'),
        ("capitals in an escape", '"\\u001F"'),
        ("a short escape written long", '"\\u000a"'),
        ("a lone surrogate", '"\\ud800"'),
        ("a surrogate pair as escapes", '"\\ud83d\\ude00"'),
        ("a control character", '"\u0001"'),
        ("a fraction", "1.0"),
        ("an exponent", "1e2"),
        ("minus nothing", "-0"),
        ("a leading zero", "01"),
        ("an integer that JavaScript rounds", "9007199254740992"),
        ("an integer of a thousand digits", "1" * 1000),
        ("NaN", "NaN"),
        ("Infinity", "Infinity"),
        ("single quotes", "{'a':1}"),
        ("a comma at the end", "[1,]"),
        ("two values", "{}{}"),
        ("a comment", "/**/{}"),
        ("thirteen levels", "[" * 13 + "1" + "]" * 13),
        ("a thousand levels", "[" * 1000 + "]" * 1000),
    ):
        file.invalid(comment, "parse_canonical", sealed={"$utf8": text}, field="x")
    for comment, broken in (
        ("half a character", b'"\xea\xb0"'),
        ("a surrogate in UTF-8", b'"\xed\xa0\x80"'),
        ("an overlong slash", b'"\xc0\xaf"'),
        ("UTF-16", '"a"'.encode("utf-16-le")),
    ):
        file.invalid(comment, "parse_canonical", sealed=broken, field="x")


def words(*, reseal):
    """Every enum."""
    file = VectorFile("vocabulary", "Every enum, word by word, in its order.", reseal=reseal)
    for name in sorted(vars(vocabulary)):
        if name.isupper() and isinstance(getattr(vocabulary, name), tuple):
            file.valid("an enum", "words", name=name)
    return file


def receipt_code(*, reseal):
    """Codes as they are made, typed and mistyped."""
    file = VectorFile("receipt_code", "22 digits and 2 check digits, ISO 7064 MOD 97-10.", reseal=reseal)
    for digits, check in ISO_7064:
        file.valid("the standard's example, an IBAN, an LEI", "check_digits", digits=digits, output=check)
    for digits in ("0" * 22, "9" * 22, "1" * 22, "0" * 21 + "1"):
        file.valid("check digits from 02 to 98", "check_digits", digits=digits)
    groups = [CODE[at : at + 4] for at in range(0, 24, 4)]
    wide = CODE.translate({ord("0") + n: ord("０") + n for n in range(10)})
    for comment, typed in (
        ("digits", CODE),
        ("as shown", " ".join(groups)),
        ("hyphens", "-".join(groups)),
        ("en dashes", "–".join(groups)),
        ("full-width digits", wide),
        ("full-width digits and spaces", "\u3000".join(wide[at : at + 4] for at in range(0, 24, 4))),
        ("full-width hyphens", "－".join(groups)),
        ("no-break spaces around", "\u00a0" + CODE + "\u00a0"),
        ("a line break in the middle", CODE[:12] + "\r\n" + CODE[12:]),
        ("a tab and a zero-width space", CODE[:4] + "\t\u200b" + CODE[4:]),
    ):
        file.valid(comment, "normalise", text=typed, output=CODE)
    low = next(f"{n:022d}" for n in range(200) if check_digits(f"{n:022d}") == "02")
    for comment, typed in (
        ("empty", ""),
        ("a digit short", CODE[:-1]),
        ("a digit long", CODE + "0"),
        ("a letter", CODE[:-1] + "O"),
        ("dots", ".".join(groups)),
        ("Arabic digits", CODE.translate({ord("0") + n: 0x660 + n for n in range(10)})),
        ("superscript", CODE[:-1] + "²"),
        ("a wrong digit", str((int(CODE[0]) + 1) % 10) + CODE[1:]),
        ("99 for 02: equal modulo 97, not equal", low + "99"),
        ("zeros: 00 is no check", "0" * 24),
    ):
        file.invalid(comment, "normalise", text=typed)
    file.valid("shown in six groups of four", "format", code=CODE)
    file.invalid("only a code can be shown", "format", code=CODE[::-1])
    file.valid("nothing to mend", "candidates", text=CODE, output=[])
    for place in (0, 7, 21, 23):
        typed = CODE[:place] + str((int(CODE[place]) + 3) % 10) + CODE[place + 1 :]
        file.valid(f"digit {place} mistyped", "candidates", text=typed)
    for place in (3, 14, 22):
        typed = CODE[:place] + CODE[place + 1] + CODE[place] + CODE[place + 2 :]
        file.valid(f"digits {place} and {place + 1} swapped", "candidates", text=typed)
    file.invalid("too short to mend", "candidates", text=CODE[:-1])
    return file
