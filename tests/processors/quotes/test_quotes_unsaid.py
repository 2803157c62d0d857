"""What a sentence says was not said is no quote; what is said although a "not" stands near is one."""

from collections.abc import Callable

import pytest

from schemas.article import Quote

Find = Callable[..., tuple[Quote, ...]]

UNSAID = [
    "The harbour office would not say when the ferry would sail again.",
    "He has not confirmed that the licence had been sold.",
    "The club's doctor did not say whether the goalkeeper would play.",
    "Nobody said that the cheese was made in the valley.",
    "No minister has claimed that the dam will hold until spring.",
    "Neither side said that the talks had failed.",
    "The architect refused to say how many floors had cracked.",
    "The company has yet to say when the plant will reopen.",
    "She left the hall without saying whether the talks would go on.",
    "The bank stopped short of saying that rates would fall.",
    "The firm declined to comment on the fire in its warehouse.",
    "He was asked if the tunnel was safe.",
    "Reporters asked whether the minister would resign.",
    "Reporters asked Lind how many boats had been lost.",
    "When asked who they thought was the best cook, most laughed.",
    "Ada Lindqvist warned NATO over troops on Monday.",
    "Did the minister say that the bridge was safe?",
    "The baker is accused of stealing two bicycles from the school.",
    "The report made no claim that the water was clean enough to drink.",
    "If he says that the bridge is safe, nobody will believe him.",
    "Unless the board says the site is safe, work will stop.",
    "Had the captain said that the engine was failing, the ship would have turned back.",
    "Had the ministry said that the milk was safe, people would have drunk it.",
    "He would have said that the road was closed, but nobody came.",
    "Officials are expected to announce on Monday that the port will close.",
    "It is unclear whether the minister told the prime minister that the data had been lost.",
    "The spokeswoman declined to comment on reports that the firm was for sale.",
    "Ministers have not responded to claims that the water is poisoned.",
    "Visitors are asked to say which painting they like best.",
    "The ministry neither confirmed nor denied that the general had been arrested.",
    "The firm will say on Monday whether it will bid.",
    "The grocer posted a $40m loss for the first half of the year.",
    "The roof fell in, raising questions about who had built the hall.",
]


@pytest.mark.parametrize("text", UNSAID)
def test_what_nobody_said_is_no_quote(find: Find, text: str) -> None:
    assert find(text) == ()


SAID = [
    ("Lind questioned how the town would pay for the bridge.", "how the town would pay for the bridge"),
    ("Asked whether the mine would close, Lind said the board had not met.", "the board had not met"),
    ("She does not think that the bridge is safe for lorries.", "that the bridge is safe for lorries"),
    ("Olsen did not stay for dinner and said the road was icy.", "the road was icy"),
    ("The mayor said that nobody had asked her about the plan.", "that nobody had asked her about the plan"),
    ("He did not hesitate to say that the bridge was unsafe.", "that the bridge was unsafe"),
    ("It was reported that the bridge had been closed.", "that the bridge had been closed"),
    ("The union has not signed but warned that it would strike.", "that it would strike"),
    ("The premier is expected to say: “We will not leave one family behind.”", "We will not leave one family behind."),
    (
        "The captain should have warned us that it was open, Lind said.",
        "The captain should have warned us that it was open",
    ),
    ("He implied immigrants were not welcome in the valley.", "immigrants were not welcome in the valley"),
    ("He refused to sign the new contract with the club.", "to sign the new contract with the club"),
]


@pytest.mark.parametrize(("text", "said"), SAID)
def test_a_negation_elsewhere_in_the_sentence_takes_nothing_away(find: Find, text: str, said: str) -> None:
    assert said in [text[quote.start : quote.end] for quote in find(text)]
