"""A typed function of x: its values, its derivative as a formula, and what is refused, all at once."""

import contextlib
import re
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_lab.descent.formula import UNARY_FUNCTIONS, read_formula, values
from mnist_lab.descent.functions import FUNCTIONS
from mnist_lab.descent.symbolic import differentiate
from mnist_lab.descent.symbolic_values import MOST_STEPS
from mnist_lab.descent.typed import typed_function
from mnist_lab.expressions import ExpressionError, parse
from tests.effort import counted

X = np.linspace(-4.9, 4.9, 1_000)
MOST_CALLS = 10_000_000
"""Of functions, for one formula: a second or two of work."""


@pytest.mark.parametrize(
    ("text", "derivative", "kinks"),
    [
        ("0.1*x^4 − x² + 0.3*x", "0.4·x³ − 2·x + 0.3", ()),
        ("x**2", "2·x", ()),
        ("x³", "3·x²", ()),
        ("x × x · x", "3·x²", ()),
        ("1/3*x^2", "2·x/3", ()),
        ("sin(3*x)", "3·cos(3·x)", ()),
        ("exp(-x^2)", "−2·x·exp(−x²)", ()),
        ("e^x", "exp(x)", ()),
        ("2*pi*x", "2·pi", ()),
        ("1/x", "−1/x²", ()),
        ("x^(1/3)", "1/(3·x^(2/3))", ()),
        ("abs(x)", "sign(x)", (0.0,)),
        ("abs(x - 1.5)", "sign(x − 1.5)", (1.5,)),
        ("relu(x)", "sign(x)/2 + 1/2", (0.0,)),
        ("x*abs(x)", "x·sign(x) + abs(x)", ()),
        ("sign(x)", "0", ()),
        ("x^2*sign(x)", "2·x·sign(x)", ()),
        ("5", "0", ()),
    ],
)
def test_the_derivative_is_shown_as_a_formula(text: str, derivative: str, kinks: tuple[float, ...]) -> None:
    typed = typed_function(text)
    assert typed.derivative_text == derivative
    assert typed.function.formula == text
    assert typed.function.kinks == kinks


@pytest.mark.parametrize(
    "text",
    [
        "0.1*x^4-x^2+0.3*x",
        "1/x",
        "tan(x)",
        "log(x)",
        "sqrt(x)",
        "x^x",
        "2^x",
        "sigmoid(x)",
        "relu(x)-x",
        "abs(log(x))",
        "(x/5+1)^20",
        "exp(sin(x))/x",
        "x/abs(x)",
        "(x/2)^9",
        "atan(x)*asin(x/5)",
        "cosh(x)-sinh(x)",
        "exp(-1/x^2)",
    ],
)
def test_values_and_slopes_are_right_and_gaps_are_nan(text: str) -> None:
    function = typed_function(text).function
    reach = 1e-6
    slope = function.derivative(X)
    difference = (function.f(X + reach) - function.f(X - reach)) / (2 * reach)
    known = np.isfinite(slope) & np.isfinite(difference) & (abs(slope) < 1e5)
    assert known.mean() > 0.4
    scale = 1 + abs(slope[known]) + abs(function.f(X)[known])
    assert (abs(slope - difference)[known] / scale).max() < 1e-4
    assert np.isnan(slope[np.isnan(function.f(X))]).all()
    assert not np.isinf(function.f(X)).any()
    assert np.isfinite([function.value_at(function.start), function.slope_at(function.start)]).all()


def test_values_are_those_of_numpy() -> None:
    tree = read_formula("-2*sin(x)^3/(1 + e^(-x)) + |x|".replace("|x|", "abs(x)"))
    np.testing.assert_allclose(values(tree, X), -2 * np.sin(X) ** 3 / (1 + np.exp(-X)) + abs(X))
    assert values(read_formula("7"), np.zeros((2, 3))).tolist() == [[7.0] * 3] * 2


