"""What comes in the place of an article: a request for consent, a test for robots, a "not found" sent as found.

Such a page is known by what it is: it says nothing of what the feed says of the article. Without a feed, only what the
page says of itself can tell. A page behind a paywall is still read; nobody takes its few sentences for the article.
"""

import re
from dataclasses import replace

from lxml import html

from producers.fulltext.page import Page
from producers.parse.words import share_of, words

# Shares of the feed's words that the page's text has. Of 196 pages with the title and the description that they give,
# four fall short of the first, which five of 189 reach with another page's words; half of the title alone, of 195 the
# same few.
_OF_ALL, _OF_TITLE = 0.25, 0.5
# What is enough where the page bears the feed's title: reports from the spot, and texts that play with their title.
_UNDER_THE_TITLE = 0.1
# Fewer words are no evidence; up to so many, they only tell against a page that is no article by its markup either.
_FEWEST, _FEW = 2, 3
# A teaser's length; beyond it a feed gives the text itself.
_TEASER = 600
# What a page that is no article says is short, but for articles of law; and articles about cookies are longer.
_WALL_LENGTH = 1_200

_LOCKED = re.compile(
    r'"isAccessibleForFree"\s*:\s*"?false|<meta[^>]+content_tier"[^>]+content="(?:locked|metered)', re.IGNORECASE
)
_ARTICLE_DATA = re.compile(r'"@type"\s*:\s*\[?\s*"(?:\w*Article|\w*BlogPosting|Report)"')
_ARTICLE_MARKUP = (
    '//meta[@property="og:type" and @content="article"] | //meta[@property="article:published_time"] | '
    '//*[@itemprop="articleBody"] | //article[.//p]'
)
# What only the tests for robots of the large services hold, and no page that is guarded by them.
_TEST = re.compile(r"_cf_chl_opt|px-captcha|geo\.captcha-delivery\.com/captcha")
# Words of such pages in English, French, German and Spanish, for pages of which no feed says anything.
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


def is_marked_article(tree: html.HtmlElement, source: str) -> bool:
    """Whether the page's markup says that it is an article."""
    return bool(tree.xpath(_ARTICLE_MARKUP)) or bool(_ARTICLE_DATA.search(source))


def find_wall(source: str, article: bool, title: str = "", text: str = "") -> str | None:
    """paywall, consent or robot, or None, by the page alone; `title` and `text` were extracted from it."""
    said = f"{title}\n{text}"
    if len(text) < _WALL_LENGTH and not (article and text):
        if _ROBOT.search(said) or _TEST.search(source):
            return "robot"
        if _CONSENT.search(said):
            return "consent"
    return "paywall" if _LOCKED.search(source) else None


def judged(page: Page, title: str, teaser: str) -> Page:
    """The page with its wall as it is once a feed's words are known: "unrelated" where it is another page."""
    wall = page.wall
    agrees = _agrees(page, title, teaser[:_TEASER])
    if agrees is None:
        return replace(page, wall=wall or "unrelated") if page.repeated else page
    if agrees:
        wall = None if wall in ("consent", "robot") else wall
    else:
        wall = wall if wall in ("consent", "robot") else "unrelated"
    return page if wall == page.wall else replace(page, wall=wall)


def _agrees(page: Page, title: str, teaser: str) -> bool | None:
    """Whether the page speaks of what the feed announces; None where that cannot be told."""
    by_title = words(title)
    announced = by_title | words(teaser)
    if len(announced) < _FEWEST or not page.text:
        return None
    told = words(page.text)
    share = share_of(announced, told)
    if share >= _OF_ALL or (len(by_title) >= _FEWEST and share_of(by_title, told) >= _OF_TITLE):
        return True
    few = len(announced) <= _FEW
    if share_of(by_title, words(page.title or "")) >= _OF_TITLE and (few or share >= _UNDER_THE_TITLE):
        return None
    return None if few and (page.article or len(page.text) >= _WALL_LENGTH) else False
