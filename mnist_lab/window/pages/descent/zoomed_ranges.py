"""Which part of each plot the learner looks closer at: kept outside the plots, which come and go with their page."""

Range = tuple[float, float]


class ZoomedRanges:
    """The ranges of x and y of every plot that does not show all of it, by the plot's objectName."""

    def __init__(self) -> None:
        self._ranges: dict[str, tuple[Range, Range]] = {}

    def of(self, name: str) -> tuple[Range, Range] | None:
        """The part that is looked at; None: all of it."""
        return self._ranges.get(name)

    def note(self, name: str, x: Range, y: Range) -> None:
        """Keep the part that is looked at now."""
        self._ranges[name] = x, y

    def forget(self, name: str) -> None:
        """All of that plot is shown again."""
        self._ranges.pop(name, None)
