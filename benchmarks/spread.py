"""The spread of a quote: whether two quotes are one utterance, beside what was judged by hand, and how fast.

    PYTHONPATH=. python benchmarks/spread.py [DATA]   # DATA: a folder with articles/ and neardup/, ../shared/data

The judged pairs are ids and offsets. They were drawn evenly over how many words two quotes of different articles share,
so that most lie near the border; of each text only one pair. On those of benchmarks/judged/spread.tsv the rule was
chosen; those of spread-unseen.tsv are of other articles, and were judged after that and before it was asked. Those of
spread-notices.tsv and spread-drawn.tsv share half of their telling words or more and not all of their words, were drawn
at random from all quotes, mostly of business and sports, and half of them (107 of 257) were taken for one by the rule
of then: they measure what it makes up. The quotes are read by `Enricher`; one that is not found any more is compared
without a speaker. CPU seconds of one process.
"""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from processors.enrich import Enricher
from schemas.article import Article, Quote
from stores.spread.relation import relation
from stores.spread.utterance import Utterance
from stores.spread.utterances import utterances

DATA = Path("../shared/data")
JUDGED = Path(__file__).parent / "judged"
SETS = ("spread.tsv", "spread-unseen.tsv", "spread-notices.tsv", "spread-drawn.tsv")
Place = tuple[str, int, int]


def main(data: Path = DATA) -> None:
    """Print the pairs that differ from the verdicts, F1, and quotes a second."""
    if not data.is_dir():
        sys.exit(f"{data} is not there: the data is not part of the project; name its folder")
    sets = {name: list(_judged(JUDGED / name)) for name in SETS}
    wanted = {place[0] for pairs in sets.values() for one, other, _ in pairs for place in (one, other)}
    texts = {id: text for id, text in _texts(data) if id in wanted}
    said = _read(texts)
    for name, pairs in sets.items():
        _score(name, pairs, said, texts)
    _speed(list(said.values()), texts)


def _score(
    name: str,
    pairs: Sequence[tuple[Place, Place, bool]],
    said: dict[Place, tuple[Quote, str]],
    texts: dict[str, str],
) -> None:
    hits = made_up = missed = 0
    for one, other, is_one in pairs:
        found = relation(_said(one, said, texts), _said(other, said, texts)) is not None
        hits += found and is_one
        made_up += found and not is_one
        missed += is_one and not found
        if found is not is_one:
            print(f"{'made up' if found else 'missed'}: {one} {other}")
    score = 2 * hits / (2 * hits + made_up + missed)
    count = f"{len(pairs)} pairs, {hits + missed} of one utterance"
    print(f"{name}: {count}: {missed} missed, {made_up} made up, F1 {score:.3f}")


def _speed(known: list[tuple[Quote, str]], texts: dict[str, str]) -> None:
    quotes = [(words, quote.kind, _speaker(quote)) for quote, words in known]
    started = time.process_time()
    groups = utterances([Utterance.of(*quote) for quote in quotes])
    rate = len(quotes) / (time.process_time() - started)
    print(
        f"{len(quotes):,} quotes of {len(texts)} articles: {len(groups):,} utterances, {rate:,.0f} quotes a CPU-second"
    )


def _judged(path: Path) -> Iterator[tuple[Place, Place, bool]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            row = line.split("\t")
            yield (row[0], int(row[1]), int(row[2])), (row[3], int(row[4]), int(row[5])), row[6] == "1"


def _texts(data: Path) -> Iterator[tuple[str, str]]:
    for path in (*sorted((data / "articles").glob("*.jsonl")), data / "neardup" / "events.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield row["id"], row["text"]


def _read(texts: dict[str, str]) -> dict[Place, tuple[Quote, str]]:
    enricher, now = Enricher(), datetime(2026, 1, 1, tzinfo=UTC)
    found = {}
    for id, text in texts.items():
        for quote in enricher.read(Article(id=id, revision="1", text=text, fetched_at=now)).quotes:
            found[id, quote.start, quote.end] = quote, text[quote.start : quote.end]
    return found


def _said(place: Place, said: dict[Place, tuple[Quote, str]], texts: dict[str, str]) -> Utterance:
    known = said.get(place)
    if known is None:
        return Utterance.of(texts[place[0]][place[1] : place[2]], "direct", None)
    return Utterance.of(known[1], known[0].kind, _speaker(known[0]))


def _speaker(quote: Quote) -> str | None:
    return (quote.speaker.name or quote.speaker.text) if quote.speaker else None


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
