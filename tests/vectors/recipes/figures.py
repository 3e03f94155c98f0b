"""What is shown of small numbers."""

from tests.vectors.recipe import VectorFile

TABLES = {
    "nothing": {"a": {"x": 0, "y": 0}},
    "all large": {"a": {"x": 5, "y": 20}, "b": {"p": 25, "q": 0}},
    "a small one takes the first large one along": {"a": {"x": 30, "y": 4, "z": 9}},
    "a large one that leaves no room takes another": {"a": {"x": 5, "y": 1, "z": 9}},
    "no room at all": {"a": {"x": 1, "y": 5}},
    "small ones that leave room among themselves": {"a": {"x": 3, "y": 2, "z": 2, "w": 40}},
    "small ones that just leave room among themselves": {"a": {"x": 3, "y": 3, "z": 2, "w": 40}},
    "a small one that a five just makes room for": {"a": {"x": 5, "y": 4, "z": 9}},
    "small ones that can only be fours": {"a": {"x": 4, "y": 4, "z": 4, "w": 40}},
    "small ones that can only be ones": {"a": {"x": 1, "y": 1, "z": 1, "w": 40}},
    "a small total": {"a": {"x": 2, "y": 1}, "b": {"p": 3, "q": 0}},
    "a total that another division would give away": {"a": {"x": 4, "y": 4}, "b": {"p": 8, "q": 0}},
    "two divisions": {"a": {"x": 3, "y": 20}, "b": {"p": 11, "q": 12}},
}


def suppression_file(*, reseal):
    """Tables, and what is shown of them."""
    file = VectorFile("suppression", "Which numbers of a table are shown; null where one is not.", reseal=reseal)
    for comment, divided in TABLES.items():
        file.valid(comment, "suppress", divided=divided)
    return file
