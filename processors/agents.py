"""The stages of this room, of which the engine makes Faust agents: one agent, one consumer group, one process a stage.

A stage is declared here and knows nothing of Faust; runtime/kafka/faust_agent.py makes an agent of it, and
runtime/local/worker.py runs the same stage in one process. wirewatch/pipeline.py has the list of all stages.
"""

from schemas.article import Article, Enriched
from schemas.services import Services
from schemas.stage import Stage, Step
from schemas.story import StoryMember
from schemas.topics import ARTICLES, ENRICHED, STORIES, WIRE


def _enrich(services: Services) -> Step[Article]:
    # within the functions: a command that only names the stages loads nothing of them
    from processors.enrich_step import EnrichStep, longest_seconds, reading

    settings = services.settings
    pool = services.pool(reading(settings), settings.workers)
    pool.start()
    return EnrichStep(pool, longest_seconds(settings))


def _story(services: Services) -> Step[Enriched]:
    from processors.story import StoryStep
    from processors.story.step import reach

    state, hours = services.state, services.settings.story_hours
    return StoryStep(
        lambda since: state.scan(STORIES, StoryMember, last=reach(hours), since=since),
        hours,
        lambda id: state.get(STORIES, id, StoryMember),
    )


ENRICH = Stage("enrich", reads=ARTICLES, open=_enrich, writes=(ENRICHED,), batch=16)
"""Language, entities, quotes and sketch: the one stage that costs CPU. Its batch is enrich_step.BATCH."""

STORY = Stage("story", reads=ENRICHED, open=_story, writes=(WIRE, STORIES), restores=(STORIES,))
"""Joins the copies of one wire story: a single writer, whose memory is made anew from `stories`."""
