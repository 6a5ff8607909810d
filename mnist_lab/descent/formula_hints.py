"""How a formula that cannot be read would be written here: each of the common ways of writing one has its own cure."""

import keyword
import re
from collections.abc import Callable
from itertools import pairwise

from mnist_lab.descent.other_spellings import FRACTIONS, INVERSE, OF_TWO, OTHER_NAMES, REWRITTEN, ROOTS
from mnist_lab.expressions import ExpressionError, Unreadable, cut, missing_operator
from mnist_lab.words import QT_TRANSLATE_NOOP

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
_LOWERED = str.maketrans(_RAISED, "0123456789-")
_TOKEN = re.compile(
    rf"""(?P<number>(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?![\d.]))
    | (?P<raised>[{_RAISED}]+)
    | (?P<name>[^\W\d{_RAISED}][^\W{_RAISED}]*)
    | (?P<sign>\S)""",
    re.VERBOSE | re.IGNORECASE,
)
_LIBRARY = re.compile(r"\b(?:np|numpy|math|sympy|sp|tf|torch|keras)\.(?:[a-z]\w*\.)*(?=[a-z])", re.IGNORECASE)
_OPERAND = re.compile(rf"\s*(-?[\w.]+[{_RAISED}]*(?:[*/^][\w.]+)*)")
_TWO_VALUES = re.compile(r"\b(?:max|min|pow|power|atan2|mod|root|clip)\s*\(", re.IGNORECASE)

_MOST_QUOTED = 100
"""Characters of a part, and of its cure, in a sentence."""


def hint(line: str, functions: frozenset[str]) -> ExpressionError | None:
    """The sentence with the cure for the first part of a formula that is written in another way than here.

    Args:
        line: the text as it was typed, one that cannot be read.
        functions: the names of those that there are.

    Returns:
        None if it is no way of writing that is known.
    """
    words = {match["name"] for match in _TOKEN.finditer(line) if match["name"]}
    if set("'\"") & set(line) or ":=" in line or words & set(keyword.kwlist):
        return None
    for look in _LOOKS:
        found = look(line, functions)
        if found is not None:
            return found
    return None


def _written(part: str, cure: str) -> ExpressionError:
    part, cure = cut(part.strip(), _MOST_QUOTED), cut(" ".join(cure.split()), _MOST_QUOTED)
    return Unreadable(QT_TRANSLATE_NOOP("errors", "“{part}” is written “{cure}” here."), part=part, cure=cure)


def _either(part: str, first: str, second: str) -> ExpressionError:
    template = QT_TRANSLATE_NOOP("errors", "“{part}” may mean two things here: write “{first}” or “{second}”.")
    return Unreadable(template, part=part, first=first, second=second)


def _in_brackets(inner: str) -> str:
    """The same as one value that a sign may stand beside."""
    return inner if re.fullmatch(r"[\w.]+", inner) else f"({inner})"


def _equation(line: str, _functions: frozenset[str]) -> ExpressionError | None:
    found = re.match(r"\s*(?:[a-wyz]|[a-z]\s*\(\s*x\s*\))\s*=(?!=)\s*(.+)$", line, re.IGNORECASE)
    if found is None:
        return None
    return Unreadable(
        QT_TRANSLATE_NOOP("errors", "Only what stands behind the = is wanted here: write “{cure}”."),
        cure=cut(found[1].strip(), _MOST_QUOTED),
    )


def _bars(line: str, _functions: frozenset[str]) -> ExpressionError | None:
    found = re.search(r"\|([^|]+)\|", line)
    return None if found is None else _written(found[0], f"abs({found[1].strip()})")


def _decimal_comma(line: str, _functions: frozenset[str]) -> ExpressionError | None:
    found = re.search(r"(?<![\w.,])(\d+),(\d+)(?![\w,]|\.\d)", line)
    if found is None or _TWO_VALUES.search(line):
        return None
    if len(found[2]) == 3 and not found[1].startswith("0"):
        return _either(found[0], f"{found[1]}{found[2]}", f"{found[1]}.{found[2]}")
    return _written(found[0], f"{found[1]}.{found[2]}")


