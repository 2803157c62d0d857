"""Queries that pages link to, written as a person would type them."""


def phrase(field: str, value: str) -> str:
    """What finds a value under a field: person:"Ilse Brandt"."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{field}:"{escaped}"'
