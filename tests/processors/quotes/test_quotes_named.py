"""Words in marks that name something are no speech; words that somebody says of something are."""

from collections.abc import Callable

import pytest

from schemas.article import Quote

Find = Callable[..., tuple[Quote, ...]]

NAMES = [
    "Nurses call it “white wall syndrome”, and it is rare among children.",
    "The exhibition “What the miners wrote home” runs until May.",
    "The play “Nobody asked for the key” opened on Friday.",
    "The password of the safe was “green apple seven boat”.",
    "Farmers call the wind “old Mary's broom”.",
    "The mayor stopped a plan dubbed “bread for bottles”.",
    "The ship was named “Star of the Southern Sea” in 1998.",
    "The trawler was called “Nobody Waits For Me” and the tug “Old Lady of the Quay”.",
    "Police call the alleys “rat runs for a dozen mopeds”.",
    "Fishermen call the tower “the grumpy lamp”.",
    "Police call the alleys “rat runs”.",
    "The box was labelled “keep shut until 1980”.",
]


@pytest.mark.parametrize("text", NAMES)
def test_a_name_in_marks_is_no_quote(find: Find, text: str) -> None:
    assert find(text) == ()


SPEECH = [
    ("The minister called the plan “a gift to the rich”.", "the plan “a gift to the rich”"),
    ("The answer “We will not sign it” came from Holm, who said no more.", "We will not sign it"),
    ("“They will be back by Easter,” said Holm.", "They will be back by Easter"),
    ("Holm called the deal “dead on arrival in the house”.", "the deal “dead on arrival in the house”"),
    ("The plan was called “a gift to the rich” by the bank.", "a gift to the rich"),
    ("Critics call it “a gift to the rich and powerful”.", "it “a gift to the rich and powerful”"),
]


@pytest.mark.parametrize(("text", "said"), SPEECH)
def test_what_somebody_says_of_something_is_a_quote(find: Find, text: str, said: str) -> None:
    assert said in [text[quote.start : quote.end] for quote in find(text)]
