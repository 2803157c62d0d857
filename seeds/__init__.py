"""Starter data: the seed article, articles to try things with, feeds, alerts and gazetteers."""

from importlib.resources import files
from importlib.resources.abc import Traversable

FOLDER: Traversable = files(__name__)
"""Where the files are, installed or not."""
