"""A calm message within a page: a sign, a sentence, and a tone."""

from typing import Literal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from mnist_lab.window import theme

Severity = Literal["info", "good", "warning", "error"]
_SIGN = 16


class Notice(QFrame):
    """Says one thing in words, with a sign for its severity; takes no room while it has nothing to say.

    Where a page should stand still when the notice comes and goes, `reserve_lines` keeps its room.

    Attributes:
        text: what it says, "" while it is hidden.
        severity: "info", "good", "warning" or "error".

    Signals:
        link_activated(str): the address of a link in the text that was clicked or opened by keyboard.
    """

    link_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ""
        self.severity: Severity = "info"
        self._lines = 0
        self._sign = _Sign(self)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)  # beside the sign
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self._words.setOpenExternalLinks(False)
        self._words.linkActivated.connect(self.link_activated)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.SMALL_GAP, 0, theme.SMALL_GAP)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.set_palette(theme.current())
        self.hide()

    def show_message(self, text: str, severity: Severity = "info", *, has_links: bool = False) -> None:
        """Say `text`; screen readers hear it too.

        Args:
            text: plain; with `has_links` HTML, in which a path or what somebody typed is escaped.
            severity: gives the sign.
            has_links: whether there are `<a href>` links in it; `link_activated` tells which is chosen.
        """
        if (text, severity) == (self.text, self.severity):
            return
        self.text, self.severity = text, severity
        self._words.setProperty("isRich", has_links)  # for the style sheet, whenever it is applied
        self._words.setTextFormat(Qt.TextFormat.RichText if has_links else Qt.TextFormat.PlainText)
        self._words.setText(text)
        self._sign.severity = severity
        self._sign.update()
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        if text and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def reserve_lines(self, lines: int) -> None:
        """Keep room for `lines` lines of text from now on, also while there is nothing to say; 0 keeps none."""
        self._lines = lines
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(lines > 0)
        self.setSizePolicy(policy)
        self._words.setMinimumHeight(lines * self._words.fontMetrics().lineSpacing())

    def lines_at(self, width: int, text: str) -> int:
        """How many lines `text` takes in a notice of that width, in logical pixels."""
        room = QRect(0, 0, width - self._sign.width() - theme.GAP, 0)
        metrics = self._words.fontMetrics()
        height = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height()
        return round(height / metrics.lineSpacing())

    def clear(self) -> None:
        """Say nothing and give the room back."""
        self.show_message("")

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        if self._lines:
            self.reserve_lines(self._lines)
        self._sign.follow(palette)
        self._words.clear()  # a label keeps the colour that links had when it got its text
        self._words.setText(self.text)


class _Sign(QWidget):
    """The sign: "i", a tick, "!" or a cross in a disc, told apart by shape as well as by colour."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.severity: Severity = "info"
        self.follow(theme.current())

    def follow(self, palette: theme.Palette) -> None:
        """Take over colours and the size of the text."""
        self.palette_of_theme = palette
        self.setFixedSize(QSize(1, 1) * theme.fonts.scaled(_SIGN))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the disc and the mark on it."""
        palette = self.palette_of_theme
        colours = {"info": palette.muted, "good": palette.right, "warning": palette.warning, "error": palette.wrong}
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / _SIGN, self.height() / _SIGN)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours[self.severity]))
        painter.drawEllipse(QRectF(0.5, 0.5, _SIGN - 1, _SIGN - 1))
        painter.setPen(QPen(QColor(palette.window), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for start, *rest in _MARKS[self.severity]:
            points = [QPointF(*start), *(QPointF(*point) for point in rest)]
            if len(points) == 1:
                painter.drawPoint(points[0])
            else:
                painter.drawPolyline(points)
        painter.end()


_MARKS: dict[Severity, tuple[tuple[tuple[float, float], ...], ...]] = {
    "info": (((8, 4.6),), ((8, 7.4), (8, 11.6))),
    "good": (((4.8, 8.3), (7, 10.5), (11.3, 5.6)),),
    "warning": (((8, 4.4), (8, 8.6)), ((8, 11.4),)),
    "error": (((5.6, 5.6), (10.4, 10.4)), ((10.4, 5.6), (5.6, 10.4))),
}
