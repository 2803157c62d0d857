"""Articles and queries in languages with an analyser of their own, out of small vocabularies of inflected words."""

from random import Random

from hypothesis import strategies as st
from wire_articles import NOON, quote, wire_article

from schemas.article import WireArticle

WORDS = {
    "ru": "ракета ракеты ракетами ракет удар ударили ударов ёлка елка президента президент Москве Москва США F-16",
    "uk": "ракета ракети ракетами удар ударів обстрілу обстріл економіки економіка об'єкт питання Київ Києва США",
    "de": "Rakete Raketen Häuser Haus Haeuser System Systems Neue neuer Straße Präsidentin Präsident läuft der Iran",
    "fr": "élection élections arrivée arrivés l'armée armées nationale nationaux missile missiles d'Iran œuvre",
    "es": "elección elecciones misil misiles nación naciones armada armadas años año presidente ministra ministro Irán",
    "ar": "الصواريخ صواريخ صاروخ الرئيس رئيس الرئيسَ وزارة الوزارة هجوم هجمات إيران ايران ـــ 12",
    "zh": "中国 中国外交部 外交 美国导弹 导弹 战争。 北京 𠮷野 战斗机F-16 国 3月",
    "ja": "日本 日本政府 ミサイル ミサイル発射 北朝鮮 東京で 人々 ひらがな ｶﾞ _カナ_ 3月",
    "en": "missile missiles election elections system systems president Straße national nation 中国 ракета",
}
_CODES = ("ru", "uk", "de", "fr", "es", "ar", "zh", "ja", "en", "zh-Hans", "DE", "ru_RU", None)
_BETWEEN = {"zh": ("", "、", " "), "ja": ("", "、", " ")}


def article(number: int, random: Random) -> WireArticle:
    """One article; the same for the same number and state of `random`. A quarter hold words of another language."""
    code = random.choice(_CODES)
    language = (code or "en").lower()[:2]
    words = WORDS[language].split()
    if random.random() < 0.25:
        words = words + random.choice(list(WORDS.values())).split()
    chosen = random.choices(words, k=random.randint(1, 14))
    between = random.choice(_BETWEEN.get(language, (" ", " ", ". ", "\n\n")))
    text = between.join(chosen)
    said = text[text.index(chosen[0]) : random.randint(len(chosen[0]), len(text))]
    title = between.join(random.choices(words, k=random.randint(0, 3)))
    return wire_article(f"L{number}", text, title=title, language=code, quotes=(quote(text, said),), first_seen=NOON)


_word = st.sampled_from([word for words in WORDS.values() for word in words.split()])
_of_one = st.sampled_from(list(WORDS.values())).flatmap(
    lambda words: st.lists(st.sampled_from(words.split()), min_size=1, max_size=3)
)
_phrase = st.builds(lambda words, between: f'"{between.join(words)}"', _of_one, st.sampled_from((" ", " ", "", ". ")))
_near = st.builds("{}~{}".format, _phrase, st.integers(0, 4))
_beginning = _word.map(lambda word: word[:3].strip("'-_。") + "*").filter(lambda word: len(word) > 1)
_texts = st.one_of(_word, _word, _phrase, _near, _beginning)
_leaf = st.one_of(
    _texts,
    _texts,
    st.builds("{}:{}".format, st.sampled_from(("title", "text")), _texts),
    st.sampled_from(("ru", "de", "zh", "fr")).map("lang:{}".format),
    _texts.map("quotes:({})".format),
)
queries = st.recursive(
    _leaf,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' AND '.join(parts)})"),
        inner.map("NOT {}".format),
    ),
    max_leaves=4,
)
"""Queries that parse, save where a generated phrase holds nothing that can be searched for."""
