"""Three ways of writing momentum on w², and why RMSprop hardly minds the scale of the loss."""

import pyqtgraph
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFont, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mnist_lab.descent.momentum_clinic import (
    LISTINGS,
    RATE,
    START,
    STEPS,
    MomentumEffect,
    MomentumListing,
    describe,
    outcome,
    plain,
    scaled_ways,
    simulate,
)
from mnist_lab.descent.update_rules import RULES
from mnist_lab.window import theme
from mnist_lab.window.pages.descent import looks
from mnist_lab.window.pages.descent.rule_colours import rule_pen
from mnist_lab.window.pages.descent.ways_picture import ReadSteps, WayLook, WaysPicture
from mnist_lab.window.pages.descent.zoomed_ranges import ZoomedRanges
from mnist_lab.window.translation import translate
from mnist_lab.window.widgets.basic.drop_down import DropDown
from mnist_lab.window.widgets.basic.layouts import captioned, lay_beside, paragraph
from mnist_lab.window.widgets.basic.notice import Notice, Severity
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn, keep_controls_width
from mnist_lab.window.widgets.fields.form_grid import FormGrid
from mnist_lab.window.widgets.fields.named_slider import NamedSlider
from mnist_lab.window.words import fill, rounded, spell

_HUNDREDTHS = 100
_USUAL_MOMENTUM = 50
_PLACES = {"first_edition": 1, "second_edition": 2, "heavy_ball": 3}
"""Of each listing's colour in the palette's series."""
_HEIGHTS = (-6.0, 6.0)
"""Powers of ten of |w|: room for the listing that climbs and for the one that is fastest."""
_UNBROKEN_SIZE = "|\u2060w|"
"""Qt breaks lines after a bar, unless a word joiner stands there."""
_SCALED_HEIGHTS = (-5.0, 5.0)
_FACTOR = 100.0
_SEVERITIES: dict[MomentumEffect, Severity] = {
    MomentumEffect.FASTER: "good",
    MomentumEffect.CLIMBS: "error",
    MomentumEffect.STALLS: "warning",
    MomentumEffect.SLOWER: "warning",
}


