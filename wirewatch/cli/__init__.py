"""The command line: one file for each kind of thing a person does."""

from wirewatch.cli.app import main

__all__ = ["main"]
