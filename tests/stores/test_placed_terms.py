"""Terms that are placed when asked for are those of the analysers, and stand where these have them."""

from hypothesis import example, given
from hypothesis import strategies as st

from stores.analysis.languages import OWN, analyse_in
from stores.analysis.placed import PlacedTerms, placed, placed_names
from stores.analysis.tokens import Token, analyse, analyse_names

# Ends of sentences and paragraphs, what is rewritten, blanks of all kinds, scripts without any.
PIECES = (
    "The end. ", "Who?” ", "\n\n", "\n", "\t", "\u00a0", " ", "Gen. Smith's ", "U.S. ", "12,000 ", "l’État ", "AT&T ",
    "C++ ", "F-16 ", "so\u00adft ", "e\u0301 ", "東京の空。", "カタカナ", "ракеты ", "Häuser ", "يكتبون ", "x" * 300,
    "⏏", "\U0001f469\u200d\U0001f680 ", "… ", "’",
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3))).map("".join))


def tokens(read: PlacedTerms) -> list[Token]:
    return [Token(term, *read.span(at)) for at, term in enumerate(read.terms)]


@given(TEXTS, st.sampled_from([None, *OWN]))
@example("One. Two.\u00a0Three。Four", "cjk")
def test_running_text_is_as_the_analysers_have_it(text: str, own: str | None) -> None:
    assert tokens(placed(text, own)) == [*analyse(text), *(analyse_in(text, own) if own else ())]


@given(TEXTS)
def test_names_are_as_the_analyser_has_them(text: str) -> None:
    assert tokens(placed_names(text)) == analyse_names(text)
