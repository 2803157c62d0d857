"""Encodings: names as the world writes them, declarations wherever they stand, and bytes that contradict both."""

import pytest

from producers.fulltext import extract
from producers.parse import parse_feed
from producers.parse.charsets import codec_of, decode_as

URL = "https://ferry.example/feed"


def rss(title: str, text: str, declaration: str = '<?xml version="1.0"?>\n', language: str = "") -> str:
    said = f"<language>{language}</language>" if language else ""
    item = f"<item><title>{title}</title><link>https://ferry.example/1</link><description>{text}</description></item>"
    return f'{declaration}<rss version="2.0"><channel><title>x</title>{said}{item}</channel></rss>'


def read(body: bytes, **headers: str) -> tuple[str, str]:
    entry = parse_feed(body, URL, headers).entries[0]
    return entry.title, entry.summary


RUSSIAN = ("Мост через залив откроют весной", "Рабочие закончили последнюю опору, сообщила мэрия.")
UKRAINIAN = ("Міст відкриють навесні", "Робітники завершили останню опору, повідомила мерія.")
GREEK = ("Ανοίγει η γέφυρα", "Οι εργάτες τελείωσαν τον τελευταίο πυλώνα, λέει ο δήμος.")
HEBREW = ("הגשר ייפתח באביב", "הפועלים סיימו את העמוד האחרון, אמרה העירייה.")
ARABIC = ("افتتاح الجسر في الربيع", "أنهى العمال العمود الأخير، بحسب البلدية.")
THAI = ("สะพานจะเปิดในฤดูใบไม้ผลิ", "คนงานสร้างเสาต้นสุดท้ายเสร็จแล้ว เทศบาลกล่าว")
JAPANESE = ("①橋は春に開通する 髙木市長", "㈱港湾が最後の柱を完成させたと市が発表した。")
CHINESE = ("大桥将于春天开通", "市政府说，工人们已经完成了最后一根桥墩。")
TAIWANESE = ("大橋將於春天開通", "市政府說，工人們已經完成了最後一根橋墩。")
KOREAN = ("다리가 봄에 열린다", "똠방각하 씨가 마지막 기둥을 완성했다고 시청이 밝혔다.")
POLISH = ("Most zostanie otwarty wiosną", "Robotnicy ukończyli ostatni słup, ogłosił urząd żeglugi.")
CZECH = ("Most otevřou na jaře", "Dělníci dokončili poslední pilíř, oznámila radnice příští čtvrti.")
TURKISH = ("Köprü ilkbaharda açılıyor", "İşçiler son ayağı bitirdi, dedi belediye başkanı Şahin.")
FRENCH = ("Le pont rouvre à l’été", "Les ouvriers ont achevé la dernière pile, annonce l’hôtel de ville.")

FRENCH_PLAIN = (FRENCH[0].replace("’", "'"), FRENCH[1].replace("’", "'"))


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("CP-1251", "cp1251"),
        ("win-1251", "cp1251"),
        ("x-cp1251", "cp1251"),
        ("ISO-8859-1", "cp1252"),
        ("iso_8859-1:1987", "cp1252"),
        ("iso88592", "iso8859_2"),
        ("iso8859-15", "iso8859_15"),
        ("ISO-8859-9", "cp1254"),
        ("iso-8859-8-i", "iso8859_8"),
        ("us-ascii", "cp1252"),
        ("x-sjis", "cp932"),
        ("csShiftJIS", "cp932"),
        ("windows-31J", "cp932"),
        ("CP51932", "euc_jp"),
        ("x-euc-jp", "euc_jp"),
        ("ks_c_5601-1987", "cp949"),
        ("MS949", "cp949"),
        ("GB2312", "gb18030"),
        ("tis-620", "cp874"),
        ("windows-874", "cp874"),
        ("utf8mb4", "utf_8"),
        ("koi8-ru", "koi8_u"),
        ("rot13", None),
        ("base64", None),
        ("idna", None),
        ("bogus", None),
        ("a\x00b", None),
    ],
)
def test_names_mean_what_browsers_take_them_for(label: str, codec: str | None) -> None:
    assert codec_of(label) == codec


