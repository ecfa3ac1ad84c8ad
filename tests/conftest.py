"""What holds for all tests: nothing is skipped where everything must run, and figures are shown."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests import engine  # noqa: F401 - before anything else asks for MkDocs
from tests.jekyll import OSLO

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ALL = os.environ.get("IMPLDAYS_ALL") == "1"

SHARED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is slow, not wrong. Tests leave it to the profile how many examples they try."""
settings.register_profile("same", SHARED, derandomize=True)  # a change breaks it, not luck
settings.register_profile("few", SHARED, derandomize=True, max_examples=10)
settings.register_profile("many", SHARED, max_examples=3000)
settings.load_profile("same")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium once for all tests of a process."""
    # Not everywhere that tests run is there a browser, or what drives it.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from tests.browser.conftest import FLAGS  # noqa: PLC0415

    program = shutil.which("chromium")
    if program is None:
        pytest.skip("there is no chromium here")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def oslo(tmp_path: Path) -> Path:
    """Copy the Jekyll site of Oslo, so that a test can change it."""
    return Path(shutil.copytree(OSLO, tmp_path / "old" / "oslo"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where `IMPLDAYS_ALL=1` says that every program is there."""
    report = yield
    expected = hasattr(report, "wasxfail")
    if ALL and report.skipped and not expected:
        report.outcome = "failed"
        report.longrepr = f"IMPLDAYS_ALL=1 lets no test be skipped: {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what tests have measured: each `record_property("figure", …)` is a line at the end."""
    figures = {
        str(value)
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == "figure"
    }
    if figures:
        terminalreporter.section("figures")
    for figure in sorted(figures):
        terminalreporter.write_line(figure)
