"""A worksheet to keep or hand in, as HTML or Markdown: nothing in it runs, and nothing is fetched.

Whatever stands in it may have been typed by anybody, so that every text is escaped.
"""

import re
from base64 import b64encode
from dataclasses import dataclass
from html import escape
from pathlib import Path

from mnist_lab.course.curve_drawing import CurveDrawing, drawn

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_STYLE = """
:root { color-scheme: light dark; }
body { font-family: sans-serif; line-height: 1.45; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1 { margin-bottom: 0.2rem; }
h2 { margin-top: 2.2rem; }
h3 { margin-bottom: 0.3rem; }
table { border-collapse: collapse; width: 100%; margin: 0.6rem 0; }
th, td { border: 1px solid #999; padding: 0.35rem 0.6rem; text-align: left; vertical-align: top; }
figure { margin: 1rem 0; }
figcaption { font-weight: 600; }
svg { width: 100%; height: auto; }
@media print { h2 { break-after: avoid; } tr, figure { break-inside: avoid; } }
"""
_SIGNS = re.compile(r"([\\`*_{}\[\]|~#$])")
_FIRST_SIGN = re.compile(r"^(\d*)([-+=.)])(?=[-=\s]|$)")
"""What would begin a list or a line under a heading."""


@dataclass(frozen=True)
class SheetTable:
    """Rows under titles; every row has a cell for each title."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class SheetSection:
    """A part of the worksheet.

    Attributes:
        heading: of it.
        words: paragraphs below it.
        tables: below these.
        drawings: curves, at its end.
    """

    heading: str
    words: tuple[str, ...] = ()
    tables: tuple[SheetTable, ...] = ()
    drawings: tuple[CurveDrawing, ...] = ()


@dataclass(frozen=True)
class Worksheet:
    """All of it, in the learner's language; every text is taken as it is written.

    Attributes:
        title: of it.
        language: of its texts, as "en".
        lines: below the title.
        sections: in order.
    """

    title: str
    language: str
    lines: tuple[str, ...]
    sections: tuple[SheetSection, ...]


def as_written(sheet: Worksheet, path: Path) -> bytes:
    """The content of the file: Markdown where its name ends so, else HTML; UTF-8."""
    text = as_markdown(sheet) if path.suffix.lower() in (".md", ".markdown") else as_html(sheet)
    return text.encode("utf-8", errors="replace")


# HTML


def as_html(sheet: Worksheet) -> str:
    """One page that needs nothing else, with the curves as inline SVG."""
    body = "\n".join(
        [
            f"<h1>{escape(sheet.title)}</h1>",
            *(f"<p>{escape(line)}</p>" for line in sheet.lines),
            *(_html_section(section) for section in sheet.sections),
        ]
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(sheet.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{escape(sheet.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _html_section(section: SheetSection) -> str:
    return "\n".join(
        [
            f"<h2>{escape(section.heading)}</h2>",
            *(f"<p>{escape(words)}</p>" for words in section.words),
            *(_html_table(table) for table in section.tables),
            *(
                f"<figure>\n<figcaption>{escape(drawing.title)}</figcaption>\n{drawn(drawing)}\n</figure>"
                for drawing in section.drawings
            ),
        ]
    )


def _html_table(table: SheetTable) -> str:
    titles = "".join(f"<th>{escape(title)}</th>" for title in table.titles)
    rows = "\n".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows)
    return f"<table>\n<thead><tr>{titles}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


# Markdown


def as_markdown(sheet: Worksheet) -> str:
    """The same, with the curves as pictures that stand in the text itself."""
    parts = [f"# {_plain(sheet.title)}", *(_plain(line) for line in sheet.lines)]
    for section in sheet.sections:
        parts.append(f"## {_plain(section.heading)}")
        parts += [_plain(words) for words in section.words]
        parts += [_markdown_table(table) for table in section.tables]
        for drawing in section.drawings:
            picture = b64encode(drawn(drawing).encode()).decode()
            parts.append(f"![{_plain(drawing.title)}](data:image/svg+xml;base64,{picture})")
    return "\n\n".join(parts) + "\n"


def _markdown_table(table: SheetTable) -> str:
    lines = [table.titles, *table.rows]
    spelled = ["| " + " | ".join(_plain(cell) for cell in line) + " |" for line in lines]
    spelled.insert(1, "|" + " --- |" * len(table.titles))
    return "\n".join(spelled)


def _plain(text: str) -> str:
    """A text in one line, in which no sign means anything but itself."""
    one_line = escape(" ".join(text.splitlines()).strip(), quote=False)
    return _FIRST_SIGN.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", one_line))
