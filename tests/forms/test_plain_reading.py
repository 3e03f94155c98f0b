"""What is said of addresses without scripts: what the address itself tells, each once, and never a demand."""

import pytest

from app.data import read
from app.forms.plain_reading import MOST_NUMBERS, advice_on
from tests.vectors.recipes.letters import item

WORDS = read("address_words")


@pytest.fixture(autouse=True)
def _in_a_page(wording):
    with wording("ko"):
        yield


def items(*addresses):
    return [item(str(number), url=address) for number, address in enumerate(addresses)]


def test_the_thing_itself_and_places_in_words_need_no_advice():
    thing = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert advice_on(items(thing, None), "ko") == []


def test_a_profile_says_what_is_missing_and_how_it_is_copied():
    ((numbers, said),) = advice_on(items(None, "https://www.instagram.com/somebody/"), "ko")
    assert numbers == "주소 2"
    assert "인스타그램" in said.seen
    assert said.lines == (WORDS["missing"]["account"]["ko"],)
    assert said.copying.words == WORDS["copying"]["instagram"]["ko"]
    assert said.copying.no_need == WORDS["says"]["no_need"]["ko"]


def test_addresses_alike_are_spoken_of_once():
    rooms = [f"https://t.me/room{number}" for number in range(MOST_NUMBERS + 1)]
    found = advice_on(items(*rooms, "https://t.me/+abcdefgh12345678"), "en")
    assert len(found) < len(rooms)
    assert any(numbers.endswith("…") for numbers, _said in found)


def test_a_look_alike_is_named_by_whom_it_imitates():
    ((_numbers, said),) = advice_on(items("https://instаgram.com/p/abc"), "en")
    assert any("Instagram" in line for line in said.lines)
    assert "{" not in " ".join((said.seen, *said.lines))
