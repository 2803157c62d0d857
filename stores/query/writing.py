"""Queries as a person would type them, of values that are known."""


def phrase(field: str, value: str) -> str:
    """What finds a value under a field: person:"Ilse Brandt"."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{field}:"{escaped}"'
