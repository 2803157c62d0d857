"""Silver labels: what several models say of a text, by vote, corrected by the whole article.

A student of such labels beats its teachers: what the repair knows of the whole article goes into the weights.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language

from processors.entities.article_gazetteer import article_gazetteer
from processors.entities.mention import KINDS, Mention, trim
from processors.entities.relabel import relabel
from training.labelled import LABELS, Labelled, Marked
from training.vote import vote

_BATCH = 16


@dataclass(frozen=True, slots=True)
class Teacher:
    """A pipeline that marks entities, and how much its word counts."""

    nlp: Language
    weight: float = 1.0


def silver(texts: Sequence[str], teachers: Sequence[Teacher]) -> Iterator[Labelled]:
    """Each text with the labels of the teachers' vote, after our repair.

    A span needs half of all weight behind it: below, it is more often wrong than right.
    """
    threshold = 0.5 * sum(teacher.weight for teacher in teachers)
    streams = [(teacher.weight, teacher.nlp.pipe(texts, batch_size=_BATCH)) for teacher in teachers]
    for text, *docs in zip(texts, *(stream for _, stream in streams), strict=True):
        marked = [
            (weight, [one for entity in doc.ents if (one := _ours(entity.start_char, entity.text, entity.label_))])
            for (weight, _), doc in zip(streams, docs, strict=True)
        ]
        yield _relabelled(text, vote(marked, threshold))


def _ours(offset: int, text: str, label: str) -> Marked | None:
    if label not in KINDS:
        return None
    start, end = trim(text)
    return (offset + start, offset + end, LABELS[KINDS[label]]) if start < end else None


def _relabelled(text: str, voted: Sequence[Marked]) -> Labelled:
    mentions = [Mention(start, end, text[start:end], KINDS[label]) for start, end, label in voted]
    return Labelled(
        text, tuple((one.start, one.end, LABELS[one.kind]) for one in relabel(text, mentions, article_gazetteer(text)))
    )
