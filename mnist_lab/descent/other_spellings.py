"""What functions and signs are called elsewhere, and how the lab writes them: for the cures of `formula_hints`."""

from collections.abc import Mapping
from types import MappingProxyType

OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "arcsin": "asin",
        "arccos": "acos",
        "arctan": "atan",
        "arctg": "atan",
        "tg": "tan",
        "sh": "sinh",
        "ch": "cosh",
        "th": "tanh",
        "sgn": "sign",
        "fabs": "abs",
        "absolute": "abs",
        "root": "sqrt",
        "logistic": "sigmoid",
        "х": "x",  # a Cyrillic letter
        "χ": "x",  # a Greek one
    }
)
"""Names that the lab has others for, in small letters."""

REWRITTEN: Mapping[str, str] = MappingProxyType(
    {
        "log10": "log({0})/log(10)",
        "log_10": "log({0})/log(10)",
        "lg": "log({0})/log(10)",
        "log2": "log({0})/log(2)",
        "log_2": "log({0})/log(2)",
        "log1p": "log(1 + {0})",
        "expm1": "exp({0}) - 1",
        "cot": "1/tan({0})",
        "ctg": "1/tan({0})",
        "sec": "1/cos({0})",
        "csc": "1/sin({0})",
        "cosec": "1/sin({0})",
        "cbrt": "({0})^(1/3)",
        "square": "({0})^2",
        "sqr": "({0})^2",
        "softplus": "log(1 + exp({0}))",
    }
)
"""Functions of one value that the lab does not have, by those that it has."""

OF_TWO = ("pow", "power", "max", "maximum", "min", "minimum")
"""Functions of two values that can be written with the lab's own."""

INVERSE: Mapping[str, str] = MappingProxyType({"sin": "asin", "cos": "acos", "tan": "atan"})
ROOTS: Mapping[str, str] = MappingProxyType({"√": "sqrt({0})", "∛": "{0}^(1/3)", "∜": "{0}^(1/4)"})
FRACTIONS: Mapping[str, str] = MappingProxyType(
    {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅛": "1/8"}
)
