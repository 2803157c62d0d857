"""What is published in a run and who is to be told of it, decided by the seed."""

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from schemas.alert import QuietHours, Subscription
from schemas.article import Article

# Of so many articles one has a word that somebody waits for, one is edited later, one comes again as a copy.
MARKED, EDITED, COPIED = 2, 6, 4
# An edit or a copy comes within so many articles of the first.
SOON = 40
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class News:
    """Articles in the order in which they are published."""

    articles: tuple[Article, ...]
    copies: frozenset[tuple[str, str]]
    """(id of an article, id of its copy): one story."""


def mark(number: int) -> str:
    """A word that no other text has: the analysers leave letters without a vowel as they are."""
    digits = hashlib.sha256(str(number).encode()).hexdigest()[:8]
    return "zq" + digits.translate(str.maketrans("0123456789abcdef", "bcdfghjklmnpqrtv"))


def news(chance: random.Random, base: Sequence[Article], marks: int) -> News:
    """These articles with marks, and edits and copies of some."""
    placed: list[tuple[int, Article]] = []
    copies: set[tuple[str, str]] = set()
    for at, plain in enumerate(base):
        article = _marked(chance, plain, marks)
        placed.append((at, article))
        later = at + chance.randrange(1, SOON)
        if chance.randrange(EDITED) == 0:
            placed.append((later, _edited(chance, article, marks)))
        elif chance.randrange(COPIED) == 0:
            placed.append((later, article.model_copy(update={"id": f"{article.id} again"})))
            copies.add((article.id, f"{article.id} again"))
    return News(tuple(article for _, article in sorted(placed, key=lambda pair: pair[0])), frozenset(copies))


def _marked(chance: random.Random, article: Article, marks: int) -> Article:
    if chance.randrange(MARKED):
        return article
    return article.model_copy(update={"title": f"{article.title} {mark(chance.randrange(marks))}"})


def _edited(chance: random.Random, article: Article, marks: int) -> Article:
    text = f"{article.text} Corrected: {mark(chance.randrange(marks))}."
    return article.model_copy(update={"text": text, "revision": f"{article.revision} edited"})


def subscriptions(chance: random.Random, count: int, channels: Sequence[str], now: datetime) -> list[Subscription]:
    """So many, of every policy in turn, each to one of the channels."""
    quiet = QuietHours(start=f"{now - HOUR:%H:%M}", end=f"{now + 2 * HOUR:%H:%M}")
    policies: list[dict[str, Any]] = [
        {"policy": "every"},
        {"policy": "story"},
        {"policy": "digest", "digest_minutes": 1},
        {"policy": "story", "cooldown_minutes": 1},
        {"policy": "every", "most_an_hour": 2},
        {"policy": "every", "quiet": quiet},
        {"policy": "story", "muted_until": now + 2 * HOUR},
        {"policy": "digest", "digest_minutes": 1, "channels": ()},
    ]
    return [
        subscription(f"watch {number}", chance, count, chance.choice(channels), policies[number % len(policies)])
        for number in range(count)
    ]


def subscription(
    name: str, chance: random.Random, marks: int, channel: str, policy: dict[str, Any] | None = None
) -> Subscription:
    """One that waits for one mark or either of two."""
    wanted = " OR ".join(mark(chance.randrange(marks)) for _ in range(chance.randrange(1, 3)))
    return Subscription(
        id=name, name=name, query=wanted, **{"channels": (channel,), "policy": "every"} | (policy or {})
    )


def immediate(standing: Sequence[Subscription]) -> Iterator[Subscription]:
    """Those that are told of at once: what is changed among them shows at once."""
    rules = ("digest_minutes", "cooldown_minutes", "most_an_hour", "quiet", "muted_until")
    plain = Subscription(id="plain", name="plain", query="plain")
    for one in standing:
        if one.channels and all(getattr(one, rule) == getattr(plain, rule) for rule in rules):
            yield one
