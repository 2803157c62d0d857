"""What is said in an English text, of which kind, and by whom: with the parser."""

from collections.abc import Callable

import pytest

from processors.model.paragraph import Paragraph
from processors.model.pipeline import Model
from schemas.article import Quote

Find = Callable[..., tuple[Quote, ...]]

Row = tuple[str, str, str | None]


def rows(text: str, quotes: tuple[Quote, ...]) -> list[Row]:
    return [(q.kind, text[q.start : q.end], q.speaker.text if q.speaker else None) for q in quotes]


DIRECT = [
    ("“We will open the bridge in May,” the mayor said.", "We will open the bridge in May", "the mayor"),
    ('"We will open the bridge in May," said Anna Krause.', "We will open the bridge in May", "Anna Krause"),
    ("''We will open the bridge in May,'' she told reporters.", "We will open the bridge in May", "she"),
    ("Anna Krause said: “We will open the bridge in May.”", "We will open the bridge in May.", "Anna Krause"),
    ("«We will open the bridge in May», Anna Krause wrote.", "We will open the bridge in May", "Anna Krause"),
    ("Krause laughed: “We will open it whatever happens.”", "We will open it whatever happens.", "Krause"),
]


@pytest.mark.parametrize(("text", "said", "speaker"), DIRECT)
def test_a_quotation_is_found_with_its_speaker_in_all_styles_of_marks(
    find: Find, text: str, said: str, speaker: str
) -> None:
    assert rows(text, find(text)) == [("direct", said, speaker)]


INDIRECT = [
    ("Officials said the road was closed after the storm.", "the road was closed after the storm", "Officials"),
    ("The road was closed after the storm, officials said.", "The road was closed after the storm", "officials"),
    ("The minister vowed to rebuild the old harbour.", "to rebuild the old harbour", "The minister"),
    ("The company denied the claims of its former staff.", "the claims of its former staff", "The company"),
    ("The union called for a strike in every port.", "for a strike in every port", "The union"),
    ("Police accused the driver of leaving the scene.", "the driver of leaving the scene", "Police"),
]


@pytest.mark.parametrize(("text", "said", "speaker"), INDIRECT)
def test_reported_speech_is_found_whatever_the_verb_takes(find: Find, text: str, said: str, speaker: str) -> None:
    assert rows(text, find(text)) == [("indirect", said, speaker)]


def test_a_source_named_by_a_preposition_is_the_speaker(find: Find) -> None:
    text = "The dam could fail within two days, according to engineers at the site."
    (quote,) = find(text)
    assert text[quote.start : quote.end] == "The dam could fail within two days"
    assert quote.cue is not None
    assert text[quote.cue.start : quote.cue.end] == "according to"
    assert quote.speaker is not None
    assert quote.speaker.text.startswith("engineers")


def test_a_noun_of_saying_leads_to_what_was_said(find: Find) -> None:
    text = "Her promise to lower the price of bread was soon forgotten by everybody."
    assert rows(text, find(text)) == [("indirect", "to lower the price of bread", "Her")]


def test_a_clause_with_a_quotation_in_it_is_one_mixed_quote(find: Find) -> None:
    text = "Krause said the old bridge was “a danger to every child” in the town."
    assert rows(text, find(text)) == [
        ("mixed", "the old bridge was “a danger to every child” in the town", "Krause"),
    ]


def test_an_interrupted_quotation_is_two_pieces_of_one_group(find: Find) -> None:
    text = "“The bridge is old,” Anna Krause said, “and we cannot wait any longer.”"
    first, second = find(text)
    assert text[first.start : first.end] == "The bridge is old"
    assert text[second.start : second.end] == "and we cannot wait any longer."
    assert first.group == second.group is not None


def test_an_attribution_between_commas_is_no_part_of_what_was_said(find: Find) -> None:
    text = "Many of the older bridges, Krause said, have not been checked for years."
    found = find(text)
    assert rows(text, found) == [
        ("indirect", "Many of the older bridges", "Krause"),
        ("indirect", "have not been checked for years", "Krause"),
    ]
    assert found[0].group == found[1].group is not None


def test_a_quotation_over_two_paragraphs_is_one_group_by_one_speaker(find: Find) -> None:
    text = "Anna Krause said: “The bridge is old and tired.\n“We cannot wait for the next big flood.”"
    first, second = find(text)
    assert first.group == second.group is not None
    assert first.speaker == second.speaker
    assert first.speaker is not None
    assert first.speaker.text == "Anna Krause"


