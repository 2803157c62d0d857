"""An article read from end to end: who and what it names, exact offsets, and no text that makes it fail."""

import json
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import article

from processors.enrich import Enricher
from schemas.article import Article, Enriched

STORY = """Foreign Minister Ada Lindqvist said on Monday that Denmark would send Patriot missiles to Ukraine.

“We will not wait for Berlin,” Lindqvist told reporters in Copenhagen. “Kyiv needs them now.”

Kremlin spokesman Dmitry Peskov said the missiles would be “a legitimate target”. NATO declined to comment.

The Harbour Trading Company (HTC), which would ship them, said HTC vessels were ready."""


def exact(enriched: Enriched) -> bool:
    """Whether every record's offsets hold its own words."""
    text = enriched.text
    spans = [(e.start, e.end, e.text) for e in enriched.entities]
    spans += [(q.speaker.start, q.speaker.end, q.speaker.text) for q in enriched.quotes if q.speaker]
    inside = all(0 <= q.start < q.end <= len(text) for q in enriched.quotes)
    apart = all(a.end <= b.start for a, b in pairwise(enriched.entities))
    return inside and apart and all(text[start:end] == words for start, end, words in spans)


@pytest.fixture(scope="module")
def story(enricher: Enricher) -> Enriched:
    return enricher.read(article(STORY))


@pytest.mark.parametrize(
    ("words", "name", "kind"),
    [
        ("Ada Lindqvist", "Ada Lindqvist", "person"),
        ("Lindqvist", "Ada Lindqvist", "person"),
        ("Denmark", "Denmark", "place"),
        ("Patriot", "Patriot", "weapon"),
        ("Ukraine", "Ukraine", "place"),
        ("Berlin", "Berlin", "place"),
        ("Copenhagen", "Copenhagen", "place"),
        ("Kyiv", "Kyiv", "place"),
        ("Dmitry Peskov", "Dmitry Peskov", "person"),
        ("NATO", "NATO", "organisation"),
        ("HTC", "Harbour Trading Company", "organisation"),
    ],
)
def test_who_and_what_the_article_names(story: Enriched, words: str, name: str, kind: str) -> None:
    found = {(e.name, e.kind) for e in story.entities if e.text.startswith(words)}
    assert (name, kind) in found


def test_speakers_are_the_entities_of_the_article(story: Enriched) -> None:
    speakers = {quote.speaker.name for quote in story.quotes if quote.speaker}
    assert speakers >= {"Ada Lindqvist", "Dmitry Peskov"}
    ids = {entity.id for entity in story.entities}
    assert all(quote.speaker.id in ids for quote in story.quotes if quote.speaker)


def test_the_record_says_what_read_it(story: Enriched) -> None:
    assert story.language == "en"
    assert "default" in story.model
    assert 0 < story.generation < 16
    assert story.notes == ()
    assert story.signature
    assert "Dmitri Peskov" in story.names


def test_everything_of_the_article_is_kept(story: Enriched) -> None:
    given_article = article(STORY)
    assert {name: getattr(story, name) for name in Article.model_fields} == dict(given_article)


def test_reading_twice_says_the_same(enricher: Enricher, story: Enriched) -> None:
    assert enricher.read(article(STORY)) == story


def test_fast_leaves_the_parser_out_and_keeps_the_names(fast_enricher: Enricher, story: Enriched) -> None:
    fast = fast_enricher.read(article(STORY))
    assert fast.entities == story.entities
    assert any(quote.kind == "direct" for quote in fast.quotes)
    assert "fast" in fast.model


def test_a_language_without_a_model_is_said_so(enricher: Enricher) -> None:
    text = "„Wir warten nicht auf Berlin“, sagte Ministerin Ada Lindqvist am Montag vor Journalisten in Kopenhagen."
    read = enricher.read(article(text, None))
    assert read.language == "de"
    assert [entity.name for entity in read.entities] == ["Ada Lindqvist"]
    assert "no model for names in language de" in read.notes[0]
    assert [text[q.start : q.end] for q in read.quotes] == ["Wir warten nicht auf Berlin"]


