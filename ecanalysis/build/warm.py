"""What a worker needs, imported once before any is forked.

Imported by the fork server, whose only thread this is: no other may be started, and nothing executed in the kernel that
is made here. What is made once (tables, templates, outlines of characters) is shared by all workers.
"""

from __future__ import annotations

import gc
import os
import sys
import warnings
from contextlib import suppress

# Imported only to check international addresses, which no notebook's schema asks for, it compiles a grammar for longer
# than all the rest together takes.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")

import papermill  # isort: skip  # loads our engine, which must not be imported before it
from ecanalysis.build.engine import draw_inline, kernel_of_process  # isort: skip

draw_inline()
import ipykernel.debugger
import ipykernel.inprocess.ipkernel
import IPython.core.interactiveshell
import matplotlib.backends.backend_svg
import matplotlib.pyplot
import nbclient
import nbformat
import pandas as pd
import seaborn

import ecanalysis.build.make
from ecanalysis import catalog
from ecanalysis.build.plan import plan
from ecanalysis.build.render import render
from ecanalysis.schema import records

__all__ = ["IPython", "ipykernel", "matplotlib", "nbclient", "nbformat", "papermill", "seaborn"]

# Without a kernel around it, pandas takes itself to be on a terminal and would show wide tables differently.
pd.set_option("display.max_columns", 20)
for name in ecanalysis.__all__:
    getattr(ecanalysis, name)


def make_one() -> None:
    """Draw, write and render a small document and throw it away: what that compiles and looks up, all workers have."""
    data = catalog.load()
    for table, frame in data.tables.items():
        if "id" in frame:
            data.get(table, "")
    data.findings("")
    areas, value = records(data.tables.quiet("areas"))[:40], data.quantity(data.select()[0])
    title = " ".join(area["en"] for area in areas)
    bars = [(area["short_zh"], value) for area in areas]
    shown = ecanalysis.ranked("warm", bars, title=title, measure=title)._repr_mimebundle_()
    cell = nbformat.v4.new_code_cell(outputs=[nbformat.v4.new_output("display_data", shown)])
    page = nbformat.v4.new_notebook(cells=[cell])
    nbformat.writes(page)
    render(plan()[0], page)


kernel_of_process()
# What cannot be made of some data fails where a document asks for it, and there alone.
with suppress(Exception), warnings.catch_warnings(action="ignore"):
    make_one()
if sys.modules["rfc3987_syntax"] is None:
    del sys.modules["rfc3987_syntax"]
gc.collect()
gc.freeze()