@pytest.mark.parametrize(
    ("codec", "body", "text"),
    [
        ("cp1252", b"caf\xe9 \x93x\x94 \x81", "café “x” \x81"),
        ("euc_jp", b"\xad\xa1 \xa5\xd5\xfc\xe2", "① フ髙"),
        ("cp932", "①髙".encode("cp932") + b"\x81<b>", "①髙\ufffd<b>"),
        ("gb18030", b"\x80 \xd6\xd0\xff<b>", "€ 中\ufffd<b>"),
        ("big5hkscs", b"\xa4\xa4\xa3\xe1<b>", "中€<b>"),
        ("iso2022_jp", b"a \x1b$B-!%U\x1b(B b", "a ①フ b"),
    ],
)
def test_what_vendors_added_is_read_and_one_bad_byte_is_one_bad_character(codec: str, body: bytes, text: str) -> None:
    assert decode_as(body, codec) == text


@pytest.mark.parametrize(
    ("said", "codec", "label"),
    [
        (RUSSIAN, "cp1251", "cp-1251"),
        (RUSSIAN, "koi8_r", "KOI8"),
        (UKRAINIAN, "koi8_u", "koi8-u"),
        (GREEK, "cp1253", "windows1253"),
        (THAI, "cp874", "TIS-620"),
        (JAPANESE, "cp932", "x-sjis"),
        (CHINESE, "gbk", "GB2312"),
        (TAIWANESE, "big5", "Big5"),
        (KOREAN, "cp949", "euc-kr"),
        (POLISH, "iso8859_2", "latin2"),
        (TURKISH, "cp1254", "iso-8859-9"),
        (FRENCH, "cp1252", "ISO-8859-1"),
    ],
)
@pytest.mark.parametrize(
    "form",
    [
        '<?xml version="1.0" encoding="{}"?>',
        "\n\n<?xml version = '1.0'\n encoding = '{}' ?>",
        '  <?xml version="1.0"   encoding=" {} " standalone="yes"?>\n',
    ],
)
def test_a_declaration_counts_wherever_it_stands(said: tuple[str, str], codec: str, label: str, form: str) -> None:
    assert read(rss(*said, declaration=form.format(label)).encode(codec)) == said


@pytest.mark.parametrize(
    ("said", "codec"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "iso8859_5"),
        (UKRAINIAN, "cp1251"),
        (GREEK, "cp1253"),
        (HEBREW, "cp1255"),
        (ARABIC, "cp1256"),
        (THAI, "cp874"),
        (JAPANESE, "cp932"),
        (CHINESE, "gb18030"),
        (TAIWANESE, "big5"),
        (KOREAN, "cp949"),
        (POLISH, "cp1250"),
        (FRENCH, "cp1252"),
    ],
)
@pytest.mark.parametrize("label", ["UTF-8", "iso-8859-1", "bogus", None])
def test_bytes_that_contradict_the_label_are_read_by_their_look(
    said: tuple[str, str], codec: str, label: str | None
) -> None:
    declaration = f'<?xml version="1.0" encoding="{label}"?>' if label else '<?xml version="1.0"?>'
    assert read(rss(*said, declaration=declaration).encode(codec)) == said


@pytest.mark.parametrize(("said", "codec", "language"), [(CZECH, "cp1250", "cs"), (TURKISH, "cp1254", "tr-TR")])
def test_the_language_tells_code_pages_of_one_look_apart(said: tuple[str, str], codec: str, language: str) -> None:
    body = rss(*said, declaration='<?xml version="1.0" encoding="ISO-8859-1"?>', language=language).encode(codec)
    assert read(body) == said


def test_the_servers_default_does_not_overrule_the_document() -> None:
    body = rss(*RUSSIAN, declaration='<?xml version="1.0" encoding="windows-1251"?>').encode("cp1251")
    assert read(body, **{"Content-Type": "text/xml; charset=ISO-8859-1"}) == RUSSIAN
    assert read(rss(*RUSSIAN).encode("cp1251"), **{"content-type": 'text/xml; charset="cp1251"'}) == RUSSIAN


