"""A program as lines that know the settings they come from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

StepName = Literal[
    "set_up", "load", "architecture", "compile", "start", "prepare", "labels", "fit", "evaluate", "report"
]

_WIDTH = 110
"""Of a line, where its arguments allow it."""


@dataclass(frozen=True)
class Line:
    """One line of a program, without its end.

    Attributes:
        text: Python.
        settings: the fields of `Experiment` that it comes from, and "data" where it depends on the digits.
    """

    text: str
    settings: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ProgramStep:
    """One of the chapter's steps.

    Attributes:
        name: which; "set_up" and "report" are there in a program that is checked, and in no other; "start" in one that
            goes on from another network.
        title: what its comment says.
        lines: its code.
    """

    name: StepName
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Program:
    """A runnable program, step by step."""

    steps: tuple[ProgramStep, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All of it, each step under its title as a comment, with an empty line between two steps."""
        found: list[Line] = []
        for step in self.steps:
            found += [Line("")] if found else []
            found += [Line(f"# {step.title}"), *step.lines]
        return tuple(found)

    @property
    def text(self) -> str:
        """The same as Python reads it."""
        return "".join(f"{line.text}\n" for line in self.lines)


def line(text: str, *settings: str) -> Line:
    """A line and the settings that it comes from."""
    return Line(text, frozenset(settings))


def call(head: str, arguments: Sequence[Line], tail: str = ")") -> list[Line]:
    """A call that may be too long for one line: `head` with its bracket, `arguments`, each as a whole, and `tail`."""
    lines, text, settings = [], head, frozenset[str]()
    indent = " " * len(head)
    for number, argument in enumerate(arguments, 1):
        piece = argument.text + ("," if number < len(arguments) else tail)
        if text.strip() != head.strip() and len(text) + 1 + len(piece) > _WIDTH:
            lines.append(Line(text, settings))
            text, settings = indent + piece, argument.settings
        else:
            text += ("" if text == head else " ") + piece
            settings |= argument.settings
    return [*lines, Line(text, settings)]


def literal(value: object) -> str:
    """The value as Python spells it, text in double quotes where it has none itself."""
    spelled = repr(value)
    if isinstance(value, str) and spelled.startswith("'") and '"' not in spelled:
        return f'"{spelled[1:-1]}"'
    return spelled
