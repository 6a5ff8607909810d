"""Long work says how far it is and how long the rest will take."""

from mnist_lab.work import Progress, Stopwatch


def test_what_is_left_follows_from_what_is_done() -> None:
    times = iter([100.0, 103.0, 108.0])
    watch = Stopwatch(4, lambda: next(times))
    assert watch.after(0) == Progress(0, 4, None)
    assert watch.after(1) == Progress(1, 4, 9.0)
    assert watch.after(4) == Progress(4, 4, 0.0)
