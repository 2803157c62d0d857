"""Live blogs, in the forms in which pages have them, and pages that have some of their form."""

import json

import pytest

from producers.fulltext import extract

URL = "https://post.example/live/1"
INTRO = "The bridge over the bay opens today after six years, and we report from both of its ends until the evening."
UPDATES = [
    (
        "16:40",
        "Second lane open",
        "The second lane is open as well, the roads office says, and lorries may use it from tomorrow on.",
    ),
    (
        "15:05",
        "Minister cuts the ribbon",
        "The minister cut the ribbon in heavy rain, and said that “six years are enough for any bridge”.",
    ),
    (
        "14:30",
        "Queue of cars",
        "A queue of a hundred cars waits on the southern side, where stewards hand out tea and flags to everybody.",
    ),
    (
        "13:10",
        "Closed for a test",
        "Engineers have closed the bridge for half an hour to test its lights, which failed during the night.",
    ),
]


def page(post: str, around: str = "<div class='updates'>{}</div>", before: str = f"<p>{INTRO}</p>") -> str:
    posts = "".join(
        post.format(time=time, title=title, text=text, number=number)
        for number, (time, title, text) in enumerate(UPDATES)
    )
    return (
        "<!doctype html><html lang='en'><head><title>Bridge opens: live</title></head><body><main>"
        f"<h1>Bridge opens: live</h1>{before}{around.format(posts)}</main></body></html>"
    )


FORMS = [
    "<article class='p'><time datetime='2024-05-03'>{time}</time><h2>{title}</h2><p>{text}</p></article>",
    "<article><header><h3>{title}</h3><time datetime='2024-05-03T{time}:00Z'></time></header><p>{text}</p></article>",
    "<div class='block'><div class='meta'><span>{time} Uhr</span></div><h2>{title}</h2><div><p>{text}</p></div></div>",
    "<li><span class='ts'>{time}</span><h4><a href='#p{number}'>{title}</a></h4><p>{text}</p></li>",
    "<section id='u{number}'><p><time>{time}</time></p><h2>{title}</h2><p>{text}</p><p>More soon.</p></section>",
]


@pytest.mark.parametrize("around", ["<div class='updates'>{}</div>", "<article class='content'>{}</article>"])
@pytest.mark.parametrize("form", FORMS)
def test_each_update_is_there_in_its_order_after_its_time(form: str, around: str) -> None:
    lines = extract(page(form, around), URL).text.split("\n")
    assert lines[0] == INTRO
    places = []
    for time, title, text in UPDATES:
        assert text in lines
        places.append(lines.index(text))
        assert time in lines[max(0, places[-1] - 2) : places[-1]]
        assert title in lines[max(0, places[-1] - 2) : places[-1]]
    assert places == sorted(places)


def test_updates_without_times_are_kept_where_they_are_articles_within_the_article() -> None:
    html = page("<article><h2>{title}</h2><p>{text}</p></article>", "<article>{}</article>", before="")
    found = extract(html, URL).text
    assert all(text in found for _, _, text in UPDATES)


def test_teasers_with_times_are_no_live_blog() -> None:
    teaser = "<article><time>{time}</time><h3><a href='/n/{number}'>{title}</a></h3><p>{text}</p></article>"
    story = "".join(f"<p>{INTRO} This is part {part} of the story, which goes on for a while.</p>" for part in range(3))
    found = extract(page(teaser, before=f"<article>{story}</article>"), URL).text
    assert INTRO in found
    assert "\n16:40\n" not in found


@pytest.mark.parametrize("graph", [False, True])
def test_updates_that_only_the_data_for_machines_lists_are_read(graph: bool) -> None:
    updates = [
        {"@type": "BlogPosting", "headline": title, "datePublished": f"2024-05-03T{time}:00+02:00", "articleBody": text}
        for time, title, text in UPDATES
    ]
    blog = {"@type": "LiveBlogPosting", "headline": "Bridge opens", "liveBlogUpdate": [*updates, None, {"headline": 1}]}
    data = json.dumps({"@graph": [{"@type": "WebPage"}, blog]} if graph else blog)
    html = page("", "{}").replace("</head>", f'<script type="application/ld+json">{data}</script></head>')
    found = extract(html, URL).text
    assert "\n".join(line for update in UPDATES for line in update) in found
    assert extract(html.replace(data, data[:-9]), URL).text == INTRO


@pytest.mark.parametrize("name", ["comments", "disqus_thread", "replies"])
def test_what_readers_write_is_no_live_blog(name: str) -> None:
    comment = "<div class='c'><b>Reader {number}</b><time>{time}</time><p>{text}</p></div>"
    around = f"<div id='{name}'>{{}}</div>"
    assert "16:40" not in extract(page(comment, around, before=f"<article><p>{INTRO}</p></article>"), URL).text


def test_articles_within_an_article_that_are_a_small_part_go() -> None:
    story = "".join(
        f"<p>{INTRO} This is part {part} of the story, and it goes on for a while.</p>" for part in range(9)
    )
    sold = "<h3>Ferry sold</h3><p>The old ferry over the bay has been sold to an island in the far north.</p>"
    found = extract(page("", "{}", before=f"<article>{story}<article>{sold}</article></article>"), URL).text
    assert "part 8" in found
    assert "old ferry" not in found
