"""The benchmarks of races and sweeps hand their options to their cases, and judge the ratios by their budgets."""

import json
import sys
from pathlib import Path

import pytest

from tests.benchmarks import processes, ratios
from tests.benchmarks.processes import Case, Figures
from tests.benchmarks.races import RACES
from tests.benchmarks.ratios import RatioBenchmark
from tests.benchmarks.sweeps import SWEEPS

FIGURES: dict[str, Figures] = {
    "races": {"same settings: race, updates/s": 100.0, "same settings: ratio": 1.0, "equal seconds: ratio": 0.95},
    "sweeps": {"starter set: ratio": 1.7, "512 units: ratio": 1.1},
}


def arguments_of(
    monkeypatch: pytest.MonkeyPatch, benchmark: RatioBenchmark, figures: Figures, *options: str
) -> list[str]:
    """Run it with a case that is made up: what that was given."""
    cases: list[Case] = []

    def run_case(case: Case) -> Figures:
        cases.append(case)
        return figures

    monkeypatch.setattr(processes, "run_case", run_case)
    monkeypatch.setattr(ratios, "full_set", lambda: Path("mnist.npz"))
    monkeypatch.setattr(sys, "argv", [benchmark.name, *options])
    benchmark.main()
    assert {case.module for case in cases} == {f"tests.benchmarks.{benchmark.name}_case"}
    return list(cases[0].arguments)


@pytest.mark.parametrize(
    ("benchmark", "usual", "options", "given"),
    [
        (RACES, ["3", "2"], ["--epochs", "1"], ["3", "1"]),
        (SWEEPS, ["1", "8", "3"], ["--runs", "2", "--turns", "4"], ["4", "2", "3"]),
    ],
)
def test_options_reach_the_case(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    benchmark: RatioBenchmark,
    usual: list[str],
    options: list[str],
    given: list[str],
) -> None:
    figures = FIGURES[benchmark.name]
    assert arguments_of(monkeypatch, benchmark, figures, "--check") == ["mnist.npz", *usual]
    assert f"{benchmark.least_ratio} at least" in capsys.readouterr().out
    assert arguments_of(monkeypatch, benchmark, figures, "--json", "--repeats", "2", *options) == ["mnist.npz", *given]
    told = json.loads(capsys.readouterr().out)
    assert (told["medians"], len(told["runs"]), told["least_ratio"]) == (figures, 2, benchmark.least_ratio)


@pytest.mark.parametrize(("benchmark", "missed"), [(RACES, "equal seconds: ratio"), (SWEEPS, "starter set: ratio")])
def test_a_missed_budget_is_an_exit_status(
    monkeypatch: pytest.MonkeyPatch, benchmark: RatioBenchmark, missed: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        arguments_of(monkeypatch, benchmark, FIGURES[benchmark.name] | {missed: 0.5}, "--check")
    assert ended.value.code == 1


def test_too_few_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        arguments_of(monkeypatch, SWEEPS, {}, "--runs", "1")
    assert "--runs must be 2 or more" in capsys.readouterr().err
