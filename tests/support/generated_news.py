"""Articles and queries out of one small vocabulary, made so that they meet, and made of what engines trip over:
stems, possessives, accents, hyphens, numbers with points, other scripts, names in several spellings.
"""

from datetime import timedelta
from random import Random

from hypothesis import strategies as st
from wire_articles import NOON, entity, quote, wire_article

from schemas.article import EntityKind, Quote, WireArticle

_WORDS = """
missile missiles Tomahawk tomahawks cruise cruising nuclear talks talked said says office officer universal
university U.S. U.N. F-16 S-400 3.5 1,000 don't Kyiv's Kyiv’s Élysée café naïve co-op rock_n_roll AT&T 10:30
e.g. Straße ＡＢＣ Київ Москва 北京 東京 한국 ไทย 🚀 Œuvre İstanbul x a I's ss running runs ran easily generalization
agreed cease-fire ceasefire München Muenchen F16 C++ US us ICE Hamas Hama organisations l’Élysée 1000 Shahed-136 he. It
"""
_NAMES = """
Volodymyr Zelenskyy
Zelensky
Dmitry Peskov
Peskov
Donald Trump
Trump
Jean-Luc Mélenchon
O'Brien
Xi Jinping
Kyiv
White House
NATO
Tomahawk
Iskander-M
Łódź
"""
WORDS = tuple(_WORDS.split())
NAMES = tuple(_NAMES.strip().splitlines())
SOURCES = ("cgtn.com", "bbc.co.uk", "www.BBC.co.uk", "news.bbc.co.uk", "Example.ORG", "notbbc.co.uk", None)
LANGUAGES = ("en", "uk", "DE", None)
KINDS: tuple[EntityKind, ...] = ("person", "organisation", "place", "product", "weapon", "group", "event")


def article(number: int, random: Random) -> WireArticle:
    """One article; the same for the same number and state of `random`."""
    words = [random.choice(WORDS if random.random() < 0.8 else NAMES) for _ in range(random.randint(0, 60))]
    text = random.choice((" ", " ", "\n", ", ", " – ", "/")).join((*words, random.choice(NAMES), "said so."))
    surfaces = [name for name in NAMES if name in text]
    entities = [entity(text, random.choice(KINDS), name, random.choice(NAMES)) for name in surfaces]
    return wire_article(
        f"A{number}",
        text,
        title=" ".join(random.choices(WORDS, k=random.randint(0, 6))),
        entities=tuple(entities),
        quotes=tuple(_quote(text, words, surfaces, random) for _ in range(random.randint(0, 3) if words else 0)),
        names=tuple(random.sample(NAMES, random.randint(0, 2))),
        source=random.choice(SOURCES),
        language=random.choice(LANGUAGES),
        feed=random.choice(("https://example.org/rss?a=b", None)),
        guid=f"tag:A{number % 4}" if number % 3 else None,
        story_id=f"S{number // 3}",
        published=random.choice((None, NOON - timedelta(hours=random.randint(0, 300)))),
        first_seen=NOON - timedelta(seconds=random.randint(0, 10**6)),
    )


def _quote(text: str, words: list[str], surfaces: list[str], random: Random) -> Quote:
    start = random.choice(words)
    said = text[text.index(start) : text.index(start) + random.randint(len(start), len(start) + 60)]
    surface, name = (random.choice(surfaces), random.choice(NAMES)) if random.random() < 0.8 else (None, None)
    return quote(text, said, surface, name, kind=random.choice(("direct", "indirect", "mixed")))


_word = st.sampled_from(WORDS)
_name = st.sampled_from(NAMES)
_short = st.sampled_from(
    ("missil", "Missiles", "zelensky", "zelen", "k", "ca", "él", "univers", "北", "1", "cruis", "o'b")
)
_SAFE = """
missile Tomahawk cruise talks Kyiv's café Київ 北京 F-16 U.S. x runs C++ cease-fire ceasefire München Hamas 1,000
Shahed-136 ice
"""
_safe = st.sampled_from(_SAFE.split())
_phrase = st.lists(st.one_of(_word, _name), min_size=1, max_size=3).map(lambda words: '"' + " ".join(words) + '"')
_near = st.builds(lambda phrase, distance: f"{phrase}~{distance}", _phrase, st.integers(0, 6))
_prefix = _short.map(lambda word: word + "*")
_texts = st.one_of(_safe, _phrase, _prefix, _near)
_names = st.one_of(_safe, _name.map(lambda name: f'"{name}"'), _prefix)
_stretch = st.builds(
    "{}{} TO {}{}".format,
    st.sampled_from("[{"),
    st.sampled_from(("*", "now-3d", "2026-02", "2026-02-25", "now-100h", "2026-03-01T10")),
    st.sampled_from(("*", "now", "2026-03-01", "now-2d", "2026-02-28T23:59")),
    st.sampled_from("]}"),
)
_leaf = st.one_of(
    _texts,
    _texts,
    st.sampled_from(("US", "U.S.", "=ICE", "IT")),
    st.builds("{}:{}".format, st.sampled_from(("title", "text")), _texts),
    st.builds(
        "{}:{}".format,
        st.sampled_from(("name", "person", "org", "place", "weapon", "speaker", "organisation", "product")),
        _names,
    ),
    st.sampled_from(
        ("cgtn.com", "EXAMPLE.org", "b*", "nobody", "bbc.co.uk", "www.bbc.co.uk", "co.uk", "www*", "ne*")
    ).map("source:{}".format),
    st.sampled_from(("en", "de", "u*")).map("lang:{}".format),
    st.sampled_from(
        ("title", "name", "person", "org", "place", "weapon", "speaker", "quotes", "source", "published")
    ).map("{}:*".format),
    st.sampled_from(("guid:tag:a1", "guid:TAG*", "guid:*", "feed:*", "lang:(*)", "text:*")),
    st.sampled_from(("story:s1", "story:S2", "id:a7", "feed:https://example.org/*", "*")),
    st.builds("{}:{}".format, st.sampled_from(("published", "first_seen")), _stretch),
)
_in_quote = st.recursive(
    st.one_of(
        _texts,
        _names.map("speaker:{}".format),
        st.sampled_from(("direct", "in*", "mixed", "none")).map("kind:{}".format),
        st.sampled_from(("speaker:*", "text:*", "*")),
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' '.join(parts)})"),
        inner.map("NOT {}".format),
    ),
    max_leaves=4,
)
queries = st.recursive(
    st.one_of(_leaf, _in_quote.map("quotes:({})".format)),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' AND '.join(parts)})"),
        inner.map("NOT {}".format),
    ),
    max_leaves=5,
)
"""Queries that parse, save where a generated phrase holds nothing that can be searched for."""