def _raised_function(line: str, functions: frozenset[str]) -> ExpressionError | None:
    """sin²(x), sin^2(x), sin**2 x, sin⁻¹(x), exp^(2*x)."""
    exponential = re.search(r"\bexp\s*(?:\^|\*\*)", line)
    if exponential is not None:
        inner, end = _argument(line, exponential.end())
        return None if inner is None else _written(line[exponential.start() : end], f"exp({inner})")
    for found in re.finditer(rf"([a-z]+)\s*(?:([{_RAISED}]+)|(?:\^|\*\*)\s*\(?(-?\d+)\)?)", line):
        name, exponent = found[1], (found[2] or found[3]).translate(_LOWERED)
        inner, end = _argument(line, found.end())
        if name not in functions or inner is None:
            continue
        if exponent == "-1" and name in INVERSE:
            return _written(line[found.start() : end], f"{INVERSE[name]}({inner})")
        return _written(line[found.start() : end], f"{name}({inner})^{_in_brackets(exponent)}")
    return None


def _factorial(line: str, _functions: frozenset[str]) -> ExpressionError | None:
    found = re.search(r"(\w+|\([^()]*\)|\))\s*!(?!=)", line)
    template = QT_TRANSLATE_NOOP("errors", "“{part}”: a factorial is for whole numbers and has no slope: remove the !.")
    return None if found is None else Unreadable(template, part=cut(found[0]))


def _one_sign(line: str, _functions: frozenset[str]) -> ExpressionError | None:
    for place, sign in enumerate(line):
        if sign in ROOTS:
            inner, end = _argument(line, place + 1)
            inner = inner or "x"
            return _written(line[place:end], ROOTS[sign].format(inner if sign == "√" else _in_brackets(inner)))
        if sign in FRACTIONS:
            return _written(sign, f"({FRACTIONS[sign]})")
        if sign == "ˣ" and place:
            return _written(line[place - 1 : place + 1], f"{line[place - 1]}^x")
    share = re.search(r"([\d.]+)\s*%(?!\s*[\w(])", line)
    return None if share is None else _written(share[0], f"{share[1]}/100")


def _square_brackets(line: str, _functions: frozenset[str]) -> ExpressionError | None:
    found = re.search(r"(?<![\w)\]])\[([^\[\],]+)\]", line)
    return None if found is None else _written(found[0], f"({found[1]})")


def _library(line: str, functions: frozenset[str]) -> ExpressionError | None:
    found = _LIBRARY.search(line)
    name = re.compile(r"\w+").match(line, found.end()) if found else None
    if found is None or name is None:
        return None
    known = _known_name(name[0], functions)
    return None if known is None else _written(found[0] + name[0], known)


def _known_name(name: str, functions: frozenset[str]) -> str | None:
    """The lab's name for what is called so elsewhere, or written in other letters."""
    lower = name.lower()
    if lower in functions | {"x", "pi", "e"}:
        return lower
    return OTHER_NAMES.get(lower)


def _function_name(line: str, functions: frozenset[str]) -> ExpressionError | None:
    """Arcsin(x), Sin(x), log10(x), pow(x, 2), max(0, x)."""
    for found in re.finditer(r"([^\W\d]\w*)", line):
        name, known = found[1], _known_name(found[1], functions)
        inner, end = _argument(line, found.end()) if line[found.end() :].lstrip().startswith("(") else (None, 0)
        if name.lower() in REWRITTEN and inner is not None:
            return _written(line[found.start() : end], REWRITTEN[name.lower()].format(inner))
        two = [part.strip() for part in (inner or "").split(",")]
        if name.lower() in OF_TWO and len(two) == 2:
            return _written(line[found.start() : end], _of_two(name.lower(), *two))
        if known is not None and known != name:
            return _written(name, known)
    return None


def _of_two(name: str, first: str, second: str) -> str:
    """A function of two values by what there is here."""
    one, two = _in_brackets(first), _in_brackets(second)
    if name in ("pow", "power"):
        return f"{one}^{two}"
    if name in ("max", "maximum") and "0" in (first, second):
        return f"relu({second if first == '0' else first})"
    return f"({first} + {second} {'+' if name.startswith('max') else '-'} abs({one} - {two}))/2"


def _without_brackets(line: str, functions: frozenset[str]) -> ExpressionError | None:
    """Sin x, ln 2*x, sinx."""
    names = "|".join(sorted(functions, key=len, reverse=True))
    found = re.search(rf"\b({names})(?:\s+(?=[\w.πx-])|(?=x\b|π))", line)
    if found is None:
        return None
    inner, end = _argument(line, found.end())
    return None if inner is None else _written(line[found.start() : end], f"{found[1]}({inner})")


