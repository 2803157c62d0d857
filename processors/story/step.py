"""The story stage: gives each article a story id, by near-duplicate detection. It must run as a single writer.

A decision depends only on the article and on the members seen before, never on the clock, and a known id keeps its
story and first_seen for good. So a batch that comes again, in this process or after a crash, gets the same answers
and makes the same outputs. Knows neither the log nor who runs it.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from processors.story.memory import Members, Memory, packed_or_none, reach_of
from processors.story.similarity import closest_story
from schemas.article import Enriched, WireArticle
from schemas.outcome import Done, Outcome, Output
from schemas.stage import Step
from schemas.story import StoryMember
from schemas.topics import STORIES, WIRE

HOURS = 72
"""How long an article takes in copies: wire copies are reprinted for up to three days."""
DECIDED = 4096
"""The last places that were given are known here: they may not stand on the log yet. A batch is much smaller."""


def reach(hours: float) -> timedelta:
    """How far back the memory goes: what was first seen before is recognised by its id alone."""
    return reach_of(timedelta(hours=hours))


class StoryStep(Step[Enriched]):
    """The stage's step: Enriched in, WireArticle with its story (and the membership) out."""

    def __init__(
        self,
        members: Members = lambda since: (),
        hours: float = HOURS,
        known: Callable[[str], StoryMember | None] = lambda id: None,
    ) -> None:
        """`members`: what the compacted topic `stories` holds since a moment, of its last days (`reach`); `known` asks
        it for one article of any time. Both may raise Hold, and so may the step."""
        self._memory = Memory(timedelta(hours=hours), members)
        self._known = known
        self._decided: OrderedDict[str, StoryMember] = OrderedDict()

    def __call__(self, batch: Sequence[Enriched]) -> Sequence[Outcome]:
        """One Done per article, in order; a copy may find its story in the same batch. Raises Hold."""
        return [_placed(article, self.member(article)) for article in batch]

    def member(self, article: Enriched) -> StoryMember:
        """The article's place, remembered from now on. Raises Hold."""
        known = self._decided.get(article.id) or self._known(article.id)
        story_id, first_seen = (known.story_id, known.first_seen) if known else self._decide(article)
        member = StoryMember(id=article.id, story_id=story_id, first_seen=first_seen, signature=article.signature)
        if known is None or known.signature != member.signature:
            self._memory.remember(member)
        self._decided[article.id] = member
        self._decided.move_to_end(article.id)
        if len(self._decided) > DECIDED:
            self._decided.popitem(last=False)
        return member

    def _decide(self, article: Enriched) -> tuple[str, datetime]:
        """The first fetch is the first sight, and unlike the clock it is the same when the batch comes again."""
        packed = packed_or_none(article.signature)
        if packed is None:
            return article.id, article.fetched_at
        sketch = packed.sketch
        story = closest_story(sketch, list(self._memory.candidates(sketch, article.fetched_at)))
        return story or article.id, article.fetched_at


def _placed(article: Enriched, member: StoryMember) -> Done:
    fields = {**dict(article), "story_id": member.story_id, "first_seen": member.first_seen}
    return Done((Output(STORIES, member), Output(WIRE, WireArticle.model_construct(**fields))))
