"""Copies of one wire story share a story, whatever order, batch or restart they come in; others do not."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.sketch import signature_of
from processors.story import StoryStep
from processors.story.step import HOURS
from schemas.article import Enriched, WireArticle
from schemas.outcome import Done
from schemas.story import StoryMember
from schemas.topics import STORIES, WIRE

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
STARTS, ENDS = ("ba", "ce", "di", "fo", "gu", "ha", "ki", "lo", "mu", "ne"), ("r", "ton", "ling", "v", "sh", "mo")
WORDS = [start + end for start in STARTS for end in ENDS]
DATA = Path(__file__).parents[3] / "shared" / "data" / "neardup"


def prose(seed: int, words: int = 180) -> str:
    """Words in an order of their own for each seed; sentences of twelve."""
    random = Random(seed)
    chosen = [random.choice(WORDS) for _ in range(words)]
    return ". ".join(" ".join(chosen[at : at + 12]) for at in range(0, words, 12))


def enriched(id: str, text: str, title: str = "", at: datetime = NOON) -> Enriched:
    return Enriched(id=id, revision="1", title=title, text=text, fetched_at=at, signature=signature_of(title, text))


def outputs(step: StoryStep, batch: Sequence[Enriched]) -> tuple[list[StoryMember], list[WireArticle]]:
    members, articles = [], []
    for outcome in step(batch):
        assert isinstance(outcome, Done)
        member, article = outcome.outputs
        assert (member.topic, article.topic) == (STORIES, WIRE)
        members.append(StoryMember.model_validate(member.record))
        articles.append(WireArticle.model_validate(article.record.model_dump()))
    return members, articles


def restarted(members: Sequence[StoryMember], hours: float = HOURS) -> StoryStep:
    """As a stage opens it: what the log holds is taken up, and asked for by its id."""
    return StoryStep(lambda since: members, hours, {member.id: member for member in members}.get)


def stories(step: StoryStep, *batch: Enriched) -> list[str]:
    return [article.story_id for article in outputs(step, batch)[1]]


def assigned(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Id -> story of each row, as if all had come at the same moment."""
    step = StoryStep()
    articles = [enriched(str(row["id"]), str(row.get("text") or ""), str(row.get("title") or "")) for row in rows]
    return {article.id: step.member(article).story_id for article in articles}


def replaced(text: str, every: int) -> str:
    return " ".join("elsewhere" if at % every == 0 else word for at, word in enumerate(text.split(), start=1))


