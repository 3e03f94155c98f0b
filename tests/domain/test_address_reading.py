"""Whatever is typed is read or is words; nothing that is typed by the way changes what is read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.address_reading import FORMS, NOTES, POINTS_AT, read_address
from app.domain.look_alike import imitated, spoken_host
from app.domain.pasted_text import addresses_in
from app.domain.platform import platform_list
from app.domain.refang import refanged
from app.domain.vocabulary import LINK_KINDS
from tests.vectors.make import PLATFORMS

WORDS = json.loads((PLATFORMS.parent / "address_words.json").read_text(encoding="utf-8"))
HANGUL = {"ko": r"[가-힣]", "en": r"[A-Za-z]"}


def of_reading(typed, *names):
    reading = read_address(typed)
    return tuple(reading[name] for name in names)


@given(st.text(max_size=60) | st.text("htps:/.xamle[]@#?&=1-%가입니다 \n", max_size=40))
def test_whatever_is_typed_gives_a_reading(typed):
    reading = read_address(typed)
    assert reading["form"] in FORMS
    assert reading["kind"] in LINK_KINDS
    assert reading["points_at"] in POINTS_AT
    assert set(reading["notes"]) <= set(NOTES)
    assert (reading["like"] is not None) == ("look_alike" in reading["notes"])


@given(st.sampled_from(platform_list().platforms), st.text("abcdef0123456789/_-", max_size=20))
def test_the_way_of_writing_changes_no_reading(platform, path):
    plain = f"https://{platform.host}/{path}"
    ways = (
        plain.replace("https", "http"),
        plain.replace("https", "hxxps"),
        plain.replace(".", "[.]", 1),
        f" {plain}\n",
    )
    assert all(read_address(way) == read_address(plain) for way in ways)
    assert read_address(plain)["platform"] is not None


@pytest.mark.parametrize("platform", platform_list().platforms, ids=lambda platform: platform.slug)
def test_every_platform_is_known_by_its_hosts_and_apps_and_has_its_words(platform):
    hosts = [platform.host, *platform.aliases, *platform.also, *(f"a.{end}" for end in platform.suffixes)]
    assert {of_reading(f"https://{host}/abc/1", "platform") for host in hosts} == {(platform.slug,)}
    assert {of_reading(f"{scheme}://a", "platform") for scheme in platform.schemes} <= {(platform.slug,)}
    pairs = [(platform.kind, platform.points_at), *platform.also.values()]
    pairs += [(shape.kind, shape.points_at) for shape in platform.shapes]
    assert {kind for kind, _ in pairs} <= set(LINK_KINDS)
    assert {points_at for _, points_at in pairs} <= set(POINTS_AT)
    assert platform.name["ko"]
    assert platform.name["en"].isascii()
    assert platform.copy in WORDS["copying"]


def test_the_list_is_long_enough_and_names_nobody_twice():
    platforms = platform_list().platforms
    assert len(platforms) >= 60
    for names in (
        [each.slug for each in platforms],
        [each.name["ko"] for each in platforms],
        [host for each in platforms for host in (each.host, *each.aliases, *each.also)],
        [scheme for each in platforms for scheme in each.schemes],
    ):
        assert sorted(names) == sorted(set(names))


def test_every_reading_has_its_words_in_both_languages():
    said = {"points_at": POINTS_AT, "notes": NOTES}
    assert set(WORDS["notes"]) == set(said["notes"])
    assert set(WORDS["missing"]) == set(WORDS["points_at"]) == set(POINTS_AT) - {"thing", "unclear"}
    for part in ("says", "forms", "points_at", "missing", "notes", "copying"):
        for name, words in WORDS[part].items():
            assert set(words) == {"ko", "en"}, name
            assert words["en"].replace("…", "").isprintable()
            assert any("가" <= sign <= "힣" for sign in words["ko"]), name
            places = [sorted(piece.split("}")[0] for piece in text.split("{")[1:]) for text in words.values()]
            assert places[0] == places[1], name


@given(
    st.lists(st.sampled_from(platform_list().platforms), min_size=1, max_size=8),
    st.sampled_from([" ", "\n", " 그리고 ", "입니다. ", "\n\n"]),
)
def test_addresses_between_words_come_back_as_typed(platforms, between):
    typed = list(dict.fromkeys(f"https://{each.host}/{number}" for number, each in enumerate(platforms)))
    assert addresses_in(between.join(typed)) == typed
    assert addresses_in("보세요 " + between.join(typed) + between) == typed


@given(st.text(max_size=200))
def test_addresses_are_parts_of_the_text_and_are_found_again(text):
    found = addresses_in(text)
    assert all(address in text for address in found)
    assert [again for address in found for again in addresses_in(address)] == found


@pytest.mark.parametrize("sign", ["a", ".", "a.", "은", "(", "https://", "1.", "가.", "//", "h**p", "[.]", "-", "@"])
def test_a_long_paste_of_one_sign_comes_to_an_end(sign):
    text = sign * 20_000
    assert all(address in text for address in addresses_in(text))


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789-", max_size=20))
def test_only_other_letters_imitate(label):
    assert imitated(f"{label}.com") is None or label.startswith("xn--")


@given(st.text("abcабвгдежз가나다한글éü", min_size=1, max_size=8))
def test_a_host_is_spoken_in_its_own_letters(label):
    assert spoken_host("xn--" + label.encode("punycode").decode()) == label or label.isascii()


@given(st.text(max_size=40))
def test_making_whole_twice_changes_nothing_more(typed):
    once = refanged(typed)
    assert refanged(once) in {once, refanged(refanged(once))}
