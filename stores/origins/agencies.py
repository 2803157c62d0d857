"""News agencies: their names as credits write them, and their own domains (agencies.tsv). Knows no articles."""

from importlib.resources import files
from itertools import pairwise


def _rows() -> list[list[str]]:
    lines = files(__package__).joinpath("agencies.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


KEYS: dict[str, str] = {name: key for key, names, _ in _rows() for name in names.split("|")}
"""By name, as credits write it: the agency's key."""

_DOMAINS = {domain: key for key, _, domains in _rows() for domain in domains.split()}
# Parts of an address that name an agency wherever they stand; shorter ones do after "wires" only (a country, a topic).
_IN_ADDRESS = {"aponline": "ap", "reuters": "reuters", "afp": "afp", "dpa": "dpa", "xinhua": "xinhua"}


def agency_of(name: str) -> str | None:
    """The key of the agency of this name or domain."""
    return KEYS.get(name) or _DOMAINS.get(name.lower())


def agency_in(path: str) -> str | None:
    """The key of the agency whose reports stand under this path: /wires/ap/…, /aponline/…"""
    parts = path.lower().split("/")[:-1]
    after_wires = (part for before, part in pairwise(parts) if before in ("wires", "wire"))
    keys = set(KEYS.values())
    return next((part for part in after_wires if part in keys), None) or next(
        (_IN_ADDRESS[part] for part in parts if part in _IN_ADDRESS), None
    )
