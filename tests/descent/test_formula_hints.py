"""Each common way of writing a formula that is not the lab's is told how it is written here."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.descent.formula import UNARY_FUNCTIONS, read_formula
from mnist_lab.expressions import ExpressionError
from tests.effort import counted


def refusal(text: str) -> str:
    with pytest.raises(ExpressionError) as caught:
        read_formula(text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "part", "cure"),
    [
        ("|x|", "|x|", "abs(x)"),
        ("2*|x - 1|", "|x - 1|", "abs(x - 1)"),
        ("0,5*x", "0,5", "0.5"),
        ("sin(0,5*x)", "0,5", "0.5"),
        ("sin²(x)", "sin²(x)", "sin(x)^2"),
        ("sin^2(x)", "sin^2(x)", "sin(x)^2"),
        ("3*cos**2(x + 1)", "cos**2(x + 1)", "cos(x + 1)^2"),
        ("tan^2x", "tan^2x", "tan(x)^2"),
        ("sin⁻¹(x)", "sin⁻¹(x)", "asin(x)"),
        ("exp^(2*x)", "exp^(2*x)", "exp(2*x)"),
        ("cos x", "cos x", "cos(x)"),
        ("ln 2*x", "ln 2*x", "ln(2*x)"),
        ("1 + sinx", "sinx", "sin(x)"),
        ("√x", "√x", "sqrt(x)"),
        ("∛(x + 1)", "∛(x + 1)", "(x + 1)^(1/3)"),
        ("eˣ", "eˣ", "e^x"),
        ("½*x", "½", "(1/2)"),
        ("5%*x", "5%", "5/100"),
        ("[x + 1]*2", "[x + 1]", "(x + 1)"),
        ("np.sin(x)", "np.sin", "sin"),
        ("tf.nn.relu(x)", "tf.nn.relu", "relu"),
        ("math.pi*x", "math.pi", "pi"),
        ("arcsin(x)", "arcsin", "asin"),
        ("Sin(x)", "Sin", "sin"),
        ("X^2", "X", "x"),
        ("log10(x)", "log10(x)", "log(x)/log(10)"),
        ("pow(x, 2)", "pow(x, 2)", "x^2"),
        ("max(0, x)", "max(0, x)", "relu(x)"),
        ("min(x, 1)", "min(x, 1)", "(x + 1 - abs(x - 1))/2"),
        ("x*xsin(x)", "xsin", "x * sin"),
        ("πx", "πx", "π * x"),
        ("6:x", "6:x", "6 / x"),
    ],
)
def test_a_part_is_told_with_its_cure(text: str, part: str, cure: str) -> None:
    assert refusal(text) == f"“{part}” is written “{cure}” here."
    read_formula(text.replace(part, cure))


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("x^4 - 3*x^3 + 2 x", "2 * x"),
        ("2x", "2 * x"),
        ("2π", "2 * π"),
        ("2(x + 1)", "2 * (x + 1)"),
        ("3.5sin(x)", "3.5 * sin(x)"),
        ("x²x", "x² * x"),
        ("x sin(x)", "x * sin(x)"),
        ("x(x + 1)", "x * (x + 1)"),
        ("(x + 1)(x − 1)", "(x + 1) * (x − 1)"),
        ("cos(x)sin(x)", "cos(x) * sin(x)"),
    ],
)
def test_a_forgotten_operator_is_told_with_what_stands_on_both_sides(text: str, product: str) -> None:
    assert refusal(text).endswith(f"an operator is missing: write “{product}”.")
    read_formula(product)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1,000*x", ["“1000” or “1.000”"]),
        ("x2", ["“x^2” or “2 * x”"]),
        ("ex", ["“e^x” or “e * x”"]),
        ("x!", ["factorial", "remove the !"]),
        ("y = x^2", ["behind the =", "“x^2”"]),
        ("f(x) = |x|", ["“|x|”"]),
        ("t^2 + 1", ["called x", "“t”"]),
    ],
)
def test_what_has_no_single_cure_says_what_would_be_right(text: str, parts: list[str]) -> None:
    for part in parts:
        assert part in refusal(text)


@pytest.mark.parametrize("text", ["x × 2", "x∗2", "x·2", "−x", "x — 1", "x ÷ 2", "x⁻¹", "x⁄2", "π", "2^−x", "e^−x²"])
def test_signs_as_they_are_pasted_are_read(text: str) -> None:
    read_formula(text)


@given(st.text("x12.,|²πe√!+-*/^()[] sincotxpyab=:%", max_size=40))
def test_whatever_is_typed_gets_one_short_sentence(text: str) -> None:
    sentence = "."
    try:
        read_formula(text)
    except ExpressionError as error:
        sentence = str(error)
    assert sentence.endswith(".")
    assert len(sentence) < 300


@pytest.mark.parametrize(
    "piece", ["x1", "|", "sin ", "sin^2", "x ", "x!", "xsinx", "0,5 ", "(x)", "√(", "np.", "tansin"]
)
def test_a_thousand_characters_are_looked_through_at_once(piece: str) -> None:
    text = piece * (990 // len(piece))
    with counted() as effort:
        refusal(text + "$")
    assert effort.calls < 200_000


def test_no_function_is_told_to_be_another() -> None:
    for name in UNARY_FUNCTIONS:
        assert not re.search(r"is written", refusal(f"{name}(x) $"))
