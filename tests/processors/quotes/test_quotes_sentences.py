"""What a parse hangs elsewhere in the sentence: whose words they are, and where they begin and end."""

from collections.abc import Callable

import pytest

Read = Callable[[str], list[tuple[str, str | None]]]


CASES = [
    # Who does what an infinitive or a participle says.
    ("The slump led many owners to say that the harbour would close.", "that the harbour", "many owners"),
    ("The delay left some drivers wondering whether the road would open.", "whether the road", "some drivers"),
    ("The flood prompted Mayor Ada Lind to declare that the bridge was closed.", "that the bridge", "Ada Lind"),
    ("Ian Holm used the meeting to say that the bridge was safe.", "that the bridge", "Ian Holm"),
    ("Ian Holm defended his plan of allowing lorries to cross by saying it was safe.", "it was", "Ian Holm"),
    # Who says it, taken for a description of whom it names.
    ("The ring belonged to Queen Astrid, the town's archive said.", "The ring belonged", "the town's archive"),
    # A name that is an auxiliary to the tagger.
    ("The bridge was closed. In his column, Will wrote that nobody had seen it.", "that nobody", "Will"),
    # Nouns of saying: who says it in one, and who has made one.
    (
        "Ada Lind, who opened the school in May, said in a statement that it was “the work of a whole town.”",
        "that it",
        "Ada Lind",
    ),
    ("The firmest promise Ada Lind has made is that the school will stay open.", "that the school", "Ada Lind"),
    # Behind a colon.
    (
        "When Ian Holm said it would fall, Ada Lind hit back in a rage: “It will stand for years.”",
        "It will",
        "Ada Lind",
    ),
    ("Ada Lind has since apologised for what happened: “I was wrong about the bridge.”", "I was", "Ada Lind"),
    (
        "“It is late,” said Ian Holm.\nAt night, Mayor Ada Lind issued the following statement:\n“We will not go.”",
        "We will",
        "Ada Lind",
    ),
    # A cue that is a noun to the tagger.
    (
        "“The water is rising and nobody is safe,” a voice-over in the film states.",
        "The water",
        "a voice-over in the film",
    ),
    ("“The water is rising and nobody is safe,” the editorial read.", "The water", "the editorial"),
    # A source within a report, and within a parenthesis.
    ("The Dorn Herald reported that, according to a study, ten bridges were closed.", "that", "Dorn Herald"),
    ("The Dorn Herald reported, according to two witnesses, the bridge was closed.", "according", "Dorn Herald"),
    ("Ada Lind cites a list of the old bridges (there are ten, according to Ian Holm).", "a list", "Ada Lind"),
    # A noun with all that describes it, right before the verb, which a parse hangs on a noun before it.
    (
        "At the school in Ho Chi Minh City, a young woman who had studied in Oslo told Holm what she thought of it.",
        "what",
        "a young woman",
    ),
    (
        "And it wasn’t an error or an accident — Ada Lind, a spokeswoman for Holm, told us that the bridge was closed.",
        "that",
        "Ada Lind",
    ),
    (
        "Of Ian Holm, Ada Lind, who has known him for years, said, “He is right, and he was always right.”",
        "He",
        "Ada Lind",
    ),
    # A document, and to whom it is sent.
    ("Ada Lind hit back in an article stating that the bridge was safe.", "that the bridge", "Ada Lind"),
    (
        "Her campaign sent out a text message to supporters saying: “We have won the vote tonight!”",
        "We",
        "Her campaign",
    ),
    # Who goes on, and who begins anew.
    ("“It was much too late for all of us,” Ada Lind said, blaming the weather for it.", "the weather", "Ada Lind"),
    (
        "Aides felt that the plan was late, and now some friends are hoping to see a new bridge.",
        "to see",
        "some friends",
    ),
    ("Critics say so, but the town denies it — “why would we close the bridge?” asked Ada Lind.", "why", "Ada Lind"),
    # "As he puts it", and a label before words in marks.
    ("The bridge is old, but, as Ian Holm puts it, “there are a few more years in it.”", "there are", "Ian Holm"),
    ("Lind: 'Never, ever, ever leave the island.'", "Never", "Lind"),
    ("Ian Holm says it is safe; according to the paper, Ada Lind closed the old bridge.", "Ada Lind", "the paper"),
    ("Another engineer, Ada Lind of Dorn, said the bridge was safe.", "the bridge", "Ada Lind"),
    # Who is nowhere to be found by the parse: the last subject before the verb.
    ("If she were to win, Ada Lind would able to claim that the bridge was hers.", "that", "Ada Lind"),
    # A noun beside the verb says nothing.
    ("Ian Holm, the mayor, invoked the flood as a cudgel to repeat that the town was poor.", "that", "Ian Holm"),
    ("They will be under pressure to pledge that the bridge stays.", "that", "They"),
    # Who goes on behind a clause of time, behind "and", and behind "as reported by".
    (
        "“We need a bridge at once,” Ada Lind said after the young mayor won her vote, remarking that it was late.",
        "that it was",
        "Ada Lind",
    ),
    (
        "Some pilots fear that the town missed a chance and warn that counting on luck is no plan.",
        "that c",
        "Some pilots",
    ),
    ("He continues to insist that the bridge is safe and warns that nobody should cross it.", "that nobody", "He"),
    (
        "“It is late now,” Ada Lind noted in a talk with a local station, as reported by Dorn News. “We will go.”",
        "We will",
        "Ada Lind",
    ),
    # A verb of no list behind marks, where a colon stands before them.
    (
        "Few paid. Then there was the main reason: “It is time that we have a bridge here,” exhorted Ada Lind.",
        "It is",
        "Ada Lind",
    ),
    # Words in marks that end a sentence about somebody, whose verb is in no list.
    (
        "Ian Holm left. Ada Lind recognised that a court should settle it — “so that everybody knows what is true.”",
        "that a court",
        "Ada Lind",
    ),
    (
        "“We are late,” Ian Holm said. Good news can travel, but only when “the truth is better than the lie.”",
        "the truth",
        "Ian Holm",
    ),
    # What somebody thinks, by an adjective, or by a passive.
    ("The council is worried that the bridge is unsafe.", "that the bridge", "The council"),
    ("Ada Lind was convinced that the road was safe for all.", "that the road", "Ada Lind"),
    # A closing mark that is an opening one.
    ("“The school will stay open,“ Ada Lind said. “We have the money.”", "We have", "Ada Lind"),
]


