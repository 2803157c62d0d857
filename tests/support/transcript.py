"""A page with commands and what they print: read, run, and written anew.

Run: .venv/bin/python tests/support/transcript.py writes the answers of docs/search.md anew.
"""

import io
import os
import re
import shlex
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "search.md"
WIDTH = 110
_BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
_QUESTION = re.compile(r"^\$ (.*)\n", re.MULTILINE)

Run = Callable[[list[str]], str]
"""Runs `wirewatch` with these arguments, and gives what it printed."""


def questions(page: str) -> list[str]:
    """The commands of a page, in order."""
    return [question for block in _BLOCK.findall(page) for question in _QUESTION.findall(block)]


def answered(page: str, run: Run) -> str:
    """The page with every answer as the program gives it now."""

    def block(found: re.Match[str]) -> str:
        return "".join(f"$ {question}\n{_answer(question, run)}" for question in _QUESTION.findall(found[0]))

    return _BLOCK.sub(block, page)


def _answer(question: str, run: Run) -> str:
    program, *arguments = shlex.split(question)
    if program == "sqlite3":
        file, sql = arguments
        with sqlite3.connect(file) as connection:
            rows = connection.execute(sql).fetchall()
        connection.close()
        printed = "".join("|".join("" if value is None else str(value) for value in row) + "\n" for row in rows)
    elif program == "ls":
        printed = "".join(f"{path}\n" for path in sorted(map(str, Path().glob(arguments[0]))))
    else:
        assert program == "wirewatch", question
        printed = run(arguments)
    return "".join(line.rstrip() + "\n" for line in printed.splitlines())


def _run(arguments: list[str]) -> str:
    # here: a test that only reads the page needs no command line
    from wirewatch.cli import output
    from wirewatch.cli.app import main

    told = io.StringIO()
    output.console.width = WIDTH
    output.console.file, output.complaints.file = told, io.StringIO()
    sys.argv = ["wirewatch", *arguments]
    try:
        with redirect_stdout(told), redirect_stderr(told):
            main()
    except SystemExit:
        pass
    return told.getvalue()


if __name__ == "__main__":
    sys.path.insert(0, str(PAGE.parents[1]))
    import archive_day

    text = PAGE.read_text(encoding="utf-8")
    os.chdir(tempfile.mkdtemp())
    archive_day.write(Path("wirewatch.db"))
    PAGE.write_text(answered(text, _run), encoding="utf-8")