@pytest.mark.parametrize(
    "copy",
    [
        prose(1).upper(),
        "OSLO (Wire) - By Our Reporter. " + prose(1),
        prose(1) + ". Sign up for our newsletter and get the top stories of the day delivered every morning.",
        prose(1)[: len(prose(1)) // 2],
        ". ".join(prose(1).split(". ")[:2]),
        ". ".join(prose(1).split(". ")[3:]),
        replaced(prose(1), 15),
    ],
    ids=["upper case", "byline", "boilerplate", "cut", "lead only", "without the lead", "words changed"],
)
def test_a_copy_joins_whichever_comes_first(copy: str) -> None:
    first, second = enriched("a", prose(1), "Talks"), enriched("b", copy, "Talks")
    assert stories(StoryStep(), first, second) == ["a", "a"]
    assert stories(StoryStep(), second, first) == ["b", "b"]


def test_another_article_does_not() -> None:
    assert stories(StoryStep(), enriched("a", prose(1)), enriched("b", prose(2))) == ["a", "b"]


def test_what_stands_under_many_articles_makes_no_story() -> None:
    """Two thirds of each short one is the frame that the long ones have too."""
    frame = prose(99, 48)
    long = [enriched(f"long {n}", f"{frame}. {prose(n, 300)}", f"{prose(n, 4)}") for n in range(3)]
    short = [enriched(f"short {n}", f"{frame}. {prose(n, 24)}", f"{prose(n, 4)}") for n in range(10, 14)]
    step = StoryStep()
    assert len(set(stories(step, *long))) == 3
    assert not {"long 0", "long 1", "long 2"}.intersection(stories(step, *short))


def test_a_few_lines_under_other_headlines_are_no_copy() -> None:
    notice = "Please subscribe to read on. Our reporters thank you for your support of local news."
    found = stories(
        StoryStep(),
        enriched("a", notice, "Minister resigns over bridge"),
        enriched("b", notice, "Storm closes northern harbour"),
        enriched("c", notice, "Minister resigns over bridge"),
    )
    assert found == ["a", "b", "a"]


def test_articles_without_words_are_stories_of_their_own() -> None:
    assert stories(StoryStep(), enriched("a", "…"), enriched("b", "…")) == ["a", "b"]


def test_a_thousand_copies_within_a_second_are_one_story() -> None:
    copies = [enriched(f"{n:04}", f"{prose(1)} {n}", at=NOON + timedelta(milliseconds=n)) for n in range(1000)]
    step = StoryStep()
    assert set(stories(step, *copies[:64])) == {"0000"}
    assert {story for at in range(64, 1000, 64) for story in stories(step, *copies[at : at + 64])} == {"0000"}


def test_a_story_takes_in_copies_for_its_window() -> None:
    def joined(after: timedelta) -> bool:
        copies = enriched("a", prose(1)), enriched("b", prose(1), at=NOON + after)
        return len(set(stories(StoryStep(hours=72), *copies))) == 1

    assert joined(timedelta(hours=71))
    assert joined(timedelta(hours=-71))
    assert not joined(timedelta(hours=73))


def test_an_id_keeps_its_story_and_first_sight_whatever_its_text_becomes() -> None:
    step = StoryStep(hours=72)
    stories(step, enriched("a", prose(1)), enriched("b", prose(1)))
    edited = enriched("b", prose(2), at=NOON + timedelta(days=40))
    for tried in (step, restarted(outputs(step, [edited])[0])):
        (member,), (article,) = outputs(tried, [edited])
        assert (article.story_id, article.first_seen) == ("a", NOON)
        assert (member.story_id, member.first_seen) == ("a", NOON)
        assert article.fetched_at == edited.fetched_at
        # and the new text is recognised from now on
        assert stories(tried, enriched("c", prose(2), at=NOON + timedelta(hours=1)))[0] == "a"


ORDERS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), min_size=1, max_size=12)


@settings(deadline=None, max_examples=60)
@given(ORDERS, st.integers(0, 12), st.randoms(use_true_random=False))
def test_a_crash_at_any_point_changes_no_story(order: list[tuple[int, int]], kept: int, random: Random) -> None:
    """A batch is done, some of its memberships are stored in any order, all is lost but these; it comes again."""
    batch = [enriched(f"{n}-{text}", f"{prose(text, 60)} {n}", f"Talks {text}") for n, text in dict.fromkeys(order)]
    members, articles = outputs(StoryStep(), batch)
    survivors = random.sample(members, min(kept, len(members)))
    again = restarted(survivors)
    assert outputs(again, batch) == (members, articles)
    assert outputs(again, batch) == (members, articles)


def test_a_member_with_a_signature_of_another_make_keeps_its_story() -> None:
    old = StoryMember(id="a", story_id="s", first_seen=NOON, signature="bm9uZQ==")
    assert stories(restarted([old]), enriched("a", prose(1)), enriched("b", prose(1))) == ["s", "s"]


@pytest.mark.data
def test_edited_copies_of_real_articles_are_joined(tmp_path: Path) -> None:
    if not DATA.exists():
        pytest.skip(f"{DATA} is not here")
    rows = [json.loads(line) for line in (DATA / "near.jsonl").read_text(encoding="utf-8").splitlines()]
    answers = tmp_path / "answers"
    found = ({"id": id, "cluster": story} for id, story in assigned(rows).items())
    answers.write_text("".join(json.dumps(row) + "\n" for row in found))
    command: list[str | Path] = [sys.executable, DATA / "score_neardup.py", DATA / "near.jsonl", answers]
    scores = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("F1 ")[1:3]
    without_lead, with_lead = (float(score.split()[0]) for score in scores)
    assert without_lead >= 0.98
    assert with_lead >= 0.97