def test_an_abrupt_angle_has_no_slope_and_a_smooth_meeting_has() -> None:
    assert np.isnan(typed_function("abs(x)").function.slope_at(0))
    assert np.isnan(typed_function("relu(x)").function.slope_at(0))
    assert typed_function("x*abs(x)").function.slope_at(0) == 0
    assert typed_function("x^2*sign(x)").function.slope_at(0) == 0


def test_a_jump_has_a_value_and_no_slope() -> None:
    function = typed_function("sign(x - 1)").function
    assert function.f(np.array([0.0, 1.0, 2.0])).tolist() == [-1, 0, 1]
    np.testing.assert_array_equal(function.derivative(np.array([0.0, 1.0, 2.0])), [0, np.nan, 0])


def test_what_was_typed_keeps_its_gap_though_algebra_would_fill_it() -> None:
    function = typed_function("x*x/x").function
    assert np.isnan(function.value_at(0))
    assert np.isnan(function.slope_at(0))
    assert function.slope_at(1) == 1


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ["Nothing is typed"]),
        ("__import__('os')", ["“__import__”", "sin, cos"]),
        ("__import__('os').system('false')", ["no place"]),
        ("().__class__.__bases__", ["no place"]),
        ("x.real", ["“x.real”"]),
        ("9**9**9", ["power", "−100 to 100"]),
        ("x**99999999", ["power", "“x ** 99999999”"]),
        ("((x^10)^10)^10", ["power"]),
        ("x^(1/0)", ["power"]),
        ("x" * 10_000, ["10,000 characters"]),
        ("(" * 300 + "x" + ")" * 300, ["nested too deeply"]),
        ("sin(" * 39 + "x" + ")" * 39 + "+x" * 60, ["nested too deeply"]),
        ("+".join(["sin(x)*exp(x)"] * 30), ["239", "150"]),
        ("2x", ["2 * x"]),
        ("1e308*x", ["±1e100", "smaller number"]),
        ("1e308*sin(x)", ["±1e100"]),
        ("1e200*x^2", ["±1e100"]),
        ("1e400", ["1.8e308"]),
        ("1e-308*x", ["1e−308"]),
        ("sin", ["sin(x)"]),
        ("sin(x, 2)", ["sin(x)"]),
        ("sin()", ["sin(x)"]),
        ("y + 1", ["“y”"]),
        ("f(x)", ["“f”"]),
        ("'x'", ["not a number"]),
        ("2j*x", ["not a number"]),
        ("x if x else 1", ["no place"]),
        ("lambda: x", ["no place"]),
        ("[x for x in (1,)]", ["no place"]),
        ("x // 2", ["no place"]),
        ("x < 2", ["no place"]),
        ("1/0", ["“1 / 0”", "no finite value"]),
        ("exp(800)*x", ["“exp(800)”"]),
        ("log(-1) + x", ["“log(-1)”"]),
        ("sqrt(-1 - x^2)", ["no value"]),
    ],
)
def test_what_is_no_function_of_x_gets_one_sentence(text: str, parts: list[str]) -> None:
    with pytest.raises(ExpressionError) as caught:
        typed_function(text)
    assert str(caught.value).endswith(".")
    for part in parts:
        assert part in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "exp(1000*1000*1000*log(2*x))",
        "exp(1000*(1000*(1000*log(2*x))))",
        "(1e300*x)^3",
        "exp(-1e9*log(2))*x",
        "999^100*x",
        "(999*x)^100",
        "(1/999)^100*x^2",
        "x^x^x^x^x",
        "sin(" * 39 + "x" + ")" * 39,
        "exp(" * 9 + "x" + ")" * 9,
        "abs(" * 30 + "x" + ")" * 30,
        "*".join(["(x+1)"] * 37),
        "/".join(["(x+1)"] * 30),
        "sqrt(12345678901234567*x)",
        "abs(sin(exp(exp(5)))-x)",
        "(-1)^x",
        "2^(2^(2^x))",
        "tan(tan(tan(tan(tan(1/x)))))",
        "0.1^99*x",
        "1000^(1000*x)",
    ],
)
def test_what_could_take_for_ever_takes_no_time(text: str) -> None:
    typed_function("x")  # SymPy's import is not what is counted
    with counted() as effort, contextlib.suppress(ExpressionError):
        typed_function(text).function.derivative(X)
    assert effort.calls < MOST_CALLS


