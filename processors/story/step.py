"""Gives each article its story: the single writer that decides which copies belong together.

Every decision follows from the members told so far and the article itself, never from the clock, and an id that
is known keeps its story and first_seen for good: so a batch that comes again, in this process or after a crash,
gets the same answers and makes its outputs again. Knows neither the log nor who runs it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from processors import signature
from processors.story.likeness import choose
from processors.story.memory import Memory, read
from schemas.article import Enriched, WireArticle
from schemas.outcome import Done, Outcome, Output
from schemas.stage import Step
from schemas.story import StoryMember
from schemas.topics import STORIES, WIRE

HOURS = 72
"""How long an article takes in copies: wire copies are reprinted for up to three days."""


class StoryStep(Step[Enriched]):
    """The stage's step: Enriched in, WireArticle with its story (and the membership) out."""

    def __init__(self, members: Iterable[StoryMember] = (), hours: float = HOURS) -> None:
        """`members`: all that the compacted topic `stories` holds, in any order."""
        self._memory = Memory(timedelta(hours=hours))
        for member in sorted(members, key=lambda member: (member.first_seen, member.id)):
            self._memory.remember(member)

    def __call__(self, batch: Sequence[Enriched]) -> Sequence[Outcome]:
        """One Done per article, in order; a copy may find its story in the same batch."""
        return [_placed(article, self.member(article)) for article in batch]

    def member(self, article: Enriched) -> StoryMember:
        """The article's place, remembered from now on."""
        story_id, first_seen = self._memory.place(article.id) or self._decide(article)
        member = StoryMember(id=article.id, story_id=story_id, first_seen=first_seen, signature=article.signature)
        self._memory.remember(member)
        return member

    def _decide(self, article: Enriched) -> tuple[str, datetime]:
        """The first fetch is the first sight, and unlike the clock it is the same when the batch comes again."""
        sketch = read(article.signature)
        story = choose(sketch, list(self._memory.resembling(sketch, article.fetched_at))) if sketch else None
        return story or article.id, article.fetched_at


def _placed(article: Enriched, member: StoryMember) -> Done:
    fields = {**dict(article), "story_id": member.story_id, "first_seen": member.first_seen}
    return Done((Output(STORIES, member), Output(WIRE, WireArticle.model_construct(**fields))))


def assign(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each row {"id", "title", "text", ...} with its "story_id", as if all had come at the same moment."""
    step = StoryStep()
    for row in rows:
        title, text = str(row.get("title") or ""), str(row.get("text") or "")
        article = Enriched(
            id=str(row["id"]),
            revision="",
            title=title,
            text=text,
            fetched_at=datetime.fromtimestamp(0, UTC),
            signature=signature.sign(title, text),
        )
        yield {**row, "story_id": step.member(article).story_id}
