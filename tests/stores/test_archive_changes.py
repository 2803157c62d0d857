"""What was changed after publication is told as a reader of both versions would tell it."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from wire_articles import NOON, wire_article

from schemas.article import WireArticle
from stores.archive.changes import changes_of, recent
from stores.archive.comparing import compare
from stores.sqlite.store import EmbeddedStore

BEFORE = (
    "Rain fell. “We will rebuild every bridge by the spring of next year,” Ann said. “No comment,” said Bob. It ended."
)


def article(text: str, said: Sequence[tuple[str, ...]], day: int = 0, **fields: object) -> WireArticle:
    at = NOON + timedelta(days=day)
    return wire_article("a", text, said=said, revision=str(day), fetched_at=at, **fields)  # type: ignore[arg-type]


OLD = article(
    BEFORE,
    [("We will rebuild every bridge by the spring of next year,", "Ann", "Ann Lee"), ("No comment,", "Bob", "Bob Ray")],
)


@pytest.mark.parametrize(
    ("after", "said", "told"),
    [
        (
            BEFORE.replace("by the spring of next year", "in the next five years"),
            [
                ("We will rebuild every bridge in the next five years,", "Ann", "Ann Lee"),
                ("No comment,", "Bob", "Bob Ray"),
            ],
            [("altered", "Ann Lee")],
        ),
        (
            BEFORE.replace(" by the spring of next year", ""),
            [("We will rebuild every bridge,", "Ann", "Ann Lee"), ("No comment,", "Bob", "Bob Ray")],
            [("cut", "Ann Lee")],
        ),
        (
            BEFORE.replace("“No comment,” said Bob. ", ""),
            [("We will rebuild every bridge by the spring of next year,", "Ann", "Ann Lee")],
            [("withdrawn", "Bob Ray")],
        ),
        (
            BEFORE.replace("said Bob", "said Cy"),
            [
                ("We will rebuild every bridge by the spring of next year,", "Ann", "Ann Lee"),
                ("No comment,", "Cy", "Cy Poe"),
            ],
            [("reattributed", "Bob Ray")],
        ),
        (
            BEFORE + " “At last,” said Dee.",
            [
                ("We will rebuild every bridge by the spring of next year,", "Ann", "Ann Lee"),
                ("No comment,", "Bob", "Bob Ray"),
                ("At last,", "Dee", "Dee Fox"),
            ],
            [("added", None)],
        ),
        # read otherwise, but the words still stand there: nobody took them back
        (BEFORE + " Snow fell.", [("No comment,", "Bob", "Bob Ray")], []),
        (BEFORE.replace("No comment", "No comment"), list[tuple[str, ...]](), []),
    ],
)
def test_what_became_of_each_quote(after: str, said: list[tuple[str, ...]], told: list[tuple[str, str | None]]) -> None:
    change = compare(OLD, article(after, said, day=1))
    assert [(quote.kind, quote.speaker_before) for quote in change.quotes] == told


def test_the_difference_is_by_sentence() -> None:
    change = compare(OLD, article(BEFORE.replace("Rain fell. ", "").replace("ended", "was over") + " Snow.", []))
    assert [(one.before, one.after) for one in change.sentences] == [
        ("Rain fell.", ""),
        ("It ended.", "It was over. Snow."),
    ]


def test_changes_of_an_article_and_of_all_lately(embedded: EmbeddedStore) -> None:
    embedded.write([OLD])
    shorter = BEFORE.replace("“No comment,” said Bob. ", "")
    kept = [("We will rebuild every bridge by the spring of next year,", "Ann", "Ann Lee")]
    embedded.write([article(shorter, kept, day=1, title="New")])
    embedded.write([article(shorter + " Snow.", kept, day=2, title="New")])
    first, second = changes_of(embedded, "a")
    assert (first.revision_before, first.revision_after, first.title_before, first.title_after) == ("0", "1", "", "New")
    assert [quote.kind for quote in first.quotes] == ["withdrawn"]
    assert second.quotes == ()
    assert recent(embedded, None, 10).changes == (second, first)
    assert recent(embedded, None, 10, of_quotes=True).changes == (first,)
    assert recent(embedded, NOON + timedelta(days=2), 10).changes == (second,)
    page = recent(embedded, None, 1)
    assert recent(embedded, None, 1, page.next).changes == (first,)
    assert changes_of(embedded, "b") == ()
