"""How long a chunk of gradient updates may be, so that the learner's wishes are obeyed at once."""

from typing import Literal

Fairness = Literal["updates", "seconds"]
"""Of what all racers get the same: gradient updates, or seconds of training."""
CHUNK_SECONDS = 0.1
"""Each call costs time beside its updates: long enough for that not to count, short enough to obey at once. The window
redraws curves and pictures after each: ten times a second. With two thirds of it the window's thread takes 0.8 s of a
processor during the chapter's run instead of 0.65 (measured), which is the training's loss where there are two."""
_SLOW_CHUNK_SECONDS = 0.066
"""In slow motion there is time enough: the curve grows more often, by fewer batches."""


class Pace:
    """How many updates the next chunk gets so that it lasts `CHUNK_SECONDS`."""

    def __init__(self, fixed: int | None) -> None:
        self._fixed = fixed
        self._count = fixed or 1

    def next_count(self, longest: int, slow_motion: float | None = None) -> int:
        """Updates of the next chunk, of which no more than `longest` can be done at once.

        In slow motion it gets what is due in a shorter time at that many updates a second.
        """
        due = longest if slow_motion is None else max(1, round(slow_motion * _SLOW_CHUNK_SECONDS))
        return min(self._count, longest, due)

    def learn(self, count: int, seconds: float) -> None:
        """Take note that a chunk of `count` updates took so long.

        A chunk that an epoch's end cut short says nothing of longer ones, unless it was slow even so.
        """
        if self._fixed is None and (count >= self._count or seconds > CHUNK_SECONDS):
            wanted = round(CHUNK_SECONDS * count / max(seconds, 1e-6))
            self._count = max(1, min(wanted, 2 * self._count))  # one lucky measurement must not overshoot
