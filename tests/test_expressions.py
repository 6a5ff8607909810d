"""Whatever is typed: a bounded tree or one sentence, at once, and nothing of it is run."""

import ast
import contextlib
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.expressions import (
    LARGEST_WHOLE,
    MOST_CHARACTERS,
    MOST_DEPTH,
    ExpressionError,
    count,
    depth,
    excerpt,
    number,
    parse,
)
from tests.effort import counted


def sentence_for(text: str, most_characters: int = MOST_CHARACTERS, most_depth: int = MOST_DEPTH) -> str:
    with pytest.raises(ExpressionError) as caught:
        parse(text, most_characters=most_characters, most_depth=most_depth)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 300
    return sentence


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("x", "x"),
        ("  2 * (x + 1)\t", "2 * (x + 1)"),
        ("x +\n 1", "x + 1"),
        ("f(x, axis=0)[1:, ...]", "f(x, axis=0)[1:, ...]"),
        ("'2x' == \"(\"", "'2x' == '('"),
        ("1if x else 2", "1 if x else 2"),
        ("0x1F", "31"),
    ],
)
def test_an_expression_is_read_as_python_reads_it(text: str, same_as: str) -> None:
    assert ast.unparse(parse(text)) == same_as


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ["Nothing is typed"]),
        ("  \n ", ["Nothing is typed"]),
        ("x" * 1001, ["1,001 characters", "1,000"]),
        ("x +", ["ends with “+”", "a number or a name"]),
        ("images[4] @ 3 **  ", ["ends with “**”"]),
        ("(x + 1) /", ["ends with “/”"]),
        ("  x + * 2", ["character 7"]),
        ("x = 2", ["character 3"]),
        ("import os", ["character 1"]),
        ("x; y", ["character 2"]),
        ("2x + 1", ["“2 * x”", "operator is missing"]),
        ("3.5sin(x)", ["“3.5 * sin”"]),
        ("2(x + 1)", ["“2 * (x + 1)”"]),
        ("(x + 1", ["“(”", "character 1", "add “)”"]),
        ("x + 1)", ["“)”", "character 6"]),
        ("(x]", ["“]”", "character 3"]),
        ("x\0", ["Character 2", "'\\x00'"]),
        ("x\\y", ["Character 2"]),
        ("\ud800", ["Character 1"]),
        ("1e999", ["too large"]),
        ("1e999j", ["too large"]),
        (str(LARGEST_WHOLE + 1), ["too large", "9,007,199,254,740,992"]),
        ("9" * 900, ["too large"]),
        ("(" * 450 + "x" + ")" * 450, ["nested too deeply", "40"]),
        ("-" * 900 + "x", ["nested too deeply", "100"]),
        ("+".join("x" * 101), ["nested too deeply", "100"]),
        ("x" + ".y" * 400, ["nested too deeply"]),
    ],
)
def test_what_is_no_expression_gets_one_sentence(text: str, parts: list[str]) -> None:
    sentence = sentence_for(text)
    for part in parts:
        assert part in sentence


@pytest.mark.parametrize(
    "piece", ["(", "[", "{", "(x", "f(", "-", "not ", "x**", "lambda:", "9", "x+", "1if x else ", "~", "*"]
)
@pytest.mark.parametrize("end", ["", "x", "1 1"])
def test_ten_thousand_characters_are_refused_at_once(piece: str, end: str) -> None:
    """In work that grows with the length of the text, and no faster."""
    text = piece * 5_000 + end
    with counted() as effort:
        sentence_for(text)
        sentence_for(text, most_characters=100_000)
        sentence_for(text, most_characters=100_000, most_depth=1_000)
    assert effort.calls < 100 * len(text)


@pytest.mark.parametrize(
    "text",
    [
        "open({file!r}, 'w').close()",
        "__import__('pathlib').Path({file!r}).touch()",
        "[open({file!r}, 'w').close() for x in (1,)]",
        "(lambda: open({file!r}, 'w').close())()",
        "eval(\"open({file!r}, 'w').close()\")",
    ],
)
def test_nothing_is_run(text: str, tmp_path: Path) -> None:
    file = tmp_path / "written"
    typed = text.format(file=str(file))
    with contextlib.suppress(ExpressionError):
        parse(typed)
    assert not file.exists()
    eval(compile(typed, "typed", "eval"))  # noqa: S307 - what it would have done
    assert file.exists()


def test_nothing_is_worked_out() -> None:
    tracemalloc.start()
    try:
        roots = [parse(text) for text in ("9**9**9", "'a' * 10**9", "(1,) * 10**9")]
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    assert all(isinstance(root, ast.BinOp) for root in roots)


@given(st.text(max_size=60) | st.text("x1.+-*/()[]{}'\"lambdiforyzn:=, \n#ej", max_size=60))
def test_any_text_gives_a_bounded_tree_or_a_sentence(text: str) -> None:
    try:
        root = parse(text)
    except ExpressionError:
        sentence_for(text)
    else:
        assert 1 <= depth(root) <= 100
        assert count(root) <= len(text) * 3


def test_depth_and_count_leave_operators_out() -> None:
    assert (depth(parse("x")), count(parse("x"))) == (1, 1)
    assert (depth(parse("x + 1")), count(parse("x + 1"))) == (2, 3)
    assert (depth(parse("-x * (2 + y)")), count(parse("-x * (2 + y)"))) == (3, 6)
    assert depth(parse("+".join("x" * 100))) == 100


def test_an_excerpt_fits_a_sentence() -> None:
    assert excerpt(parse("sin( x )")) == "sin(x)"
    assert excerpt(parse("+".join(["x"] * 90)), 10) == "x + x + x…"


@pytest.mark.parametrize("text", ["2", "0.5", "1e-3"])
def test_a_number_is_a_number(text: str) -> None:
    node = parse(text)
    assert isinstance(node, ast.Constant)
    assert number(node) == float(text)


@pytest.mark.parametrize("text", ["True", "None", "'2'", "2j", "...", "b'2'"])
def test_all_else_is_not(text: str) -> None:
    node = parse(text)
    assert isinstance(node, ast.Constant)
    with pytest.raises(ExpressionError, match="is not a number"):
        number(node)
