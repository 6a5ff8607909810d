"""Every case of the benchmarks still drives the lab as it is; what they measure is for a quiet machine."""

import math

import pytest

from mnist_lab.data.places import resource
from mnist_lab.data.starter import STARTER_FILE
from tests.benchmarks.processes import Case, run_case

STARTER = str(resource(STARTER_FILE))
CASES = {
    "engine_case": (STARTER, "1"),
    "fit_case": (STARTER, "1"),
    "window_case": (STARTER, "1"),
    "startup_case": (STARTER, "press"),
    "memory_case": (STARTER, "1", "2"),
    "sessions_case": (STARTER,),
    "keeping_case": (STARTER, "1", "2"),
    "races_case": (STARTER, "1", "1"),
    "sweeps_case": (STARTER, "1", "2", "1"),
    "moments_case": (STARTER, "2"),
    "redraw_pages_case": ("1",),
    "redraw_pictures_case": ("1",),
    "redraw_answers_case": ("1",),
}


@pytest.mark.acceptance
@pytest.mark.timeout(600)
@pytest.mark.parametrize("module", CASES)
def test_a_case_gives_its_figures(module: str) -> None:
    figures = run_case(Case(module, f"tests.benchmarks.{module}", CASES[module]))
    numbers = [value for value in figures.values() if isinstance(value, float)]
    assert numbers
    assert all(math.isfinite(value) for value in numbers)
