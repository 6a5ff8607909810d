"""Which hints are about which step of the course: there the course itself shows them."""

from mnist_lab.course.hint import HintId

_OF_TRAINING: frozenset[HintId] = frozenset(
    {
        "rate_moves_nothing",
        "wrong_start",
        "rate_too_high",
        "rate_too_low",
        "range_test",
        "batch_too_large",
        "plateau",
        "dead_units",
    }
)
"""What can stand in the way of a good test accuracy."""

HINTS_OF_STEPS: dict[str, frozenset[HintId]] = {
    "first_network.train": _OF_TRAINING,
    "first_network.gap": frozenset({"overfitting"}),
    "first_network.fooled": frozenset({"class_confusion"}),
    "first_network.smaller": _OF_TRAINING,
}
"""By the ids of the steps."""
