"""spaCy's shape of a word: of words of ASCII letters, which are most, without a look at each letter. The same shapes.

Depends on spaCy's rule: "x" for a letter, "X" for a capital, and of one run the first four.
"""

from spacy.lang.lex_attrs import word_shape

_RUN = "xxxx"
# spaCy calls what has a hundred characters and more by another name.
_LONGEST = 99


def shape(word: str) -> str:
    """The shape: "Xxxxx" of London."""
    if word.isascii() and word.isalpha() and len(word) <= _LONGEST:
        if word.islower():
            return _RUN[: len(word)]
        if word[1:].islower():
            return "X" + _RUN[: len(word) - 1]
    return word_shape(word)