def _run_together(line: str, functions: frozenset[str]) -> ExpressionError | None:
    """Xsin(x) with a small x, πx, x2, xx: values that stand in one word."""
    known = "|".join(sorted({*functions, "pi", "π", "x"}, key=len, reverse=True))
    for found in re.finditer(rf"[^\W\d{_RAISED}][^\W{_RAISED}]*", line):
        word = found[0]
        if word == "ex":
            return _either(word, "e^x", "e * x")
        if re.fullmatch(r"x\d+", word):
            return _either(cut(word), cut(f"x^{word[1:]}"), cut(f"{word[1:]} * x"))
        if word in functions | {"x", "pi", "e", "π"} or not re.fullmatch(rf"(?:{known}|\d)+", word):
            continue
        parts = re.findall(rf"{known}|\d+", word)
        if all(part not in functions for part in parts[:-1]):
            return _written(word, " * ".join(parts))
    return None


def _side_by_side(line: str, functions: frozenset[str]) -> ExpressionError | None:
    """2 x, (x + 1)(x − 1), x sin(x), x²x."""
    tokens = list(_TOKEN.finditer(line))
    values = {"x", "pi", "e", "π"}
    for place, (before, after) in enumerate(pairwise(tokens)):
        ends = before["number"] or before["raised"] or before["sign"] == ")" or before["name"] in values
        begins = after["number"] or after["name"] in values | functions or after["sign"] == "("
        if ends and begins:
            return missing_operator(_value_before(line, tokens[: place + 1]), _value_from(line, after, functions))
    return None


def _value_before(line: str, tokens: list[re.Match[str]]) -> str:
    """The value that ends with the last of the tokens: with its bracket and function, or what is raised."""
    first = len(tokens) - 1
    while first > 0 and tokens[first]["raised"]:
        first -= 1
    open_brackets = 1 if tokens[first][0] == ")" else 0
    while first > 0 and open_brackets:
        first -= 1
        open_brackets += {")": 1, "(": -1}.get(tokens[first][0], 0)
    if tokens[first][0] == "(" and first > 0 and tokens[first - 1]["name"]:
        first -= 1
    return line[tokens[first].start() : tokens[-1].end()]


def _value_from(line: str, token: re.Match[str], functions: frozenset[str]) -> str:
    """The value that begins with a token: with all that its bracket holds."""
    if token[0] == "(" or token[0] in functions:
        return line[token.start() : max(_argument(line, token.end() - (token[0] == "("))[1], token.end())]
    return token[0]


def _other_variable(line: str, _functions: frozenset[str]) -> ExpressionError | None:
    found = re.search(r"(?<!\w)([^\W\d_])(?!\w|\s*\()", re.sub(r"(?<!\w)[xeπ](?!\w)", " ", line))
    if found is None or found[1] in _RAISED:
        return None
    return Unreadable(
        QT_TRANSLATE_NOOP("errors", "The variable is called x here: write x in place of “{name}”."), name=found[1]
    )


def _colon(line: str, _functions: frozenset[str]) -> ExpressionError | None:
    found = re.search(r"([\w.)]+)\s*:\s*([\w.(]+)", line)
    return None if found is None or "{" in line or "[" in line else _written(found[0], f"{found[1]} / {found[2]}")


def _argument(line: str, start: int) -> tuple[str | None, int]:
    """What a function stands before at that place, without its brackets, and where it ends; None: nothing."""
    rest = line[start:]
    opened = start + len(rest) - len(rest.lstrip())
    if not line[opened:].startswith("("):
        found = _OPERAND.match(line, start)
        return (None, start) if found is None else (found[1], found.end())
    open_brackets = 0
    for place in range(opened, len(line)):
        open_brackets += {"(": 1, ")": -1}.get(line[place], 0)
        if open_brackets == 0:
            return line[opened + 1 : place].strip(), place + 1
    return None, start


_LOOKS: tuple[Callable[[str, frozenset[str]], ExpressionError | None], ...] = (
    _equation,
    _bars,
    _decimal_comma,
    _raised_function,
    _factorial,
    _one_sign,
    _square_brackets,
    _library,
    _function_name,
    _without_brackets,
    _run_together,
    _side_by_side,
    _colon,
    _other_variable,
)
"""In the order in which they are looked for: what is typed by many people first."""
