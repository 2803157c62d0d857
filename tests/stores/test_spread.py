"""The spread of a quote: what is one utterance, how its variants differ, and where a store finds them."""

from datetime import timedelta
from itertools import combinations

import pytest
from wire_articles import NOON, wire_article

from schemas.article import QuoteKind
from stores.spread.occasion import UNKNOWN, Occasion
from stores.spread.relation import How, relation
from stores.spread.spread import spread
from stores.spread.utterance import Speaker, Utterance
from stores.spread.utterances import utterances
from stores.store import Store

WHOLE = "We will rebuild every bridge that the flood has destroyed before the winter comes"


def _said(
    words: str, kind: QuoteKind = "direct", speaker: str | None = "Ada Lind", occasion: Occasion = UNKNOWN
) -> Utterance:
    return Utterance.of(words, kind, speaker, occasion)


@pytest.mark.parametrize(
    ("words", "kind", "speaker", "how"),
    [
        (WHOLE, "direct", "Ada Lind", How.SAME),
        (WHOLE.upper() + "!", "direct", None, How.SAME),
        ("rebuild every bridge that the flood has destroyed", "direct", "Lind", How.CUT),
        (WHOLE + ", and the schools as well", "direct", "Lind", How.LONGER),
        ("We will rebuild each bridge the flood destroyed before winter", "direct", "Lind", How.CUT),
        ("they would rebuild the bridges that the flood destroyed by spring", "indirect", "Lind", How.REPORTED),
        ("We will rebuild all bridges that the storm has destroyed before winter", "direct", "Lind", How.REWORDED),
        ("the winter comes", "direct", "Bo Kern", None),
        ("We will rebuild our trust in the banks", "direct", "Ada Lind", None),
        ("The flood has destroyed the harvest", "direct", "Ada Lind", None),
    ],
)
def test_a_variant_differs_from_the_first(words: str, kind: QuoteKind, speaker: str | None, how: How | None) -> None:
    assert relation(_said(WHOLE), _said(words, kind, speaker)) is how


def test_a_firm_and_who_speaks_for_it_say_one_thing() -> None:
    firm = _said("Trains are slow. Planes are loud", speaker="Norrail")
    assert (
        relation(firm, _said("Trains are slow. Planes are loud. We ask for patience", speaker="Bo Kern")) is How.LONGER
    )
    assert relation(firm, _said("Trains are slow. Ships are loud. We ask for patience", speaker="Bo Kern")) is None


def test_a_sum_in_quote_marks_is_not_two_peoples_words() -> None:
    one = _said("that his fund had got “hundreds of thousands of dollars” in gifts", "mixed", "Bo Kern")
    other = _said("A sect may have paid hundreds of thousands of dollars to parties for years", "indirect", "The Daily")
    assert relation(one, other) is None


FILED = "it filed with the commission a registration statement covering {} of its common shares"


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        (("Norrail Inc", FILED.format("an issue")), ("Quay Foods Inc", FILED.format("an issue")), False),
        (("Norrail Inc", FILED.format("20,000")), ("Norrail", FILED.format("30,000")), False),
        (("Norrail Inc", FILED.format("20,000")), ("Norrail Corp", FILED.format("20,000")), True),
        (("Norrail Inc", FILED.format("20,000")), ("Norrail", FILED.format("20,000") + " and 500 bonds"), True),
        (
            ("the company", "it plans to offer new shares publicly"),
            ("Norrail", "it offers new shares, publicly"),
            False,
        ),
        (
            ("dealers", "The Central Bank of Halvern entered the market to buy 40 mln crowns of bills"),
            ("a spokesman", "The Central Bank of Halvern entered the market to buy 75 mln crowns of bills"),
            False,
        ),
    ],
)
def test_notices_that_are_all_alike_are_one_where_names_and_figures_are(
    one: tuple[str, str], other: tuple[str, str], *, is_one: bool
) -> None:
    (speaker, words), (their, theirs) = one, other
    told = relation(_said(words, "indirect", speaker), _said(theirs, "indirect", their))
    assert (told is not None) is is_one


BRIDGE = "When the line at Halvern closed, Lind and Kern met in Ostmark with Norrail, Dorn and Vale."
LATER = "On Monday Lind was heard again on Halvern, where Norrail works with Quay Foods and Ersted."
HARBOUR = "In the harbour of Quay the ship Meridian of Tarn Lines met the ferry Solveig."
NOTICE = "The Central Bank of Halvern entered the market to buy bills from dealers"


