"""A source in one file: a folder into which somebody lays files of JSON lines. With it, any command of wirewatch:

python tests/support/folder_source.py FOLDER up
"""

import sys
import threading
from pathlib import Path

from producers.imports import read
from schemas.article import Article
from schemas.outcome import Output
from schemas.state import Publish, State
from schemas.topics import ARTICLES
from wirewatch import sources

# How often it looks.
LOOK_S = 0.2


class FolderSource:
    """A Source (producers.source). A file that is done is renamed: that is all that it remembers."""

    name = "folder"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def run(self, publish: Publish, state: State, stop: threading.Event) -> None:
        """Publish what lies in the folder, and what is laid there later."""
        while not stop.wait(LOOK_S):
            for file in sorted(self._folder.glob("*.jsonl")):
                publish([Output(ARTICLES, article) for article in read(file) if isinstance(article, Article)])
                file.rename(file.with_suffix(".done"))


def main() -> None:
    """The command line of wirewatch, with one source more."""
    folder = Path(sys.argv.pop(1))
    sources.SOURCES = (*sources.SOURCES, lambda _settings, _hosts: FolderSource(folder))  # the line
    from wirewatch.cli import main as command

    command()


if __name__ == "__main__":
    main()
