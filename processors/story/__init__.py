"""Joins the copies of one wire story: near-duplicates, not articles on the same event."""

from processors.story.step import StoryStep

__all__ = ["StoryStep"]
