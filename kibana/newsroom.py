"""The dashboard "Newsroom": what is new, who is named, where, who said what, in which sources, what was alerted.

A click filters every panel, those of quotes too, since both have their fields under the same names. Alerts have only
some of them (source, speakers, story_id): for a filter on another one Kibana must be told to leave alone the panels
whose index lacks the field. That is an advanced setting, not an object: `courier:ignoreFilterIfFieldNotInIndex` true.
`search:queryLanguage` lucene makes the search bar speak the language of these searches.
"""

from dashboards import Control, Dashboard, Row
from lens import Bars, Table, count, distinct, newest, over, top
from places import Map
from views import HIDDEN, Search, View

from stores.query.fields import NAMES

# The counted names: people, organisations … speakers.
NAMED = tuple(field.counted_as for field in NAMES if field.facet)
ARTICLES = View(
    "articles",
    "Articles",
    "first_seen",
    ("title", "url", "source", "language", "story_id", "published", *NAMED),
    hidden=HIDDEN,
)
QUOTES = View(
    "quotes",
    "Quotes",
    "first_seen",
    ("speaker_name", "text", "title", "url", "source", "language", "story_id", "published", *NAMED),
)
ALERTS = View(
    "alerts",
    "Alerts",
    "matched_at",
    ("subscription_name", "title", "why", "status", "problem", "url", "source", "story_id", "speakers"),
)

_ARTICLE = ("title", "source", "people", "speakers", "url")
# "Said by" has the words of the text where nobody is named; "Speakers" is what both views have, so that a click on it
# filters articles too.
_SAID = ("speaker_name", "text", "title", "source", "speakers", "url")
_ALERTED = ("subscription_name", "title", "why", "status", "source", "url")

LATEST_ARTICLES = Search("latest-articles", "Latest articles", ARTICLES, "", _ARTICLE)
LATEST_QUOTES = Search("latest-quotes", "Who said what", QUOTES, "", _SAID)
ALERTED = Search("alerts-told", "What was alerted and why", ALERTS, "", _ALERTED)

# Examples for Discover, on no dashboard.
EXAMPLES = (
    Search("tomahawk", "Tomahawk", ARTICLES, "tomahawk", _ARTICLE),
    Search("tomahawk-said", "Said of Tomahawk", QUOTES, "text:tomahawk", _SAID),
    Search("cruise-missiles", "Cruise missiles", ARTICLES, '"cruise missile" OR weapon:tomahawk', _ARTICLE),
    Search("zelenskyy", "Zelenskyy speaks", QUOTES, "speaker:zelensk*", _SAID),
)

OVER_TIME = Bars("articles-over-time", "Articles over time", ARTICLES, [over("first_seen")], [count("Articles")])
SOURCES = Table("sources", "Sources", ARTICLES, [top("source")], [count("Articles")])
PEOPLE = Table("people", "People named", ARTICLES, [top("people", label="Person")], [count("Articles")])
PLACES = Table("places-named", "Places named", ARTICLES, [top("places", label="Place")], [count("Articles")])
PRODUCTS = Table("products", "Products and weapons", ARTICLES, [top("products")], [count("Articles")])
SPEAKERS = Table("speakers", "Speakers", QUOTES, [top("speakers", label="Speaker")], [count("Quotes")])
ORGANISATIONS = Table(
    "organisations", "Organisations", ARTICLES, [top("organisations", label="Organisation")], [count("Articles")]
)
STORIES = Table(
    "stories",
    "Stories that most sources have",
    ARTICLES,
    [top("story_id")],
    [distinct("source", "Sources"), newest("title", "first_seen"), count("Articles")],
)
SUBSCRIPTIONS = Table("subscriptions", "Alerts", ALERTS, [top("subscription_name"), top("status")], [count("Matched")])
MAP = Map("places", "Where", ARTICLES, ("title", "places", "source", "url"))

NEWSROOM = Dashboard(
    "newsroom",
    "Newsroom",
    "What is new, who is named, where, who said what, in which sources, and what was alerted. Click a name to filter.",
    "now-7d",
    (
        Row(8, [(OVER_TIME, 48)]),
        Row(17, [(LATEST_ARTICLES, 36), (SOURCES, 12)]),
        Row(17, [(PEOPLE, 12), (MAP, 24), (PLACES, 12)]),
        Row(17, [(LATEST_QUOTES, 36), (SPEAKERS, 12)]),
        Row(15, [(ALERTED, 36), (SUBSCRIPTIONS, 12)]),
        Row(15, [(STORIES, 24), (ORGANISATIONS, 12), (PRODUCTS, 12)]),
    ),
    controls=tuple(Control(ARTICLES, field) for field in ("source", "language", "people", "story_id")),
)
