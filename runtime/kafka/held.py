"""What stages wait for, told on a compacted topic by those who own their partitions, and read from it.

Knows neither what is waited for nor for how long.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence

from runtime.ports import Held
from schemas.held import HeldStage, Waited
from schemas.outcome import Output
from schemas.stage import Wait
from schemas.state import State
from schemas.topics import HELD


class HeldTeller:
    """Tells what one worker's stage waits for, whenever that changes."""

    def __init__(
        self, stage: str, waits: Callable[[], Sequence[Wait]], send: Callable[[Sequence[Output]], Awaitable[None]]
    ) -> None:
        self._stage = stage
        self._waits = waits
        self._send = send
        self._told: dict[int, tuple[Waited, ...]] = {}

    def begin_anew(self) -> None:
        """Partitions came from elsewhere: what an earlier owner has told of them is not known here."""
        self._told.clear()

    async def tell(self, partitions: Collection[int]) -> None:
        """Tell what has changed for these partitions since it was last told. Raises what sending raises."""
        waits = tuple(Waited(what=wait.what, since=wait.since, why=wait.why) for wait in self._waits())
        changed = [partition for partition in partitions if self._told.get(partition) != waits]
        if changed:
            await self._send([self._output(partition, waits) for partition in changed])
            self._told |= dict.fromkeys(changed, waits)

    def _output(self, partition: int, waits: tuple[Waited, ...]) -> Output:
        return Output(HELD, HeldStage(id=f"{self._stage}-{partition}", stage=self._stage, waits=waits))


def held(state: State) -> Held:
    """What each stage waits for, each thing once, since the first owner of a partition waits for it. Raises Hold."""
    found: dict[str, dict[tuple[str, str], Wait]] = {}
    for told in state.items(HELD, HeldStage):
        of_stage = found.setdefault(told.stage, {})
        for one in told.waits:
            known = of_stage.get((one.what, one.why))
            if known is None or one.since < known.since:
                of_stage[one.what, one.why] = Wait(one.what, one.since, one.why)
    return {stage: tuple(waits.values()) for stage, waits in found.items()}
