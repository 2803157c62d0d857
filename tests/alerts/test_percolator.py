"""The percolator meets exactly the queries that the language means, whatever is added and removed meanwhile."""

from random import Random

from generated_news import NAMES, WORDS, article, queries
from hypothesis import given, settings
from hypothesis import strategies as st
from meaning import Subject, matches
from wire_articles import NOON, wire_article

from alerts.article_terms import ArticleTerms
from alerts.evaluate import met_part
from alerts.percolator import Percolator
from stores.document import document
from stores.query import Query, QueryError, parse

_RANDOM = Random(20260302)
ARTICLES = [article(number, _RANDOM) for number in range(60)]
SUBJECTS = [Subject.of(one) for one in ARTICLES]
TERMS = [ArticleTerms(document(one)) for one in ARTICLES]


# Words anywhere, alone and together: what the percolator decides by look-up alone.
_anywhere = st.sampled_from([*WORDS[:12], *(f'"{name}"' for name in NAMES), '"said so"', '"cruise missile"', "said"])
plain = st.recursive(
    _anywhere,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda parts: f"({parts[0]} OR {parts[1]})"),
        st.tuples(inner, inner).map(lambda parts: f"({parts[0]} AND {parts[1]})"),
        st.tuples(inner, inner).map(lambda parts: f"({parts[0]} AND NOT {parts[1]})"),
    ),
    max_leaves=4,
)


def _parsed(texts: list[str]) -> dict[int, Query]:
    """By number; a generated query that holds nothing to search for is left out."""
    parsed = {}
    for number, text in enumerate(texts):
        try:
            parsed[number] = parse(text, NOON)
        except QueryError as error:
            if "no letter and no digit" not in error.problem:
                raise
    return parsed


def _meant(asked: dict[int, Query], subject: Subject) -> set[int]:
    return {number for number, query in asked.items() if matches(query.root, subject)}


@settings(max_examples=80, deadline=None)
@given(st.lists(queries, min_size=1, max_size=25) | st.lists(plain, min_size=10, max_size=40))
def test_meets_what_the_language_means(texts: list[str]) -> None:
    asked = _parsed(texts)
    percolator = Percolator(asked)
    for terms, subject in zip(TERMS, SUBJECTS, strict=True):
        assert percolator.match(terms, NOON) == _meant(asked, subject)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.none() | queries), min_size=1, max_size=20))
def test_after_changes_it_is_as_if_made_anew(changes: list[tuple[int, str | None]]) -> None:
    percolator: Percolator[int] = Percolator({})
    current: dict[int, Query] = {}
    for id, text in changes:
        parsed = _parsed([text]) if text else {}
        if parsed:
            current[id] = parsed[0]
            percolator.update({id: parsed[0]})
        else:
            current.pop(id, None)
            percolator.update({}, removed=[id])
    assert len(percolator) == len(current)
    for terms, subject in zip(TERMS[:20], SUBJECTS, strict=False):
        assert percolator.match(terms, NOON) == _meant(current, subject)


def test_now_is_the_moment_of_the_match() -> None:
    percolator = Percolator({"recent": parse("missile AND published:[now-1h TO now]", NOON)})
    terms = ArticleTerms(document(wire_article("a", "A missile.", published=NOON)))
    assert percolator.match(terms, NOON) == {"recent"}
    assert percolator.match(terms, NOON.replace(hour=14)) == set()


def test_a_speaker_who_is_not_named_otherwise_is_no_name() -> None:
    text = "“We are ready,” the spokesman said."
    said = wire_article("a", text, said=[("We are ready", "the spokesman", "Ada Lovelace")])
    asked = {field: parse(f"{field}lovelace", NOON) for field in ("", "name:", "speaker:")}
    assert Percolator(asked).match(ArticleTerms(document(said)), NOON) == {"speaker:"}


def test_the_part_that_was_met_leaves_out_the_alternatives_that_were_not() -> None:
    terms = ArticleTerms(document(wire_article("a", "Cruise missiles over Kyiv.")))
    root = parse('(tomahawk OR "cruise missile" OR kyiv) AND (rain OR missile*) NOT putin', NOON).root
    assert str(met_part(root, terms)) == '("cruise missile" OR kyiv) AND missile* AND NOT putin'
