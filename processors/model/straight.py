"""What networks see of a word with a typographic apostrophe: what they see of the same word with a straight one.

They were trained on text with straight ones, and take an "n’t" that they do not know for a full stop. The text itself,
and so every offset, stays as it is. Depends on one fact about spaCy: a vocabulary works out what is seen of a word by
its getters, once.
"""

from collections.abc import Callable
from typing import Any

from spacy.attrs import NORM, PREFIX, SHAPE, SUFFIX  # type: ignore[import-not-found]  # compiled, no stubs

_CURLY, _STRAIGHT = "’", "'"
_SEEN = (NORM, PREFIX, SUFFIX, SHAPE)


def see(vocab: Any) -> None:
    """Change what is seen of the words of a vocabulary, in place: of those that it knows, and of those to come."""
    getters = vocab.lex_attr_getters
    vocab.lex_attr_getters = getters | {attribute: _straight(getters[attribute]) for attribute in _SEEN}
    for word in vocab:
        if _CURLY in word.orth_:
            plain = word.orth_.replace(_CURLY, _STRAIGHT)
            word.prefix_, word.suffix_, word.shape_ = (getters[one](plain) for one in (PREFIX, SUFFIX, SHAPE))


def _straight(getter: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda word: getter(word.replace(_CURLY, _STRAIGHT) if _CURLY in word else word)
