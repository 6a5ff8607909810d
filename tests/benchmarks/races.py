"""Races beside runs alone: `python -m tests.benchmarks.races`.

The chapter's network on all of MNIST, nobody watching, every run kept, a process for each repeat. In each, races of
four and the same runs one after the other take turns; the updates a second of all racers together are divided by those
of the runs alone, turn by turn, and the median counts. From when the networks stand to the last one's end.

same settings:      four racers with the chapter's settings, at equal updates; alone: one run of them.
four optimizers:    momentum, Adagrad, RMSprop and Adam, each at its usual rate; alone: each of them.
equal seconds:      as the first, by equal seconds of training.
by processor time:  the same ratio, of updates for a second of processors: it says something on a busy machine, too.
"""

from tests.benchmarks.ratios import Count, RatioBenchmark

RACES = RatioBenchmark(
    "races",
    "Four racers together, beside runs alone",
    {"turns": Count(3, "pairs in each"), "epochs": Count(2, "of each racer")},
    least_ratio=0.9,
    is_judged=lambda figure: figure.endswith("ratio"),
    digits=lambda figure: 0 if figure.endswith("updates/s") else 2,
)

if __name__ == "__main__":
    RACES.main()
