"""What a worker needs, imported once before any is forked.

Imported by the fork server, whose only thread this is: no event loop, no socket, no shell may be started here. What is
touched once here (fonts, tables, templates) is shared by all workers.
"""

from __future__ import annotations

import gc
import os

os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")

import ipykernel.debugger
import ipykernel.inprocess.ipkernel
import ipykernel.inprocess.manager
import IPython.core.interactiveshell
import matplotlib.backends.backend_svg
import matplotlib.pyplot
import nbclient
import nbformat
import pandas as pd
import papermill
import seaborn

import ecanalysis.build.make
import ecanalysis.build.render
from ecanalysis import catalog
from ecanalysis.charts import theme

__all__ = ["IPython", "ipykernel", "matplotlib", "nbclient", "nbformat", "papermill", "seaborn"]

# Without a kernel around it, pandas takes itself to be on a terminal and would show wide tables differently.
pd.set_option("display.max_columns", 20)
for name in ecanalysis.__all__:
    getattr(ecanalysis, name)
catalog.load()
nbformat.validate(nbformat.v4.new_notebook())  # compiles the schema
with theme.theme():
    matplotlib.pyplot.close(matplotlib.pyplot.figure())
gc.collect()
gc.freeze()
