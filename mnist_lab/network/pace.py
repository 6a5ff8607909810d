"""How long a chunk of gradient updates may be, so that the learner's wishes are obeyed at once."""

CHUNK_SECONDS = 0.066
"""Each call costs time beside its updates: long enough for that not to count, short enough to obey at once. With half
of it the engine does 7 % less (measured), and the window redraws either curve 15 times a second all the same."""


class Pace:
    """How many updates the next chunk gets so that it lasts `CHUNK_SECONDS`."""

    def __init__(self, fixed: int | None) -> None:
        self._fixed = fixed
        self._count = fixed or 1

    def next_count(self, longest: int, slow_motion: float | None = None) -> int:
        """Updates of the next chunk, of which no more than `longest` can be done at once.

        In slow motion it gets what is due in `CHUNK_SECONDS` at that many updates a second.
        """
        due = longest if slow_motion is None else max(1, round(slow_motion * CHUNK_SECONDS))
        return min(self._count, longest, due)

    def learn(self, count: int, seconds: float) -> None:
        """Take note that a chunk of `count` updates took so long.

        A chunk that an epoch's end cut short says nothing of longer ones, unless it was slow even so.
        """
        if self._fixed is None and (count >= self._count or seconds > CHUNK_SECONDS):
            wanted = round(CHUNK_SECONDS * count / max(seconds, 1e-6))
            self._count = max(1, min(wanted, 2 * self._count))  # one lucky measurement must not overshoot
