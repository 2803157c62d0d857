"""`wirewatch spread`: where one utterance stands, and one line where there is no such quote."""

from collections.abc import Callable
from typing import Any


def test_a_quote_is_shown_where_it_stands(filled: Callable[..., Any]) -> None:
    (said,) = filled("quotes", "--speaker", "Brandt", "--json").rows
    (article,) = filled("article", said["article_id"], "--json").rows
    number = next(at for at, quote in enumerate(article["quotes"]) if quote["start"] == said["start"])
    quote_id = f"{said['article_id']}:{number}"
    (row,) = filled("spread", quote_id, "--json").rows
    assert (row["quote_id"], row["how"], row["content"]) == (quote_id, "same", said["content"])
    assert "1 variants in 1 articles, 1 origins" in filled("spread", quote_id).out


def test_a_quote_that_is_not_there_is_told_in_one_line(filled: Callable[..., Any]) -> None:
    failed = filled("spread", "nobody:0")
    assert failed.status != 0
    assert "there is no quote 'nobody:0'" in failed.err
