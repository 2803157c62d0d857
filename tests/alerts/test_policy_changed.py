"""A policy is changed from each article to once a story, and back: nobody is told twice, and nothing is passed over."""

from collections.abc import Sequence

from desk import Desk, subscription
from hypothesis import given
from hypothesis import strategies as st
from wire_articles import wire_article

from alerts.match import MatchStep
from schemas.alert import Alert, Policy
from schemas.outcome import Dropped, Outcome

TOLD = Dropped("already told")
ARTICLES = {"one": "one", "two": "one", "three": "one", "other": "other"}
"""Articles, and the story of each, which has the id of its first one."""


def alerts_of(policy: Policy, ids: Sequence[str]) -> list[Alert]:
    watching = subscription(query="missile", policy=policy)
    step = MatchStep(lambda: {"s": watching})
    outcomes = step([wire_article(id, "A missile fell.", story_id=ARTICLES[id]) for id in ids])
    return [output.record for one in outcomes for output in one.outputs if isinstance(output.record, Alert)]


class Changing(Desk):
    """A desk that changes its mind."""

    def __init__(self, policy: Policy) -> None:
        super().__init__(subscription(policy=policy))
        self.policy = policy

    def change(self, policy: Policy) -> None:
        self.policy = policy
        self.subscriptions = {"s": subscription(policy=policy)}

    def meet(self, *ids: str) -> list[str]:
        """These articles pass; those of which somebody was told, or will be."""
        outcomes = self.deliver(*alerts_of(self.policy, ids))
        return [id for id, outcome in zip(ids, outcomes, strict=True) if not _is_told(outcome)]


def _is_told(outcome: Outcome) -> bool:
    """Whatever stands behind what waits."""
    return isinstance(outcome, Dropped) and outcome.reason == TOLD.reason


def test_what_was_told_of_a_copy_is_known_once_it_is_told_by_story() -> None:
    desk = Changing("every")
    assert desk.meet("two") == ["two"]
    desk.change("story")
    desk.restart()
    assert desk.meet("three", "one", "two", "other") == ["other"]


def test_of_a_story_that_was_told_each_article_is_told_but_the_one_that_was() -> None:
    desk = Changing("story")
    assert desk.meet("two", "three") == ["two"]
    desk.change("every")
    desk.restart()
    assert desk.meet("two", "three") == ["three"]


def test_the_first_article_of_a_story_is_told_after_its_copies_where_each_is() -> None:
    desk = Changing("every")
    assert desk.meet("three", "two", "one", "two", "one") == ["three", "two", "one"]
    desk.change("digest")
    assert desk.meet("three", "one") == []
    assert desk.delivery(alerts_of("story", ["one"])[0].id).alert is not None


def test_an_alert_that_was_matched_before_the_change_is_no_second_one() -> None:
    desk = Changing("every")
    on_its_way = alerts_of("every", ["three"])
    assert desk.meet("two") == ["two"]
    desk.change("story")
    assert desk.deliver(*on_its_way) == [TOLD]
    assert desk.deliver(*alerts_of("every", ["other"])) != [TOLD]


RESTART = "restart"
acts = st.one_of(
    st.lists(st.sampled_from(sorted(ARTICLES)), min_size=1, max_size=4),
    st.sampled_from(["every", "story", "digest"]),
    st.just(RESTART),
)


@given(st.lists(acts, max_size=12))
def test_whatever_the_policy_nobody_is_told_twice_and_nothing_is_passed_over(acts: list[list[str] | Policy]) -> None:
    desk, plain = Changing("every"), Plain()
    for act in acts:
        if act == RESTART:
            desk.restart()
        elif isinstance(act, str):
            desk.change(act)
        else:
            assert desk.meet(*act) == [id for id in act if plain.tells(id, desk.policy)]


class Plain:
    """The rule, plainly."""

    def __init__(self) -> None:
        self._told: set[str] = set()
        self._by_story: set[str] = set()
        """Stories that were told once for all their articles."""

    def tells(self, id: str, policy: Policy) -> bool:
        story = ARTICLES[id]
        if policy == "every":
            known = id in self._told or (id == story and story in self._by_story)
        else:
            known = any(ARTICLES[one] == story for one in self._told)
            self._by_story |= set() if known else {story}
        self._told |= set() if known else {id}
        return not known
