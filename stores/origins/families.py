"""The family of a publisher: all hosts under one registrable domain, by the public suffix list.

The list comes with the library, and nothing is fetched. families.tsv says where several domains are one publisher's.
"""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

if TYPE_CHECKING:
    from tldextract import TLDExtract


@cache  # a day's news comes from some hundred hosts
def family(host: str) -> str:
    """news.bbc.co.uk -> bbc.co.uk; a name that is no host (of an import: "BBC") in small letters; "" where a host only
    shortens others' addresses."""
    host = host.strip().lower().rstrip(".")
    domain = _extract()(host).top_domain_under_public_suffix
    return _same().get(domain, domain) if domain else host


def split(address: str | None) -> SplitResult | None:
    """The parts of an address; None where it is none."""
    try:
        return urlsplit(address) if address else None
    except ValueError:
        return None


@cache
def _extract() -> "TLDExtract":
    # imported when first needed: it takes longer than all else that a command does
    from tldextract import TLDExtract

    # Without addresses it reads the list that it came with; a blog's host (x.blogspot.com) is a publisher of its own.
    return TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


@cache
def _same() -> dict[str, str]:
    lines = files(__package__).joinpath("families.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {row[0]: row[1] for row in rows}