@pytest.mark.parametrize(
    "text",
    [
        *(f"{name}(0.3*x + 0.1)" for name in UNARY_FUNCTIONS),
        *("0.1*x^4 − x² + 0.3*x", "1e-7*x^3", "1e20*x^2", "(1/3)^x", "x^x", "e^(-x)/x^2", "2*pi*sin(pi*x)", "x^(2/3)"),
        *(function.formula for function in FUNCTIONS if function.sample_slopes is None),
    ],
)
def test_what_is_shown_can_be_typed(text: str) -> None:
    typed = typed_function(text)
    np.testing.assert_allclose(values(read_formula(typed.function.formula), X), typed.function.f(X))
    known = np.isfinite(typed.function.f(X))  # the slope of a logarithm, 1/x, goes on where there is no logarithm
    again = values(read_formula(typed.derivative_text), X)
    np.testing.assert_allclose(again[known], typed.function.derivative(X)[known], rtol=1e-9, atol=1e-300)


def test_a_derivative_that_is_too_long_to_be_typed_is_not_shown() -> None:
    long = typed_function("*".join(f"(x-{place})" for place in range(37)))
    assert long.derivative_text == ""
    assert np.isfinite(long.function.slope_at(1.5))


@pytest.mark.parametrize(
    ("text", "position", "near"),
    [
        ("x^4 − 3·x³ + * 2", 14, "* 2"),
        ("  x² + π^2 + * 3", 14, "* 3"),
        ("x^2 + sin(x)^2 * / 3", 18, "/ 3"),
        ("x^4 - 3*x^3 + 2 $ x", 17, "$"),
    ],
)
def test_positions_are_those_of_the_text_as_typed(text: str, position: int, near: str) -> None:
    with pytest.raises(ExpressionError, match=f"at character {position}, near “.*{re.escape(near)}") as caught:
        read_formula(text)
    assert text[position - 1] in str(caught.value)


@pytest.mark.parametrize("operator", ["+", "−", "·", "^", "**"])
def test_an_operator_at_the_end_is_named_as_it_is_typed(operator: str) -> None:
    with pytest.raises(ExpressionError, match=re.escape(f"It ends with “{operator}”")):
        read_formula(f"x² + π^2 {operator} ")


numbers = st.sampled_from(["0", "1", "2", "3", "0.5", "1e-3", "7", "1000", "12345", "1e300", "pi", "e", "x", "x", "x"])
formulas = st.recursive(
    numbers,
    lambda inner: (
        st.tuples(inner, st.sampled_from("+-*/^"), inner).map(lambda parts: f"({parts[0]}){parts[1]}({parts[2]})")
        | st.tuples(st.sampled_from(sorted(UNARY_FUNCTIONS)), inner).map(lambda parts: f"{parts[0]}({parts[1]})")
        | inner.map(lambda part: f"-({part})")
    ),
    max_leaves=12,
)


@settings(deadline=2_000, max_examples=150)
@given(formulas)
def test_any_formula_gives_a_slope_or_a_sentence_in_time(text: str) -> None:
    try:
        root = read_formula(text)
        derivative = differentiate(root)
    except ExpressionError:
        return
    assert derivative.text
    slope = derivative.values(X)
    assert slope.shape == X.shape
    assert len(derivative.slope.steps) <= MOST_STEPS
    assert not np.isinf(slope).any()


def test_any_tree_that_the_reader_gives_is_refused_or_computed() -> None:
    """Each kind of expression that Python has, once."""
    for text in ("x[0]", "{x}", "{x: 1}", "(x, 1)", "x and 1", "not x", "~x", "x @ x", "x % 2", "f'{x}'", "(y := x)"):
        parse(text)
        with pytest.raises(ExpressionError, match="no place"):
            read_formula(text)


def test_sympy_is_imported_only_when_a_derivative_is_wanted() -> None:
    program = "import sys, mnist_lab.descent.typed; print('sympy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"
