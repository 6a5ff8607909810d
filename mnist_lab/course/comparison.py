"""Two kept runs that differ in nothing but their optimizer, laid side by side by the learner."""

from mnist_lab.course.state import KeptFacts, LabState

SELECTED = "runsPage.selectedRuns"
"""The fact that tells the ids of the selected runs."""
LISTED = "runsPage.listedRuns"
"""The fact that tells the ids of the runs that the table shows."""
ALIKE = 0.005
"""Accuracies that differ by less are about the same."""
_OF_OPTIMIZER = {"optimizer", "optimizer_settings", "learning_rate"}


def run_is_listed(_entry: LabState, now: LabState) -> bool:
    """The table of runs shows the run in hand: it is read off the window's thread, a moment after the run has ended."""
    listed = now.fact(LISTED)
    return now.run is not None and isinstance(listed, tuple) and now.run.id in listed


def compared(now: LabState) -> tuple[KeptFacts, KeptFacts] | None:
    """The first two of the selected runs that differ only in the optimizer and its rate, plain SGD first; else None."""
    selected = now.fact(SELECTED)
    if not isinstance(selected, tuple):
        return None
    runs = [run for run in now.kept if run.id in selected and run.test_accuracy is not None]
    for place, one in enumerate(runs):
        for other in runs[place + 1 :]:
            if _differ_in_optimizer(one, other):
                return (one, other) if _optimizer(one) == "sgd" else (other, one)
    return None


def ahead(now: LabState) -> str | None:
    """Which of the compared runs names more test digits rightly: "sgd", "other" or "alike"; None without SGD."""
    pair = compared(now)
    if pair is None or _optimizer(pair[0]) != "sgd":
        return None
    sgd, other = (run.test_accuracy or 0.0 for run in pair)
    if abs(sgd - other) < ALIKE:
        return "alike"
    return "sgd" if sgd > other else "other"


def _optimizer(run: KeptFacts) -> str:
    return "" if run.experiment is None else run.experiment.optimizer


def _differ_in_optimizer(one: KeptFacts, other: KeptFacts) -> bool:
    if one.experiment is None or other.experiment is None or _optimizer(one) == _optimizer(other):
        return False
    return one.experiment.model_dump(exclude=_OF_OPTIMIZER) == other.experiment.model_dump(exclude=_OF_OPTIMIZER)
