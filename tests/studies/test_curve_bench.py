"""The bench of the Descent tab, without a window."""

from mnist_lab.descent.functions import function_of
from mnist_lab.studies.curve_bench import CurveBench


def test_what_basins_depend_on_is_the_same_object_until_it_changes() -> None:
    bench = CurveBench()
    cases = [bench.case]
    bench.balls.step(3)
    bench.set_start(1.0)
    assert bench.case is cases[0]
    for change in (
        lambda: bench.set_function(function_of("ripples")),
        lambda: bench.balls.set_rate(0.3),
        lambda: bench.choose(("sgd_momentum",)),
        lambda: bench.balls.set_setting("sgd_momentum", "momentum", 0.5),
    ):
        change()
        assert all(bench.case is not known for known in cases)
        cases.append(bench.case)
        assert bench.case is cases[-1]
