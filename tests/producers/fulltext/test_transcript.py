"""What is said in a recording is read from each form in which feeds name a transcript, with who says it."""

import json

import pytest

from producers.fulltext import PageError, transcript

VTT = """WEBVTT - Episode 3

NOTE made by a machine
00:00 is not said

STYLE
::cue { color: red }

1
00:00:01.000 --> 00:00:03.500 align:start
<v Ada Quay>The ferry sails &amp; sails
<i>again</i>.

00:04.000 --> 00:05.000
<v.loud Ada Quay>After a year.

00:00:06.000 --> 00:00:07.000
<v Ben Low>Does it?</v>
<v Ada Quay>It does.
"""
SRT = """1
00:00:01,000 --> 00:00:03,000
Ada: The ferry sails
again.

2
00:00:03,000 --> 00:00:04,000
Ada: The ferry sails again.

3
00:00:04,000 --> 00:00:05,000
After a year.
"""
SEGMENTS = {
    "version": "1.0.0",
    "segments": [
        {"speaker": "Ada Quay", "startTime": 0.5, "body": "The ferry"},
        {"speaker": "Ada Quay", "startTime": 0.9, "body": "sails again."},
        {"speaker": "Ben Low", "body": "Does it?"},
        {"body": "(music)"},
    ],
}
TURNS = "Ada Quay: The ferry sails & sails again. After a year.\nBen Low: Does it?\nAda Quay: It does."


@pytest.mark.parametrize("kind", ["text/vtt", "", "text/plain; charset=utf-8"])
def test_web_captions_with_voices(kind: str) -> None:
    assert transcript(VTT.encode(), kind).text == TURNS
    assert transcript(b"\xef\xbb\xbf" + VTT.replace("\n", "\r\n").encode(), kind).text == TURNS
    assert transcript(VTT.encode("utf-16"), kind).text == TURNS


def test_subtitles_that_roll_say_each_line_once() -> None:
    read = transcript(SRT.encode(), "application/x-subrip").text
    assert read == "Ada: The ferry sails again. After a year."


def test_segments() -> None:
    read = transcript(json.dumps(SEGMENTS).encode(), "application/json").text
    assert read == "Ada Quay: The ferry sails again.\nBen Low: Does it?\n(music)"


def test_markup_and_plain_text() -> None:
    page = "<html><body><cite>Ada Quay:</cite><p>The ferry sails.</p><p>Again.</p></body></html>"
    assert "The ferry sails.\nAgain." in transcript(page.encode(), "text/html").text
    assert transcript(b"Ada: It sails.\r\n\r\nBen: Does it?\n", "text/plain").text == "Ada: It sails.\n\nBen: Does it?"


@pytest.mark.parametrize("body", [b"{}", b"{", b'{"segments": 5}', b'{"segments": [5]}', b"[" * 200_000, b"null", b"5"])
def test_json_that_is_no_transcript_is_told(body: bytes) -> None:
    with pytest.raises(PageError):
        transcript(body, "application/json")


CUE = b"WEBVTT\n\n00:01.000 --> 00:02.000\n"
ENDLESS = [b"<v " * 500_000, CUE + b"<v " * 500_000, CUE + b"&" * 500_000, b"0:0" * 500_000, b"\n" * 1_000_000]


@pytest.mark.parametrize("body", [b"", b"WEBVTT", b"\xff\xfe\xff", *ENDLESS], ids=range(8))
def test_what_says_nothing_or_is_made_to_last_ends(body: bytes) -> None:
    for kind in ("text/vtt", "application/srt", "text/plain", "text/html"):
        assert transcript(body, kind).transcript


def test_long_speech_of_nobody_has_paragraphs() -> None:
    cues = "\n\n".join(f"00:{n:02}.000 --> 00:{n:02}.900\nSentence {n} of some length is said here." for n in range(60))
    lines = transcript(f"WEBVTT\n\n{cues}".encode(), "text/vtt").text.split("\n")
    assert len(lines) > 3
    assert max(map(len, lines)) < 700
