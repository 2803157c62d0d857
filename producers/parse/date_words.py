"""A date in any calendar, script and language -> the same in Latin digits and English, which dateutil reads.

Each rule turns one way of writing into another; what it does not know, it leaves as it is. Pure text.
"""

import re
import unicodedata
from datetime import date, timedelta
from importlib.resources import files

# What stands above, below and within letters, of which words of India's scripts and Arabic's are made as well.
_MARKS = "".join(chr(code) for code in range(0x300, 0x1AB0) if unicodedata.category(chr(code))[0] == "M")
WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}\u200c])*\.?")
_BRACKETS = str.maketrans("()[]", "    ")
_BEFORE, _AFTER = "am", "pm"
# "before noon" and "after noon", where a time of twelve hours follows or went before.
_HALVES = {
    _BEFORE: (
        "上午 午前 오전 凌晨 早上 清晨 a.m. a.m am a._m. π.μ. πμ ص صباحا صباحاً ق.ظ vorm. vormittags fm f.m. sáng sa "
        "पूर्वाह्न öö dop. pagi सुबह সকাল পূর্বাহ্ণ"
    ),
    _AFTER: (
        "下午 午後 오후 晚上 傍晚 中午 p.m. p.m pm p._m. μ.μ. μμ م مساء مساءً ب.ظ nachm. nachmittags em e.m. chiều tối "
        "ch अपराह्न ös du. odp. petang malam ptg بعد_الظهر بعدازظهر दोपहर शाम দুপুর বিকাল বিকেল সন্ধ্যা অপরাহ্ণ"
    ),
}
_CJK = re.compile(r"(?P<y>\d{2,4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일号號]?")
_CLOCK = re.compile(
    r"(?P<h>\d{1,2})\s*(?:[时時点點시])\s*(?:(?P<m>\d{1,2})\s*[分분])?\s*(?:(?P<s>\d{1,2})\s*[秒초])?|"
    r"(?<![\d:])(?P<h2>\d{1,2})\s?(?:[hu]|uhr)\s?(?P<m2>\d{2})(?!\d)|(?<![\d:])(?P<h3>\d{1,2})\s?(?:h|uhr)(?![^\W\d_])",
    re.IGNORECASE,
)
# "kl. 14.05", "14.05 Uhr", and a time with a full stop at the end of a date
_STOPPED = re.compile(
    r"(?:(?<=\bkl )|(?<=\bkl\. )|(?<=\bklo )|(?<=\bore )|(?<=\d{4} )|(?<=\d{4}, )|"
    r"(?<![\d.:])(?=[\d.]{4,5}\s?(?:uhr|น)))"
    r"(?P<h>[01]?\d|2[0-3])\.(?P<m>[0-5]\d)(?![\d.])",
    re.IGNORECASE,
)
# The years of Japan's emperors and of the Republic of China begin again at one.
_ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_ERA = re.compile(rf"(?<![^\W\d_])({'|'.join(_ERAS)})\s*(\d{{1,3}}|元)\s*(?=[年./-])")
_YEAR_FIRST = re.compile(r"(?<!\d)(?P<y>\d{4})\s?[./年-]\s?(?P<m>\d{1,2})\s?[./月-]\s?(?P<d>\d{1,2})(?!\d)\.?")
_BUDDHIST = re.compile(r"(?<![\d:+-])25[3-7]\d(?![\d:])")
_BUDDHIST_AHEAD = 543
# "2 มี.ค. 64": of a Buddhist year the last two figures, behind a month in Thai.
_BUDDHIST_SHORT = re.compile(r"(?<=[\u0e00-\u0e7f.]\s)([5-7]\d)(?![\d:.])")
_THAI = re.compile(r"[\u0e00-\u0e7f]")
# 二〇二一年, 十二月
_HAN_NUMBER = re.compile(r"[〇零一二三四五六七八九十]+(?=\s*[年月日号號时時点點分])")
_HAN_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
# Dashes, and what stands between date and time: commas of other scripts, bars, brackets, a colon behind a word.
_DASHES = str.maketrans("‐‑‒–—−", "------")
_BETWEEN = re.compile(r"[|،,؛;·•]|(?<!\d):|:(?!\d)|'(?!\d)")
# The Persian months, of 31, 30 and in the end 29 or 30 days.
_PERSIAN_MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
_PERSIAN = {name: number for number, name in enumerate(_PERSIAN_MONTHS.split(), 1)}
_PERSIAN_NAMED = re.compile(
    rf"(?P<first>\d{{1,2}}|1[34]\d\d)\s+(?P<m>{'|'.join(_PERSIAN)})\s+(?P<last>1[34]\d\d|\d{{1,2}})(?!\d)"
)
# Years that are of now in the Persian calendar; the Arabic lunar one is at 1440 and beyond.
_PERSIAN_YEARS = range(1360, 1430)
# 1 Farvardin 1360; a year of theirs has 365.2422 days, and begins with spring.
_PERSIAN_START, _PERSIAN_YEAR_DAYS = date(1981, 3, 21), 365.2422


