"""Where publishers put an entry's text: in elements of their own, in doubled sections, beside captions."""

import pytest

from producers.parse import Entry, parse_feed
from producers.parse.markup import to_text

SPACES = (
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:yandex="http://news.yandex.ru" '
    'xmlns:turbo="http://turbo.yandex.ru" xmlns:p="https://press.example/ns" xmlns:wrong="http://purl.org/rss/1.0/modules/content"'
)
SHORT = "The lock gates are shut."
LONG = (
    "The lock gates of the canal are shut for a month, the waterways office said. Divers found cracks in both gates. "
    "Barges must take the long way round by the river, which costs them a day. Skippers had asked for a repair in "
    "winter, when fewer of them pass. “Nobody listened,” said one of them, Ina Brandt, who has three barges."
)
PICTURE = (
    "A barge waits before the gates on Monday in the rain, seen from the bridge. Photo: I. Brandt, who was there first"
)


def entry(inner: str, atom: bool = False) -> Entry:
    if atom:
        body = f'<feed xmlns="http://www.w3.org/2005/Atom" {SPACES}><title>x</title><entry>{inner}</entry></feed>'
    else:
        body = f'<rss version="2.0" {SPACES}><channel><title>x</title><item>{inner}</item></channel></rss>'
    return parse_feed(f'<?xml version="1.0"?>{body}'.encode(), "https://press.example/feed").entries[0]


def text(found: Entry) -> str:
    return max(to_text(found.content), found.summary, key=len)


@pytest.mark.parametrize(
    "full",
    [
        f"<yandex:full-text>{LONG}</yandex:full-text>",
        f"<yandex:full-text><p>{LONG}</p></yandex:full-text>",
        f"<turbo:content><![CDATA[<p>{LONG}</p>]]></turbo:content>",
        f"<fulltext>&lt;p&gt;{LONG}&lt;/p&gt;</fulltext>",
        f"<p:articleBody>{LONG}</p:articleBody>",
        f"<wrong:encoded><![CDATA[<p>{LONG}</p>]]></wrong:encoded>",
        f"<content_encoded>{LONG}</content_encoded>",
        f"<content>&lt;p&gt;{LONG}&lt;/p&gt;</content>",
        f"<p:volltext>{LONG}</p:volltext>",
        f"<p:полный>{LONG}</p:полный>",
    ],
)
def test_full_text_is_found_in_whatever_element_it_stands(full: str) -> None:
    told = f"<title>Lock gates shut</title><description>{SHORT}</description>"
    assert text(entry(told + full)) == LONG
    assert text(entry(full + told)) == LONG
    atom = f"<title>Lock gates shut</title><summary>{SHORT}</summary>{full.replace('<content>', '<p:content>')}"
    assert text(entry(atom.replace("</content>", "</p:content>"), atom=True)) == LONG


@pytest.mark.parametrize(
    "other",
    [
        f"<p:related>{LONG}</p:related>",
        f"<p:ads>{'Buy tea and soap now. Order today and save a lot. ' * 9}</p:ads>",
        f"<p:data>{'12.5;13;9;' * 99}</p:data>",
        f"<comments>{LONG}</comments>",
        "<p:encoded></p:encoded>",
    ],
)
def test_what_is_no_text_of_the_article_is_not_taken_for_it(other: str) -> None:
    assert text(entry(f"<title>Lock gates shut</title><description>{SHORT}</description>{other}")) == SHORT


@pytest.mark.parametrize(
    "media",
    [
        f'<media:content url="a.jpg"><media:description>{PICTURE}</media:description></media:content>',
        f'<media:content url="a" medium="image"><media:text>{PICTURE}</media:text></media:content>',
        f'<media:group><media:content url="a"/><media:description>{PICTURE}</media:description></media:group>',
        f"<media:description>{PICTURE}</media:description>",
        f'<media:thumbnail url="b.png"><media:description type="html">{PICTURE}</media:description></media:thumbnail>',
    ],
)
def test_captions_are_not_the_text(media: str) -> None:
    told = f"<title>Lock gates shut</title><description>{SHORT}</description>"
    assert text(entry(told + media)) == SHORT
    assert text(entry(media + told)) == SHORT


def test_a_films_description_is_the_text_where_there_is_no_other() -> None:
    said = f"<media:description>{SHORT}</media:description>"
    film = f'<media:group><media:content url="v" type="video/mp4"/>{said}</media:group>'
    assert text(entry(f"<title>x</title>{film}", atom=True)) == SHORT
    picture = f'<media:content url="v.jpg"><media:description>{PICTURE}</media:description></media:content>'
    assert text(entry(f"<title>x</title>{picture}")) == ""


def test_captions_within_the_markup_are_not_the_text() -> None:
    figure = f"<figure><img src='a.jpg'><figcaption>{PICTURE}</figcaption></figure>"
    classed = f"<div class='wp-caption'><img src='a.jpg'><p class='wp-caption-text'>{PICTURE}</p></div>"
    for caption in (figure, classed):
        assert to_text(f"{caption}<p>{SHORT}</p>") == SHORT
        assert to_text(caption) == PICTURE


@pytest.mark.parametrize(
    "form",
    [
        "&lt;![CDATA[{}]]&gt;",
        "&lt;![CDATA[ {} ]]&gt;\n",
        "<![CDATA[<![CDATA[{}]]]]><![CDATA[>]]>",
        "<![CDATA[<![CDATA[{}]]>]]>",
        "<![CDATA[&lt;![CDATA[{}]]&gt;]]>",
        "&lt;![CDATA[{}",
        "<![CDATA[{}]]>",
    ],
)
def test_sections_that_were_escaped_or_doubled_are_taken_off(form: str) -> None:
    inner = (
        form.format("The gates are <b>shut</b>.")
        if form.startswith("<")
        else form.format("The gates are &lt;b&gt;shut&lt;/b&gt;.")
    )
    found = entry(f"<title>{form.format('Gates shut')}</title><description>{inner}</description>")
    assert (found.title, text(found)) == ("Gates shut", "The gates are shut.")


def test_sections_within_markup_hide_nothing() -> None:
    assert to_text("<p>One.</p><![CDATA[<p>Two.</p>]]><p>Three.</p>") == "One.\nTwo.\nThree."
    assert to_text("<p>&lt;![CDATA[One.]]&gt;</p><p>Two.</p>") == "One.\nTwo."
    assert to_text("<p>He wrote &lt;![CDATA[x]]&gt; there.</p>") == "He wrote <![CDATA[x]]> there."


def test_a_section_whose_end_was_escaped_swallows_nothing() -> None:
    found = entry("<description><![CDATA[<p>One.</p>]]&gt;</description><title>Gates</title><guid>7</guid>")
    assert (found.title, text(found), found.guid) == ("Gates", "One.", "7")


def test_an_entry_that_speaks_of_sections_keeps_them() -> None:
    found = entry("<title>What &lt;![CDATA[x]]&gt; means</title><description>y</description>")
    assert found.title == "What <![CDATA[x]]> means"
