"""A sweep by two workers beside one: `python -m tests.benchmarks.sweeps`.

Several learning rates each, every run kept, a process for each repeat. One worker and two take turns, from
when each has trained a network to the last run's end; starting is left out. The seconds of one are divided by those
of two, turn by turn, and the median counts. Both train the same networks to the last bit.

starter set:  64 units on the starter set, four times as many runs; the budget is for this one.
64 units:     on all of MNIST.
512 units:    the chapter's network on all of MNIST.

An update is shared by two threads, always, since that decides its bits. So one worker on two processors is busy on more
than one of them, the more so the larger its network: of the chapter's network 1,030 updates a second on two processors,
600 on one (measured). Two workers cannot gain more than what is left.
"""

from tests.benchmarks.ratios import Count, RatioBenchmark

SWEEPS = RatioBenchmark(
    "sweeps",
    "A sweep by two workers beside one",
    {
        "turns": Count(1, "pairs in each"),
        "runs": Count(8, "of each sweep", least=2),
        "epochs": Count(3, "of each run"),
    },
    least_ratio=1.6,
    is_judged=lambda figure: figure == "starter set: ratio",
)

if __name__ == "__main__":
    SWEEPS.main()