class ListingsTab(QWidget):
    """The listings at the left; their ways, and those of a rule on two scales, at the right."""

    def __init__(self, read: ReadSteps, parent: QWidget | None = None) -> None:
        """`read` keeps the steps that are read in the pictures."""
        super().__init__(parent)
        self._read = read
        self._outcomes: dict[str, Notice] = {}
        self._make_controls()
        self._make_pictures()
        self._build()
        self._momentum.changed.connect(self._show_listings)
        self._rule.currentIndexChanged.connect(self._show_scales)
        self._show_listings()
        self._show_scales()

    def keep_zoom(self, zoomed: ZoomedRanges) -> None:
        """Look at the parts of the pictures that are noted there, and note them there from now on."""
        self._ways.keep_zoom(zoomed)
        self._scales.keep_zoom(zoomed)

    # Building

    def _make_controls(self) -> None:
        self._momentum = NamedSlider(
            "listingsMomentum",
            self.tr("Momentum"),
            self.tr("One for all three listings; arrow keys by 0.01."),
            (0, _HUNDREDTHS - 1),
            lambda place: spell(place / _HUNDREDTHS, 2),
        )
        self._momentum.set_value(_USUAL_MOMENTUM)
        self._rule = DropDown()
        for rule in RULES:
            self._rule.addItem(
                looks.icon(rule.identifier, theme.current()), looks.name(rule.identifier), rule.identifier
            )
        self._rule.setCurrentIndex(self._rule.findData("rmsprop"))
        self._form = FormGrid()
        self._form.add_field(
            self._rule, "listingsRule", self.tr("&Optimizer"), self.tr("Which one descends w² and 100·w².")
        )
        self._scale_words = Notice()
        self._scale_words.setObjectName("listingsScaleWords")
        self._scale_words.reserve_lines(4)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours of the markers."""
        for row in range(self._rule.count()):
            self._rule.setItemIcon(row, looks.icon(self._rule.itemData(row), palette))

    def _make_pictures(self) -> None:
        ways = [WayLook(self.tr("plain"), _plain_pen), *(self._look(listing) for listing in LISTINGS)]
        self._ways = WaysPicture(
            "listingsWays", self.tr("Distance from the minimum, three listings"), ways, self._read, self
        )
        scales = [
            WayLook("w²", lambda palette: pyqtgraph.mkPen(palette.training, width=1.5)),
            WayLook("100·w²", lambda palette: _dashed(palette.validation, (6, 4))),
        ]
        self._scales = WaysPicture(
            "listingsScales", self.tr("Distance from the minimum, two scales"), scales, self._read, self
        )

    def _look(self, listing: MomentumListing) -> WayLook:
        short = {
            "first_edition": self.tr("with a plus"),
            "second_edition": self.tr("with a minus"),
            "heavy_ball": self.tr("heavy ball"),
        }
        identifier = RULES[_PLACES[listing.identifier]].identifier
        return WayLook(short[listing.identifier], lambda palette: rule_pen(palette, identifier))

    def _build(self) -> None:
        words = self.tr("w² from w = {start:g} with learning rate {rate:g}, {steps} steps. Which sign is right?")
        question = paragraph("listingsQuestion", fill(words, start=START, rate=RATE, steps=STEPS))
        blocks = [self._block(listing) for listing in LISTINGS]
        heading = QLabel(self.tr("The same loss, 100 times as large"))
        theme.set_role(heading, "heading")
        column = ScrollColumn(
            "listingsControls", question, self._momentum, *blocks, heading, self._form, self._scale_words, parent=self
        )
        keep_controls_width(column, least=272)
        ways = captioned(
            self._ways, self.tr("Every line starts at 2. Down is towards the minimum at 0, up is away from it.")
        )
        scales = captioned(
            self._scales,
            self.tr("One learning rate for both losses. Where the two lines are one, the scale does not matter."),
        )
        pictures = QVBoxLayout()
        pictures.setSpacing(theme.GAP)
        pictures.addWidget(Panel(self.tr("Momentum, written three ways"), ways, parent=self), 3)
        pictures.addWidget(Panel(self.tr("Who minds the scale?"), scales, parent=self), 2)
        lay_beside(column, pictures, self)

    def _block(self, listing: MomentumListing) -> QWidget:
        """Heading, code, explanation, and what comes of it."""
        heading = QLabel(translate("descent", listing.label))
        heading.setWordWrap(True)
        theme.set_role(heading, "heading")
        code = QLabel(listing.code)
        code.setObjectName(f"listingsCode{listing.identifier}")
        code.setFont(_small_fixed())
        code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words = paragraph(f"listingsWords{listing.identifier}", translate("descent", listing.explanation), caption=True)
        notice = Notice()
        notice.setObjectName(f"listingsOutcome{listing.identifier}")
        notice.reserve_lines(2)
        self._outcomes[listing.identifier] = notice
        block = QWidget()
        layout = QVBoxLayout(block)
        layout.setContentsMargins(0, theme.SMALL_GAP, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        for part in (heading, code, words, notice):
            layout.addWidget(part)
        return block

    # Showing

    @Slot()
    def _show_listings(self) -> None:
        momentum, plain_way = self._momentum.value / _HUNDREDTHS, plain()
        ways = {listing.identifier: simulate(listing, momentum) for listing in LISTINGS}
        for identifier, way in ways.items():
            severity = _SEVERITIES.get(outcome(way, plain_way), "info")
            sentence = looks.words(describe(way, plain_way)).replace("|w|", _UNBROKEN_SIZE)
            self._outcomes[identifier].show_message(sentence, severity)
        self._ways.show_ways([plain_way, *ways.values()], _HEIGHTS)

    @Slot()
    def _show_scales(self) -> None:
        rule = RULES[self._rule.currentIndex()]
        first, second = scaled_ways(rule, lambda w: 2 * w, _FACTOR, RATE)
        self._scales.show_ways([first, second], _SCALED_HEIGHTS)
        apart = float(abs(first - second).max() / START)
        name = looks.name(rule.identifier)
        if apart < 0.02:
            words = self.tr(
                "{rule}: both descents are nearly the same, because it divides the gradient by its own size."
            )
            self._scale_words.show_message(fill(words, rule=name), "good")
        else:
            words = self.tr(
                "{rule}: after {steps} steps w is {first} on w² and {second} on 100·w². Each scale needs a learning"
                " rate of its own."
            )
            ends = (spell(rounded(way[-1], 3)) for way in (first, second))
            message = fill(words, rule=name, steps=len(first) - 1, first=next(ends), second=next(ends))
            self._scale_words.show_message(message, "warning")


def _plain_pen(palette: theme.Palette) -> QPen:
    return rule_pen(palette, "sgd")


def _dashed(colour: str, dashes: tuple[float, ...]) -> QPen:
    pen: QPen = pyqtgraph.mkPen(colour, width=1.5)
    pen.setDashPattern(dashes)
    return pen


def _small_fixed() -> QFont:
    font = theme.fonts.fixed()
    font.setPointSizeF(theme.fonts.points("small"))
    return font
