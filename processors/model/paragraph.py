"""A paragraph: one line of an article's text, with its tokens. It is the unit that the models read.

Not the whole article, because a sentence never crosses a line break, and because the parser, which is most of the cost,
then runs only where it is needed. Knows nothing of entities, quotes or models.
"""

import re
from dataclasses import dataclass

from spacy.tokens import Doc

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
"""A run without any of the line breaks that `str.splitlines` knows."""


@dataclass(slots=True)
class Paragraph:
    """A line of an article: `doc` is tokenised; its entities and parse are set only where asked for."""

    start: int
    """Code point offset of the paragraph in the article's text."""
    text: str
    """The paragraph as it stands: article.text[start:start + len(text)]."""
    doc: Doc


def split(text: str) -> list[tuple[int, str]]:
    """The paragraphs of a text as (offset, text), in order: no line breaks, no edge spaces, none empty."""
    found = []
    for line in _LINE.finditer(text):
        content = line.group().strip()
        if content:
            found.append((line.start() + line.group().index(content), content))
    return found
