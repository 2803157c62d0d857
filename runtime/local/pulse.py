"""Who waits for more of the log looks again when there may be some: a condition variable that counts its changes."""

import threading


class Pulse:
    """Beats whenever something was appended or committed. Thread-safe."""

    def __init__(self) -> None:
        self._beaten = threading.Condition()
        self._beats = 0

    @property
    def beats(self) -> int:
        """How many there were: read it before looking, then `wait` on it."""
        return self._beats

    def beat(self) -> None:
        """Make everybody who waits look again."""
        with self._beaten:
            self._beats += 1
            self._beaten.notify_all()

    def wait(self, seconds: float, seen: int | None = None) -> None:
        """Return when there were more beats than `seen` (by default: than now), or after `seconds`."""
        with self._beaten:
            known = self._beats if seen is None else seen
            self._beaten.wait_for(lambda: self._beats != known, seconds)
