"""A mention: a stretch of text and the kind of thing it names, before anything is known of its identity.

Knows the labels of the models and the conventions of a span (no article, no possessive); nothing of names.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from processors.model.paragraph import Paragraph
from schemas.article import EntityKind

KINDS: dict[str, EntityKind] = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "PRODUCT": "product",
    "WEAPON": "weapon",
    "NORP": "group",
    "EVENT": "event",
}
"""Model label -> kind. Labels that are not here (dates, sums, laws, works) are no entities of ours."""

_LEAD = re.compile(r"(?:[\s\"“”‘’'(\[]+|(?:the|The|THE|a|A|an|An)\s+)+")
# A result is no part of a team's name: "Ajax 2-1".
_TAIL = re.compile(r"(?:\s\d{1,2}[-–]\d{1,2}|['’][sS]|[\s\"“”‘’',;:)\]])+$")


@dataclass(slots=True)
class Mention:
    """Code points [start, end) of the article; `kind` may change until the document is judged as a whole."""

    start: int
    end: int
    text: str
    kind: EntityKind


def mentions(paragraphs: Iterable[Paragraph]) -> list[Mention]:
    """What the model marked, in the order of the text, trimmed to the name itself; none overlap."""
    return list(_trimmed(paragraphs))


def _trimmed(paragraphs: Iterable[Paragraph]) -> Iterator[Mention]:
    for paragraph in paragraphs:
        for entity in paragraph.doc.ents:
            kind = KINDS.get(entity.label_)
            if kind is None:
                continue
            # Not `entity.text`, which spaCy puts together from its tokens.
            text = paragraph.text[entity.start_char : entity.end_char]
            start, end = trim(text)
            if start < end:
                first = paragraph.start + entity.start_char
                yield Mention(first + start, first + end, text[start:end], kind)


def trim(text: str) -> tuple[int, int]:
    """The range of the bare name in `text`: no leading article or quote mark, no possessive or comma."""
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    tail = _TAIL.search(text, start)
    return start, tail.start() if tail else len(text)
