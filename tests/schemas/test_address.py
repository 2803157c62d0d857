"""Of an address with a secret, only what is none is seen; one without any stays as it is, to the letter."""

import pytest

from schemas.address import cleaned_of, public, secrets_of, without_secrets

HIDDEN = {
    "http://user:S3CRET@h.example/feed": "http://h.example/feed",
    "https://S3CRET@h.example:8443/feed?a=1#x": "https://h.example:8443/feed?a=1#x",
    "http://user:S3%40CRET@[::1]:80/f": "http://[::1]:80/f",
    "http://user:S3@CRET@h.example/@someone": "http://h.example/@someone",
    "http://user:S3CRET/WORD@h.example/f": "http://h.example/f",
    "http://user:S3CRET?WORD@h.example/f": "http://h.example/f",
    "HTTP://user:@h.example": "HTTP://h.example",
    "https://h.example/f?token=S3CRET": "https://h.example/f",
    "https://h.example/f?a=1&access_token=S3CRET&b=%2F&b": "https://h.example/f?a=1&b=%2F&b",
    "https://h.example/f?API-Key=S3CRET": "https://h.example/f",
    "https://h.example/f?apikey=S3CRET": "https://h.example/f",
    "https://h.example/f?feed_token=S3CRET&password=S3CRET&auth=S3CRET": "https://h.example/f",
    "https://h.example/f?key=S3CRETs3cret1234": "https://h.example/f",
    "https://h.example/f#access_token=S3CRET": "https://h.example/f",
    "http://[broken?token=S3CRET": "http://[broken",
}
SEEN = [
    "https://h.example/@someone/feed",
    "https://h.example/a@b?c=d@e",
    "https://h.example/f?key=politics&code=uk&k=1",
    "https://h.example/f?tokens=3&secretary=blinken&author=x&passage=5",
    "https://h.example/f?token=",
    "https://h.example/f?a=1&&b=2#frag=1",
    "https://h.example:80/x",
    "feed",
    "",
]


@pytest.mark.parametrize(("url", "shown"), HIDDEN.items())
def test_what_is_secret_is_not_seen(url: str, shown: str) -> None:
    assert public(url) == shown
    assert public(shown) == shown
    assert "S3CRET" not in without_secrets(f"GET {url} failed")


@pytest.mark.parametrize("url", SEEN)
def test_what_is_not_secret_stays_to_the_letter(url: str) -> None:
    assert public(url) == url
    assert without_secrets(f"see {url} for more") == f"see {url} for more"


def test_what_a_publisher_writes_into_links_is_found_by_its_value() -> None:
    secrets = secrets_of("https://h.example/f?token=S3CRET&a=1&key=")
    assert secrets == {"S3CRET"}
    assert cleaned_of("https://u:p@h.example/1?reader=S3CRET&id=4", secrets) == "https://h.example/1?id=4"
