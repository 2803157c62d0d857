"""How believable a decoding is, by the shape of its words; and from that, the encoding of bytes that say nothing true.

A wrong decoding shows in words that nobody writes: letters of two scripts, capitals after small letters, signs within
words, rows of accented letters, syllables that are hardly used. Knows nothing of feeds and pages.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from producers.parse.charsets import decode_as

# What declares an encoding, and is in it, scores above this in every language tried; what is not, below half of it.
BELIEVED = 0.75
# A guess replaces what is declared, or hinted at by the language, only where it is clearly better.
_CLEARLY = 0.1
# A paragraph of text; more changes no verdict.
_SAMPLE = 600
# Of two that are as believable, the one that fewer other encodings' texts look like comes first.
_ALL = (
    *("cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_u", "iso8859_2"),
    *("iso8859_5", "cp932", "euc_jp", "cp949", "gb18030", "big5hkscs", "cp866", "cp874"),
)
# Which code page a language is written in, where several give words of the same shape.
_OF_LANGUAGE = {
    "cp1250": "pl cs sk hu sl hr bs ro sq",
    "cp1251": "ru uk be bg sr mk kk ky tg mn",
    "cp1253": "el",
    "cp1254": "tr az",
    "cp1255": "he iw yi",
    "cp1256": "ar fa ur",
    "cp1257": "lt lv et",
    "cp874": "th",
    "cp932": "ja",
    "gb18030": "zh",
    "cp949": "ko",
}
_HINTS = {language: codec for codec, languages in _OF_LANGUAGE.items() for language in languages.split()}
# For each encoding of two bytes: the standard's codec, and the first bytes of its usual characters.
_USUAL = {
    "cp932": ("shift_jis", range(0x81, 0x99)),
    "euc_jp": ("euc_jp", range(0xA1, 0xD0)),
    "gb18030": ("gb2312", range(0xA1, 0xD8)),
    "cp949": ("euc_kr", range(0xA1, 0xC9)),
    "big5hkscs": ("big5", range(0xA1, 0xC7)),
}
_SCRIPTS = re.compile(
    "(?P<latin>[A-Za-zªºÀ-ÖØ-öø-ɏḀ-ỿ])|(?P<greek>[Ͱ-Ͽἀ-῿])|(?P<cyrillic>[Ѐ-ԯ])|(?P<hebrew>[֐-״])|"
    "(?P<arabic>[؀-ۿ])|(?P<thai>[฀-๿])|(?P<other>.)",
    re.DOTALL,
)
# Letters that make up some three quarters of a text in the languages of a script.
_FREQUENT = {
    "cyrillic": frozenset("оеаинтсрвлкмдпуяіъы"),
    "greek": frozenset("αοιετσνηυρπκλμςάέήίόύώγδ"),
    "hebrew": frozenset("יוהלארתבשמנםכד"),
    "arabic": frozenset("المينوربتعدسفهكةحقی"),
}
_FREQUENT_SHARE = 0.75
_FINAL = frozenset("ςךםןףץ")
_THAI_MARKS = re.compile("[ัิ-ฺ็-๎]")
_WORDS = re.compile(r"[^\s!-/:-@\[-`{-~0-9]+")
_WORD_SO_FAR = re.compile(r"[^\s!-/:-@\[-`{-~0-9]+$")
_BEYOND = re.compile(r"[^\x00-\x7f]")
_LONGEST_WORD = 40
# Signs that text of any language has; within words, only these two hold together what belongs together.
_SIGNS = frozenset("“”„‘’‚«»‹›–—…•·°€£§©®™№¿¡\u00a0\u00ad¨´×½¼²³ªº")
_JOINERS = re.compile("[’'\u00ad\u00b7\u200c-]")
_LATIN_RUN = re.compile("[^\x00-\x7f]{4}")


def believable(text: str, codec: str) -> float:
    """From 0 to 1: whether people write what `codec` made of the bytes."""
    sample = _beyond_ascii(text)
    if not sample:
        return 1.0
    return _of_pairs(sample, codec) if codec in _USUAL else _of_words(sample)


def guess(body: bytes, declared: Sequence[str], language: str | None) -> str:
    """The codec whose reading of the bytes is the most believable; what is declared, or usual in `language`, first."""
    first = in_order(declared, language)
    best, best_score = "cp1252", -1.0
    for codec in dict.fromkeys([*first, *_ALL]):
        score = believable(decode_as(body, codec), codec) + (_CLEARLY if codec in first else 0.0)
        if score > best_score:
            best, best_score = codec, score
    return best


def in_order(declared: Sequence[str], language: str | None) -> list[str]:
    """What is declared, and what the language is written in, that before windows-1252, a server's default."""
    hint = _HINTS.get((language or "").lower()[:2])
    if hint is None or hint in declared:
        return list(declared)
    return [hint, *declared] if declared and declared[0] == "cp1252" else [*declared, hint]


def _beyond_ascii(text: str) -> list[str]:
    """The first words with characters beyond ASCII."""
    words: list[str] = []
    length = end = 0
    for place in _BEYOND.finditer(text):
        if place.start() < end:
            continue
        before = _WORD_SO_FAR.search(text, max(end, place.start() - _LONGEST_WORD), place.start())
        found = _WORDS.match(text, before.start() if before else place.start())
        if found:
            words.append(found[0])
            length, end = length + len(found[0]), found.end()
        if length > _SAMPLE:
            break
    return words


def _of_pairs(words: Iterable[str], codec: str) -> float:
    """The share of usual characters; in Japanese there are always kana among them."""
    standard, leads = _USUAL[codec]
    good = bad = kana = 0
    for character in "".join(words):
        if character.isascii():
            continue
        kana += "ぁ" <= character <= "ヿ"
        usual = character.encode(standard, "ignore")
        if len(usual) == 2 and usual[0] in leads:
            good += 1
        else:
            # a broken character tells more than a rare one
            bad += 3 if character == "\ufffd" else 1
    score = good / max(1, good + bad)
    return score * 0.7 if codec in ("cp932", "euc_jp") and kana < 0.05 * good else score


def _of_words(words: Iterable[str]) -> float:
    good = bad = frequent = counted = 0
    for word in words:
        for part in _JOINERS.split(word.strip("".join(_SIGNS))):
            letters = sum(not character.isascii() for character in part)
            if not letters:
                continue
            script = _script(part)
            if script is None or _odd(part, script):
                bad += letters
                continue
            good += letters
            if script in _FREQUENT:
                counted += letters
                frequent += sum(character.lower() in _FREQUENT[script] for character in part)
    share = good / (good + bad) if good + bad else 1.0
    return share * (min(1.0, frequent / counted / _FREQUENT_SHARE) if counted else 1.0)


def _script(word: str) -> str | None:
    """The one script of a word's letters; None where there are several, or signs among them."""
    found = {match.lastgroup for match in _SCRIPTS.finditer(word)}
    return found.pop() if len(found) == 1 and "other" not in found else None


def _odd(word: str, script: str) -> bool:
    """Whether no orthography of the script has such a word."""
    if any(character in _FINAL for character in word[:-1]):
        return True
    if script == "thai":
        return bool(_THAI_MARKS.match(word)) or any(unicodedata.category(character) == "Cn" for character in word)
    if script == "latin" and (_LATIN_RUN.search(word) or (len(word) > 1 and not re.search("[A-Za-z]", word))):
        return True
    small = next((place for place, character in enumerate(word) if character.islower()), len(word))
    return any(character.isupper() for character in word[small:])
