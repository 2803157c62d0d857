"""Lines whose capitals hide their names, read as a sentence writes them: all in capitals, or Every Word With One.

A model that sees capitals only sees names. Knows words and letters; nothing of kinds.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Doc, Span

from processors.model.english_words import is_english, is_no_noun, is_verb_form
from processors.model.paragraph import Paragraph

# Fewer words are a dateline, a heading or an acronym, and are read as they stand.
_FEWEST = 4
# Unknown words up to this length that have no vowel, and those of two letters, are acronyms and stay in capitals.
_ACRONYM = 4
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# Of a headline in Title Case at least so many words have a capital; a sentence has fewer.
_CAPITALS = 0.6
_SHORTEST_TITLED, _LONGEST_TITLED = 3, 20


def is_shouted(text: str) -> bool:
    """Whether a line has words enough and no small letter."""
    return text.isupper() and len(text.split()) >= _FEWEST


def is_titled(line: str) -> bool:
    """Whether most words of a short line have a capital, English words among them, and it ends in no full stop."""
    if line.rstrip().endswith("."):  # most lines
        return False
    words = _WORD.findall(line)
    if not _SHORTEST_TITLED <= len(words) <= _LONGEST_TITLED or is_shouted(line):
        return False
    capitals = [word for word in words[1:] if word[0].isupper()]
    return len(capitals) >= _CAPITALS * (len(words) - 1) and any(is_english(word.lower()) for word in capitals)


def mark(paragraphs: Sequence[Paragraph], marker: Callable[[Sequence[Doc]], None]) -> None:
    """Mark the names of paragraphs: shouted ones by what they would be in small letters, titled ones by both."""
    calm = {index: _calm(one.doc, _word) for index, one in enumerate(paragraphs) if is_shouted(one.text)}
    titled = {index: _calm(one.doc, _small_word) for index, one in enumerate(paragraphs) if is_titled(one.text)}
    marker([*(calm.get(index, one.doc) for index, one in enumerate(paragraphs)), *titled.values()])
    for index, read in calm.items():
        _set(paragraphs[index].doc, read.ents)
    for index, read in titled.items():
        _set(paragraphs[index].doc, list(_settled(paragraphs[index].doc, read)))


def _set(doc: Doc, spans: Sequence[Span]) -> None:
    doc.ents = [Span(doc, one.start, one.end, label=one.label_) for one in sorted(spans, key=lambda one: one.start)]


def _settled(doc: Doc, read: Doc) -> Iterator[Span]:
    """The names of a headline as it stands, without those that a verb is part of: "Xi Urges Putin" names two.

    What small letters show where nothing is marked is added.
    """
    taken: set[int] = set()
    for name in doc.ents:
        within = [one for one in read.ents if one.start < name.end and name.start < one.end]
        covered = {place for one in within for place in range(one.start, one.end)}
        # Behind a verb something follows: "Corvida Partners" at the end is a name.
        last = name.end if name.end < len(doc) and doc[name.end].text.isalpha() else name.end - 1
        outside = [doc[place].text.lower() for place in range(name.start, last) if place not in covered]
        if any(map(is_verb_form, outside)):
            continue
        taken.update(range(name.start, name.end))
        yield name
    yield from (one for one in read.ents if taken.isdisjoint(range(one.start, one.end)))


def _calm(doc: Doc, word_in_sentence: Callable[[str], str]) -> Doc:
    words = [word_in_sentence(token.text) for token in doc]
    if words:
        words[0] = words[0].capitalize() if words[0].islower() else words[0]
    return Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])


def _word(shouted: str) -> str:
    """A name begins with a capital, a word has none; "EU" and "BBC" stay."""
    if _is_small(shouted.lower()):
        return shouted.lower()
    letters = sum(map(str.isalpha, shouted))
    vowels = sum(letter in "AEIOUY" for letter in shouted)
    return shouted if letters <= 2 or (letters <= _ACRONYM and not vowels) else shouted.title()


def _small_word(titled: str) -> str:
    """Of Title Case the English words lose their capital."""
    return titled.lower() if titled.istitle() and _is_small(titled.lower()) else titled


def _is_small(word: str) -> bool:
    """Whether a sentence writes a word small. A noun alone may be a name: WordNet has "haifa" and "carroll" too."""
    return is_english(word) and (is_no_noun(word) or is_verb_form(word) or word in STOP_WORDS)
