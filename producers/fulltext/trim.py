"""Boilerplate removal after extraction: lines that are the page's (title, calls, bylines at the end) are cut."""

import re
from collections.abc import Sequence
from importlib.resources import files

_NOT_WORD = re.compile(r"\W+")
_SENTENCE_END = re.compile(r"[.!?…。！？؟।:;][\W\d]*$")
# What stands between a title and the site's name, perhaps with a date.
_SITE = re.compile(r"\s*(?:[|·•»]|\s[-–—]+\s|--).*")
# Only so near the start can a title stand; further down, the same words are a sentence.
_TITLE_WITHIN = 3
# Letters of a title that no sentence contains by chance, and of what may stand before or after it.
_LONG_TITLE, _KICKER = 20, 40
# Longer than any byline or source; a sentence without a full stop at the end may be as long.
_LONGEST_BYLINE = 80
_MOST_BYLINES = 6
# Texts of so few lines are kept as they are.
_FEWEST_LINES = 3


def trim(text: str, titles: Sequence[str]) -> str:
    """The text without its title, without calls to read or buy something else, without bylines at its end."""
    lines = [line for line in text.split("\n") if line.strip()]
    names = {_bare(title) for title in titles} - {""}
    head = [line for line in lines[:_TITLE_WITHIN] if not _is_title(_bare(line), names)]
    lines = [line for line in head + lines[_TITLE_WITHIN:] if not _BOILERPLATE.fullmatch(line)]
    for _ in range(_MOST_BYLINES):
        if len(lines) <= _FEWEST_LINES or len(lines[-1]) >= _LONGEST_BYLINE or _SENTENCE_END.search(lines[-1]):
            break
        lines.pop()
    return "\n".join(lines)


def without_site(title: str, headlines: Sequence[str]) -> str:
    """The title as the page's headline has it, where only the site's name follows: "Ferry sails - The Post"."""
    title = " ".join(title.split())
    for headline in (" ".join(headline.split()) for headline in headlines):
        if headline and title.startswith(headline) and _SITE.fullmatch(title, len(headline)):
            return headline
    return title


def _is_title(line: str, names: set[str]) -> bool:
    """Whether a line is a title, or a title with a kicker before it, or without the site's name after it."""
    if line in names:
        return True
    longer = (name for name in names if min(len(name), len(line)) >= _LONG_TITLE)
    return any((name in line or line in name) and abs(len(name) - len(line)) <= _KICKER for name in longer)


def _bare(line: str) -> str:
    return _NOT_WORD.sub("", line).lower()


def _boilerplate() -> re.Pattern[str]:
    lines = files("producers.fulltext").joinpath("boilerplate.txt").read_text("utf-8").splitlines()
    patterns = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return re.compile(rf"\W*(?:{'|'.join(patterns)})\W*", re.IGNORECASE)


_BOILERPLATE = _boilerplate()
