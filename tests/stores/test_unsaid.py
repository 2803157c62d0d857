"""What nobody said is kept with its article, and no search, count or list takes it for said."""

from wire_articles import NOON, quote, wire_article

from schemas.outcome import Done
from stores.query import parse
from stores.store import Said, Store

TEXT = "Ada Lind denied the fraud. Per Holm did not say whether the ferries would return."
ARTICLE = wire_article(
    "a",
    TEXT,
    quotes=(quote(TEXT, "the fraud", "Ada Lind", kind="indirect").model_copy(update={"factuality": "denied"}),),
    unsaid=(quote(TEXT, "the ferries would return", "Per Holm").model_copy(update={"factuality": "unsaid"}),),
)


def test_it_comes_back_as_it_was_written(store: Store) -> None:
    assert store.write([ARTICLE]) == [Done()]
    assert store.get("a") == ARTICLE


def test_nobody_is_quoted_with_it(store: Store) -> None:
    store.write([ARTICLE])
    assert store.search(parse("quotes:ferries", NOON)).total == 0
    assert store.search(parse("speaker:holm", NOON)).total == 0
    assert store.search(parse("quotes:fraud", NOON)).total == 1
    assert [(hit.text, hit.quote.factuality) for hit in store.quotes(Said()).quotes] == [("the fraud", "denied")]
