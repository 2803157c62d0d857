"""A typographic apostrophe is read as a straight one: networks were trained on straight ones alone."""

import pytest

from processors.model.pipeline import Model

SENTENCES = [
    "Anna Lind asked aloud why they aren’t “all over the place.”",
    "It’s raining in Dorn, and the mayor’s bridge wasn’t closed, said O’Neill.",
    "“We’re glad they’ve come, and I’m sure he’d stay,” Lind’s brother said; farmers’ fields won’t dry.",
]


@pytest.mark.parametrize("fast", [True, False])
def test_a_curly_apostrophe_changes_no_tag_no_tree_and_no_name(fast: bool) -> None:
    model = Model(fast=fast)
    for curly in SENTENCES:
        read, plain = (_read(model, text) for text in (curly, curly.replace("’", "'")))
        assert [(word.replace("’", "'"), *rest) for word, *rest in read] == plain
        assert "".join(word for word, *_ in read) == curly.replace(" ", "")


def _read(model: Model, text: str) -> list[tuple[str, str, str, int, str]]:
    paragraphs, _ = model.read(text, "en", lambda _: True)
    return [
        (word.text, word.tag_, word.dep_, word.head.i, word.ent_type_)
        for paragraph in paragraphs
        for word in paragraph.doc
    ]
