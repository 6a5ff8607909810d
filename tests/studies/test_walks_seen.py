"""What has come of walks down a curve: each way once a walk, and only on the terms a lesson asks for."""

import pytest

from mnist_lab.descent.functions import FUNCTIONS
from mnist_lab.descent.noise import SAMPLES, Batches
from mnist_lab.studies.curve_bench import CurveBench
from mnist_lab.studies.walks_seen import WalksSeen


def bench_on(name: str, rate: float) -> CurveBench:
    bench = CurveBench()
    bench.set_function(next(one for one in FUNCTIONS if one.identifier == name))
    bench.balls.set_rate(rate)
    return bench


def walk(seen: WalksSeen, bench: CurveBench, steps: int) -> None:
    for _step in range(steps):
        bench.balls.step()
        seen.look(bench)


@pytest.mark.parametrize(
    ("rate", "steps", "kind", "taken"),
    [(0.001, 20, "slow", 20), (0.5, 3, "arrived", 1), (1.0, 20, "endless", 5), (1.5, 10, "lost", 4)],
)
def test_the_learning_rate_decides_what_comes_of_the_bowl(rate: float, steps: int, kind: str, taken: int) -> None:
    seen, bench = WalksSeen(), bench_on("bowl", rate)
    walk(seen, bench, steps)
    assert {name: one.fact for name, one in seen.walks.items()} == {kind: (1.0, rate, float(taken), 0.0)}
    bench.balls.begin()
    walk(seen, bench, steps)
    assert seen.walks[kind].times == 2


def test_a_usual_rate_is_not_slow_and_a_changed_one_counts_for_nothing() -> None:
    seen, bench = WalksSeen(), bench_on("bowl", 0.1)
    walk(seen, bench, 60)
    assert list(seen.walks) == ["arrived"]
    seen, bench = WalksSeen(), bench_on("bowl", 0.3)
    walk(seen, bench, 1)
    bench.balls.set_rate(1.5)
    walk(seen, bench, 10)
    assert not seen.walks


def test_momentum_passes_the_hollow_in_which_plain_descent_stays() -> None:
    seen, bench = WalksSeen(), bench_on("double_well", 0.05)
    bench.choose(["sgd", "sgd_momentum"])
    walk(seen, bench, 230)
    assert seen.fact("passed") == (1.0, 0.05, 214.0, 0.9)
    seen, bench = WalksSeen(), bench_on("double_well", 0.02)
    bench.choose(["sgd", "sgd_momentum"])
    walk(seen, bench, 230)
    assert seen.fact("passed") is None


def test_a_larger_batch_jumps_about_less() -> None:
    seen, bench = WalksSeen(), bench_on("line_fit", 0.1)
    bench.set_batches(Batches(1))
    walk(seen, bench, 45)
    bench.set_batches(Batches(10))
    walk(seen, bench, 20)
    assert list(seen.walks) == ["noisy1"], "the steps before had another batch"
    walk(seen, bench, 25)
    assert seen.walks["noisy1"].amount > 2 * seen.walks["noisy10"].amount > 0
    bench.set_batches(Batches(SAMPLES))
    walk(seen, bench, 45)
    assert len(seen.walks) == 2
