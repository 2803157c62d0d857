"""The spread of a quote: whether two quotes are one utterance, beside what was judged by hand, and how fast.

    PYTHONPATH=. python benchmarks/spread.py [DATA]   # DATA: a folder with articles/ and neardup/, ../shared/data

The judged pairs are ids and offsets. They were drawn evenly over how many words two quotes of different articles share,
so that most lie near the border; of each text only one pair. On those of benchmarks/judged/spread.tsv the rule was
chosen; those of spread-unseen.tsv are of other articles, and were judged after that and before it was asked. Those of
spread-notices.tsv and spread-drawn.tsv share half of their telling words or more and not all of their words, were drawn
at random from all quotes, mostly of business and sports, and half of them (107 of 257) were taken for one by the rule
of then: they measure what it makes up. When days and matters were compared, all of these had been seen.

spread-nearest.tsv was drawn and judged after that. Of each quote of the articles, the one of another article that is
most like it was taken (by the cosine of telling words weighted by their rarity, among those that share a pair of them
that stand near each other), and 60 of those pairs from each of five bands of likeness, so that a row stands for as many
quotes as its last column says: "as met" counts it so many times.

spread-nearest-second.tsv, -third.tsv and -fourth.tsv were drawn in the same way, of other pairs. The rule was changed
before the second and, with the second in sight, before the third; the last two were judged after that, before it was
asked. Here the last column counts all quotes of a band.

One utterance is what one speaker, or who speaks for them, said at one occasion, told by both whole or in part; also
where it is told again later, or copied. It is not what another says of the same, the same speaker's words at another
occasion, or a notice of the same form.

The quotes are read by `Enricher`; one that is not found any more is compared without a speaker. CPU seconds of one
process.
"""

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from processors.enrich import Enricher
from schemas.article import Article, Quote
from stores.spread.occasion import Occasion
from stores.spread.relation import relation
from stores.spread.utterance import Utterance
from stores.spread.utterances import utterances

DATA = Path("../shared/data")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
JUDGED = Path(__file__).parent / "judged"
SETS = (
    "spread.tsv",
    "spread-unseen.tsv",
    "spread-notices.tsv",
    "spread-drawn.tsv",
    "spread-nearest.tsv",
    "spread-nearest-second.tsv",
    "spread-nearest-third.tsv",
    "spread-nearest-fourth.tsv",
)
Place = tuple[str, int, int]


class Pair(NamedTuple):
    """Two quotes and the verdict."""

    one: Place
    other: Place
    is_one: bool
    stands_for: float
    """So many pairs of its kind."""


def main(data: Path = DATA) -> None:
    """Print the pairs that differ from the verdicts, F1, and quotes a second."""
    if not data.is_dir():
        sys.exit(f"{data} is not there: the data is not part of the project; name its folder")
    sets = {name: list(_judged(JUDGED / name)) for name in SETS}
    wanted = {place[0] for pairs in sets.values() for pair in pairs for place in (pair.one, pair.other)}
    articles = {article.id: article for article in _articles(data) if article.id in wanted}
    said = _read(articles.values())
    for name, pairs in sets.items():
        _score(name, pairs, said, articles)
    _speed(said, articles)


def _score(name: str, pairs: Sequence[Pair], said: dict[Place, Quote], articles: dict[str, Article]) -> None:
    count: Counter[tuple[bool, bool]] = Counter()
    met: dict[tuple[bool, bool], float] = defaultdict(float)
    for pair in pairs:
        one, other = (_said(place, said, articles, {}) for place in (pair.one, pair.other))
        found = relation(one, other) is not None
        count[pair.is_one, found] += 1
        met[pair.is_one, found] += pair.stands_for
        if found is not pair.is_one:
            print(f"{'made up' if found else 'missed'}: {pair.one} {pair.other}")
    ones, missed, made_up = count[True, True] + count[True, False], count[True, False], count[False, True]
    as_met = f", as met {_f1(met):.3f}" if met != count else ""
    print(
        f"{name}: {len(pairs)} pairs, {ones} of one utterance: {missed} missed, {made_up} made up,"
        f" F1 {_f1(count):.3f}{as_met}"
    )


def _f1(count: Mapping[tuple[bool, bool], float]) -> float:
    return 2 * count[True, True] / (2 * count[True, True] + count[True, False] + count[False, True])


def _speed(said: dict[Place, Quote], articles: dict[str, Article]) -> None:
    started = time.process_time()
    occasions: dict[str, Occasion] = {}
    groups = utterances([_said(place, said, articles, occasions) for place in said])
    rate = len(said) / (time.process_time() - started)
    print(
        f"{len(said):,} quotes of {len(articles)} articles: {len(groups):,} utterances, {rate:,.0f} quotes a CPU-second"
    )


def _judged(path: Path) -> Iterator[Pair]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            row = line.split("\t")
            one, other = (row[0], int(row[1]), int(row[2])), (row[3], int(row[4]), int(row[5]))
            yield Pair(one, other, row[6] == "1", float(row[7]) if len(row) > 7 else 1)


def _articles(data: Path) -> Iterator[Article]:
    for path in (*sorted((data / "articles").glob("*.jsonl")), data / "neardup" / "events.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield Article(
                id=row["id"], revision="1", text=row["text"], published=_moment(row.get("published")), fetched_at=NOW
            )


def _moment(written: str | None) -> datetime | None:
    """A date of the corpora, some without a zone."""
    try:
        moment = datetime.fromisoformat(written or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _read(articles: Iterable[Article]) -> dict[Place, Quote]:
    enricher = Enricher()
    return {
        (article.id, quote.start, quote.end): quote for article in articles for quote in enricher.read(article).quotes
    }


def _said(
    place: Place, said: dict[Place, Quote], articles: dict[str, Article], occasions: dict[str, Occasion]
) -> Utterance:
    article, quote = articles[place[0]], said.get(place)
    occasion = occasions.setdefault(article.id, Occasion(article.published, article.text))
    words = article.text[place[1] : place[2]]
    if quote is None:
        return Utterance.of(words, "direct", None, occasion)
    speaker = (quote.speaker.name or quote.speaker.text) if quote.speaker else None
    return Utterance.of(words, quote.kind, speaker, occasion, quote.factuality)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
