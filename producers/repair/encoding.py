"""Wrong decodings undone: UTF-8 read as windows-1252, Latin-1 or MacRoman, once or more often.

ftfy does it; here is only when to ask it, and the one form that it leaves.
"""

import html
import re

import ftfy

# What wrong decodings leave behind; text without it is not ftfy's business. Asked of every line, ftfy
# would change one clean article in 300.
_SIGNS = re.compile("[\x80-\x9f]|â[€‚\u0080-\u009f]|[ÂÃ][\u0080-\u00bf\u0152-\u2122]|‚Ä|√|[ðï][\u0080-\u00bfŸ»]")
# U+201D is E2 80 9D, and windows-1252 knows no 9D: software drops it, and the two others stay. What
# follows in the set are the last characters of the other marks, which ftfy undoes.
_DROPPED = re.compile("â€(?![\u0080-\u00bf\u0152-\u2122])")
# An ampersand that was escaped twice: `&amp;#8217;`, or a reference left in text without markup.
_ESCAPED = re.compile(r"&(?:amp;)*(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[lr][sd]quo|[mn]dash|hellip|nbsp|amp|quot);")
_RUNS = re.compile(r"[^\x00-\x7f]+")


def undo_decodings(text: str) -> tuple[str, int]:
    """The text with every line decoded as it should have been, and the number of places changed."""
    places = 0
    # Not splitlines: it ends lines at U+0085 as well, which wrong decodings are full of.
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if _SIGNS.search(line) or _ESCAPED.search(line):
            lines[number] = _undo(line)
            places += len(_RUNS.findall(line)) or 1 if lines[number] != line else 0
    return "\n".join(lines), places


def undo_decoding(text: str) -> str:
    """As `undo_decodings`, for markup: references stay, for whoever reads the markup to resolve."""
    if not _SIGNS.search(text):
        return text
    return "\n".join(_redecode(line) if _SIGNS.search(line) else line for line in text.split("\n"))


def _undo(line: str) -> str:
    line = _ESCAPED.sub(lambda reference: html.unescape(html.unescape(reference[0])), line)
    return _redecode(line) if _SIGNS.search(line) else line


def _redecode(line: str) -> str:
    return ftfy.fix_encoding(_DROPPED.sub("\u201d", line))
