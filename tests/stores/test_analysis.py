"""The analyser: which terms a text has, where they stand, and what may be in them."""

from itertools import pairwise

import pytest
import regex
from elasticsearch import Elasticsearch
from hypothesis import example, given
from hypothesis import strategies as st

from stores.analysis.folding import folded, lowered
from stores.analysis.porter import stem
from stores.analysis.sentences import sentences
from stores.analysis.settings import ANALYSIS
from stores.analysis.tokens import LONGEST_TERM, analyse, analyse_names, name_terms, terms, words

# What Elasticsearch 9.5 makes of them with the settings of stores.elastic.mapping; tests on a real server ask it again.
TERMS = {
    "Tomahawk missiles": "tomahawk missil",
    "Kyiv's, Kyiv’s": "kyiv kyiv",
    "don't": "don't",
    "Élysée café Straße Łódź": "elyse cafe strass lodz",
    "F-16 S-400 Shahed-136": "f16 s400 shahe 136",
    "U.S. 3.5 1,000 10:30 e.g. U.N.-led": "us 3.5 1000 10 30 eg un led",
    "1’000’000 12\u202f000 1,5 9,111": "1000000 12000 1,5 9111",
    "snake_case _x_ ___": "snake_cas _x_",
    "AT&T co-op C++ C# Tom&Jerry R & D": "atʘt co op cʘʘ cǁ tom jerri r d",
    "Viaplay+ (Kanal+), A+ 5G+ ab+cd Tele++": "viaplai plu kanal plu a 5g ab cd tele",
    "l’Allemagne d'Artagnan qu’elle O'Neil can't": "allemagn artagnan ell o'neil can't",
    "Toma\u00adhawk Toma\u200bhawk Toma\u2060hawk Mu\u0308ller": "tomahawk tomahawk tomahawk muller",
    "They fell. Missiles, he said! Then": "thei fell ⏏ missil he said ⏏ then",
    "Gen. Hale met J. Roe of the U.S. Army, etc.": "gen hale met j roe of the us armi etc",
    "one line\nmore\n\nnext": "on line more ⏏ next",
    "“Stop.” He left. then 東京。大阪": "stop ⏏ he left then 東 京 ⏏ 大 阪",
    "北京 ひら カタカナ 한국어": "北 京 ひ ら カタカナ 한국어",
    "คำไทย": "คำไทย",
    "🚀🚀 👩‍🚀 🇺🇦🇺🇸 👍🏽 ☝️ 1️⃣": "🚀 🚀 👩‍🚀 🇺🇦 🇺🇸 👍🏽 ☝️ 1️⃣",
    "★ © ™": "★ © ™",
    "𝐂++ 𝐂# 𝐀𝐁-1": "𝐂ʘʘ 𝐂ǁ 𝐀𝐁1",  # letters of two units in UTF-16
    'א"ב': 'א"ב',
    "ＡＢＣ ﬁn ½": "abc fin",
    "— … “ ” & @": "",
}

# Names have none: a phrase of them may run on.
BETWEEN_SENTENCES = "⏏"
# Without "²" and its like, which are numbers to the rules and no part of a word.
WORDED = st.text(st.characters(exclude_characters=BETWEEN_SENTENCES, exclude_categories=("Cs", "No")))


@pytest.mark.parametrize("text", TERMS)
def test_terms_are_those_of_elasticsearch(text: str) -> None:
    assert " ".join(terms(text)) == TERMS[text]


@pytest.mark.servers
def test_elasticsearch_makes_the_same_terms(elasticsearch_url: str) -> None:
    settings = ANALYSIS
    chain = settings["analyzer"]["news_text"]
    filters = [settings["filter"].get(name, name) for name in chain["filter"]]
    signs = [settings["char_filter"][name] for name in chain["char_filter"]]
    with Elasticsearch(elasticsearch_url) as client:
        for text, expected in TERMS.items():
            # Each alone, within words, and twice over: what stands beside a sign may change how it is read.
            for around in (text, f"x{text}y", f"x {text} y", text + text):
                answer = client.indices.analyze(
                    tokenizer=chain["tokenizer"], filter=filters, char_filter=signs, text=around
                )
                found = [token["token"] for token in answer["tokens"]]
                assert found == terms(around), around
                assert around != text or " ".join(found) == expected


