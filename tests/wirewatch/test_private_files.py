"""Files with secrets that are people's own are not changed by us: whoever runs wirewatch is told to close them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ALERT = '[[subscription]]\nname = "tea"\nquery = "tea"\n'


def _file(path: Path, text: str, mode: int) -> Path:
    path.write_text(text)
    path.chmod(mode)
    return path


def test_doctor_names_settings_with_a_password_that_others_may_read(
    wirewatch: Callable[..., Any], tmp_path: Path
) -> None:
    settings = _file(tmp_path / "wirewatch.toml", 'websub_key = "S3CRET"\n', 0o644)
    ran = wirewatch("doctor")
    assert ran.status == 1
    assert "chmod 600 wirewatch.toml" in ran.out
    settings.chmod(0o600)
    assert wirewatch("doctor").status == 0
    _file(settings, 'contact = "news@example.org"\n', 0o644)
    assert wirewatch("doctor").status == 0


@pytest.mark.parametrize(
    ("channels", "mode", "told"),
    [
        ('channels = ["json://u:S3CRET@127.0.0.1"]\n', 0o644, True),
        ('channels = ["json://u:S3CRET@127.0.0.1"]\n', 0o600, False),
        ("", 0o644, False),
    ],
)
def test_alerts_with_channels_that_others_may_read_are_told(
    wirewatch: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    channels: str,
    mode: int,
    told: bool,
) -> None:
    monkeypatch.setenv("WIREWATCH_CHANNEL_HOSTS", "127.0.0.1")
    ran = wirewatch("alert", "import", _file(tmp_path / "mine.toml", ALERT + channels, mode))
    assert ran.status == 0
    assert ("chmod 600" in ran.err) is told
