"""Numbers of things in words."""


def counted(number: int, one: str, several: str = "") -> str:
    """A number of things: 1 copy, 2 copies."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"
