"""What is said of runs side by side."""

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from mnist_lab.runs.comparing import settings_of_run
from mnist_lab.runs.comparing_curves import curve_of
from mnist_lab.runs.scatter import SCATTER_SETTINGS, scatter
from mnist_lab.window.pages.runs.comparison_words import ComparisonWords
from mnist_lab.window.pages.runs.scatter_words import ScatterWords
from mnist_lab.window.setting_words import SettingWords
from tests.runs.made_runs import OTHER, kept_network, kept_run, row_of


@pytest.fixture
def owner(qapp: QApplication) -> QObject:
    return QObject()


def test_the_verdict_names_the_best_and_what_chance_may_explain(owner: QObject) -> None:
    words = ComparisonWords(owner)
    best, close, far = kept_run(3, 0.972, name="narrow"), kept_run(4, 0.965), kept_run(5, 0.9)
    assert words.verdict([best]) == words.verdict([]) == ""
    assert words.verdict([best, far]) == (
        "Best on test digits: run 3 “narrow”, with 97.2\u00a0% of 1,000."
        " It is better than run 5 (90.0\u00a0%), by more than chance explains."
    )
    assert words.verdict([far, close, best]).endswith(
        "by more than chance explains. Run 4 (96.5\u00a0%): the difference is so small that it may be chance."
    )
    assert "Measured on other digits, so the numbers cannot be compared: run 9 (90.0\u00a0%)." in words.verdict(
        [best, far, kept_run(9, 0.9, data=OTHER)]
    )
    assert words.verdict([best, kept_network(8)]).endswith("Without an accuracy on new digits: run 8 “edited”.")
    assert words.verdict([kept_network(7), kept_network(8)]).startswith("None of these runs has an accuracy")


def test_many_runs_are_counted(owner: QObject) -> None:
    words = ComparisonWords(owner)
    runs = [kept_run(number, 0.5) for number in range(1, 9)]
    named = ", ".join(f"run {number} (50.0\u00a0%)" for number in range(2, 6))
    assert f"{named} and 3 more" in words.verdict(runs).lower()
    curves = [curve_of(run, "accuracy", "validation", "epochs") for run in runs]
    assert words.curves(curves, "accuracy", "validation", "epochs").endswith("; behind them: 4 more.")


def test_curves_are_told_from_the_best_to_the_worst(owner: QObject) -> None:
    words = ComparisonWords(owner)
    runs = [kept_run(1, 0.9), kept_run(2, 0.95, best=0.96), kept_network(3)]
    curves = [curve_of(run, "accuracy", "validation", "epochs") for run in runs]
    assert words.curves(curves, "accuracy", "validation", "epochs") == (
        "Test accuracy against epochs."
        " Run 2 ends at 95.0\u00a0% (best epoch 1: test 96.0\u00a0%);"
        " run 1 ends at 90.0\u00a0% (best epoch 2: test 90.0\u00a0%)."
        " Not shown, because it has no such numbers: run 3 “edited”."
    )
    apart = kept_run(4, validation="held_out")
    assert words.quantity("loss", "validation", [apart]) == "held-out loss"
    assert words.quantity("loss", "validation", [apart, *runs]) == "test and held-out loss", "they are of both kinds"
    both = (kept_run(1, end="diverged"), kept_run(2))
    diverged = [curve_of(run, "loss", "batches", "seconds") for run in both]
    told = words.curves(diverged, "loss", "batches", "seconds")
    assert told.index("Run 2") < told.index("run 1 ends at not a number")


def test_settings_are_spelled_as_the_form_does(owner: QObject) -> None:
    words = SettingWords(owner)
    run = kept_run(1, optimizer="sgd_momentum", optimizer_settings={"momentum": 0.5}, rates=((9, 0.1),), seed=1234)
    told = {words.name(name): words.value(name, value) for name, value in settings_of_run(run).items()}
    assert told["hidden units"] == "16"
    assert told["optimizer"] == "SGD with momentum"
    assert told["optimizer settings"] == "Momentum: 0.5"
    assert told["rate changed to"] == "0.1 from update 10"
    assert told["seed"] == "1,234"
    assert told["shuffled labels"] == "no"
    assert told["digits"] == "MNIST, starter set: 4,000 to train, 1,000 to test"
    assert words.value("rate_changes", ()) == "never"
    assert words.value("optimizer_settings", {}) == "defaults"
    assert words.value("batch_order", "fixed") == "always the same"
    assert words.value("learning_rate", None) == "–"


def test_points_are_told(owner: QObject) -> None:
    words, settings = ScatterWords(owner), {setting.name: setting for setting in SCATTER_SETTINGS}
    aside = kept_run(3, end="stopped", validation="held_out")
    rows = [row_of(one) for one in (kept_run(1, 0.9, learning_rate=0), kept_run(2, 0.95), aside, kept_network(4))]
    found = scatter(rows, settings["learning_rate"], "test")
    assert words.point(found, found.best) == (
        "Run 2: learning rate 0.001, test accuracy 95.0\u00a0% (95\u00a0% interval 93.5\u00a0% – 96.2\u00a0%)"
    )
    assert words.summary(found) == (
        "Test accuracy against learning rate; runs shown: 2. "
        "Highest 95.0\u00a0% at 0.001 (run 2); lowest 90.0\u00a0% at 0"
        " (run 1). 0 has no place on an axis of powers of ten: it stands at the left edge. Left out, because they have"
        " no such accuracy or no settings: 1. Kept networks, which are no runs: 1."
    )
    same = scatter(rows, settings["optimizer"], "best")
    assert "All have the same optimizer: RMSprop. Choose a setting above in which they differ." in words.summary(same)
    for accuracy in ("test", "best"):
        assert words.empty(scatter([row_of(kept_network(1))], settings["epochs"], accuracy)).startswith("No run in")
    assert words.empty(scatter([], settings["epochs"], "test")).startswith("No run is kept yet")
