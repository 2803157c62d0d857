"""The error of a query that cannot be parsed, as a person reads it."""


class QueryError(ValueError):
    """A query that cannot be read. `position` counts code points from 0 and points at the trouble."""

    def __init__(self, problem: str, position: int, expected: str = "") -> None:
        self.problem = problem
        self.position = position
        self.expected = expected
        place = f"at {position + 1}: {problem}"
        super().__init__(f"{place}; expected {expected}" if expected else place)
