"""A new stage in one file, record and topic too. It counts words an hour, and writes a row when the hour ends."""

import os
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from schemas.article import WireArticle
from schemas.outcome import Done, Hold, Outcome, Output
from schemas.record import Record, Utc
from schemas.services import Services
from schemas.stage import Stage, Step
from schemas.topics import WIRE, Topic

HOUR = timedelta(hours=1)
POISON = "no words"
"""An article of this title kills the step, until the file `cured` is there."""


class HourOfWords(Record):
    """How many words the articles of an hour have. The ids make a repeat count once."""

    hour: Utc
    words: int = 0
    articles: tuple[str, ...] = ()
    ended: bool = False


HOURS = Topic("hours", HourOfWords, key="hour", compacted=True)


class CountWords(Step[WireArticle]):
    """Its memory is what it has written: hours that have not ended."""

    def __init__(self, known: Iterable[HourOfWords]) -> None:
        self._hours = {one.hour: one for one in known}

    def __call__(self, batch: Sequence[WireArticle]) -> Sequence[Outcome]:
        """The hour of each article, counted anew."""
        if _is_there("words hold"):
            raise Hold("the test says so")
        return [self._count(article) for article in batch]

    def tick(self, now: datetime) -> Sequence[Output]:
        """A row for every hour that has ended since."""
        over = [one for one in self._hours.values() if not one.ended and one.hour + HOUR <= now]
        for one in over:
            self._hours[one.hour] = one.model_copy(update={"ended": True})
        return [Output(HOURS, self._hours[one.hour]) for one in over]

    def _count(self, article: WireArticle) -> Outcome:
        if article.title == POISON and not _is_there("cured"):
            raise ValueError("no words in it")
        hour = article.first_seen.replace(minute=0, second=0, microsecond=0)
        known = self._hours.get(hour, HourOfWords(hour=hour))
        if article.id not in known.articles:
            words = known.words + len(article.text.split())
            known = HourOfWords(hour=hour, words=words, articles=(*known.articles, article.id))
        self._hours[hour] = known
        return Done((Output(HOURS, known),))


def _is_there(sign: str) -> bool:
    """What the test says by leaving a file in the folder that it names."""
    folder = os.environ.get("WIREWATCH_TEST_SIGNS")
    return folder is not None and (Path(folder) / sign).exists()


def _open(services: Services) -> CountWords:
    return CountWords(services.state.scan(HOURS, HourOfWords))


WORDS = Stage("words", reads=WIRE, open=_open, writes=(HOURS,), restores=(HOURS,))