def test_a_quotation_alone_goes_on_with_who_spoke_last(find: Find) -> None:
    text = "“We have waited for a very long time,” Krause said.\n\n“Now the money is finally there.”"
    assert [row[2] for row in rows(text, find(text))] == ["Krause", "Krause"]


def test_two_speakers_of_one_paragraph_keep_their_own_words(find: Find) -> None:
    text = "“We will not pay for this,” Krause said. Bauer replied: “Then nobody will build the bridge.”"
    assert rows(text, find(text)) == [
        ("direct", "We will not pay for this", "Krause"),
        ("direct", "Then nobody will build the bridge.", "Bauer"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The band played songs from “The Winter of Our Long Content” all night.",
        "The so-called “green belt” was widened by two fields last year.",
        "The bridge is 40 metres long and was built in 1911.",
        "He read the report and left the room without a word.",
        "Note: the bridge stays closed on Sundays.",
    ],
)
def test_titles_scare_quotes_and_plain_sentences_are_left_out(find: Find, text: str) -> None:
    assert find(text) == ()


def test_a_few_words_are_speech_where_they_are_all_that_was_said(find: Find) -> None:
    text = "“We asked for money every single year,” Krause told reporters. “Nobody answered.”"
    assert rows(text, find(text))[1:] == [("direct", "Nobody answered.", "Krause")]
    assert rows("“Never again,” Krause said.", find("“Never again,” Krause said.")) == [
        ("direct", "Never again", "Krause")
    ]


def test_a_dateline_is_no_part_of_a_name(find: Find) -> None:
    text = "LINDHOLM — Mayor Anna Krause said that the bridge would close in May."
    assert rows(text, find(text)) == [("indirect", "that the bridge would close in May", "Mayor Anna Krause")]


def test_as_somebody_said_vouches_for_its_sentence(find: Find) -> None:
    text = "As the Post reported last week, the council has set money aside."
    assert rows(text, find(text)) == [("indirect", "the council has set money aside", "the Post")]


def test_a_nested_quotation_is_part_of_the_outer_one(find: Find) -> None:
    text = "“He looked at me and said ‘I will be back’ and he was,” Krause said."
    assert rows(text, find(text)) == [("direct", "He looked at me and said ‘I will be back’ and he was", "Krause")]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Krause: the bridge will open in May", "Krause"),
        ("ANNA KRAUSE: Thank you for coming. The bridge will open in May.", "ANNA KRAUSE"),
    ],
)
def test_a_headline_or_transcript_names_its_speaker_before_a_colon(find: Find, text: str, speaker: str) -> None:
    (quote,) = find(text)
    assert quote.end == len(text)
    assert quote.speaker is not None
    assert quote.speaker.text == speaker


def test_a_statement_is_not_its_own_speaker(find: Find) -> None:
    text = "Both ministers issued a statement saying the talks had failed again."
    assert rows(text, find(text)) == [("indirect", "the talks had failed again", "Both ministers")]


def test_a_passive_names_who_speaks_only_where_the_text_does(find: Find) -> None:
    text = "The mayor was told by her lawyers that the contract was void."
    (quote,) = find(text)
    assert quote.speaker is not None
    assert quote.speaker.text == "her lawyers"


def test_without_marks_or_words_of_reporting_no_parse_is_asked_for(model: Model) -> None:
    from processors.quotes import wants_parse

    asked: list[tuple[str, bool]] = []

    def no(one: Paragraph) -> bool:
        asked.append((one.text, wants_parse(one, "en")))
        return False

    text = "The bridge is 40 metres long.\nKrause said the bridge was old.\nThe state of the road is bad."
    model.read(text, "en", no)
    assert [wants for _, wants in asked] == [False, True, False]
    assert not wants_parse(model.read("Krause sagte es.", "de", lambda _: False)[0][0], "de")


def test_a_paragraph_that_ends_with_a_colon_announces_the_next_speaker(find: Find) -> None:
    text = "Krause said the bridge was old.\nThe ministry confirmed it and wrote:\n“It will be closed before winter.”"
    assert rows(text, find(text))[-1] == ("direct", "It will be closed before winter.", "The ministry")


def test_a_phrase_of_the_writer_s_sentence_is_not_given_to_who_spoke_last(find: Find) -> None:
    text = "“We have waited for a long time,” Krause said.\nThe tax was “a burden that nobody ever felt”."
    assert rows(text, find(text))[-1][2] is None


def test_two_reports_in_one_sentence_stay_apart(find: Find) -> None:
    text = "Holm supporters said the speech was good, while other voters said they had not heard it."
    assert rows(text, find(text)) == [
        ("indirect", "the speech was good", "Holm supporters"),
        ("indirect", "they had not heard it", "other voters"),
    ]
