"""Similarity of sketches: whether an article is a copy of one of the candidates. Decides only; remembers nothing.

Similarity is the share of three-word runs that two texts have in common, estimated from the lowest hashes. Runs that
stand in several stories at once (a newsletter's call to subscribe, the frame of an earnings report) are left out: they
say nothing about one story. Two texts whose wording agrees and whose particulars do not (other names, numbers, days in
the same places) are two texts of one template, and no copies.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from processors.particulars import MOST, SHOWS_NAMES, Kind, kind_of, place_of
from processors.sketch import BODY, Sketch

ALIKE = 0.35
"""Of all runs of both, the share in common: measured best between .30 and .40 on copies with listed edits."""
CONTAINED = 0.6
"""Of the shorter one's runs, the share that the longer one has: a lead-only or cut copy."""
ENOUGH = 5
"""Runs in common below which a share means nothing, unless the openings agree as well."""
LEAD_AGREES = 4
"""Of the eight hashes of the opening, those in common that support a containment seen in few runs."""
NEARLY_ALL = 0.8
"""Where only frame is left of an article, the share of all runs that still makes it a copy."""
FRAME_STORIES = 3
"""Stories among those that resemble an article in which a run must stand to count as frame."""
OTHER = 0.25
"""Of the places that both have, the share filled otherwise that tells a template: copies with every tenth word changed
have at most .2."""
NUMBERS = 3
"""Places with a number that tell a template if every one differs: in German each noun has a capital like a name, and
they agree."""
OTHER_IN_COPY = 0.5
"""The same where the texts are alike from end to end: a correction or a new toll changes little else."""
ALIKE_THROUGHOUT = 0.75
"""Likeness above which it counts: of a text of a hundred words some five are changed."""

NEARLY = ((0.8, 0.9), (0.7, 0.85))
"""Where a text shows its names and the two have none in common, the likeness or the containment that still makes a
copy: a horoscope and the next day's have their wording alone in common. The second: where they have one."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article of the last days that shares something with the one in question."""

    story_id: str
    sketch: Sketch


def closest_story(sketch: Sketch, candidates: Sequence[Candidate]) -> str | None:
    """The story of the candidate that is most alike, of equals the first; None where none is a copy."""
    frame = _frame(sketch, candidates)
    best: tuple[float, float] | None = None
    story = None
    for candidate in candidates:
        degree = _degree(sketch, candidate.sketch, frame)
        if degree is not None and (best is None or degree > best):
            best, story = degree, candidate.story_id
    return story


def _frame(sketch: Sketch, candidates: Sequence[Candidate]) -> frozenset[int]:
    own = set(sketch.body)
    stories: Counter[int] = Counter()
    by_story: dict[str, set[int]] = {}
    for candidate in candidates:
        by_story.setdefault(candidate.story_id, set()).update(own.intersection(candidate.sketch.body))
    for shared in by_story.values():
        stories.update(shared)
    return frozenset(run for run, count in stories.items() if count >= FRAME_STORIES)


def _degree(one: Sketch, other: Sketch, frame: frozenset[int]) -> tuple[float, float] | None:
    """(containment, likeness) where the two are copies, else None."""
    if _is_short(one, other) and one.title and other.title and not set(one.title).intersection(other.title):
        return None
    ours, theirs = _comparable(one, other)
    degree = _wording(one, other, ours, theirs, frame)
    if degree is None or _is_one_template(one, other, _alike(ours, theirs), _contained(ours, theirs)):
        return None
    return degree


def _alike(ours: set[int], theirs: set[int]) -> float:
    return len(ours & theirs) / len(ours | theirs)


def _contained(ours: set[int], theirs: set[int]) -> float:
    return len(ours & theirs) / min(len(ours), len(theirs))


def _wording(
    one: Sketch, other: Sketch, ours: set[int], theirs: set[int], frame: frozenset[int]
) -> tuple[float, float] | None:
    """(containment, likeness) where the wording is that of copies, else None."""
    bare_ours, bare_theirs = ours - frame, theirs - frame
    if min(len(bare_ours), len(bare_theirs)) == 0:
        alike = _alike(ours, theirs)
        return (0.0, alike) if alike >= NEARLY_ALL else None
    common = len(bare_ours & bare_theirs)
    alike, contained = _alike(bare_ours, bare_theirs), _contained(bare_ours, bare_theirs)
    if alike >= ALIKE and (common >= ENOUGH or ours == theirs):
        return contained, alike
    leads = len(set(one.lead).intersection(other.lead))
    if contained >= CONTAINED and (common >= ENOUGH or leads >= LEAD_AGREES):
        return contained, alike
    return None


def _is_one_template(one: Sketch, other: Sketch, alike: float, contained: float) -> bool:
    """Whether the places that both texts have are filled otherwise, or nothing in them tells of one event."""
    same, different = _compared(one.particulars, other.particulars)
    if different[Kind.LEVEL] and not same[Kind.LEVEL]:
        return True  # a red warning after a yellow one, whatever else it says
    names_show = SHOWS_NAMES in one.particulars and SHOWS_NAMES in other.particulars
    told = same.total() - same[Kind.LEVEL]
    if names_show and told < len(NEARLY) and alike < NEARLY[told][0] and contained < NEARLY[told][1]:
        return True
    if alike >= ALIKE_THROUGHOUT:
        return different.total() > max(1, OTHER_IN_COPY * (same.total() + different.total()))
    if different[Kind.NUMBER] >= NUMBERS and not same[Kind.NUMBER]:
        return True
    if different[Kind.DAY] and not same[Kind.DAY] and different.total() > 1:
        return True  # the like of it on another day
    if different.total() == 1 and (same.total() > 1 or (not names_show and alike >= NEARLY[1][0])):
        return False  # a new toll
    return different.total() > OTHER * (same.total() + different.total())


def _compared(ours: Sequence[int], theirs: Sequence[int]) -> tuple[Counter[Kind], Counter[Kind]]:
    """How many places that both texts have are filled the same and how many otherwise, by kind."""
    drawn = [[one for one in found if one != SHOWS_NAMES] for found in (ours, theirs)]
    known = [place_of(found[-1]) for found in drawn if len(found) == MOST - 1]
    height = min(known) if known else None
    one, other = (_by_place(found, height) for found in drawn)
    same, different = Counter[Kind](), Counter[Kind]()
    for place in one.keys() & other.keys():
        counted = same if one[place] & other[place] else different
        kinds = set(map(kind_of, one[place] | other[place]))
        counted[kinds.pop() if len(kinds) == 1 else Kind.NAME] += 1
    return same, different


def _by_place(particulars: Sequence[int], height: int | None) -> dict[int, set[int]]:
    """The fillings of each place, up to the height that both texts have seen."""
    places: dict[int, set[int]] = defaultdict(set)
    for particular in particulars:
        if height is None or place_of(particular) <= height:
            places[place_of(particular)].add(particular)
    return places


def _is_short(one: Sketch, other: Sketch) -> bool:
    """A text of a few lines may be nothing but "subscribe to read on": then the headlines must agree."""
    return min(len(one.body), len(other.body)) < BODY


def _comparable(one: Sketch, other: Sketch) -> tuple[set[int], set[int]]:
    """Both bodies up to the height that both have seen: beyond a full sketch's last hash nothing is known."""
    heights = [sketch.body[-1] for sketch in (one, other) if len(sketch.body) == BODY]
    if not heights:
        return set(one.body), set(other.body)
    height = min(heights)
    ours = {run for run in one.body if run <= height}
    return ours, {run for run in other.body if run <= height}
