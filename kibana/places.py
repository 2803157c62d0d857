"""A map of the places named: circles with a count, and the articles themselves once one has come near."""

from dataclasses import dataclass
from typing import Any

from objects import Json, lucene, refer, saved
from views import View

_FIELD = "location"
# At this zoom a country fills the panel: from there on circles give way to articles.
_NEAR = 5
# The whole world but the poles, with Europe and the Near East in the middle.
_CENTER, _FAR = {"lon": 20, "lat": 30}, 1.6
_BASE = {
    "id": "base",
    "type": "EMS_VECTOR_TILE",
    "sourceDescriptor": {"type": "EMS_TMS", "isAutoSelect": True},
    "style": {"type": "EMS_VECTOR_TILE", "color": ""},
    "visible": True,
}


@dataclass(frozen=True)
class Map:
    """The map of a data view. A tooltip shows `told`, and a click on one of its values filters the dashboard."""

    id: str
    title: str
    view: View
    told: tuple[str, ...]

    def build(self) -> Json:
        """The object."""
        layers = [_BASE, self._circles(), self._articles()]
        state = {
            "zoom": _FAR,
            "center": _CENTER,
            "timeFilters": {"from": "now-7d", "to": "now"},
            "query": lucene(""),
            "filters": [],
        }
        attributes = {
            "title": self.title,
            "description": "",
            "layerListJSON": layers,
            "mapStateJSON": state,
            "uiStateJSON": {"isLayerTOCOpen": False, "openTOCDetails": []},
        }
        names = [layer["sourceDescriptor"]["indexPatternRefName"] for layer in layers[1:]]
        return saved("map", self.id, attributes, [refer(name, "index-pattern", self.view.alias) for name in names])

    def _circles(self) -> dict[str, Any]:
        by_count = {"field": {"name": "doc_count", "origin": "source"}}
        source = {
            "type": "ES_GEO_GRID",
            "requestType": "point",
            "resolution": "COARSE",
            "metrics": [{"type": "count"}],
        }
        properties = {
            "iconSize": {"type": "DYNAMIC", "options": {"minSize": 7, "maxSize": 32, **by_count}},
            "labelText": {"type": "DYNAMIC", "options": by_count},
        }
        return {**_layer(1, "circles", "Places named", source, properties), "maxZoom": _NEAR}

    def _articles(self) -> dict[str, Any]:
        source = {
            "type": "ES_SEARCH",
            "scalingType": "LIMIT",
            "filterByMapBounds": True,
            "tooltipProperties": list(self.told),
            "sortField": self.view.time,
            "sortOrder": "desc",
        }
        properties = {"iconSize": {"type": "STATIC", "options": {"size": 6}}}
        return {**_layer(2, "documents", self.view.name, source, properties), "minZoom": _NEAR}


def _layer(number: int, id: str, label: str, source: Json, properties: Json) -> dict[str, Any]:
    """A layer of points, filtered with the page."""
    common = {
        "id": f"places-{id}",
        "geoField": _FIELD,
        "applyGlobalQuery": True,
        "applyGlobalTime": True,
        "applyForceRefresh": True,
        "indexPatternRefName": f"layer_{number}_source_index_pattern",
    }
    return {
        "id": id,
        "label": label,
        "type": "GEOJSON_VECTOR",
        "sourceDescriptor": {**common, **source},
        "style": {"type": "VECTOR", "isTimeAware": True, "properties": properties},
        "joins": [],
        "visible": True,
    }
