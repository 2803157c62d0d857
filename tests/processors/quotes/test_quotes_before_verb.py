"""Who stands before a verb behind what tells of him; and that what tells of him is not said."""

from collections.abc import Callable

import pytest

Read = Callable[[str], list[tuple[str, str | None]]]

CASES = [
    # What tells of who says it stands between commas.
    (
        "Mr. Holm, whose latest start-up, Dornbau, uses big data to help firms find suppliers, said Mr. Ek was a "
        "guest in the town.",
        [("Mr. Ek was a guest in the town", "Holm")],
    ),
    (
        "It is rather sad to watch Ian Holm, who fought for the bridge and wanted the town's help during the flood, "
        "suddenly insist that the bridge is not a real bridge.",
        [("that the bridge is not a real bridge", "Ian Holm")],
    ),
    (
        "The question came up after Ms. Lind, pressed about the loss of boats in May, had said, “I think we have lost "
        "plenty of them.”",
        [("I think we have lost plenty of them.", "Lind")],
    ),
    # What "as somebody said" vouches for has a verb of its own.
    (
        "In the old Kingdom of Dorn and Lune, as Ada Lind reported in her The Rivers, the owners had fine houses and "
        "gardens.",
        [("the owners had fine houses and gardens", "Ada Lind")],
    ),
    (
        "But the last part, as Ada Lind of the Dorn Times points out, is that it has always been hard for farmers to "
        "say that rain is the problem.",
        [("is that it has always been hard for farmers to say that rain is the problem", "Ada Lind")],
    ),
    # "What they believed": they and their verb are not what they believed.
    (
        "The council moved the papers in what some of its members believed to be an effort to hide the true price.",
        [("to be an effort to hide the true price", "some of its members")],
    ),
    # A phrase behind the nouns that say it.
    (
        "Wealthy farmers are helping pay for a series of last-ditch efforts to wound Ian J. Holm, disclosures filed on "
        "Sunday night revealed.",
        [("Wealthy farmers are helping pay for a series of last-ditch efforts to wound Ian J. Holm", "disclosures")],
    ),
    # What somebody is, and the name.
    (
        "The rebels have freed four hostages, the army's commander, Luis Holm, said.",
        [("The rebels have freed four hostages", "Luis Holm")],
    ),
    # The day is the verb's.
    ("Rabat said on Monday it would recall its envoy.", [("it would recall its envoy", "Rabat")]),
    (
        "Norland’s statistics office said on Monday inflation had slowed to 18%.",
        [("inflation had slowed to 18%", "Norland’s statistics office")],
    ),
    # A name that a parse takes for the subject, before who says it.
    (
        "The violin belonged to the outlaw Ian Holm, the state’s museum said on Tuesday.",
        [("The violin belonged to the outlaw Ian Holm", "the state’s museum")],
    ),
    # Whom one cites is not what one says.
    ("Norpress, citing the health agency, said nine men had died.", [("nine men had died", "Norpress")]),
    # No blank between the mark and who says it.
    ("“It is late,”Lind said.", [("It is late", "Lind")]),
    ("Lind said:“It is dry and late.”", [("It is dry and late.", "Lind")]),
    # A day before a name is no place.
    (
        "In a statement issued on Wednesday Lord Holm said: “I have no doubt that the rules are much better now.”",
        [("I have no doubt that the rules are much better now.", "Holm")],
    ),
    # A participle behind a comma, and one that begins the sentence.
    (
        "The mayor called for a short break, and then a second break, declaring after both that the talks were over.",
        [("for a short break", "The mayor"), ("that the talks were over", "The mayor")],
    ),
    (
        "Noting that Ek’s policy has been to allow the mill to continue to enrich itself off the profits of old boats "
        "in the harbour it controls, Lind reminded fishermen of his plan to cut off the supply.",
        [
            (
                "that Ek’s policy has been to allow the mill to continue to enrich itself off the profits of old boats "
                "in the harbour it controls",
                "Lind",
            )
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_tells_of_who_says_it_is_not_said(read: Read, text: str, expected: list[tuple[str, str | None]]) -> None:
    assert read(text) == expected
