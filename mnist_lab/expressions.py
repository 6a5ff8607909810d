"""Reads one typed expression into Python's own syntax tree, and never runs it.

The tree is only data. Whoever evaluates it (a function of x in `descent`, an expression of tensors in `tensors`) walks
it with a list of the few kinds of node that it knows, and refuses the rest. What comes out of `parse` is bounded: so
many characters, so deep, no number that takes long to work with; so that a walk may recurse without a second thought.
"""

import ast
import math
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

MOST_CHARACTERS = 1_000
MOST_DEPTH = 100
"""Levels of a tree; a sum of a hundred terms has a hundred."""

MOST_BRACKETS = 40
"""Brackets within brackets; counted before Python's reader sees them, which has limits of its own."""

LARGEST_WHOLE = 2**53
"""The largest whole number up to which float64 holds every one."""

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_OPERATOR_AT_END = re.compile(r"(\*\*|//|[-+*/%@^−·×÷])\s*$")
_NUMBER_THEN_NAME = re.compile(
    r"""(?<![\w.])(?!0[xob])       # at the start of a number, not of 0x1F
    (\d+(?:\.\d*)?|\.\d+)         # the number
    (?!e\d|[ej]\b)\s*            # not the exponent of 1e5 or 1e-5
    (?!(?:if|else|and|or|not|in|is|for)\b)
    ([^\W\d]\w*)                 # a name right behind it""",
    re.VERBOSE | re.IGNORECASE,
)


class ExpressionError(LabError):
    """A typed expression that cannot be read, or that asks for something that is not on offer."""


class Unreadable(ExpressionError):  # noqa: N818 - what the text is, told in a sentence
    """One that is written in another way than is understood here."""


@dataclass(frozen=True)
class Respelled:
    """A line in Python's spelling.

    Attributes:
        text: to be read.
        origins: for each character of it, at which character of what was typed it comes from, counted from 1.
    """

    text: str
    origins: tuple[int, ...]


def as_it_is(line: str) -> Respelled:
    """The line as it was typed."""
    return Respelled(line, tuple(range(1, len(line) + 1)))


def parse(
    text: str,
    *,
    most_characters: int = MOST_CHARACTERS,
    most_depth: int = MOST_DEPTH,
    respell: Callable[[str], Respelled] = as_it_is,
) -> ast.expr:
    """Read one expression; nothing of it is run.

    Args:
        text: what was typed. Line ends and tabs count as spaces.
        most_characters: the longest text that is read at all.
        most_depth: the deepest tree that is accepted, by `depth`.
        respell: puts a line into Python's spelling; it moves and removes no bracket.

    Returns:
        the root of the tree; whole numbers in it reach at most `LARGEST_WHOLE`, other numbers are finite.

    Raises:
        ExpressionError: empty, too long, too deep, a huge number, or no expression; it says at which character.
    """
    if len(text) > most_characters:
        raise ExpressionError(
            QT_TRANSLATE_NOOP(
                "errors", "This has {length:,} characters: an expression may have at most {most:,} of them."
            ),
            length=len(text),
            most=most_characters,
        )
    if not text.strip():
        raise ExpressionError(QT_TRANSLATE_NOOP("errors", "Nothing is typed yet: type an expression."))
    line = "".join(" " if character.isspace() else character for character in text)
    _check_characters(line)
    _check_brackets(line)
    root = _read(line, respell(line))
    if depth(root) > most_depth:
        raise _too_deep(most_depth)
    _check_numbers(root)
    return root


def depth(node: ast.AST) -> int:
    """How many levels the tree has; a single name or number has one. Operators and contexts are no levels."""
    deepest = 0
    waiting = [(node, 1)]
    while waiting:
        current, level = waiting.pop()
        deepest = max(deepest, level)
        waiting.extend((child, level + 1) for child in _children(current))
    return deepest


def count(node: ast.AST) -> int:
    """How many parts the tree has: names, numbers, operations, calls."""
    return sum(1 for part in ast.walk(node) if not isinstance(part, ast.operator | ast.unaryop | ast.expr_context))


def excerpt(node: ast.AST, most_characters: int = 40) -> str:
    """The part of the expression below `node`, as text for a sentence; cut to `most_characters`."""
    return cut(ast.unparse(node), most_characters)


def number(node: ast.Constant) -> int | float:
    """The number that stands there.

    Raises:
        ExpressionError: it is a text, True or False, an imaginary number, or anything else but a real number.
    """
    value = node.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ExpressionError(
            QT_TRANSLATE_NOOP("errors", "“{part}” is not a number: numbers are written like 2, 0.5 or 1e-3."),
            part=excerpt(node),
        )
    return value