@pytest.mark.parametrize(
    ("days", "text", "is_one"),
    [(0, BRIDGE, True), (2, BRIDGE, True), (30, BRIDGE, False), (30, LATER, True), (30, HARBOUR, False)],
)
def test_what_is_told_on_another_day_is_another_unless_a_later_report_tells_it_again(
    days: int, text: str, *, is_one: bool
) -> None:
    one = _said(NOTICE, "indirect", "a bank spokesman", Occasion(NOON, f"{NOTICE}. {BRIDGE}"))
    then = Occasion(NOON + timedelta(days=days), f"{NOTICE}. {text}")
    other = _said(NOTICE, "indirect", "a bank spokesman", then)
    assert (relation(one, other) is not None) is is_one


FORM = "The Central Bank of Halvern sold a bill of {} at par due May 12 paying 4 pct from June 3"


@pytest.mark.parametrize(
    ("words", "theirs", "is_one"),
    [
        (FORM.format("20 mln"), FORM.format("200 mln"), True),
        (FORM.format("20 mln to Norrail"), FORM.format("200 mln to Quay Foods"), False),
        ("The bank sold 20 mln crowns of bills to dealers", "The bank sold 200 mln crowns of bills to dealers", False),
    ],
)
def test_one_figure_of_several_may_be_written_wrong_where_no_names_differ(
    words: str, theirs: str, *, is_one: bool
) -> None:
    told = relation(_said(words, "indirect"), _said(theirs, "indirect"))
    assert (told is not None) is is_one


@pytest.mark.parametrize(
    ("named", "theirs", "is_one"),
    [("Lind", "Kern", False), ("Lind and Norrail", "Kern and Ersted", True)],
)
def test_a_form_that_is_filled_in_names_hardly_more_than_is_quoted(named: str, theirs: str, *, is_one: bool) -> None:
    words = "On Monday the Central Bank bought bills from dealers"
    one, other = (
        _said(
            words, "indirect", "a spokesman", Occasion(NOON + timedelta(days=days), f"{words}. We met {names} there.")
        )
        for names, days in ((named, 0), (theirs, 30))
    )
    assert (relation(one, other) is not None) is is_one


def test_who_denies_it_does_not_say_it() -> None:
    words = "The flood has destroyed every bridge of the old town and two schools"
    by_kern, by_lind = (Utterance.of(words, "direct", who, factuality="denied") for who in ("Bo Kern", "Lind"))
    assert relation(_said(words), _said(words, speaker="Bo Kern")) is How.SAME
    assert relation(_said(words), by_kern) is None
    assert relation(_said(words), by_lind) is How.SAME


@pytest.mark.parametrize(("speaker", "is_one"), [("Lind", True), ("Bo Kern", False)])
def test_a_few_words_in_quote_marks_are_one_where_one_says_them_in_one_matter(speaker: str, *, is_one: bool) -> None:
    known = Occasion(NOON, BRIDGE)
    one = _said("that the crossing is “utterly rotten” and the town must pay", "mixed", occasion=known)
    other = _said("an utterly rotten thing is what we have here, I fear", speaker=speaker, occasion=known)
    assert (relation(one, other) is not None) is is_one


@pytest.mark.parametrize(("words", "is_one"), [("{} and {}", True), ("{1} while {0}", False)])
def test_what_two_unknown_people_tell_of_one_matter_is_one_in_one_order(words: str, *, is_one: bool) -> None:
    known = Occasion(NOON, BRIDGE)
    parts = ("traders in Halvern expect steep prices", "dry weather threatens the harvest near Ostmark")
    one = _said("{} and {}".format(*parts), "indirect", "they", known)
    assert (relation(one, _said(words.format(*parts), "indirect", "it", known)) is not None) is is_one


def test_what_is_in_quote_marks_is_quoted_for_years() -> None:
    one = _said(WHOLE, occasion=Occasion(NOON, BRIDGE))
    assert relation(one, _said(WHOLE, occasion=Occasion(NOON + timedelta(days=900), HARBOUR))) is How.SAME


@pytest.mark.parametrize(("text", "how"), [(BRIDGE, How.REWORDED), (HARBOUR, None)])
def test_a_saying_of_strangers_is_one_utterance_only_in_one_matter(text: str, how: How | None) -> None:
    one = _said("Our club sees light at the end of a long tunnel", speaker="the coach", occasion=Occasion(text=BRIDGE))
    longer = "There is light at the end of a long tunnel, and the towns can hope"
    assert relation(one, _said(longer, speaker="Bo Kern", occasion=Occasion(text=text))) is how