@pytest.mark.parametrize(("text", "said", "name"), CASES)
def test_who_says_it(read: Read, text: str, said: str, name: str) -> None:
    assert [who for words, who in read(text) if words.startswith(said)][-1:] == [name]


WHOLE = [
    (
        "Police argued that although the driver confessed, he showed no remorse.",
        "that although the driver confessed, he showed no remorse",
    ),
    ("But as Ian Holm noted, the bridge was older than the town.", "the bridge was older than the town"),
    (
        "Ian Holm further alleges that he was fired for being late, a claim that the firm denies.",
        "that he was fired for being late",
    ),
    ("The judge ordered that the papers be published by Friday.", "that the papers be published by Friday"),
    ("The court ruled that the road was public.", "that the road was public"),
    ("Ian Holm also pointed out that the bridge was old.", "that the bridge was old"),
    ("Ian Holm has called for the old bridge to be closed by May.", "for the old bridge to be closed by May"),
    ("Ada Lind told a crowd of guests at the town hall that she would not leave.", "that she would not leave"),
    (
        "She disclosed for the first time that after the flood, Ian Holm had called her.",
        "that after the flood, Ian Holm had called her",
    ),
    ("His sister, Ada Lind, hit back at the town: “They will regret it,” Lind said.", "They will regret it"),
    ("One expert said the bridge was safe and another expert said it was not.", "the bridge was safe"),
    ("An aide sent an answer saying he would not pay and suggesting that the town should.", "he would not pay"),
    # What goes on behind a colon, and behind "and".
    (
        "Ada Lind said the bridge was old: “It will fall within a year or two.”",
        "the bridge was old: “It will fall within a year or two.”",
    ),
    (
        "Ada Lind said that the bridge was safe, and that nobody had seen it fall.",
        "that the bridge was safe, and that nobody had seen it fall",
    ),
    # What stands behind a preposition.
    ("Ada Lind argued for a new bridge over the river.", "for a new bridge over the river"),
    ("Ada Lind admitted to the paper that she had sold the old bridge.", "that she had sold the old bridge"),
    ("Ada Lind pointed to a new report on the old bridge.", "to a new report on the old bridge"),
    ("Even some of her friends wonder about her plan for the bridge.", "about her plan for the bridge"),
    # "Some" and "that" may speak.
    ("It is a plan that some believe could help the old town.", "could help the old town"),
    ("It raised $375m. As part of the plan, the company said it was cutting 400 jobs.", "it was cutting 400 jobs"),
]


@pytest.mark.parametrize(("text", "said"), WHOLE)
def test_where_it_begins_and_ends(read: Read, text: str, said: str) -> None:
    assert said in [words for words, _ in read(text)]


def test_a_quotation_behind_a_sentence_is_no_part_of_it(read: Read) -> None:
    text = "Time, Ian Holm added, was on their side. ''It is early, for heaven's sake,'' he said."
    assert read(text) == [("was on their side", "Ian Holm"), ("It is early, for heaven's sake", "Ian Holm")]


@pytest.mark.parametrize(
    "text",
    [
        "“It is nonsense, all of it,” Ada Lind said by telephone on Dorn's “Meet the Press.”",
        "“It is nonsense, all of it,” Ada Lind said in her last book, “An Island Daughter.”",
        "“It is nonsense, all of it,” Ada Lind said answering a question at a town hall.",
    ],
)
def test_where_it_is_said_is_not_said(read: Read, text: str) -> None:
    assert read(text) == [("It is nonsense, all of it", "Ada Lind")]


def test_who_looks_on_says_nothing(read: Read) -> None:
    assert read("“It is late,” Ian Holm said, as the crowd cheered.") == [("It is late", "Ian Holm")]


@pytest.mark.parametrize(
    "text",
    [
        "Editors can find out who sent the letter on their own.",
        "Ada Lind pointed voters to the new map of the old town.",
        "The bridge is so old that nobody dares to cross it.",
        "It is likely that the bridge will fall within a year.",
        "They have won enough votes. That said, a loss in this town would hurt.",
        "The road opens in May, assuming the bridge is safe by then.",
    ],
)
def test_nobody_says_it(read: Read, text: str) -> None:
    assert read(text) == []
