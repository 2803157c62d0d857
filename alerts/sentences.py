"""Where the sentences of a text are, well enough to show one: no model, any language with full stops.

Knows nothing of queries; a sentence cut at an abbreviation is shown shorter, never lost.
"""

import re

# After . ! ? and closing marks, a blank and what can open a sentence. A lone capital or a short title before
# the full stop (J. Smith, Mr. Smith, Gen. Smith) ends none.
_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|Jr|Lt|No|vs))(?<!\b(?:Mrs|Gen|Col|Sen|Rep|Gov|Sgt|Rev))"
    r"[.!?…]['\"”’»)\]]*\s+(?=['\"“‘„«(\[]*[A-Z0-9\u00c0-\u1fff])|[\n\r\u2028\u2029]+|(?<=[。！？])"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Half-open ranges of the sentences, in code points, without blanks at their edges; none is empty."""
    found = []
    start = 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        piece = text[start:end]
        inside = piece.strip()
        if inside:
            first = start + piece.index(inside)
            found.append((first, first + len(inside)))
        start = end
    return found
