"""Chromium for the tests that look at pages as their readers do; they are skipped where there is none.

Where the variable ``ECANALYSIS_BROWSER`` is ``required``, as on the machine that every submission must pass, a missing
program is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
# Neither a sandbox, which containers forbid, nor anything that Chromium does unasked.
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def need(found: object, otherwise: str) -> None:
    """Go on only with what a test needs; without it skip the test, or fail where browser tests are required."""
    if not found:
        (pytest.fail if os.environ.get("ECANALYSIS_BROWSER") == "required" else pytest.skip)(otherwise)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium without a window."""
    need(CHROMIUM, "no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()
