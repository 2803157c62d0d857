"""A dashboard: rows of panels from the left to the right, and controls above them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lens import Chart
from objects import VERSIONS, Json, refer, saved, searched
from places import Map
from views import Search, View, called

Panel = Search | Chart | Map

_EVERY_MINUTE = {"pause": False, "value": 60_000}


@dataclass(frozen=True)
class Row:
    """Panels beside each other, each with its width: of 48 columns. A height is in rows of the grid, 20 pixels each."""

    height: int
    panels: Sequence[tuple[Panel, int]]


@dataclass(frozen=True)
class Control:
    """A list of a field's values to choose from; what is chosen filters every panel."""

    view: View
    field: str

    def build(self, order: int) -> Json:
        """Its part of the dashboard."""
        return {
            "order": order,
            "width": "medium",
            "grow": True,
            "type": "optionsListControl",
            "explicitInput": {"id": self.field, "fieldName": self.field, "title": called(self.field)},
        }

    def refer(self) -> Json:
        """The reference to its data view, under the name that Kibana looks for."""
        return refer(f"controlGroup_{self.field}:optionsListDataView", "index-pattern", self.view.alias)


@dataclass(frozen=True)
class Dashboard:
    """Rows of panels, under controls."""

    id: str
    title: str
    description: str
    since: str
    rows: Sequence[Row]
    controls: Sequence[Control] = ()

    def build(self) -> Json:
        """The object."""
        panels, references = [], []
        for number, (panel, place) in enumerate(self._placed(), start=1):
            built = panel.build()
            panels.append(_shown(number, built["type"], place))
            references.append(refer(f"{number}:panel_{number}", built["type"], panel.id))
        attributes = {
            "title": self.title,
            "description": self.description,
            "hits": 0,
            "version": 1,
            "timeRestore": True,
            "timeFrom": self.since,
            "timeTo": "now",
            "refreshInterval": _EVERY_MINUTE,
            "controlGroupInput": self._control_group(),
            "optionsJSON": {"useMargins": True, "syncColors": True, "hidePanelTitles": False},
            "panelsJSON": panels,
            "kibanaSavedObjectMeta": searched("", indexed=False),
        }
        references += [control.refer() for control in self.controls]
        return saved("dashboard", self.id, attributes, references)

    def _placed(self) -> Iterator[tuple[Panel, dict[str, int]]]:
        y = 0
        for row in self.rows:
            x = 0
            for panel, width in row.panels:
                yield panel, {"x": x, "y": y, "w": width, "h": row.height}
                x += width
            y += row.height

    def _control_group(self) -> Json:
        controls = {control.field: control.build(order) for order, control in enumerate(self.controls)}
        return {
            "controlStyle": "oneLine",
            # What is chosen on the left narrows what may be chosen on the right.
            "chainingSystem": "HIERARCHICAL",
            "panelsJSON": controls,
            "ignoreParentSettingsJSON": {
                "ignoreFilters": False,
                "ignoreQuery": False,
                "ignoreTimerange": False,
                "ignoreValidations": False,
            },
        }


def _shown(number: int, type: str, place: dict[str, int]) -> Json:
    return {
        "version": VERSIONS["dashboard"],
        "type": type,
        "gridData": {**place, "i": str(number)},
        "panelIndex": str(number),
        "embeddableConfig": {"enhancements": {}},
        "panelRefName": f"panel_{number}",
    }
