"""What each control, number and plot says of itself: its tooltip, and what the glossary says of it.

It is set in one place when a page is made, so that no page needs a word for it.
"""

import re
from html import escape

from PySide6.QtCore import QLocale
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QProgressBar, QTabWidget, QWidget

from mnist_lab.course.glossary import GlossaryEntry, glossary
from mnist_lab.course.help import words_of
from mnist_lab.window.pages.base import Page
from mnist_lab.window.widgets.basic.stat_card import StatCard

WORD_LINK, SHOW_LINK = "word:", "show:"
"""What links begin with: to an entry of the glossary, and to the place where it can be seen."""
_CODE, _BOLD = re.compile(r"`(.+?)`"), re.compile(r"\*\*(.+?)\*\*")


def entries() -> dict[str, GlossaryEntry]:
    """The glossary in the window's language."""
    return glossary(QLocale().name())


def explain(root: QWidget) -> None:
    """Let everything in `root` that has words in the glossary say them when it is asked what it is.

    What is read and has no tooltip gets what its first word means.
    """
    for widget in root.findChildren(QWidget):
        name = widget.objectName()
        ids = ids_of(widget) if name and not name.startswith("qt_") else ()
        if not ids:
            continue
        meaning = f"{entries()[ids[0]].term}: {entries()[ids[0]].first_sentence}"
        if not widget.toolTip() and words_of([name]) and _is_read(widget):
            widget.setToolTip(meaning)
        words = whats_this("" if widget.toolTip() == meaning else widget.toolTip(), ids)
        if words != widget.whatsThis():
            widget.setWhatsThis(words)


def ids_of(widget: QWidget | None) -> tuple[str, ...]:
    """Ids of the words that belong to a widget of a page, or to what it lies in there; none for the page itself."""
    names = []
    while widget is not None and not isinstance(widget, Page) and not widget.isWindow():
        names.append(widget.objectName())
        widget = widget.parentWidget()
    return words_of(names)


def whats_this(tip: str, ids: tuple[str, ...]) -> str:
    """A tooltip, the first of the words whole, and links to all of them; HTML."""
    words = [entries()[word] for word in ids]
    links = ", ".join(link(WORD_LINK, one.id, one.term) for one in words)
    parts = (tip_html(tip), f"<p><b>{escape(words[0].term)}</b><br>{as_html(words[0].text)}</p>")
    return f"{''.join(parts)}<p>{links}</p>"


def title_of(widget: QWidget) -> str:
    """What a control is called: its accessible name, or what stands on it."""
    on_it = widget.text() if isinstance(widget, QAbstractButton) else ""
    return (widget.accessibleName() or on_it).replace("&", "")


def tip_html(tip: str) -> str:
    """A tooltip as HTML; one that is HTML already stays as it is."""
    if not tip or Qt.mightBeRichText(tip):
        return tip
    return f"<p>{escape(tip)}</p>".replace("\n", "<br>")


def as_html(text: str) -> str:
    """The text of an entry as HTML: it has paragraphs, **bold** words and `code`, and no other marks."""
    plain = escape(text, quote=False)
    marked = _BOLD.sub(r"<b>\1</b>", _CODE.sub(r"<code>\1</code>", plain))
    return marked.replace("\n\n", "</p><p>")


def link(kind: str, target: str, words: str) -> str:
    """A link with these words, as HTML."""
    return f'<a href="{kind}{target}">{escape(words)}</a>'


def _is_read(widget: QWidget) -> bool:
    """Whether it is a number, words or a picture, rather than something that holds others."""
    if isinstance(widget, QLabel | QProgressBar | StatCard):
        return True
    return bool(widget.accessibleName()) and not isinstance(widget, QTabWidget)
