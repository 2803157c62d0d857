"""What stands between a reader and the text: a paywall, a request for consent, a test for robots.

A page behind a wall is still read; only nobody should take its few sentences for the article.
"""

import re

_LOCKED = re.compile(
    r'"isAccessibleForFree"\s*:\s*"?false|<meta[^>]+content_tier"[^>]+content="(?:locked|metered)', re.IGNORECASE
)
_CONSENT = re.compile(
    r"(?:we|our partners?|wir|nous|utilizamos|usamos) .{0,60}cookies|before you continue|cookies? (?:policy|settings)|"
    r"accept all(?: cookies)?|(?:manage|give|your) (?:your )?consent|alle akzeptieren|tout accepter|aceptar todo|"
    r"zustimm(?:en|ung).{0,80}(?:werbung|cookies|daten)|consentement",
    re.IGNORECASE | re.DOTALL,
)
_ROBOT = re.compile(
    r"just a moment|attention required|access (?:to this page )?(?:has been )?denied|are you (?:a )?(?:robot|human)|"
    r"verify(?:ing)? (?:that )?you are (?:a )?human|checking your browser|unusual traffic|enable javascript|"
    r"pardon our interruption|request blocked",
    re.IGNORECASE,
)
# Articles about cookies and robots are longer than the walls are.
_WALL_LENGTH = 1_200


def find_wall(page: str, title: str = "", text: str = "") -> str | None:
    """paywall, consent or robot, or None; `title` and `text` are what was extracted from `page`."""
    said = f"{title}\n{text}"
    if len(text) < _WALL_LENGTH:
        if _ROBOT.search(said):
            return "robot"
        if _CONSENT.search(said):
            return "consent"
    return "paywall" if _LOCKED.search(page) else None
