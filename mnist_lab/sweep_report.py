"""What a sweep will take, what came of it and which setting mattered, in words and as JSON."""

import json
from collections.abc import Sequence

from pydantic import JsonValue

from mnist_lab.experiment import FIELD_NAMES
from mnist_lab.run_report import finite, in_percent, short_loss
from mnist_lab.runs.sweep_estimate import SweepEstimate
from mnist_lab.runs.sweep_events import SweepResult
from mnist_lab.runs.sweep_names import trial_name, value_text
from mnist_lab.runs.sweep_plan import SweepPlan
from mnist_lab.runs.sweep_work import SweepWork
from mnist_lab.studies.main_effects import EffectLevel, MainEffect, main_effects

MOST_LINES = 40
"""Of the closing table: of a larger sweep the best are told, and how many are left out."""
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def duration(seconds: float) -> str:
    """About how long, as a person says it: "40 s", "5 min", "2 h 10 min", "3 days"."""
    if seconds < 1.5 * _MINUTE:
        return f"{max(round(seconds), 1)} s"
    if seconds < _HOUR:
        return f"{round(seconds / _MINUTE)} min"
    if seconds < 2 * _DAY:
        hours, minutes = divmod(round(seconds / _MINUTE), 60)
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{round(seconds / _DAY):,} days"


def size(count: int) -> str:
    """About so many bytes: "340 MB", "1.2 GB"."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{max(round(count / 1e6), 1):,} MB"


def counted(count: int, noun: str) -> str:
    """So many of them: "1 run", "1,200 runs"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def estimate_in_words(plan: SweepPlan, estimate: SweepEstimate) -> str:
    """One line on what it will take, one on what was left out."""
    took = "unknown time" if estimate.seconds is None else f"about {duration(estimate.seconds)}"
    varied = ", ".join(FIELD_NAMES[name] for name in plan.varied)
    runs, workers = counted(estimate.runs, "run"), counted(estimate.workers, "worker")
    line = f"Sweep: {runs} ({varied}) by {workers}, {took}, about {size(estimate.bytes)} on disk."
    if not plan.doubles:
        return line
    would_be = "the same training as one" if plan.doubles == 1 else "the same trainings as some"
    return f"{line}\nLeft out: {plan.doubles:,} that would be {would_be} in the list."


def going_on_in_words(number: int, work: SweepWork) -> str:
    """One line on a sweep that is taken up again, by its number: what it has, and what is missing."""
    runs, missing = counted(len(work.plan.experiments), "run"), len(work.left.experiments)
    if not missing:
        return f"Sweep {number:,}: {runs} done, nothing is missing."
    line = f"Sweep {number:,} goes on: {len(work.done):,} of {runs} done, {missing:,} missing"
    return f"{line}, of which {work.halted:,} had begun." if work.halted else f"{line}."


def plan_in_words(plan: SweepPlan) -> str:
    """One line for each experiment."""
    return "\n".join(
        f"{place:,}. {trial_name(experiment, plan.varied)}"
        for place, experiment in enumerate(plan.experiments, start=1)
    )


def trial_in_words(result: SweepResult, varied: Sequence[str]) -> str:
    """One line on what came of a trial."""
    return f"{trial_name(result.experiment, varied)}: {_outcome(result)}"


def results_in_words(results: Sequence[SweepResult], varied: Sequence[str]) -> str:
    """The trials, best first, and which setting mattered."""
    ranked = sorted(results, key=lambda result: -1.0 if result.test_accuracy is None else -1.0 - result.test_accuracy)
    lines = []
    for place, result in enumerate(ranked[:MOST_LINES], start=1):
        kept = "" if result.run_number is None else f", run {result.run_number:,}"
        lines.append(f"{place:,}. {trial_in_words(result, varied)}{kept}")
    if len(ranked) > MOST_LINES:
        lines.append(f"… and {len(ranked) - MOST_LINES:,} more: “runs” lists them.")
    effects = _effects(results, varied)
    return "\n".join([*lines, *([effects_in_words(effects)] if effects else [])])


def _outcome(result: SweepResult) -> str:
    if result.test_accuracy is not None and result.test_loss is not None:
        return f"test accuracy {in_percent(result.test_accuracy)}, test loss {short_loss(result.test_loss)}"
    if result.state == "diverged":
        return f"its loss left the finite numbers after {counted(result.updates, 'gradient update')}"
    if result.state == "failed":
        return result.problem
    return f"stopped after {counted(result.updates, 'gradient update')}" if result.updates else "not begun"


def _effects(results: Sequence[SweepResult], varied: Sequence[str]) -> tuple[MainEffect, ...]:
    accuracies = [result.test_accuracy for result in results]
    if sum(accuracy is not None for accuracy in accuracies) < 2:
        return ()
    return main_effects([result.experiment for result in results], accuracies, varied)


