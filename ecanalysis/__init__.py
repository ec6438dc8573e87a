"""The reproducible edition of China's e-commerce reports.

Find a number, see where it was printed, compute with it, plot it and write about it::

    import ecanalysis as ec

    ec.obs("online_retail_sales")              # 9.01 万亿元, with interval and evidence
    ec.series("express_delivery_volume")       # 2011 to 2018, gaps kept
    ec.growth(now, before)                     # exact arithmetic on rounding intervals
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

# Where each public name lives. Modules are imported when a name is first used, so that looking up a number never
# pays for drawing.
_HOMES = {
    "catalog": ("Catalog", "Point", "Series", "load"),
    "quantity": ("Quantity", "Unit"),
    "metrics": (
        "average",
        "average_growth",
        "before_change",
        "change",
        "complement",
        "concentration_ratio",
        "contribution_to_growth",
        "growth",
        "herfindahl",
        "multiple",
        "previous_level",
        "rank",
        "share",
        "total",
    ),
    "language": ("Label", "join", "pick", "use"),
    "narrative": ("listing", "moved", "say", "text", "verb"),
    "document": (
        "close_document",
        "counted",
        "heading",
        "key_figures",
        "name",
        "obs",
        "open_document",
        "period_name",
        "series",
        "statistics",
    ),
    "regions": (
        "area_label",
        "area_section",
        "economic_region",
        "if_known",
        "national_value",
        "planned_cities",
        "provinces",
        "region",
        "regional_values",
        "text_if_known",
    ),
    "report_tables": ("ReportTable", "report_table"),
    "wide_tables": ("table", "tables"),
    "auditing.output": ("audit",),
    "explore": ("chart", "cite", "compare", "export", "find", "indicators", "sources"),
    "displays": ("show",),
    "charts.theme": ("colour_of_area",),
    "charts.figure": ("Figure",),
    "charts.time": ("Event", "levels", "lines", "monthly", "stacked_levels", "timeline"),
    "charts.categories": ("funnel", "ranked", "shares"),
    "charts.comparisons": ("dumbbell", "scatter", "slope"),
    "charts.panels": ("matrix", "small_multiples"),
    "charts.space": ("region_key", "tile_map"),
}
HOMES = {name: module for module, names in _HOMES.items() for name in names}

__all__ = sorted([*HOMES, "__version__"])


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"module 'ecanalysis' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"ecanalysis.{HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
