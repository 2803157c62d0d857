"""Charts and tables, as Lens keeps them: one layer of columns that are asked of a data view, and how they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from objects import Json, lucene, refer, saved
from views import View, called

_LAYER = "layer"
# Under this name Lens counts documents.
_DOCUMENTS = "___records___"


@dataclass(frozen=True)
class Column:
    """One column: an operation on a field."""

    operation: str
    source: str
    label: str
    type: str
    scale: str
    bucketed: bool = False
    params: Json = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Its id in the layer."""
        return f"{self.operation}-{self.source.strip('_').replace('.', '-')}"

    def build(self, ordered_by: "Column") -> Json:
        """The column; the most frequent values are those that have most of `ordered_by`."""
        order: Json = {"orderBy": {"type": "column", "columnId": ordered_by.id}, "orderDirection": "desc"}
        return {
            "label": self.label,
            "customLabel": True,
            "dataType": self.type,
            "operationType": self.operation,
            "sourceField": self.source,
            "isBucketed": self.bucketed,
            "scale": self.scale,
            "params": {**self.params, **order} if self.operation == "terms" else self.params,
        }


def top(source: str, size: int = 20, label: str | None = None) -> Column:
    """The values of a keyword field that come first by the chart's first number."""
    params = {"size": size, "otherBucket": False, "missingBucket": False, "parentFormat": {"id": "terms"}}
    return Column("terms", source, label or called(source), "string", "ordinal", bucketed=True, params=params)


def over(time: str) -> Column:
    """Steps of time, as wide as the page allows."""
    params = {"interval": "auto", "includeEmptyRows": True, "dropPartials": False}
    return Column("date_histogram", time, called(time), "date", "interval", bucketed=True, params=params)


def count(label: str) -> Column:
    """How many documents."""
    return Column("count", _DOCUMENTS, label, "number", "ratio")


def distinct(source: str, label: str) -> Column:
    """How many different values."""
    return Column("unique_count", source, label, "number", "ratio")


def total(source: str, label: str) -> Column:
    """The sum of a number."""
    return Column("sum", source, label, "number", "ratio")


def highest(source: str, label: str, type: str = "number") -> Column:
    """The greatest number, or the latest time."""
    return Column("max", source, label, type, "ratio")


def newest(source: str, time: str, type: str = "string") -> Column:
    """What the newest document has. By an aggregation that reads any field, also one of running text."""
    scale = "ordinal" if type == "string" else "ratio"
    params = {"sortField": time, "showArrayValues": True}
    return Column("last_value", source, called(source), type, scale, params=params)


@dataclass(frozen=True)
class Chart:
    """What table and chart have in common: buckets first, then numbers, of which the first one orders."""

    id: str
    title: str
    view: View
    buckets: Sequence[Column]
    numbers: Sequence[Column]
    query: str = ""

    @property
    def columns(self) -> list[Column]:
        """All, in order."""
        return [*self.buckets, *self.numbers]

    def build(self) -> Json:
        """The object."""
        kind, visualization = self.shown()
        layer = {
            "columns": {column.id: column.build(self.numbers[0]) for column in self.columns},
            "columnOrder": [column.id for column in self.columns],
            "incompleteColumns": {},
        }
        state = {
            "visualization": visualization,
            "query": lucene(self.query),
            "filters": [],
            "datasourceStates": {"formBased": {"layers": {_LAYER: layer}}},
            "internalReferences": [],
            "adHocDataViews": {},
        }
        attributes = {"title": self.title, "description": "", "visualizationType": kind, "state": state}
        view = refer(f"indexpattern-datasource-layer-{_LAYER}", "index-pattern", self.view.alias)
        return saved("lens", self.id, attributes, [view])

    def shown(self) -> tuple[str, Json]:
        """The kind of visualization, and its state."""
        raise NotImplementedError


class Table(Chart):
    """The most frequent values; one click on one filters the dashboard."""

    def shown(self) -> tuple[str, Json]:
        """See Chart."""
        columns: list[Json] = [{"columnId": column.id} for column in self.columns]
        for column in columns[: len(self.buckets)]:
            column["oneClickFilter"] = True
        return "lnsDatatable", {"layerId": _LAYER, "layerType": "data", "columns": columns}


class _Axes(Chart):
    series = ""

    def shown(self) -> tuple[str, Json]:
        """See Chart: the first bucket is the time below, a second one splits."""
        layer: dict[str, Any] = {
            "layerId": _LAYER,
            "layerType": "data",
            "seriesType": self.series,
            "xAccessor": self.buckets[0].id,
            "accessors": [column.id for column in self.numbers],
        }
        if len(self.buckets) > 1:
            # One name, not a list: the form of objects without a version of their own, which Lens turns into its own.
            layer["splitAccessor"] = self.buckets[1].id
        return "lnsXY", {
            "preferredSeriesType": self.series,
            "legend": {"isVisible": len(self.buckets) > 1, "position": "right"},
            "valueLabels": "hide",
            "axisTitlesVisibilitySettings": {"x": False, "yLeft": False, "yRight": False},
            "layers": [layer],
        }


class Bars(_Axes):
    """Bars over time."""

    series = "bar_stacked"


class Lines(_Axes):
    """Lines over time."""

    series = "line"
