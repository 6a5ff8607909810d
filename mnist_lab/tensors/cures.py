"""What is written otherwise than the lab reads it, with its cure: other libraries' names, calls of what is no function.

Most of it works in Python or in Keras, and a learner types it as it stands in a book or a notebook.
"""

import ast
import re
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType

from mnist_lab.expressions import Respelled, Unreadable, cut, excerpt
from mnist_lab.tensors.errors import TensorError, spell_names
from mnist_lab.tensors.functions import FUNCTIONS, METHODS
from mnist_lab.tensors.making import DTYPES
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

NUMPY = ("np", "numpy")
LIBRARIES = frozenset({*NUMPY, "keras", "tf", "tensorflow", "torch", "jnp", "jax", "math", "scipy", "K", "ops"})
_MOST_QUOTED = 100

_OTHER_FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {f"reduce_{name}": name for name in ("sum", "mean", "max", "min", "prod", "all", "any", "std")}
    | {"cast": "astype", "asarray": "array", "constant": "array", "range": "arange", "mm": "matmul", "pow": "power"}
    | {"one_hot": "to_categorical", "absolute": "abs", "flatten": "ravel", "permute": "transpose", "amax": "max"}
    | {"convert_to_tensor": "array", "tensor": "array", "amin": "min", "mul": "multiply", "sub": "subtract"}
)
"""What functions of the lab are called in other libraries, and in Python."""

_OTHER_ARRAYS: Mapping[str, str] = MappingProxyType(
    {"x_train": "train_images", "y_train": "train_labels", "x_test": "test_images", "y_test": "test_labels"}
    | {"xtrain": "train_images", "ytrain": "train_labels", "xtest": "test_images", "ytest": "test_labels"}
    | {"images": "train_images", "labels": "train_labels", "x": "train_images", "y": "train_labels"}
)
_OF_PYTHON: Mapping[str, str] = MappingProxyType(
    {"len": "{0}.shape[0]", "type": "{0}.dtype", "int": "{0}.astype('int64')", "float": "{0}.astype('float64')"}
    | {"print": "{0}", "list": "{0}", "tuple": "{0}", "str": "{0}", "bool": "{0}.astype('bool')"}
)
"""Functions of Python, and what gives the same of an array."""

_OTHER_METHODS: Mapping[str, str] = MappingProxyType(
    {"len": ".shape[0]", "float": ".astype('float32')", "double": ".astype('float64')", "int": ".astype('int64')"}
    | dict.fromkeys(("numpy", "copy", "cpu", "tolist", "item", "detach", "contiguous", "clone"), "")
)
"""Calls behind an array in other libraries, and what does the same here."""

_WITHOUT_ARRAY = ("zeros", "ones", "arange", "eye")

_SPELLINGS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys("×·⋅∗∙", "*")
    | dict.fromkeys("−–—‐‑", "-")
    | dict.fromkeys("÷∕⁄", "/")
    | dict.fromkeys("“”„", '"')
    | dict.fromkeys("‘’‚", "'")
    | {"≤": "<=", "≥": ">=", "≠": "!=", "²": "**2", "³": "**3", "…": "..."}
)
"""Signs as they are pasted from texts, in Python's spelling."""


def respelled(line: str) -> Respelled:
    """The line in Python's spelling."""
    pieces = [_SPELLINGS.get(character, character) for character in line]
    origins = [place for place, piece in enumerate(pieces, start=1) for _ in piece]
    return Respelled("".join(pieces), tuple(origins))


def written(part: str, cure: str) -> TensorError:
    """The sentence for a part that is written in another way."""
    part, cure = cut(part, _MOST_QUOTED), cut(cure, _MOST_QUOTED)
    return TensorError(QT_TRANSLATE_NOOP("errors", "“{part}” is written “{cure}” here."), part=part, cure=cure)


def hint(line: str) -> LabError | None:
    """The cure for a text that is no expression; None if it is none of the usual ones."""
    quoted = re.sub(r"'[^']*'|\"[^\"]*\"", lambda found: "_" * len(found[0]), line)
    if re.match(r"\s*(?:import|from)\b", quoted):
        template = QT_TRANSLATE_NOOP(
            "errors", "Nothing has to be imported here: np, and every function on offer, is known."
        )
        return Unreadable(template)
    named = re.match(r"\s*([\w.]+)\s*=(?![=>])\s*(.+)$", quoted)
    if named is not None:
        value = line[named.start(2) :].strip()
        return Unreadable(
            QT_TRANSLATE_NOOP("errors", "Nothing is given a name here: write only “{value}”, or == to compare."),
            value=cut(value, _MOST_QUOTED),
        )
    for doubled in ("&&", "||"):
        if doubled in quoted:
            sides = (f"({side.strip()})" for side in line.split(doubled))
            return written(line.strip(), f" {doubled[0]} ".join(sides))
    for pattern, cure in _SIGNS:
        found = re.search(pattern, quoted)
        if found is not None:
            return written(found[0].strip(), found.expand(cure))
    if re.match(r"\s*\.\s*[a-zA-Z]", quoted):
        template = QT_TRANSLATE_NOOP("errors", "Before the dot an array is missing: write “{cure}”.")
        return Unreadable(template, cure=cut(f"train_images{line.strip()}", _MOST_QUOTED))
    return None