def cut(text: str, most_characters: int = 40) -> str:
    """The text, or its beginning with an ellipsis: what a sentence quotes stays short."""
    return text if len(text) <= most_characters else text[: most_characters - 1] + "…"


def _check_characters(line: str) -> None:
    for position, character in enumerate(line, start=1):
        if character == "\\" or not character.isprintable():
            raise ExpressionError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "Character {position} is {character}, which has no place in an expression: remove it.",
                ),
                position=position,
                character=ascii(character),
            )


def _check_brackets(line: str) -> None:
    """Every bracket has its partner, and they are not too deep: known before Python's reader sees the text."""
    opened: list[tuple[str, int]] = []
    for position, character in _outside_of_texts(line):
        if character in _CLOSING:
            opened.append((character, position))
            if len(opened) > MOST_BRACKETS:
                raise _too_deep(MOST_BRACKETS)
        elif character in _CLOSING.values() and (not opened or _CLOSING[opened.pop()[0]] != character):
            raise ExpressionError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "The bracket “{bracket}” at character {position} closes nothing: remove it or open one before.",
                ),
                bracket=character,
                position=position,
            )
    if opened:
        bracket, position = opened[-1]
        raise ExpressionError(
            QT_TRANSLATE_NOOP(
                "errors", "The bracket “{bracket}” at character {position} is never closed: add “{closing}”."
            ),
            bracket=bracket,
            position=position,
            closing=_CLOSING[bracket],
        )


def _outside_of_texts(line: str) -> Iterator[tuple[int, str]]:
    """Positions from 1, and characters, of all that is not within quotation marks."""
    quote = ""
    for position, character in enumerate(line, start=1):
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        else:
            yield position, character


def _read(line: str, respelled: Respelled) -> ast.expr:
    text = respelled.text
    indent = len(text) - len(text.lstrip())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about Python's style, as in `1if x else 2`; nobody could act on them
            return ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        place = indent + (error.offset or len(text))  # 0: something is missing at the end
        origin = respelled.origins[place - 1] if place <= len(text) else len(line)
        raise _unreadable(line, origin) from error
    except (MemoryError, RecursionError) as error:  # how Python's reader says that its own stack is full
        raise _too_deep(MOST_DEPTH) from error


def _unreadable(line: str, position: int) -> ExpressionError:
    forgotten = _NUMBER_THEN_NAME.search(line)
    if forgotten:
        return missing_operator(forgotten[1], forgotten[2])
    dangling = _OPERATOR_AT_END.search(line)
    if dangling:
        return Unreadable(
            QT_TRANSLATE_NOOP("errors", "It ends with “{operator}”: write a number or a name after it, or remove it."),
            operator=dangling[1],
        )
    position = min(position, len(line.rstrip()))
    return Unreadable(
        QT_TRANSLATE_NOOP(
            "errors",
            "This cannot be read at character {position}, near “{near}”: write one expression, such as 2 * (x + 1).",
        ),
        position=position,
        near=line[max(0, position - 6) : position + 5].strip(),
    )


def missing_operator(factor: str, rest: str) -> ExpressionError:
    """Two values side by side: which product they probably are."""
    return Unreadable(
        QT_TRANSLATE_NOOP("errors", "Between {factor} and “{rest}” an operator is missing: write “{factor} * {rest}”."),
        factor=cut(factor),
        rest=cut(rest),
    )


def _too_deep(most: int) -> ExpressionError:
    return ExpressionError(
        QT_TRANSLATE_NOOP("errors", "This is nested too deeply: put at most {most:,} parts inside each other."),
        most=most,
    )


def _check_numbers(root: ast.expr) -> None:
    for node in ast.walk(root):
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, complex):
            value = value.imag
        if isinstance(value, float) and not math.isfinite(value):
            raise ExpressionError(
                QT_TRANSLATE_NOOP("errors", "A number here is too large: numbers reach up to about 1.8e308.")
            )
        if isinstance(value, int) and value > LARGEST_WHOLE:
            raise ExpressionError(
                QT_TRANSLATE_NOOP("errors", "A whole number here is too large: above {largest:,} write it like 1e20."),
                largest=LARGEST_WHOLE,
            )
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Constant):  # 2(x + 1)
            arguments = ", ".join(excerpt(argument) for argument in node.args)
            raise missing_operator(excerpt(node.func), f"({arguments})")


def _children(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.operator | ast.unaryop | ast.expr_context):
            yield child
