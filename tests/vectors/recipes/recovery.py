"""Vectors of the words that go on paper."""

from tests.vectors.recipe import VectorFile, some

# From the test vectors of BIP-39 (entropy in hexadecimal, mnemonic).
_LEGAL = "legal winner thank year wave sausage worth useful "
_LETTER = "letter advice cage absurd amount doctor acoustic avoid "
_HAMSTER = (
    "hamster diagram private dutch cause delay private meat slide toddler razor book happy fancy gospel tennis maple"
    " dilemma loan word shrug inflict delay length"
)
_PANDA = (
    "panda eyebrow bullet gorilla call smoke muffin taste mesh discover soft ostrich alcohol speed nation flash"
    " devote level hobby quick inner drive ghost inside"
)
BIP_39 = (
    ("00" * 32, "abandon " * 23 + "art"),
    ("7f" * 32, _LEGAL * 2 + _LEGAL.replace("useful ", "title")),
    ("80" * 32, _LETTER * 2 + _LETTER.replace("avoid ", "bless")),
    ("ff" * 32, "zoo " * 23 + "vote"),
    ("68a79eaca2324873eacc50cb9c6eca8cc68ea5d936f98787c60c7ebc74e6ce7c", _HAMSTER),
    ("9f6a2878b2520799a44ef18bc7df394e7061a224d2c33cd015b157d746869863", _PANDA),
)


def recovery_words(*, reseal):
    """Words and bytes, both ways."""
    file = VectorFile("recovery_words", "24 words for 32 bytes: BIP-39, English list, entropy encoding.", reseal=reseal)
    for entropy, mnemonic in BIP_39:
        file.valid("an example of BIP-39", "words", seed=bytes.fromhex(entropy), output=mnemonic.split())
        file.valid("an example of BIP-39", "seed", text=mnemonic, output=bytes.fromhex(entropy))
    file.valid("of ours", "words", seed=some("recovery", 32))
    panda = _PANDA
    for comment, typed in (
        ("capitals", panda.upper()),
        ("a word a line", "\n".join(panda.split())),
        ("spaces around, tabs between", f"  {panda.replace(' ', chr(9))}\n"),
    ):
        file.valid(comment, "seed", text=typed, output=bytes.fromhex(BIP_39[-1][0]))
    swapped = panda.split()
    swapped[0], swapped[1] = swapped[1], swapped[0]
    for comment, typed in (
        ("empty", ""),
        ("a word short", panda.rpartition(" ")[0]),
        ("a word long", f"{panda} panda"),
        ("another last word", panda.rpartition(" ")[0] + " outside"),
        ("two words swapped", " ".join(swapped)),
        ("a word that is none of the list", panda.replace("panda", "pandas")),
        ("the first four letters of a word", panda.replace("eyebrow", "eyeb")),
        ("commas", panda.replace(" ", ", ")),
        ("numbers before the words", " ".join(f"{n}. {word}" for n, word in enumerate(panda.split(), 1))),
    ):
        file.invalid(comment, "seed", text=typed)
    for length in (0, 16, 31, 33):
        file.invalid(f"{length} bytes", "words", seed=some("short", length))
    return file
