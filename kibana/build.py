"""Writes newsroom.ndjson, what Kibana imports: python kibana/build.py > kibana/newsroom.ndjson.

Data views, saved searches, visualizations, a map and the dashboard "Newsroom", in the form that Kibana 8.9 exports
and every later 8.x reads. Queries are in Lucene's syntax, the language that wirewatch has too. Kibana keeps JSON
as text within JSON; here it is written plainly and made text at the end.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

Json = dict[str, Any]

ARTICLES, QUOTES = "wirewatch-articles", "wirewatch-quotes"
# The forms below are of these versions; Kibana migrates them to its own.
CORE = "8.8.0"
VERSIONS = {"index-pattern": "8.0.0", "search": "8.0.0", "visualization": "8.5.0", "map": "8.4.0", "dashboard": "8.9.0"}

_INDEX = "kibanaSavedObjectMeta.searchSourceJSON.index"


def objects() -> Iterator[Json]:
    """Every object, those that are referred to first."""
    yield data_view(ARTICLES, "Articles", "articles")
    yield data_view(QUOTES, "Quotes", "quotes")
    yield from searches()
    yield from visualizations()
    yield places()
    yield newsroom()


def searches() -> Iterator[Json]:
    """What Discover opens."""
    article = ("title", "source", "people", "speakers")
    said = ("speaker_name", "text", "title", "source")
    yield search("latest-articles", "Latest articles", ARTICLES, "*", article)
    yield search("latest-quotes", "Latest quotes", QUOTES, "*", said)
    yield search("tomahawk", "Tomahawk", ARTICLES, "tomahawk", article)
    yield search("tomahawk-said", "Said of Tomahawk", QUOTES, "text:tomahawk", said)
    yield search("cruise-missiles", "Cruise missiles", ARTICLES, '"cruise missile" OR weapon:tomahawk', article)
    yield search("zelenskyy", "Zelenskyy speaks", QUOTES, "speaker:zelensk*", said)


def visualizations() -> Iterator[Json]:
    """What the dashboard counts."""
    yield over_time("articles-over-time", "Articles over time", ARTICLES)
    yield table("people", "People", ARTICLES, "people", "Person")
    yield table("organisations", "Organisations", ARTICLES, "organisations", "Organisation")
    yield table("products", "Products and weapons", ARTICLES, "products", "Product or weapon")
    yield table("speakers", "Speakers", QUOTES, "speaker_name", "Speaker")
    yield table("sources", "Sources", ARTICLES, "source", "Source")


def data_view(id: str, name: str, alias: str) -> Json:
    """A data view on an alias, by the time of first sight: `published` is the publisher's word only."""
    return saved("index-pattern", id, {"title": alias, "name": name, "timeFieldName": "first_seen"})


def search(id: str, title: str, view: str, query: str, columns: Sequence[str]) -> Json:
    """A saved search, newest first."""
    attributes = {
        "title": title,
        "description": "",
        "columns": list(columns),
        "sort": [["first_seen", "desc"]],
        "kibanaSavedObjectMeta": {"searchSourceJSON": source(query, indexed=True)},
    }
    return saved("search", f"wirewatch-{id}", attributes, [refer(_INDEX, "index-pattern", view)])


def over_time(id: str, title: str, view: str) -> Json:
    """Bars over time."""
    axis = {"show": True, "style": {}, "labels": {"show": True, "filter": True, "truncate": 100}, "title": {}}
    params = {
        "type": "histogram",
        "grid": {"categoryLines": False},
        "categoryAxes": [
            {**axis, "id": "CategoryAxis-1", "type": "category", "position": "bottom", "scale": {"type": "linear"}}
        ],
        "valueAxes": [
            {
                **axis,
                "id": "ValueAxis-1",
                "name": "LeftAxis-1",
                "type": "value",
                "position": "left",
                "scale": {"type": "linear", "mode": "normal"},
            }
        ],
        "seriesParams": [
            {
                "show": True,
                "type": "histogram",
                "mode": "stacked",
                "data": {"id": "1", "label": "Articles"},
                "valueAxis": "ValueAxis-1",
            }
        ],
        "addTooltip": True,
        "addLegend": False,
        "times": [],
        "addTimeMarker": False,
    }
    buckets = {"field": "first_seen", "interval": "auto", "min_doc_count": 1, "extended_bounds": {}}
    return visualization(id, title, view, "histogram", params, [bucket("date_histogram", "segment", buckets)])


def table(id: str, title: str, view: str, field: str, label: str) -> Json:
    """The most frequent values of a field."""
    params = {"perPage": 10, "showPartialRows": False, "showMetricsAtAllLevels": False, "showToolbar": False}
    terms = {"field": field, "size": 20, "order": "desc", "orderBy": "1", "customLabel": label}
    return visualization(id, title, view, "table", params, [bucket("terms", "bucket", terms)])


def bucket(type: str, schema: str, params: Json) -> Json:
    """An aggregation beside the count."""
    return {"id": "2", "enabled": True, "type": type, "schema": schema, "params": params}


