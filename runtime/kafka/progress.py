"""How far the records of a partition were handled without a gap: its low watermark, which may be committed."""


class Progress:
    """Runs are handled one behind the other, and now and then one whose forerunner was let go of."""

    def __init__(self, place: int) -> None:
        """`place`: the first record that was not handled yet."""
        self.place = place
        self._ahead: dict[int, int] = {}
        """Runs that were handled behind one that was not: where each begins, and the place behind it."""

    def handled(self, begins: int, behind: int) -> None:
        """A run was handled: all that stands in the log from `begins` to before `behind`."""
        self._ahead[begins] = max(behind, self._ahead.get(begins, behind))
        for first, after in sorted(self._ahead.items()):
            if first > self.place:
                return
            self.place = max(self.place, after)
            del self._ahead[first]