@pytest.mark.parametrize("label", ["", "iso-2022-jp", "utf-8"])
def test_japanese_in_escapes_is_read_as_such_whatever_is_declared(label: str) -> None:
    said = ("橋は春に開通する", "港湾が最後の柱を完成させたと市が発表した。")
    declaration = f'<?xml version="1.0" encoding="{label}"?>' if label else ""
    assert read(rss(*said, declaration=declaration).encode("iso2022_jp")) == said


@pytest.mark.parametrize("declaration", ["", "<?xml version='1.0'?>", "<?xml version='1.0' encoding='utf-8'?>"])
@pytest.mark.parametrize(
    "sent", ["text/xml", "text/xml; charset=utf-8", "text/xml; charset=utf\0-16", "x; charset=\udced"]
)
@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_how_it_begins_says_more_than_any_name(codec: str, sent: str, declaration: str) -> None:
    assert read(rss(*RUSSIAN, declaration=declaration).encode(codec), **{"content-type": sent}) == RUSSIAN


@pytest.mark.parametrize(
    ("codec", "label"), [("cp037", "cp037"), ("cp500", "cp500"), ("cp037", "no such page"), ("cp037", "utf-8")]
)
def test_the_letters_of_mainframes_are_read(codec: str, label: str) -> None:
    body = rss(*FRENCH_PLAIN, declaration=f'<?xml version="1.0" encoding="{label}"?>').encode(codec)
    assert read(body, **{"content-type": "text/xml"}) == FRENCH_PLAIN


def test_utf8_is_read_as_such_whatever_is_declared() -> None:
    for label in ("windows-1251", "shift_jis", "utf-16", "iso-8859-1"):
        body = rss(*RUSSIAN, declaration=f'<?xml version="1.0" encoding="{label}"?>').encode("utf-8")
        assert read(body) == RUSSIAN


def test_a_letter_pasted_from_a_text_in_latin_stays_that_letter() -> None:
    body = rss("Café rouvre", "À Noël").encode().replace("Noël".encode(), "Noël".encode("latin-1"))
    assert read(body) == ("Café rouvre", "À Noël")


def test_halves_of_pairs_are_one_character() -> None:
    title = "Tor &#55357;&#56832; und &#xD83D;&#xde00; und &#x1F600; und &amp;#55357;&amp;#56832; &#xD83D; Ende"
    assert read(rss(title, "x").encode())[0] == "Tor 😀 und 😀 und 😀 und 😀 Ende"
    cesu = "Tor 😀 Ende".encode("utf-16-le").decode("utf-16-le").encode("utf-8")
    halves = cesu.replace("😀".encode(), "\ud83d\ude00".encode("utf-8", "surrogatepass"))
    assert read(rss("TITLE", "x").encode().replace(b"TITLE", halves))[0] == "Tor 😀 Ende"


@pytest.mark.parametrize(("said", "codec", "label"), [(JAPANESE, "cp932", "Shift_JIS"), (RUSSIAN, "cp1251", "utf-8")])
def test_pages_are_decoded_like_feeds(said: tuple[str, str], codec: str, label: str) -> None:
    title, text = said
    page = (
        f'<html><head><meta charset="{label}"></head><body><article><h1>{title}</h1><p>{text * 4}</p></article></body>'
    )
    assert text in extract(page.encode(codec), "https://ferry.example/1").text


@pytest.mark.parametrize(
    "before",
    [
        "<br />\n<b>Notice</b>:  Undefined index: x in <b>/srv/a.php</b> on line <b>7</b><br />\n",
        "PHP Deprecated: strlen() in /srv/b.php on line 3\n",
        "<script>window.top.location = '/';</script>\n",
        '<div class="x-cache">hit</div><!-- 0.2 s -->',
        "<p>Database error: <i>retrying",
    ],
)
def test_what_a_server_prints_before_the_xml_hides_nothing(before: str) -> None:
    feed = rss("Bridge & ferry", "One &lt;b&gt;line&lt;/b&gt;.", '<?xml version="1.0" encoding="UTF-8"?>\n')
    for whole in (feed, feed.replace("&lt;", "<").replace("&gt;", ">")):
        assert read((before + whole).encode())[0] == "Bridge & ferry"
