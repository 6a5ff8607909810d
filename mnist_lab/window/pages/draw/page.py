"""The Draw page: draw a digit, see the picture the network receives, what it answers, and why, also while it trains."""

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mnist_lab.data.own_digits import OwnDigit
from mnist_lab.data.preprocess import PreparedImage
from mnist_lab.experiment import PIXELS
from mnist_lab.inspection.evidence import evidence
from mnist_lab.inspection.forward import LayerTrace, trace
from mnist_lab.window import theme
from mnist_lab.window.pages.draw.answer_view import AnswerHeader, AnswerTab
from mnist_lab.window.pages.draw.answers import Answer, answer_of
from mnist_lab.window.pages.draw.digit_picker import DigitPicker
from mnist_lab.window.pages.draw.inside_tab import InsideTab
from mnist_lab.window.pages.draw.own_digits_desk import OwnDigitsDesk
from mnist_lab.window.pages.draw.pad_content import PadContent, changed, load_changes, picture_of_levels, prepare_pad
from mnist_lab.window.pages.draw.pad_panel import PadPanel
from mnist_lab.window.pages.draw.pad_picture import Change
from mnist_lab.window.pages.draw.picture_importer import PictureImporter
from mnist_lab.window.pages.draw.preparing_tab import PreparingTab
from mnist_lab.window.pages.draw.softmax_tab import SoftmaxTab
from mnist_lab.window.pages.network_chooser import NetworkChooser
from mnist_lab.window.pages.tabbed import TabbedPage
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.drawing import Drawing, PictureToOpen
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.widgets.pictures.probability_bars import ProbabilityBars
from mnist_lab.window.words import fill, spell_whole