def test_a_name_is_folded_but_not_stemmed() -> None:
    assert name_terms("Volodymyr Zelenskyy's offices") == ["volodymyr", "zelenskyy", "offices"]
    assert name_terms("Élysée’s Palais") == ["elysee", "palais"]


@example("A&ぁ ぁ++ 中#")  # letters that stand one by one join with no sign
@given(st.from_regex(r"[A-Za-z0-9]{1,300}", fullmatch=True))
@example("x" * 256)
def test_letters_and_digits_of_ascii_are_read_as_among_others(text: str) -> None:
    assert list(words(text)) == list(words(f"{text} é"))[:-1]
    assert folded(text) == folded(f"{text}é")[:-1]
    assert lowered(text) == lowered(f"{text}é")[:-1]


@given(st.characters(max_codepoint=127))
def test_ascii_is_folded_as_among_others(character: str) -> None:
    assert (folded(character), lowered(character)) == (folded(f"{character}é")[:-1], lowered(f"{character}é")[:-1])


@example("AA+")
@example("?\nA")
@given(WORDED)
def test_every_token_stands_where_it_says(text: str) -> None:
    tokens = analyse(text)
    assert [token.term for token in tokens] == terms(text)
    inside = [token for token in tokens if token.term != BETWEEN_SENTENCES]
    assert [(token.start, token.end) for token in inside] == [(one.start, one.end) for one in analyse_names(text)]
    for token, following in pairwise(tokens):
        assert token.start < token.end <= following.start
    for token in tokens:
        alone = text[token.start : token.end]
        # A sign (the end of a sentence, a "+" behind a name) is a word only where it stands.
        assert not letters(alone) or [letters(term) for term in terms(alone)] == [letters(token.term)]


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@given(st.text())
def test_a_term_holds_no_ascii_that_sqlite_would_split_at(text: str) -> None:
    for term in terms(text) + name_terms(text):
        assert regex.fullmatch(r"(?:[^\x00-\x7f]|[a-z0-9'.,:;_/!?#*\"])+", term)


def test_a_word_beyond_lucenes_length_is_cut_as_lucene_cuts() -> None:
    assert [len(term) for term in name_terms("x" * (2 * LONGEST_TERM + 3))] == [LONGEST_TERM, LONGEST_TERM, 3]


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("caresses", "caress"),
        ("ponies", "poni"),
        ("agreed", "agre"),
        ("plastered", "plaster"),
        ("motoring", "motor"),
        ("sing", "sing"),
        ("conflated", "conflat"),
        ("hopping", "hop"),
        ("falling", "fall"),
        ("happy", "happi"),
        ("sky", "sky"),
        ("relational", "relat"),
        ("digitizer", "digit"),
        ("possibly", "possibl"),
        ("archaeology", "archaeolog"),
        ("electricity", "electr"),
        ("adoption", "adopt"),
        ("controlling", "control"),
        ("probate", "probat"),
        ("rate", "rate"),
        ("is", "is"),
        ("ссылки", "ссылки"),
    ],
)
def test_stems_are_porters(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Gen. J. Smith of the U.S. Army said so. Then he left.", None),
        ("“Stop.” He left.", ["“Stop.”", "He left."]),
        ("A line\nanother", ["A line", "another"]),
        ("It cost 3.5 million. and more", ["It cost 3.5 million. and more"]),
        ("  \n ", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, found: list[str] | None) -> None:
    expected = ["Gen. J. Smith of the U.S. Army said so.", "Then he left."] if found is None else found
    assert [text[start:end] for start, end in sentences(text)] == expected


@given(st.text())
def test_sentences_hold_everything_but_blanks(text: str) -> None:
    found = sentences(text)
    assert "".join("".join(text[start:end].split()) for start, end in found) == "".join(text.split())
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in pairwise(found))
