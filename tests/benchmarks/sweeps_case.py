"""The case of the sweeps benchmark. Arguments: the .npz file, turns, runs of a sweep, epochs of each run."""

import statistics
import sys
import time

from mnist_lab.data import sources
from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.runs.local_pool import LocalPool
from mnist_lab.runs.store import RunStore
from mnist_lab.runs.sweep_control import SweepControl
from mnist_lab.runs.sweep_plan import SweepPlan, grid_plan
from mnist_lab.runs.sweep_pool import FromTrial, TrialOver, TrialTask
from mnist_lab.runs.sweeping import run_sweep
from tests.benchmarks.processes import Figures, report


def main() -> None:
    digits, turns, runs, epochs = sources.load(sys.argv[1]), *map(int, sys.argv[2:5])
    sweeps = {
        "starter set": (sources.load("starter"), 64, 4 * runs),
        "64 units": (digits, 64, runs),
        "512 units": (digits, 512, runs),
    }
    figures: Figures = {}
    for name, (images, units, count) in sweeps.items():
        images.fingerprint  # noqa: B018 - computed once, here
        rates = [0.0002 * place for place in range(1, count + 1)]
        plan = grid_plan(Experiment(hidden_units=(units,), epochs=epochs), {"learning_rate": rates}, name)
        figures |= _compared(name, plan, images, turns)
    report(figures)


def _compared(name: str, plan: SweepPlan, digits: Digits, turns: int) -> Figures:
    store = RunStore()
    seconds: dict[int, list[float]] = {1: [], 2: []}
    found: set[tuple[str | None, ...]] = set()
    for turn in range(turns):
        for workers in (1, 2) if turn % 2 else (2, 1):
            took, hashes = _swept(plan, digits, store, workers)
            seconds[workers].append(took)
            found.add(hashes)
    if len(found) > 1:
        raise RuntimeError("two workers trained other networks than one")
    return {
        f"{name}: one worker, s": statistics.median(seconds[1]),
        f"{name}: two workers, s": statistics.median(seconds[2]),
        f"{name}: ratio": statistics.median(one / two for one, two in zip(seconds[1], seconds[2], strict=True)),
    }


def _swept(plan: SweepPlan, digits: Digits, store: RunStore, workers: int) -> tuple[float, tuple[str | None, ...]]:
    """Seconds from when all workers have trained to the end of all runs, and the hashes of their weights."""
    pool = LocalPool(workers)
    pool.start(digits)
    for place in range(workers):  # starting is over when each has compiled its first network
        pool.submit(TrialTask(-1 - place, plan.experiments[0].changed(epochs=1), ""))
    over = 0
    while over < workers:
        over += sum(isinstance(event, FromTrial) and isinstance(event.sent, TrialOver) for event in pool.events(1.0))
    begun = time.perf_counter()
    ended: list[float] = []
    results = run_sweep(
        plan,
        digits,
        store,
        workers=workers,
        publish=lambda _event: ended.append(time.perf_counter()),
        control=SweepControl(),
        pool=pool,
        number=workers,
    )
    if any(result.state != "finished" for result in results):
        raise RuntimeError(f"not all finished: {[result.state for result in results]}")
    return ended[-1] - begun, tuple(result.weights_sha256 for result in results)


if __name__ == "__main__":
    main()
