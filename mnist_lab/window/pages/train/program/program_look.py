"""How one looks at the program; kept outside the page, which comes and goes. The course reads it."""

from dataclasses import dataclass
from typing import Literal

from mnist_lab.window.state.views import View


@dataclass(eq=False)
class ProgramLook:
    """What is seen, and how often it has changed before one's eyes.

    Attributes:
        part: the program, or what stands in its place.
        is_there: whether there is a program to be seen.
        changes: how often lines have changed while they were seen.
        changed_lines: how many did the last time.
    """

    part: Literal["program", "rounding", "bits"] = "program"
    is_there: bool = False
    changes: int = 0
    changed_lines: int = 0

    def tell(self, view: View) -> None:
        """Let the course know."""
        view.tell("programIsThere", lambda: self.is_there)
        view.tell("programChanges", lambda: self.changes)
        view.tell("programChangedLines", lambda: self.changed_lines or None)