def in_english(text: str) -> str:
    """The date with Latin digits, hours of 24, English months, Christian years, and "-" where the year is first."""
    text = _digits(unicodedata.normalize("NFKC", text)).translate(_BRACKETS)
    text = _HAN_NUMBER.sub(_han_number, text)
    text = _ERA.sub(lambda era: str(_ERAS[era[1]] + (1 if era[2] == "元" else int(era[2]))), text)
    text = _CJK.sub(lambda found: f"{found['y']}-{int(found['m']):02}-{int(found['d']):02} ", text)
    text = _STOPPED.sub(r"\g<h>:\g<m>", text)
    text = _CLOCK.sub(_time, text)
    text = _BETWEEN.sub(" ", text.translate(_DASHES))
    text = _PERSIAN_NAMED.sub(_persian_named, text)
    if _THAI.search(text):
        text = _BUDDHIST_SHORT.sub(r"25\1", text)
    text = _BUDDHIST.sub(lambda year: str(int(year[0]) - _BUDDHIST_AHEAD), text)
    text = _YEAR_FIRST.sub(_year_first, text)
    text = _MONTH.sub(lambda month: f" {MONTHS[folded(month[0])]} ", text)
    return _half(text)


def _digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(mark)) if mark.isdigit() and not mark.isascii() else mark for mark in text)


def _time(found: re.Match[str]) -> str:
    hour = found["h"] or found["h2"] or found["h3"]
    minute, second = int(found["m"] or found["m2"] or 0), found["s"]
    return f" {hour}:{minute:02}{f':{int(second):02}' if second else ''} "


def _year_first(found: re.Match[str]) -> str:
    year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return found[0]
    if year in _PERSIAN_YEARS:
        return _persian(year, month, day)
    return f"{year:04}-{month:02}-{day:02} "


def _persian_named(found: re.Match[str]) -> str:
    day, year = sorted((int(found["first"]), int(found["last"])))
    return _persian(year, _PERSIAN[found["m"]], day) if year in _PERSIAN_YEARS else found[0]


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
    if hour <= 12:  # else it is one of 24 already
        hour = hour % 12 + 12 * (word in _OF[_AFTER])
    return f"{text[: found.start()]} {hour:02}:{found['rest']} {text[found.end() :]}"


def _han_number(found: re.Match[str]) -> str:
    tens, ten, ones = found[0].translate(_HAN_DIGITS).rpartition("十")
    return f"{tens or 1}{ones or 0}" if ten else ones


def folded(name: str) -> str:
    """A name without case and accents, as names of months are compared; marks of scripts that need them stay."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i"))
    return "".join(letter for letter in letters if not "\u0300" <= letter <= "\u036f")


def _names(words: str) -> set[str]:
    return {word.replace("_", " ").casefold() for word in words.split()}


def _any(words: set[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _months() -> dict[str, str]:
    lines = files("producers.parse").joinpath("months.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {unicodedata.normalize("NFKC", name): month for month, names in rows for name in _names(names)}


_OF = {half: _names(unicodedata.normalize("NFKC", words)) for half, words in _HALVES.items()}
_EITHER = _any(_OF[_BEFORE] | _OF[_AFTER])
_HALF = re.compile(
    rf"(?:(?<![^\W\d_])(?P<before>{_EITHER})\s*)?(?<![\d:])(?P<h>\d{{1,2}}):(?P<rest>\d\d(?::\d\d)?)(?![\d:])"
    rf"(?(before)|\s*(?P<behind>{_EITHER})(?![^\W\d_]))",
    re.IGNORECASE,
)
_WRITTEN = _months()
MONTHS = {folded(name): month for name, month in _WRITTEN.items()}
# Single words are found word by word (parse.dates); these are the others.
_MONTH = re.compile(_any({name for name in _WRITTEN if not WORD.fullmatch(name)}), re.IGNORECASE)
