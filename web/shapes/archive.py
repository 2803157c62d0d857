"""What is asked of the archive, as /api/v1 answers: a field may be added, none change."""

from pydantic import BaseModel, Field

from schemas.answers import SpeakerLine
from stores.archive.finding import counted
from stores.archive.origins import origin_count
from stores.query import Query
from stores.store import StoryHit
from stores.store import StoryPage as StoredStories
from web.shapes.articles import FacetValue, FoundArticle


class FoundStory(BaseModel):
    """A story with an article that meets a query."""

    story_id: str
    lead: FoundArticle = Field(description="The newest of its articles that meet the query.")
    matching: int = Field(description="Its articles that meet the query.")
    copies: int = Field(description="Its articles beside the lead.")
    origins: int = Field(description="Independent publishers among them.")
    sources: list[FacetValue]

    @classmethod
    def of(cls, hit: StoryHit, wanted: Query) -> "FoundStory":
        """Of a store's answer."""
        return cls(
            story_id=hit.lead.story_id,
            lead=FoundArticle.of(hit.lead, wanted),
            matching=hit.matching,
            copies=hit.articles - 1,
            origins=origin_count(source for source, _ in hit.sources),
            sources=[FacetValue(value=one.value, articles=one.count) for one in counted(hit.sources)],
        )


class StoryPage(BaseModel):
    """One page of stories, that whose newest article came last first."""

    stories: list[FoundStory]
    next: str | None = Field(description="Give it as `after` to get the next page; null on the last.")

    @classmethod
    def of(cls, page: StoredStories, wanted: Query) -> "StoryPage":
        """Of a store's answer."""
        return cls(stories=[FoundStory.of(hit, wanted) for hit in page.stories], next=page.next)


class Completions(BaseModel):
    """What a query that is being typed may become."""

    queries: list[str]


class SpeakerList(BaseModel):
    """People who are quoted, most often first."""

    speakers: list[SpeakerLine]