def test_names_are_read_where_a_short_text_leaves_its_language_open(enricher: Enricher) -> None:
    read = enricher.read(article("Volodymyr Zelensky, Donald Trump, Olaf Scholz", None))
    assert {entity.name for entity in read.entities} >= {"Volodymyr Zelenskyy", "Donald Trump"}


def test_a_text_over_the_cap_is_read_up_to_it_and_says_so(enricher: Enricher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("processors.enrich.LONGEST", 30)
    read = enricher.read(article("Kyiv slept. Moscow slept too. Berlin did not."))
    assert read.notes == ("only the first 30 characters were read",)
    assert [entity.text for entity in read.entities] == ["Kyiv", "Moscow"]
    assert read.text.endswith("did not.")


HARD = {
    "empty": "",
    "spaces": " \n\t " * 50,
    "one line without spaces": "x" * 300_000,
    "words without end": ("ab" * 400 + " ") * 200,
    "quote marks": '"' * 10_000,
    "pairs of marks": "“a” " * 1_000,
    "unclosed marks": "“‘\"'" * 2_000 + " she said.",
    "right to left": "قال الرئيس محمد السيد إن الميناء سيغلق. " * 40,
    "emoji": "🚀👩‍👩‍👧‍👦 Ada Lind said 🚀 “🚀” " * 100,
    "joiners and controls": "Ada\u200bLind\x00\x0b\ufeff said\u2028“no”\u202e.",
    "surrogates of accents": "A\u0301da Li\u0308nd said so. " * 50,
    "capitals": "ADA LIND SAID THE SHIP IS IN KYIV. " * 100,
    "names only": "Ada Lind " * 3_000,
    "namesakes": " ".join(f"A{n}da Lind" for n in range(1_000)),
    "brackets": "(((" * 3_000 + "Port Safety Union (PSU)" + ")))" * 3_000,
    "html": "<p>&nbsp;</p>" * 1_000,
}


@pytest.mark.parametrize("name", HARD)
def test_no_text_makes_it_fail(enricher: Enricher, name: str) -> None:
    assert exact(enricher.read(article(HARD[name])))


words = st.sampled_from(
    [
        "Ada Lind",
        "Lind",
        "Kyiv",
        "Mr",
        "said",
        "that",
        "“",
        "”",
        '"',
        "'",
        "he",
        "the",
        "missile",
        ",",
        ".",
        "\n",
        "🚀",
        "é",
        "is",
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(words | st.text(max_size=8), max_size=60).map(" ".join))
def test_offsets_are_exact_whatever_the_text(enricher: Enricher, text: str) -> None:
    assert exact(enricher.read(article(text)))


def _lists() -> dict[str, int]:
    """The functions of names that keep their answer for good -> how many answers they have."""
    modules = [module for name, module in sys.modules.items() if name.startswith("processors.entities.")]
    kept = {
        str(one): one.cache_info() for module in modules for one in vars(module).values() if hasattr(one, "cache_info")
    }
    return {name: info.currsize for name, info in kept.items() if info.maxsize is None}


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine fired rockets at tanks of the army.",
        "The striker of Manchester City, Ada Holm, scored in a 3-1 win, the coach said.",
        "Spokeswoman Liz Holm met Elizabeth Holm and Bill Lind, of Lind Corp., in the state of Washington.",
    ],
)
def test_no_article_waits_for_a_list(enricher: Enricher, text: str) -> None:
    loaded = _lists()
    enricher.read(article(text))
    assert _lists() == loaded


DATA = Path(__file__).parents[3] / "shared" / "data" / "articles"


@pytest.mark.data
@pytest.mark.skipif(not DATA.exists(), reason="needs the articles of ../shared/data")
def test_offsets_are_exact_in_articles_of_many_languages(fast_enricher: Enricher) -> None:
    for file in sorted(DATA.glob("*.jsonl")):
        with file.open(encoding="utf8") as lines:
            for line, _ in zip(lines, range(10), strict=False):
                assert exact(fast_enricher.read(article(json.loads(line)["text"], None))), file.name
