"""A date in any calendar, script and language -> the same in Latin digits and English, which dateutil reads.

Each rule turns one way of writing into another; what it does not know, it leaves as it is. Pure text.
"""

import re
import unicodedata
from datetime import date, timedelta
from importlib.resources import files

_BRACKETS = str.maketrans("()[]", "    ")
_BEFORE, _AFTER = "am", "pm"
# "before noon" and "after noon", where a time of twelve hours follows or went before.
_HALVES = {
    _BEFORE: (
        "上午 午前 오전 凌晨 早上 清晨 a.m. a.m am a._m. π.μ. πμ ص صباحا صباحاً ق.ظ vorm. vormittags fm f.m. sáng sa "
        "पूर्वाह्न öö dop. pagi"
    ),
    _AFTER: (
        "下午 午後 오후 晚上 傍晚 中午 p.m. p.m pm p._m. μ.μ. μμ م مساء مساءً ب.ظ nachm. nachmittags em e.m. chiều tối "
        "ch अपराह्न ös du. odp. petang malam بعد_الظهر بعدازظهر"
    ),
}
_CJK = re.compile(r"(?P<y>\d{2,4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일号號]?")
_CLOCK = re.compile(
    r"(?P<h>\d{1,2})\s*(?:[时時点點시])\s*(?:(?P<m>\d{1,2})\s*[分분])?\s*(?:(?P<s>\d{1,2})\s*[秒초])?|"
    r"(?<![\d:])(?P<h2>\d{1,2})\s?(?:[hu]|uhr)\s?(?P<m2>\d{2})(?!\d)|(?<![\d:])(?P<h3>\d{1,2})\s?(?:h|uhr)(?![^\W\d_])",
    re.IGNORECASE,
)
# "kl. 14.05", and a time with a full stop at the end of a date
_STOPPED = re.compile(
    r"(?:(?<=\bkl )|(?<=\bkl\. )|(?<=\bklo )|(?<=\bore )|(?<=\d{4} )|(?<=\d{4}, ))"
    r"(?P<h>[01]?\d|2[0-3])\.(?P<m>[0-5]\d)(?![\d.])",
    re.IGNORECASE,
)
# The years of Japan's emperors and of the Republic of China begin again at one.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_ERA = re.compile(rf"({'|'.join(_ERAS)})\s*(\d{{1,3}}|元)\s*(?=[年./-])")
_YEAR_FIRST = re.compile(r"(?<!\d)(?P<y>\d{4})\s?[./年-]\s?(?P<m>\d{1,2})\s?[./月-]\s?(?P<d>\d{1,2})(?!\d)\.?")
_BUDDHIST = re.compile(r"(?<![\d:+-])25[3-7]\d(?![\d:])")
_BUDDHIST_AHEAD = 543
# The Persian months, of 31, 30 and in the end 29 or 30 days.
_PERSIAN_MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
_PERSIAN = {name: number for number, name in enumerate(_PERSIAN_MONTHS.split(), 1)}
_PERSIAN_NAMED = re.compile(rf"(?P<d>\d{{1,2}})\s+(?P<m>{'|'.join(_PERSIAN)})\s+(?P<y>1[34]\d\d)")
# Years that are of now in the Persian calendar; the Arabic lunar one is at 1440 and beyond.
_PERSIAN_YEARS = range(1360, 1430)
# 1 Farvardin 1360; a year of theirs has 365.2422 days, and begins with spring.
_PERSIAN_START, _PERSIAN_YEAR_DAYS = date(1981, 3, 21), 365.2422


def in_english(text: str) -> str:
    """The date with Latin digits, hours of 24, English months, Christian years, and "-" where the year is first."""
    text = _digits(unicodedata.normalize("NFKC", text)).translate(_BRACKETS)
    text = _ERA.sub(lambda era: str(_ERAS[era[1]] + (1 if era[2] == "元" else int(era[2]))), text)
    text = _CJK.sub(lambda found: f"{found['y']}-{int(found['m']):02}-{int(found['d']):02} ", text)
    text = _CLOCK.sub(_time, text)
    text = _STOPPED.sub(r"\g<h>:\g<m>", text)
    text = _PERSIAN_NAMED.sub(lambda found: _persian(int(found["y"]), _PERSIAN[found["m"]], int(found["d"])), text)
    text = _BUDDHIST.sub(lambda year: str(int(year[0]) - _BUDDHIST_AHEAD), text)
    text = _YEAR_FIRST.sub(_year_first, text)
    text = _MONTH.sub(lambda month: f" {month_of(month[0].casefold(), None)} ", text)
    return _half(text)


def _digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(mark)) if mark.isdigit() and not mark.isascii() else mark for mark in text)


def _time(found: re.Match[str]) -> str:
    hour = found["h"] or found["h2"] or found["h3"]
    minute, second = found["m"] or found["m2"] or "00", found["s"]
    return f" {hour}:{minute:0>2}{':' + second if second else ''} "


def _year_first(found: re.Match[str]) -> str:
    year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return found[0]
    if year in _PERSIAN_YEARS:
        return _persian(year, month, day)
    return f"{year:04}-{month:02}-{day:02} "


def _persian(year: int, month: int, day: int) -> str:
    spring = _PERSIAN_START + timedelta(days=round((year - _PERSIAN_YEARS.start) * _PERSIAN_YEAR_DAYS))
    return f"{spring + timedelta(days=31 * min(month - 1, 6) + 30 * max(0, month - 7) + day - 1)} "


def _half(text: str) -> str:
    """The hour of 24 for one of twelve: the word is before the time, or behind it."""
    found = _HALF.search(text)
    if found is None:
        return text
    word = (found["before"] or found["behind"]).casefold()
    hour = int(found["h"])
    after = word in _OF[_AFTER]
    if hour > 12:
        hour = int(found["h"])
    elif after:
        hour = 12 if hour == 12 else hour + 12
    else:
        hour %= 12
    return f"{text[: found.start()]} {hour:02}:{found['rest']} {text[found.end() :]}"


def _names(words: str) -> set[str]:
    return {word.replace("_", " ").casefold() for word in words.split()}


def _any(words: set[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _months() -> dict[str, dict[str, str]]:
    """Name -> language, or "" for any other -> month."""
    found: dict[str, dict[str, str]] = {}
    for line in files("producers.parse").joinpath("months.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            month, names, *languages = line.split("\t")
            for name in _names(names):
                row = found.setdefault(unicodedata.normalize("NFKC", name), {})
                row.update(dict.fromkeys("".join(languages).split(" "), month))
    return found


def month_of(name: str, language: str | None) -> str | None:
    """The month in English, of a single word in lower case; `language` decides where a word means two."""
    by_language = _MONTHS.get(name, {})
    return by_language.get((language or "").lower()[:2], by_language.get(""))


_OF = {half: _names(unicodedata.normalize("NFKC", words)) for half, words in _HALVES.items()}
_EITHER = _any(_OF[_BEFORE] | _OF[_AFTER])
_HALF = re.compile(
    rf"(?:(?<![^\W\d_])(?P<before>{_EITHER})\s*)?(?<![\d:])(?P<h>\d{{1,2}}):(?P<rest>\d\d(?::\d\d)?)(?![\d:])"
    rf"(?(before)|\s*(?P<behind>{_EITHER})(?![^\W\d_]))",
    re.IGNORECASE,
)
_MONTHS = _months()
# Single words of letters alone are found word by word (parse.dates); these are the others.
_MONTH = re.compile(_any({name for name in _MONTHS if not name.isalpha()}), re.IGNORECASE)