def effects_in_words(effects: Sequence[MainEffect]) -> str:
    """Which setting mattered most, and by how much each did."""
    first, *others = effects
    name = FIELD_NAMES[first.field]
    head = f"{name.capitalize()} mattered most:" if first.verdict == "clear" else f"Largest difference: {name},"
    line = f"{head} {_spread(first)}."
    if others:
        line += f" Then: {'; '.join(f'{FIELD_NAMES[effect.field]}, {_spread(effect)}' for effect in others)}."
    missing = sum(level.missing for level in first.levels)
    if missing:
        line += f" Left out: {missing:,} without a test accuracy."
    return line


def _spread(effect: MainEffect) -> str:
    worst, best = effect.worst, effect.best
    if worst is None or best is None or worst.mean is None or best.mean is None or not effect.is_compared:
        return "nothing to compare"
    if not effect.spread:
        return "no difference"
    line = f"on average from {in_percent(worst.mean)} ({_level(worst)}) to {in_percent(best.mean)} ({_level(best)})"
    return line if effect.verdict == "clear" else f"{line}{_doubt(effect)}"


def _doubt(effect: MainEffect) -> str:
    return ", but their 95 % intervals overlap" if effect.verdict == "unclear" else ", from too few runs to be sure"


def _level(level: EffectLevel) -> str:
    if level.lowest == level.highest:
        return _value(level.lowest)
    return f"{_value(level.lowest, 3)} to {_value(level.highest, 3)}"


def _value(value: object, digits: int = 6) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.{digits}g}"
    if isinstance(value, tuple):
        return "+".join(map(str, value))
    if isinstance(value, dict):
        return ",".join(f"{name}={one}" for name, one in value.items()) or "–"
    return str(value)


def plan_as_json(plan: SweepPlan, estimate: SweepEstimate) -> str:
    """One JSON object: what would be trained, and what that would take."""
    return _json(
        {
            **_estimated(plan, estimate),
            "experiments": [experiment.model_dump(mode="json") for experiment in plan.experiments],
        }
    )


def results_as_json(
    plan: SweepPlan,
    estimate: SweepEstimate,
    results: Sequence[SweepResult],
    seconds: float,
    start_seconds: float | None = None,
) -> str:
    """One JSON object; `results` in the order of the list of experiments.

    Of a trial: its experiment, how it ended (`state`: finished, diverged, stopped, failed), `test_accuracy` and
    `test_loss` (null where it did not finish), `gradient_updates`, `training_seconds`, `run_id` and `run_number` (null
    where nothing is kept), `weights_sha256` at the end, `problem` where it failed. `start_seconds` of the `seconds`
    were gone when the first update was told: workers start, and compile their first network.
    """
    return _json(
        {
            **_estimated(plan, estimate),
            "seconds": seconds,
            "start_seconds": start_seconds,
            "effects": [_effect_json(effect) for effect in _effects(results, plan.varied)],
            "results": [_result_json(result, plan.varied) for result in results],
        }
    )


def _json(value: dict[str, JsonValue]) -> str:
    return json.dumps(value, allow_nan=False)


def _estimated(plan: SweepPlan, estimate: SweepEstimate) -> dict[str, JsonValue]:
    return {
        "runs": estimate.runs,
        "workers": estimate.workers,
        "varied": list(plan.varied),
        "left_out": plan.doubles,
        "estimated_seconds": estimate.seconds,
        "estimated_bytes": estimate.bytes,
    }


def _result_json(result: SweepResult, varied: Sequence[str]) -> dict[str, JsonValue]:
    return {
        "experiment": result.experiment.model_dump(mode="json"),
        "varied": {name: value_text(result.experiment, name) for name in varied},
        "state": result.state,
        "test_accuracy": None if result.test_accuracy is None else finite(result.test_accuracy),
        "test_loss": None if result.test_loss is None else finite(result.test_loss),
        "gradient_updates": result.updates,
        "training_seconds": result.seconds,
        "run_id": result.run_id,
        "run_number": result.run_number,
        "weights_sha256": result.weights_sha256,
        "problem": result.problem or None,
    }


def _effect_json(effect: MainEffect) -> dict[str, JsonValue]:
    levels: list[JsonValue] = [
        {
            "value": _level(level),
            "runs": len(level.accuracies),
            "without_accuracy": level.missing,
            "mean_test_accuracy": level.mean,
            "half_width_95": level.half_width,
        }
        for level in effect.levels
    ]
    return {
        "setting": effect.field,
        "spread": effect.spread,
        "verdict": effect.verdict,
        "rank_correlation": effect.rank_correlation,
        "levels": levels,
    }
