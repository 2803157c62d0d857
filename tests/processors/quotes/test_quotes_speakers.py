"""The right mouth, read as an article is: names found by the model, speakers by the tree."""

from collections.abc import Callable

import pytest

Read = Callable[[str], list[tuple[str, str | None]]]


CASES = [
    # Whom one tells stands between the verb and its clause.
    (
        "Wang Yi met Wang Wenbin. Wang Wenbin told a briefing that the visit would go ahead.",
        "that the visit",
        "Wang Wenbin",
    ),
    ("The firm informed the stock exchange that its chairman had resigned.", "that its chairman", "The firm"),
    # A name with its title between commas.
    ("The judge, Mr Justice Penn, said the road was no place for a race.", "the road was", "Penn"),
    ("The chair of the inquiry, Baroness Hale, said the delay was shameful.", "the delay was", "Hale"),
    ("Her lawyer, Advocate Sipho Dube, said the arrest was unlawful.", "the arrest was", "Sipho Dube"),
    # What somebody does while speaking is not who speaks.
    ("Writing on Facebook, the mayor, Rui Pinto, said the beach would stay closed.", "the beach", "Rui Pinto"),
    ("Standing outside the court, Mr Fell said justice had not been done.", "justice had", "Fell"),
    # A description between commas, behind a preposition.
    (
        "The race was stopped, with some drivers, including Per Holm, claiming the track was fine.",
        "the",
        "some drivers",
    ),
    ("It followed a letter from Alan Price, the club's owner, saying the stadium would be sold.", "the", "Alan Price"),
    ("Shares fell, with analysts at Lund, a broker, warning that profits had peaked.", "that profits", "analysts"),
    (
        "This was followed by Mark Poulsen, a financier, issuing a press release saying his group was interested.",
        "his group",
        "Mark Poulsen",
    ),
    # A handle behind the name.
    ('"Home after 200 days. Thank you, Earth," astronaut Kay Lund (@kaylund) posted.', "Home after", "Kay Lund"),
    # Who "he" and "she" are.
    ("Mr Justice Cole told Ms Vance that it was late. She replied that she had told the truth.", "that she", "Vance"),
    (
        "Emily Stokes, whose brother Paul Stokes died, wept. “They told us nothing,” she said.",
        "They told",
        "Emily Stokes",
    ),
    ("Ian Frost married singer Bea Lomax in May. “Bea is the best thing in my life,” he said.", "Bea is", "Ian Frost"),
    ("Maya Lindt lost to Sara Bloch. “Sara was too strong for me today,” she said.", "Sara was", "Maya Lindt"),
    # Somebody else answers than the one who is asked about.
    (
        "I sat opposite Peter Lomax in his office. I asked whether David Penn was ready. “Yes, of course,” he said.",
        "Yes",
        "Peter Lomax",
    ),
    # Of whom something is named is farther than the one who acts.
    (
        "In the capital the former minister Peter Lomax backed David Penn's plan. “It is a start,” he said.",
        "It is",
        "Peter Lomax",
    ),
    # Who spoke is near where the words end, however long they were.
    (
        "Peter Lomax said: “" + "The road along the lake must be closed before the winter. " * 12 + "” "
        "He also said the bridge was unsafe.",
        "the bridge",
        "Peter Lomax",
    ),
    # Behind words in marks that end a sentence another one begins.
    (
        "Ada Lind ended the day with a note like “The river will take all of it.” Ian Holm said he had seen it.",
        "The river",
        "Ada Lind",
    ),
]


@pytest.mark.parametrize(("text", "said", "name"), CASES)
def test_the_right_mouth(read: Read, text: str, said: str, name: str) -> None:
    assert [who for words, who in read(text) if words.startswith(said)][-1:] == [name]


def test_where_it_was_said_is_no_part_of_it(read: Read) -> None:
    text = "The airline cut forty routes, the company said, in a move that angered the unions."
    assert read(text) == [("The airline cut forty routes", "the company")]
