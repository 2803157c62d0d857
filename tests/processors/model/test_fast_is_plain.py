"""The fast modules and plain spaCy say the same of an article: names, quotes, and all else that is on the record."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import generated_news
import pytest

from processors.enrich import Enricher
from schemas.article import Article

SEEDS = Path(__file__).parents[3] / "seeds" / "articles"
WRITTEN = {file.stem: file.read_text(encoding="utf-8") for file in sorted(SEEDS.glob("*.txt"))}
_RANDOM = Random(20260302)
GENERATED = {f"generated {number}": generated_news.article(number, _RANDOM).text for number in range(40)}
# Said by one, in marks and not, in a language without a model, and with lines that no model reads.
HARD = {
    "a list of names": ", ".join(["Volodymyr Zelenskyy", "NATO", "Kyiv", "Dmitry Peskov"] * 60),
    "capitals alone": "PUTIN TOLD NATO THAT KYIV, MOSCOW AND THE EUROPEAN UNION MET IN GENEVA.\n" * 3,
    "another language": "„Wir bleiben“, sagte Olaf Scholz in Berlin. Laut Polizei kam niemand.",
    "no word": "a" * 600 + "\n\n  \n“” \u200b 🚀",
}


@pytest.fixture(scope="module")
def plain() -> Enricher:
    return Enricher(plain=True)


@pytest.mark.parametrize(
    "text", [*WRITTEN.values(), *GENERATED.values(), *HARD.values()], ids=[*WRITTEN, *GENERATED, *HARD]
)
def test_both_say_the_same(enricher: Enricher, plain: Enricher, text: str) -> None:
    article = Article(id="a", revision="1", text=text, fetched_at=datetime(2026, 3, 2, tzinfo=UTC))
    read = plain.read(article)
    assert enricher.read(article) == read


def test_the_texts_have_names_and_quotes(plain: Enricher) -> None:
    articles = (Article(id="a", revision="1", text=text, fetched_at=datetime.now(UTC)) for text in WRITTEN.values())
    read = [plain.read(article) for article in articles]
    assert sum(len(one.entities) for one in read) > 50
    assert sum(len(one.quotes) for one in read) > 20


def test_plain_reading_needs_no_fast_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """On the day a release of spaCy breaks the fast modules, even their import, the plain way reads."""
    monkeypatch.setitem(sys.modules, "processors.model.fast", None)
    with pytest.raises(ImportError):
        Enricher("fast")
    article = Article(id="a", revision="1", text="Ada Lind spoke in Kyiv.", fetched_at=datetime.now(UTC))
    assert [entity.text for entity in Enricher("fast", plain=True).read(article).entities] == ["Ada Lind", "Kyiv"]
