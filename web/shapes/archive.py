"""What is asked of the archive, as /api/v1 answers: a field may be added, none change."""

from pydantic import BaseModel, Field

from schemas.answers import BriefedStory, SpeakerLine
from stores.archive.finding import story_line
from stores.query import Query
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


class StoryPage(BaseModel):
    """One page of stories, that whose newest article came last first."""

    stories: list[FoundStory]
    next: str | None = Field(description="Give it as `after` to get the next page; null on the last.")

    @classmethod
    def of(cls, page: StoredStories, wanted: Query) -> "StoryPage":
        """Of a store's answer."""
        found = [
            FoundStory(
                story_id=line.story_id,
                lead=FoundArticle.of(hit.lead, wanted),
                matching=line.matching,
                copies=line.copies,
                origins=line.origins,
                sources=[FacetValue(value=one.value, articles=one.count) for one in line.sources],
            )
            for hit, line in ((hit, story_line(hit, wanted)) for hit in page.stories)
        ]
        return cls(stories=found, next=page.next)


class Briefing(BaseModel):
    """The stories of a time that most told independently, those of most origins first."""

    stories: list[BriefedStory]


class Completions(BaseModel):
    """What a query that is being typed may become."""

    queries: list[str]


class SpeakerList(BaseModel):
    """People who are quoted, most often first."""

    speakers: list[SpeakerLine]