_SIGNS = (
    (r"<>", "!="),
    (r"=>", ">="),
    (r"=<", "<="),
    (r"===", "=="),
    (r"(?<![\w.)\]])!\s*(\w+)", r"~\1"),
    (r"\b(\w+)\s*\{([^{}]*)\}", r"\1[\2]"),
    (r"√\s*\(?([\w.]+)\)?", r"sqrt(\1)"),
    (r"\|(\w[^|]*)\|", r"abs(\1)"),
)


def decimal_comma(line: str) -> TensorError | None:
    """The cure for 0,5 where it is no part of a list, a shape or a call; None if there is none."""
    if re.search(r"[(\[]", line):
        return None
    found = re.search(r"(?<![\w.,])(\d+),(\d+)(?![\w,])", line)
    return None if found is None else written(found[0], f"{found[1]}.{found[2]}")


def package_of(node: ast.expr, names: Collection[str]) -> str | None:
    """The library whose name a dotted part begins with, "keras" for keras.utils; None if it is none."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) and node.id in LIBRARIES and node.id not in names else None


def of_library(node: ast.Attribute) -> TensorError:
    """A function of another library: what it is called here, or which ones there are."""
    name = _OTHER_FUNCTIONS.get(node.attr, node.attr)
    return written(excerpt(node), name) if name in FUNCTIONS else unknown_function(node.attr, "")


def unknown(name: str, names: Collection[str]) -> TensorError:
    """There is nothing of that name: what is probably meant."""
    cure = _OTHER_ARRAYS.get(name.lower(), "")
    if cure in names:
        return written(name, cure)
    close = get_close_matches(name, [*names, *FUNCTIONS], n=3, cutoff=0.5)
    return TensorError(
        QT_TRANSLATE_NOOP("errors", "There is no “{name}” here: did you mean {close}?")
        if close
        else QT_TRANSLATE_NOOP("errors", "There is no “{name}” here: use {names}."),
        name=name[:40],
        close=spell_names(close),
        names=spell_names(list(names)[:8]),
    )


def unknown_function(name: str, arguments: str) -> TensorError:
    """There is no such function: what it is called here, or which ones there are."""
    if name in _OF_PYTHON and arguments:
        return written(f"{name}({arguments})", _OF_PYTHON[name].format(_tight(arguments)))
    if name in DTYPES and arguments:
        return written(f"{name}({arguments})", f"{_tight(arguments)}.astype('{name}')")
    if name in _OTHER_FUNCTIONS:
        return written(name, _OTHER_FUNCTIONS[name])
    return TensorError(
        QT_TRANSLATE_NOOP("errors", "There is no function “{name}” here: use {names}."),
        name=name[:40],
        names=spell_names(get_close_matches(name, FUNCTIONS, n=3, cutoff=0.5) or list(FUNCTIONS)),
    )


def unknown_method(node: ast.Attribute, arguments: str, attributes: Sequence[str]) -> TensorError:
    """Nothing of that name can be called behind an array: x.relu(), x.len(), x.numpy()."""
    part, value = f"{excerpt(node)}({arguments})", excerpt(node.value)
    if node.attr in _OTHER_METHODS:
        return written(part, value + _OTHER_METHODS[node.attr])
    if node.attr in FUNCTIONS and node.attr not in _WITHOUT_ARRAY:
        return written(part, f"{node.attr}({', '.join(filter(None, [value, arguments]))})")
    return unknown_attribute(node, attributes)


def unknown_attribute(node: ast.Attribute, attributes: Sequence[str]) -> TensorError:
    """Nothing of that name stands behind an array and a dot."""
    known = [*attributes, *METHODS]
    return TensorError(
        QT_TRANSLATE_NOOP("errors", "An array has no “.{name}” here: use {names}."),
        name=node.attr[:40],
        names=spell_names(get_close_matches(node.attr, known, n=3, cutoff=0.5) or known),
    )


def in_words(node: ast.BoolOp) -> TensorError:
    """Truth values of arrays joined by “and” and “or”, which Python has for single ones."""
    sign = " & " if isinstance(node.op, ast.And) else " | "
    return written(excerpt(node, _MOST_QUOTED), sign.join(f"({excerpt(part)})" for part in node.values))


def not_called(node: ast.Call) -> TensorError:
    """A call of what is no function but an array: train_images(0)."""
    part, arguments = _tight(excerpt(node.func)), ", ".join(excerpt(argument) for argument in node.args)
    return TensorError(
        QT_TRANSLATE_NOOP(
            "errors",
            "“{part}” is an array and no function: write “{part}[{arguments}]” for a place of it, * to multiply.",
        ),
        part=part,
        arguments=arguments or ":",
    )


def not_a_method(node: ast.Attribute) -> TensorError:
    """A fact that is called as if it were a function: train_images.shape()."""
    return TensorError(
        QT_TRANSLATE_NOOP("errors", "“{part}” is a value and no function: write it without ()."), part=excerpt(node)
    )


def _tight(text: str) -> str:
    """The text as one part that brackets or a dot may stand behind."""
    return text if re.fullmatch(r"[\w.]+(?:\[[^\[\]]*\]|\([^()]*\))*", text) else f"({text})"