def test_in_one_matter_less_is_enough() -> None:
    words = "The freed girls, the first to be released, are in the custody of the secret intelligence agency"
    theirs = "the freed girls were in the care of the secret intelligence agency and very tired"
    known = Occasion(NOON, BRIDGE)
    assert relation(_said(words, "indirect"), _said(theirs, "indirect")) is None
    assert relation(_said(words, "indirect", occasion=known), _said(theirs, "indirect", occasion=known)) is not None


@pytest.mark.parametrize(
    ("one", "other", "agree", "differ"),
    [
        ("Ada Lind", "Lind", True, False),
        ("Norrail’s head Ada Lind", "Ada Lind", True, False),
        ("Treasury", "Treasury Department", True, False),
        ("a Fed spokesman", "a spokesman for the New York Fed", True, False),
        ("Accident investigators", "Investigators", True, False),
        ("Quay Harbour Board", "the QHB", True, False),
        ("Quay Foods", "QF", False, True),
        ("a Norrail spokesman", "a Quay Foods spokesman", False, True),
        ("Ada Lind", "Bo Kern", False, True),
        ("the coach", "Bo Kern", False, False),
        ("he", "", False, False),
    ],
)
def test_speakers_are_the_same_by_their_names(one: str, other: str, *, agree: bool, differ: bool) -> None:
    for mine, theirs in ((Speaker.of(one), Speaker.of(other)), (Speaker.of(other), Speaker.of(one))):
        assert (mine.agrees(theirs), mine.differs(theirs)) == (agree, differ)


def test_a_word_of_every_day_is_nobodys() -> None:
    assert relation(_said("Yes, of course", speaker=None), _said("Yes, of course", speaker=None)) is None
    assert relation(_said("no comment"), _said("no comment", speaker="Bo Kern")) is None
    assert relation(_said("no comment"), _said("no comment")) is How.SAME


def test_whether_two_are_one_does_not_depend_on_their_order() -> None:
    quotes = [_said(WHOLE), _said("rebuild every bridge"), _said("the flood destroyed the bridges", "indirect", None)]
    for one, other in combinations(quotes, 2):
        assert (relation(one, other) is None) == (relation(other, one) is None)


def test_quotes_are_grouped_by_utterance() -> None:
    quotes = [
        _said(WHOLE),
        _said("The taxes will fall next year in every town", speaker="Bo Kern"),
        _said("rebuild every bridge that the flood has destroyed"),
        _said("the taxes would fall in every town next year", "indirect", "Kern"),
        _said("Nobody asked me"),
    ]
    assert utterances(quotes) == [(0, 2), (1, 3), (4,)]


def test_a_store_finds_every_place_where_it_stands(store: Store) -> None:
    cut = "rebuild every bridge that the flood has destroyed"
    articles = [
        ("later", f"“{cut}”, Lind said.", cut, "https://www.bbc.com/2", 20),
        ("first", f"“{WHOLE}”, Lind said.", WHOLE, "https://example.org/1", 10),
        ("again", f"“{WHOLE}”, Lind said.", WHOLE, "https://news.bbc.co.uk/3", 30),
        ("other", "“Every bridge is a risk”, Lind said.", "Every bridge is a risk", "https://example.net/4", 5),
    ]
    store.write(
        [
            wire_article(
                id, text, said=[(words, "Lind", "Ada Lind")], url=url, first_seen=NOON + timedelta(minutes=minutes)
            )
            for id, text, words, url, minutes in articles
        ]
    )
    found = spread(store, "later:0", NOON)
    assert found is not None
    assert [(one.quote_id, one.how) for one in found.variants] == [
        ("first:0", How.SAME),
        ("later:0", How.CUT),
        ("again:0", How.SAME),
    ]
    assert (found.articles, found.origins) == (3, 2)
    for unknown in ("later:1", "nobody:0", "later", ":0", "later:x"):
        assert spread(store, unknown, NOON) is None


def test_a_notice_of_another_day_is_not_found_with_todays(store: Store) -> None:
    store.write(
        [
            wire_article(id, f"{NOTICE}, Lind said.", said=[(NOTICE, "Lind", "Ada Lind", "indirect")], published=at)
            for id, at in (("today", NOON), ("also", NOON + timedelta(hours=3)), ("weekly", NOON + timedelta(days=7)))
        ]
    )
    found = spread(store, "today:0", NOON)
    assert found is not None
    assert [one.quote_id for one in found.variants] == ["also:0", "today:0"]