class DrawPage(TabbedPage):
    """The pad on the left; the answer, how it comes about, and one's own digits on the right."""

    needs_weights = True

    def __init__(self, lab: Lab, parent: QWidget | None = None) -> None:
        super().__init__(lab, parent)
        self._prepared: PreparedImage | None = None
        self._answer: Answer | None = None
        self._pad = PadPanel(self)
        self._importer = PictureImporter(lab, self)
        self._picker = DigitPicker(lab, self)
        self._header = AnswerHeader(NetworkChooser(lab, "drawNetwork", self), self)
        self._make_tabs()
        right = QVBoxLayout()
        right.setSpacing(theme.GAP)
        right.addWidget(self._header)
        right.addWidget(self.tabs, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.GAP)
        layout.setSpacing(theme.LARGE_GAP)
        layout.addWidget(self._pad, 1)
        layout.addLayout(right, 1)
        self._connect()
        Job(lab, lambda _handle: load_changes(), lambda _result: None).start()

    def _make_tabs(self) -> None:
        self._answer_tab = AnswerTab(self)
        self._preparing = PreparingTab(self)
        self._inside = InsideTab(self)
        self._softmax = SoftmaxTab(self)
        self._desk = OwnDigitsDesk(self.lab, self)
        name, explanation = self.tr("Ways to look at the answer"), self.tr("Arrow keys turn these pages.")
        self.make_tabs("drawTabBar", name, explanation)
        self.tabs.setObjectName("drawTabs")
        for tab, title, words in (
            (self._answer_tab, self.tr("Answer"), self.tr("The picture that goes in, and the ten shares.")),
            (self._preparing, self.tr("Preparing"), self.tr("What is done to the drawing before the network sees it.")),
            (self._inside, self.tr("Inside"), self.tr("The output of each unit, and the evidence for it.")),
            (self._softmax, self.tr("Softmax"), self.tr("How ten sums become ten shares.")),
            (
                self._desk.tab,
                self.tr("My digits"),
                self.tr("Keep your handwriting; see how the network fares."),
            ),
        ):
            self.add_tab(tab, title, words, [self._desk.watch] if tab is self._desk.tab else ())

    def _connect(self) -> None:
        self._pad.canvas.strokes_changed.connect(self._on_pad_changed)
        self._pad.drop.dropped.connect(self._importer.take)
        self._importer.made.connect(self._pad.canvas.set_picture)
        self._importer.failed.connect(self._on_import_failed)
        self._pad.changes.change_wanted.connect(self._on_change_wanted)
        sources = self._pad.sources
        sources.open_wanted.connect(self._importer.open)
        sources.paste_wanted.connect(self._importer.paste)
        sources.import_changed.connect(self._on_import_changed)
        sources.digit_wanted.connect(self._picker.pick)
        sources.random_wanted.connect(self._picker.pick_any)
        sources.mistake_wanted.connect(self._picker.pick_mistake)
        self._picker.picked.connect(self._lay_test_digit)
        self._picker.asked_changed.connect(self._show_mistakes)
        self._picker.nothing_found.connect(self._on_no_mistake)
        paste_keys = QShortcut(QKeySequence.StandardKey.Paste, self)
        paste_keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste_keys.activated.connect(self._importer.paste)
        self._header.train.clicked.connect(self.lab.start)
        self._desk.open_wanted.connect(self._open_own_digit)
        self._preparing.switched.connect(self._on_pad_changed)
        self._inside.unit_chosen.connect(self._show_tab)
        self.follow_tabs()
        self._show_content()

    def first_focus(self) -> QWidget:
        """The pad: a pen for the keyboard waits there."""
        return self._pad.canvas

    def refresh(self, subjects: frozenset[Subject]) -> None:
        """Answer anew with the weights as they are now."""
        if Subject.RUN in subjects:
            self._header.train.setVisible(not self.lab.live.is_training and self.lab.weights is None)
        if subjects & {Subject.DATA, Subject.RUN}:
            digits = self._picker.digits
            self._pad.sources.set_test_digits(0 if digits is None else len(digits.test_images))
        if subjects & {Subject.WEIGHTS, Subject.RUN}:
            self._show_mistakes()
            self._show_answer()
        if (
            subjects & {Subject.WEIGHTS, Subject.RUN, Subject.OWN_DIGITS}
            and self.tabs.currentWidget() is self._desk.tab
        ):
            self._desk.refresh()

    def show_turned(self) -> None:
        """Bring the tab that was turned to up to date."""
        self._show_tab()

    def hideEvent(self, event: QHideEvent) -> None:
        """Wait for no mistake any more."""
        super().hideEvent(event)
        self._picker.ask_no_more()

    # What lies on the pad

    @Slot()
    def _on_pad_changed(self) -> None:
        content = self._show_content()
        drawing = None if self._prepared is None else Drawing(self._prepared.image, content.label)
        self.lab.set_drawing(drawing)

    def _show_content(self) -> PadContent:
        self._content = content = self._pad.content()
        self._prepared = prepare_pad(content, self._preparing.steps, is_anew=self._preparing.is_anew)
        self._pad.show_content(content, is_inked=self._prepared is not None)
        self._desk.set_content(content, is_inked=self._prepared is not None)
        self._show_answer()
        return content

    @Slot(object, str)
    def _on_change_wanted(self, change: Change, topic: str) -> None:
        received = np.zeros((28, 28), np.uint8) if self._prepared is None else self._prepared.centred
        picture = changed(self._content, change, received, self.tr("Your drawing"))
        self._pad.canvas.set_picture(picture, topic)

    @Slot(bool, bool)
    def _on_import_changed(self, is_inverted: bool, is_cropped: bool) -> None:
        picture = self._pad.canvas.picture
        if picture is not None:
            self._importer.take_again(picture, is_inverted, is_cropped)

    @Slot(str)
    def _on_import_failed(self, sentence: str) -> None:
        self._pad.sources.show_picture(self._pad.canvas.picture)
        self.lab.problem.emit(sentence)

    def receive(self, request: object) -> None:
        """Lay on the pad what another page sent here."""
        if not isinstance(request, PictureToOpen):
            super().receive(request)
            return
        self._pad.canvas.set_picture(picture_of_levels(request.picture, request.label, request.origin))

    @Slot(object)
    def _open_own_digit(self, digit: OwnDigit) -> None:
        if digit.strokes:
            self._pad.canvas.set_strokes(digit.strokes, 1.0)
        else:
            self._pad.canvas.set_picture(picture_of_levels(digit.image, digit.label, self.tr("Your digit")))

    # Digits of the test set

    @Slot(int)
    def _lay_test_digit(self, number: int) -> None:
        digits = self._picker.digits
        if digits is not None:
            origin = fill(self.tr("Test digit {number}"), number=spell_whole(number))
            picture = picture_of_levels(digits.test_images[number], int(digits.test_labels[number]), origin)
            self._pad.sources.show_number(number)
            self._pad.canvas.set_picture(picture)

    @Slot()
    def _on_no_mistake(self) -> None:
        self.lab.problem.emit(self.tr("This network makes no mistake with the test digits: there is none to show."))

    @Slot()
    def _show_mistakes(self) -> None:
        can_ask, is_asked = self.lab.looked is not None, self._picker.is_asked
        self._pad.sources.show_mistakes(can_ask=can_ask, is_asked=is_asked)

    # The answer

    def _show_answer(self) -> None:
        self._answer = answer_of(self.lab.weights, None if self._prepared is None else self._prepared.image)
        self._header.show_answer(self._answer, self._explain())
        self._answer_tab.show_answer(self._prepared, self._answer)
        self._show_tab()

    @Slot()
    def _show_tab(self) -> None:
        """Bring the tab that is seen up to date."""
        tab = self.tabs.currentWidget()
        if tab is self._preparing:
            weights, is_drawing = self.lab.weights, self._pad.canvas.is_drawing
            self._preparing.show_preparation(
                self._content, self._prepared, weights, self._answer, is_drawing=is_drawing
            )
        elif tab is self._inside:
            self._show_inside()
        elif tab is self._softmax:
            traces = self._traces()
            self._softmax.show_logits(traces[-1].sums[0] if traces else None)

    def _traces(self) -> tuple[LayerTrace, ...]:
        """What happens in every layer; nothing without a picture or a network."""
        if self._prepared is None or self.lab.weights is None:
            return ()
        return trace(self.lab.weights, self._prepared.image.reshape(1, PIXELS))

    def _show_inside(self) -> None:
        traces, weights = self._traces(), self.lab.weights
        if not traces or weights is None or self._prepared is None:
            self._inside.show_layers((), None, self._explain())
            return
        chosen = self._inside.unit_in(traces)
        image = self._prepared.image.reshape(PIXELS)
        found = None if chosen is None else evidence(weights, image, *chosen)
        self._inside.show_layers(traces, found, "")

    def _explain(self) -> str:
        weights, answer = self.lab.weights, self._answer
        if weights is None:
            if self.lab.live.is_training:
                return self.tr("The network is being prepared; it answers as soon as it stands.")
            return self.tr("No network yet: train one, then it answers here while you draw.")
        if self._prepared is None:
            return self.tr("Draw something: an empty pad has no answer.")
        if answer is None:
            return self.tr("This network's numbers have overflowed: its run diverged, and it has no answer.")
        first, second = sorted(answer.probabilities.tolist(), reverse=True)[:2]
        words = self.tr("After {updates:,} updates: {first}, ahead of the next by {margin:.1f} points.")
        spelled = ProbabilityBars.spell(first)
        said = fill(words, updates=weights.updates, first=spelled, margin=100 * (first - second))
        return f"{said} {self._say_label(answer)}".strip()

    def _say_label(self, answer: Answer) -> str:
        """Whether the answer is right, where that is known."""
        picture, label = self._content.picture, self._content.label
        if picture is None or label is None:
            return ""
        if answer.digit == label:
            words = self.tr("{origin} is a {label}: right.")
        else:
            words = self.tr("{origin} is a {label}: wrong.")
        return fill(words, origin=picture.origin, label=label)
