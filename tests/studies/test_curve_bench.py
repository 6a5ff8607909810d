"""The bench of the Descent tab, without a window."""

from dataclasses import replace

from mnist_lab.descent.functions import function_of
from mnist_lab.descent.path import End
from mnist_lab.descent.verdicts import steps_to
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


def test_a_run_ends_where_the_last_ball_has_come_to_rest_or_to_an_end() -> None:
    bench = CurveBench()
    bench.choose(("sgd", "sgd_momentum"))
    assert not bench.is_over
    bench.run(1_000)
    assert bench.is_over
    balls = bench.balls.balls
    assert [steps_to(ball.path, 1e-4) for ball in balls.values()] == [49, bench.balls.steps]
    bench.run(10)
    assert balls["sgd"].path.steps == bench.balls.steps < 400
    bench.balls.step(3)  # a step that is asked for is made all the same
    assert balls["sgd"].path.steps == bench.balls.steps
    bench.choose(("sgd",))
    bench.balls.set_rate(10.0)
    bench.set_start(2.5)
    bench.run(1_000)
    assert (bench.is_over, bench.ball and bench.ball.end) == (True, End.FARTHEST)


def test_a_run_does_not_wait_for_level_ground_that_is_only_crossed() -> None:
    bench = CurveBench()
    bench.set_function(replace(function_of("bowl"), f=lambda x: 1e-6 * x * x, derivative=lambda x: 2e-6 * x))
    bench.choose(("rmsprop",))
    bench.run(30)
    assert bench.balls.steps == 30
    assert abs(bench.balls.balls["rmsprop"].path.slope).max() < 1e-4
