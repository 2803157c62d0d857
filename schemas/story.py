"""Which story an article belongs to."""

from schemas.record import Record, Utc


class StoryMember(Record):
    """An article's place in a story, with its signature, so that the memory is rebuilt from the topic."""

    id: str
    story_id: str
    first_seen: Utc
    signature: str
