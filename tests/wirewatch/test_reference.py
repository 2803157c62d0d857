"""The reference pages say what the program says."""

from pathlib import Path

from runtime.metrics import METRICS
from schemas.topics import TOPICS
from wirewatch.reference import FOLDER, documents
from wirewatch.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]


def test_reference_pages_are_current() -> None:
    for name, text in documents().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, f"run `make docs` ({name})"


def test_every_setting_and_metric_is_in_the_docs() -> None:
    written = (FOLDER / "settings.md").read_text(encoding="utf-8")
    for name in [*(PREFIX + name.upper() for name in Settings.model_fields), *METRICS]:
        assert f"`{name}`" in written


def test_every_topic_is_in_the_docs() -> None:
    written = (FOLDER / "operations.md").read_text(encoding="utf-8")
    for topic in TOPICS:
        assert f"`{topic.name}`" in written


def test_the_readme_names_the_two_commands_and_no_page_that_is_not_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in readme
    assert "make test" in readme
    import re

    for page in re.findall(r"\]\(([^)#]+\.(?:md|svg|png))\)", readme):
        assert (ROOT / page).exists(), page