def visualization(id: str, title: str, view: str, type: str, params: Json, aggs: list[Json]) -> Json:
    """A visualization built on aggregations."""
    count = {"id": "1", "enabled": True, "type": "count", "schema": "metric", "params": {}}
    attributes = {
        "title": title,
        "description": "",
        "uiStateJSON": {},
        "version": 1,
        "visState": {"title": title, "type": type, "params": params, "aggs": [count, *aggs]},
        "kibanaSavedObjectMeta": {"searchSourceJSON": source("*", indexed=True)},
    }
    return saved("visualization", f"wirewatch-{id}", attributes, [refer(_INDEX, "index-pattern", view)])


def places() -> Json:
    """The places named, on a map: clusters that fall apart as one comes nearer."""
    reference = "layer_1_source_index_pattern"
    base = {
        "id": "base",
        "type": "EMS_VECTOR_TILE",
        "sourceDescriptor": {"type": "EMS_TMS", "isAutoSelect": True},
        "style": {"type": "EMS_VECTOR_TILE", "color": ""},
        "visible": True,
    }
    clusters = {
        "id": "places",
        "label": "Places named",
        "type": "GEOJSON_VECTOR",
        "sourceDescriptor": {
            "type": "ES_GEO_GRID",
            "id": "places-grid",
            "geoField": "location",
            "requestType": "point",
            "resolution": "COARSE",
            "metrics": [{"type": "count"}],
            "applyGlobalQuery": True,
            "applyGlobalTime": True,
            "indexPatternRefName": reference,
        },
        "style": {
            "type": "VECTOR",
            "isTimeAware": True,
            "properties": {
                "iconSize": {
                    "type": "DYNAMIC",
                    "options": {"minSize": 7, "maxSize": 32, "field": {"name": "doc_count", "origin": "source"}},
                },
                "labelText": {
                    "type": "DYNAMIC",
                    "options": {"field": {"name": "doc_count", "origin": "source"}},
                },
            },
        },
        "joins": [],
        "visible": True,
    }
    state = {
        "zoom": 1.6,
        "center": {"lon": 20, "lat": 30},
        "timeFilters": {"from": "now-7d", "to": "now"},
        "query": {"query": "", "language": "lucene"},
        "filters": [],
    }
    attributes = {
        "title": "Places",
        "description": "",
        "layerListJSON": [base, clusters],
        "mapStateJSON": state,
        "uiStateJSON": {"isLayerTOCOpen": False, "openTOCDetails": []},
    }
    return saved("map", "wirewatch-places", attributes, [refer(reference, "index-pattern", ARTICLES)])


# Object, and where it stands on a grid of 48 columns: x, y, width, height.
PANELS = (
    ("visualization", "articles-over-time", (0, 0, 48, 8)),
    ("visualization", "people", (0, 8, 12, 17)),
    ("map", "places", (12, 8, 24, 17)),
    ("visualization", "speakers", (36, 8, 12, 17)),
    ("search", "latest-quotes", (0, 25, 36, 18)),
    ("visualization", "sources", (36, 25, 12, 18)),
    ("visualization", "organisations", (0, 43, 24, 15)),
    ("visualization", "products", (24, 43, 24, 15)),
    ("search", "latest-articles", (0, 58, 48, 18)),
)


def newsroom() -> Json:
    """The first dashboard."""
    panels, references = [], []
    for number, (type, id, (x, y, width, height)) in enumerate(PANELS, start=1):
        place = {"x": x, "y": y, "w": width, "h": height, "i": str(number)}
        panels.append(
            {
                "version": VERSIONS["dashboard"],
                "type": type,
                "gridData": place,
                "panelIndex": str(number),
                "embeddableConfig": {"enhancements": {}},
                "panelRefName": f"panel_{number}",
            }
        )
        references.append(refer(f"{number}:panel_{number}", type, f"wirewatch-{id}"))
    attributes = {
        "title": "Newsroom",
        "description": "Who and what the news names, who speaks, where and when.",
        "hits": 0,
        "version": 1,
        "timeRestore": True,
        "timeFrom": "now-7d",
        "timeTo": "now",
        "refreshInterval": {"pause": False, "value": 60_000},
        "optionsJSON": {"useMargins": True, "syncColors": False, "hidePanelTitles": False},
        "panelsJSON": panels,
        "kibanaSavedObjectMeta": {"searchSourceJSON": source("*", indexed=False)},
    }
    return saved("dashboard", "wirewatch-newsroom", attributes, references)


def source(query: str, *, indexed: bool) -> Json:
    """What is searched, by a query in Lucene's syntax."""
    found: Json = {"query": {"query": query, "language": "lucene"}, "filter": []}
    return {**found, "indexRefName": _INDEX} if indexed else found


def refer(name: str, type: str, id: str) -> Json:
    """A reference from one object to another."""
    return {"name": name, "type": type, "id": id}


def saved(type: str, id: str, attributes: Json, references: Sequence[Json] = ()) -> Json:
    """One object as Kibana imports it."""
    return {
        "type": type,
        "id": id,
        "attributes": _with_text(attributes),
        "references": list(references),
        "coreMigrationVersion": CORE,
        "typeMigrationVersion": VERSIONS[type],
    }


def _with_text(attributes: Json) -> Json:
    """Attributes that Kibana keeps as text, made text."""
    return {
        name: json.dumps(value)
        if name.endswith("JSON") or name == "visState"
        else _with_text(value)
        if name == "kibanaSavedObjectMeta"
        else value
        for name, value in attributes.items()
    }


if __name__ == "__main__":
    for one in objects():
        print(json.dumps(one, sort_keys=True))
