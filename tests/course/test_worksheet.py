"""The worksheet: one file that needs nothing else, in which nothing runs, whatever was typed."""

import base64
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest

from mnist_lab.course.curve_drawing import CurveDrawing, DrawnLine, drawn
from mnist_lab.course.worksheet import SheetSection, SheetTable, Worksheet, as_html, as_markdown, as_written

NASTY = "<script>alert(1)</script> \"'><img src=x onerror=alert(1)> | [a](javascript:alert(1)) `*_# &amp;\n# new"
LOSS = CurveDrawing(
    "My loss",
    "updates",
    (DrawnLine("each batch", range(1, 1001), [2.3, float("nan"), *[0.5] * 998]), DrawnLine("test", [1000], [0.4])),
    ((0.0, "0"), (1000.0, "1,000")),
    ((1.0, "1"), (2.0, "2")),
)
EMPTY = {"meta"}


class Reader(HTMLParser):
    """Holds every tag to what a sheet may have, and keeps its texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        for name, value in attributes:
            assert not name.startswith("on"), name
            assert name not in ("src", "href", "style", "action"), name
            assert name == "xmlns" or "://" not in (value or ""), value
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("path", "polyline"):
            assert self.open.pop() == tag
        elif self.open[-1:] == [tag]:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def sheet(words: str = "93.1\u00a0%") -> Worksheet:
    table = SheetTable(("Step", words), ((words, "I saw it"), ("", words)))
    section = SheetSection(f"Part {words}", (words,), (table,), (LOSS,))
    return Worksheet(words, "en", (words,), (section, SheetSection("Nothing")))


@pytest.mark.parametrize("words", ["93.1\u00a0%", NASTY], ids=["own number", "nasty"])
def test_the_page_stands_alone_and_nothing_in_it_runs(words: str) -> None:
    reader = Reader(as_html(sheet(words)))
    assert reader.seen <= {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "table", "thead", "tbody", "tr", "th",
        "td", "figure", "figcaption", "svg", "polyline", "path", "text",
    }  # fmt: skip
    assert reader.texts.count(words) == 7, "every text stands there as it was written"


def test_in_markdown_no_sign_means_anything_but_itself() -> None:
    lines = as_markdown(sheet(NASTY)).splitlines()
    for line in lines:
        assert not re.search(r"<[a-z/!]", line)
        assert not re.search(r"(?<!\\)[`*_]", line)
        assert line.startswith("![My loss](data:") or not re.search(r"(?<!\\)\]\(", line)
    assert [line for line in lines if line.startswith("#")] == [
        line for line in lines if line.startswith(("# \\", "# &lt;", "## Part", "## Nothing"))
    ]
    assert len({line.count("|") - line.count("\\|") for line in lines if line.startswith("| ")}) == 1, "cells stay"
    assert "93.1\u00a0% | I saw it" in as_markdown(sheet())


def test_what_would_begin_a_list_begins_none() -> None:
    for words in ("- a", "+ a", "12. a", "1) a", "==="):
        assert f"\n\n{words}" not in as_markdown(sheet(words)), words


def test_a_curve_is_drawn_of_its_numbers() -> None:
    picture = ET.fromstring(drawn(LOSS))
    lines = picture.findall("{*}polyline")
    points = [tuple(map(float, point.split(","))) for point in lines[0].attrib["points"].split()]
    assert 100 < len(points) <= 320, "a thousand points are thinned"
    assert points == sorted(points), "from left to right"
    assert points[0][1] < points[-1][1], "a smaller loss is lower"
    assert len({line.attrib["stroke"] for line in lines}) == 2
    assert {text.text for text in picture.findall("{*}text")} == {
        "0", "1,000", "1", "2", "updates", "each batch", "test"
    }  # fmt: skip


def test_a_curve_of_nothing_or_of_one_point_can_be_drawn() -> None:
    for line in (DrawnLine("a", [], []), DrawnLine("a", [1], [1.0]), DrawnLine("a", [1, 2], [float("inf")] * 2)):
        picture = ET.fromstring(drawn(CurveDrawing("A", "b", (line,), (), ())))
        (drawn_line,) = picture.findall("{*}polyline")
        assert len(drawn_line.attrib["points"].split()) == (5 if line.y == [1.0] else 0), "a point is seen: a diamond"


def test_the_ending_decides_what_is_written() -> None:
    assert as_written(sheet(), Path("a.MD")).startswith(b"# 93")
    assert as_written(sheet(), Path("a.html")).startswith(b"<!DOCTYPE html>")
    assert as_written(sheet("\ud800"), Path("a.html")), "half a character does not stop it"
    picture = re.search(rb"base64,([^)]*)\)", as_written(sheet(), Path("a.md")))
    assert picture is not None
    assert ET.fromstring(base64.b64decode(picture[1])) is not None
