"""What every stage said last of every revision, in 24 bytes each: the account behind the cluster's ledger.

Knows no Kafka: it is fed outcomes with the block of the log in which they stand, gives the places of the ledger, and is
taken apart into records and put together again. Names are kept as hashes; whoever wants them reads the block.
"""

import base64
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b

from runtime.ledger import INDEXED, NOT_FETCHED, Place
from schemas.account import AccountPart, State
from schemas.ledger import FETCH, OutcomeRow

PART = 32_768
"""Rows of one record: a megabyte, of which mostly the newest is written anew."""
# Columns: hashes of id and revision, the state's number, the first and the last block with outcomes of this revision.
COLUMNS = "QIIII"
_FEWEST_BUCKETS = 1024

Gone = Callable[[int], bool]
"""Whether the log has let go of a block."""


class Table:
    """Revisions by row, in the order in which they were first heard of. Fed the same twice, it stays the same."""

    def __init__(self) -> None:
        self._columns = tuple(array(kind) for kind in COLUMNS)
        self._more: dict[int, tuple[int, ...]] = {}
        self._known: list[State] = []
        self._numbers: dict[State, int] = {}
        # A hash table in arrays, made when first asked: a bucket holds 1 + the newest row of its chain, _next the row
        # before each.
        self._buckets = array("I")
        self._next = array("I")
        self._let_go = 0  # parts before the first that is here
        self._changed: set[int] = set()

    def feed(self, outcome: OutcomeRow, block: int, gone: Gone = lambda block: False) -> None:
        """The last word of a stage on a revision, which stands in this block of the log."""
        row = self._row(outcome.id, outcome.revision, block)
        _, _, states, first, last = self._columns
        others = [one for one in self._known[states[row]] if one[0] != outcome.stage]
        states[row] = self._number(tuple(sorted([*others, (outcome.stage, outcome.outcome, outcome.reason or "")])))
        if outcome.stage == FETCH and gone(first[row]):
            first[row] = block  # it was entered again
        if block != last[row]:
            if last[row] != first[row] and last[row] not in self._more.get(row, ()):
                self._more[row] = (*self._more.get(row, ()), last[row])
            last[row] = block
        self._changed.add(row // PART)

    def state(self, id: str, revision: str, gone: Gone = lambda block: False) -> State:
        """What every stage said last of this revision; empty where nothing is known, or the log has let go of it."""
        row = self._find(id_hash(id), revision_hash(revision))
        return () if row is None or gone(self._columns[3][row]) else self._known[self._columns[2][row]]

    def blocks(self, id: str) -> set[int]:
        """The blocks of the log in which there may be outcomes of this id."""
        _, _, _, first, last = self._columns
        found = _found(self._columns[0], id_hash(id))
        return {block for row in found for block in (first[row], last[row], *self._more.get(row, ()))}

    def first_blocks(self, hashes: Collection[int], gone: Gone) -> set[int]:
        """The blocks in which the revisions of these ids, by their hashes, begin; without what is let go of."""
        ids, _, _, first, _ = self._columns
        return {block for id, block in zip(ids, first, strict=True) if id in hashes and not gone(block)}

    def counted(self, gone: Gone) -> Counter[State]:
        """How many revisions are in each state; without those of which the log has let go of the first word."""
        _, _, states, first, _ = self._columns
        found: Counter[State] = Counter()
        for (state, block), number in Counter(zip(states, first, strict=True)).items():
            if not gone(block):
                found[self._known[state]] += number
        return found

    def blocks_of(self, wanted: Callable[[State], bool], gone: Gone) -> Counter[int]:
        """The first blocks of the revisions in such a state, and how many begin there; without what is let go of."""
        _, _, states, first, _ = self._columns
        pairs = Counter(zip(states, first, strict=True)).items()
        found: Counter[int] = Counter()
        for (state, block), number in pairs:
            if wanted(self._known[state]) and not gone(block):
                found[block] += number
        return found

    def hashes(self, wanted: Callable[[State], bool], gone: Gone) -> set[int]:
        """The ids of the revisions in such a state, by their hashes; without what is let go of."""
        ids, _, states, first, _ = self._columns
        right = [wanted(state) for state in self._known]
        away = {block for block in set(first) if gone(block)}
        return {id for id, state, block in zip(ids, states, first, strict=True) if right[state] and block not in away}

    def let_go(self, gone: Gone) -> None:
        """Delete the oldest parts of which the log has nothing any more."""
        last = self._columns[4]
        parts = 0
        while (parts + 1) * PART <= len(last) and all(
            gone(one) for one in set(last[parts * PART : (parts + 1) * PART])
        ):
            parts += 1
        if parts == 0:
            return
        rows = parts * PART
        self._columns = tuple(column[rows:] for column in self._columns)
        self._more = {row - rows: more for row, more in self._more.items() if row >= rows}
        self._changed = {part - parts for part in self._changed if part >= parts}
        self._changed |= set(range(-parts, 0))  # they are written once more, empty
        self._let_go += parts
        self._buckets = array("I")

    def changes(self) -> Iterator[AccountPart]:
        """The parts that changed since the last time."""
        for part in sorted(self._changed):
            yield self._part(part)
        self._changed.clear()

    def restore(self, parts: Iterable[AccountPart]) -> None:
        """Put together what was taken apart, in the order of the numbers: nobody needs to hold all of them."""
        for part in parts:
            if part.rows:
                self._let_go = self._let_go if self._columns[0] else int(part.id)
                self._append(part)

    # -- rows ---------------------------------------------------------------------------------------------

    def _row(self, id: str, revision: str, block: int) -> int:
        key = id_hash(id), revision_hash(revision)
        row = self._find(*key)
        if row is not None:
            return row
        row = len(self._next)
        for column, value in zip(self._columns, (*key, self._number(()), block, block), strict=True):
            column.append(value)
        self._next.append(0)
        if row >= len(self._buckets):
            self._index()
        else:
            self._link(row)
        return row

    def _find(self, id: int, revision: int) -> int | None:
        if not self._buckets:
            self._index()
        ids, revisions, *_ = self._columns
        entry = self._buckets[id & (len(self._buckets) - 1)]
        while entry:
            if ids[entry - 1] == id and revisions[entry - 1] == revision:
                return entry - 1
            entry = self._next[entry - 1]
        return None

    def _link(self, row: int) -> None:
        bucket = self._columns[0][row] & (len(self._buckets) - 1)
        self._next[row] = self._buckets[bucket]
        self._buckets[bucket] = row + 1

    def _index(self) -> None:
        """Make the hash table anew, with room for as many again."""
        rows = len(self._columns[0])
        self._buckets = array("I", [0]) * max(_FEWEST_BUCKETS, 1 << (2 * rows).bit_length())
        self._next = array("I", [0]) * rows
        for row in range(rows):
            self._link(row)

    def _number(self, state: State) -> int:
        if state not in self._numbers:
            self._numbers[state] = len(self._known)
            self._known.append(state)
        return self._numbers[state]

    # -- records ------------------------------------------------------------------------------------------

    def _part(self, number: int) -> AccountPart:
        name = str(self._let_go + number)
        if number < 0:
            return AccountPart(id=name)
        start, end = number * PART, (number + 1) * PART
        ids, revisions, states, first, last = (column[start:end] for column in self._columns)
        used = sorted(set(states))
        local = {state: place for place, state in enumerate(used)}
        columns = (ids, revisions, array("I", [local[state] for state in states]), first, last)
        return AccountPart(
            id=name,
            states=tuple(self._known[state] for state in used),
            rows=base64.b64encode(b"".join(column.tobytes() for column in columns)).decode(),
            more={row - start: more for row, more in self._more.items() if start <= row < end},
        )

    def _append(self, part: AccountPart) -> None:
        packed = base64.b64decode(part.rows)
        start, rows = len(self._columns[0]), len(packed) // sum(array(kind).itemsize for kind in COLUMNS)
        numbers = [self._number(state) for state in part.states]
        at = 0
        for place, column in enumerate(self._columns):
            end = at + rows * column.itemsize
            piece = array(column.typecode, packed[at:end])
            column.extend(array("I", [numbers[state] for state in piece]) if place == 2 else piece)
            at = end
        self._more |= {start + row: tuple(more) for row, more in part.more.items()}


def place(state: State, way: Sequence[str]) -> Place:
    """Where a revision in this state stands, by the stages of the way. What was not let in ends with its fetch."""
    said = {stage: (outcome, reason) for stage, outcome, reason in state}
    if FETCH not in said:
        return NOT_FETCHED
    for stage in (FETCH, *way):
        outcome, reason = said.get(stage, ("", ""))
        if outcome != "done":
            return stage, outcome, reason
    return INDEXED


def places(states: Mapping[State, int], way: Sequence[str]) -> Counter[Place]:
    """How many revisions stand where, of those in so many states. What is not fetched is in no account."""
    found: Counter[Place] = Counter()
    for state, number in states.items():
        found[place(state, way)] += number
    del found[NOT_FETCHED]
    return found


def by_stage(states: Mapping[State, int]) -> dict[str, dict[str, int]]:
    """How many outcomes of each kind each stage has entered, of revisions in so many states."""
    counts: dict[str, Counter[str]] = {}
    for state, number in states.items():
        for stage, outcome, _ in state:
            counts.setdefault(stage, Counter())[outcome] += number
    return {stage: dict(count) for stage, count in counts.items()}


def id_hash(id: str) -> int:
    """64 bits: among ten million, two are the same once in 370,000 accounts."""
    return int.from_bytes(blake2b(id.encode(), digest_size=8).digest(), "little")


def revision_hash(revision: str) -> int:
    """32 bits: told apart only within one id."""
    return int.from_bytes(blake2b(revision.encode(), digest_size=4).digest(), "little")


def _found(column: "array[int]", value: int) -> Iterator[int]:
    """The rows of a value, by the memory itself: a million are looked through in milliseconds."""
    bytes_ = column.tobytes()
    wanted = array(column.typecode, [value]).tobytes()
    at = bytes_.find(wanted)
    while at >= 0:
        if at % column.itemsize == 0:
            yield at // column.itemsize
        at = bytes_.find(wanted, at + 1)
