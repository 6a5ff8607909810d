"""The Draw page: draw a digit, see the picture the network receives, what it answers, and why, also while it trains."""

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.data.own_digits import OwnDigit
from mnist_lab.experiment import PIXELS
from mnist_lab.inspection.evidence import evidence
from mnist_lab.inspection.forward import LayerTrace, trace
from mnist_lab.window import dialogs, page_keys, theme
from mnist_lab.window.keyboard import add_shortcut
from mnist_lab.window.pages.draw.against_choice import AgainstChoice
from mnist_lab.window.pages.draw.against_tab import AgainstTab
from mnist_lab.window.pages.draw.answer_view import AnswerHeader, AnswerTab
from mnist_lab.window.pages.draw.answers import Answer, answer_of
from mnist_lab.window.pages.draw.bar_look import InsideLook
from mnist_lab.window.pages.draw.digit_picker import DigitPicker
from mnist_lab.window.pages.draw.drawn_digit import DrawnDigit
from mnist_lab.window.pages.draw.input_hint import InputHint
from mnist_lab.window.pages.draw.inside_tab import InsideTab
from mnist_lab.window.pages.draw.my_digits import MyDigits
from mnist_lab.window.pages.draw.network_tab import DrawnNetworkTab, tell_light
from mnist_lab.window.pages.draw.pad_beside import PadBeside
from mnist_lab.window.pages.draw.pad_content import changed, load_changes, picture_of_levels
from mnist_lab.window.pages.draw.pad_panel import PadPanel
from mnist_lab.window.pages.draw.pad_picture import Change
from mnist_lab.window.pages.draw.picture_importer import PictureImporter
from mnist_lab.window.pages.draw.preparing_tab import PreparingTab
from mnist_lab.window.pages.draw.softmax_tab import SoftmaxTab
from mnist_lab.window.pages.network_chooser import NetworkChooser
from mnist_lab.window.pages.run_words import RunWords
from mnist_lab.window.pages.tabbed import TabbedPage
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.drawing import PictureToOpen
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.widgets.network.network_look import NetworkLook
from mnist_lab.window.widgets.pictures.probability_bars import ProbabilityBars
from mnist_lab.window.words import fill

_NEARLY_ALL = 0.9995
"""A larger margin would be spelled as 100 points."""


class DrawPage(TabbedPage):
    """The pad on the left; the answer, how it comes about, and one's own digits on the right."""

    needs_weights = True

    def __init__(self, lab: Lab, parent: QWidget | None = None) -> None:
        super().__init__(lab, parent)
        self._answer: Answer | None = None
        self._is_seen = False
        self._run_words = RunWords(self)
        self._digit = self.view.model("digit", lambda: DrawnDigit(lab, self.view))
        self._importer = self.view.model("importer", lambda: PictureImporter(lab, self._digit.pad))
        self._picker = self.view.model("picker", lambda: DigitPicker(lab, self._digit.pad))
        self._pad = PadPanel(self._digit.pad, self)
        self._hint = InputHint(lab, self._digit, self)
        self._header = AnswerHeader(NetworkChooser(lab, "drawNetwork", self), self._hint, self)
        self._make_tabs()
        self._lay_out()
        self._connect()
        self._picker.come_back()
        self._show_test_digits()
        self._pad.sources.show_number(max(self._picker.number, 0))
        self._show_mistakes()
        self._show_digit()
        Job(lab, lambda _handle: load_changes(), lambda _result: None).start()

    def _make_tabs(self) -> None:
        name, explanation = self.tr("Ways to look at the answer"), self.tr("Arrow keys turn these pages.")
        self.make_tabs("drawTabBar", name, explanation)
        stack = self.tabs.stack
        self._answer_tab = AnswerTab(stack)
        self._why = AgainstTab(self.view.model("against", AgainstChoice), stack)
        self._preparing = PreparingTab(self._digit.steps, self._digit.is_anew, stack)
        look = self.view.model("network", NetworkLook)
        self._network = DrawnNetworkTab(look, stack)
        tell_light(self.view, look)
        self._inside = InsideTab(self.view.model("inside", InsideLook), stack)
        self._softmax = SoftmaxTab(stack)
        self._own = MyDigits(self.lab, self.view, self._digit, self._pad.canvas, self)
        self.tabs.setObjectName("drawTabs")
        for tab, title, words in (
            (self._answer_tab, self.tr("Answer"), self.tr("The picture that goes in, and the ten shares.")),
            (self._why, self.tr("Why"), self.tr("What speaks for one digit against another, pixel by pixel.")),
            (self._network, self.tr("Network"), self.tr("The whole network, and what flows through it.")),
            (self._preparing, self.tr("Preparing"), self.tr("What is done to the drawing before the network sees it.")),
            (self._inside, self.tr("Inside"), self.tr("The output of each unit, and the evidence for it.")),
            (self._softmax, self.tr("Softmax"), self.tr("How ten sums become ten shares.")),
            (self._own.tab, self.tr("My digits"), self.tr("Keep your handwriting; see how the network fares.")),
        ):
            self.add_tab(tab, title, words, [self._own.watch] if tab is self._own.tab else ())

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(theme.GAP)
        right.addWidget(self._header)
        right.addWidget(self.tabs, 1)
        PadBeside(self._pad, right, self)

    def _connect(self) -> None:
        self._digit.changed.connect(self._show_digit)
        self._pad.drop.dropped.connect(self._importer.take)
        self._importer.failed.connect(self._show_import)
        self._pad.changes.change_wanted.connect(self._on_change_wanted)
        sources = self._pad.sources
        sources.open_wanted.connect(self._on_open_wanted)
        sources.paste_wanted.connect(self._importer.paste)
        sources.import_changed.connect(self._importer.take_again)
        sources.digit_wanted.connect(self._picker.pick)
        sources.random_wanted.connect(self._picker.pick_any)
        sources.mistake_wanted.connect(self._picker.pick_mistake)
        self._picker.picked.connect(sources.show_number)
        self._picker.asked_changed.connect(self._show_mistakes)
        add_shortcut(page_keys.PASTE, self).activated.connect(self._importer.paste)
        self._header.train.clicked.connect(self.lab.start)
        self._own.open_wanted.connect(self._open_own_digit)
        self._preparing.switched.connect(self._on_switched)
        self._why.pair_chosen.connect(self._show_tab)
        self._inside.unit_chosen.connect(self._show_tab)
        self._network.choice_changed.connect(self._show_tab)
        self._network.unit_activated.connect(self.lab.navigator.open_unit)
        self._hint.left.connect(lambda: self.first_focus().setFocus())
        self.follow_tabs()

    def first_focus(self) -> QWidget:
        """The pad: a pen for the keyboard waits there."""
        return self._pad.canvas

    def refresh(self, subjects: frozenset[Subject]) -> None:
        """Answer anew with the weights as they are now."""
        if subjects & {Subject.RUN, Subject.WEIGHTS}:
            is_coming = self.lab.live.is_training or bool(self.lab.look.coming)
            self._header.train.setVisible(not is_coming and self.lab.weights is None)
        if subjects & {Subject.DATA, Subject.RUN}:
            self._show_test_digits()
        if subjects & {Subject.WEIGHTS, Subject.RUN} or (Subject.RUNS in subjects and self.lab.look.coming):
            self._show_mistakes()
            self._show_answer()
        if subjects & {Subject.WEIGHTS, Subject.RUN, Subject.OWN_DIGITS} and self.tabs.currentWidget() is self._own.tab:
            self._own.refresh()

    def show_turned(self) -> None:
        """Bring the tab that was turned to up to date."""
        self._show_tab()

    def showEvent(self, event: QShowEvent) -> None:
        """Let a mistake be asked for again."""
        self._is_seen = True
        self._picker.come_back()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Wait for no mistake any more."""
        super().hideEvent(event)
        if self._is_seen:  # Qt hides a page that was thrown away once more
            self._is_seen = False
            self._picker.leave()

    # The drawing

    @Slot()
    def _show_digit(self) -> None:
        self._pad.show_content(self._digit.content, is_inked=self._digit.prepared is not None)
        self._own.show_drawing()
        self._show_answer()

    @Slot()
    def _on_switched(self) -> None:
        self._digit.set_preparation(self._preparing.steps, is_anew=self._preparing.is_anew)

    @Slot(object, str)
    def _on_change_wanted(self, change: Change, topic: str) -> None:
        prepared = self._digit.prepared
        received = np.zeros((28, 28), np.uint8) if prepared is None else prepared.centred
        picture = changed(self._digit.content, change, received, self.tr("Your drawing"))
        self._digit.pad.set_picture(picture, topic)

    @Slot()
    def _on_open_wanted(self) -> None:
        path = dialogs.ask_for_picture(self.window())
        if path is not None:
            self._importer.take(path)

    @Slot()
    def _show_import(self) -> None:
        """Show how the picture was really imported: another way failed."""
        self._pad.sources.show_picture(self._digit.pad.drawing.picture)

    def receive(self, request: object) -> None:
        """Put on the pad what another page sent here."""
        if not isinstance(request, PictureToOpen):
            super().receive(request)
            return
        picture = picture_of_levels(request.picture, request.label, request.origin, request.test_number)
        self._digit.pad.set_picture(picture)

    @Slot(object)
    def _open_own_digit(self, digit: OwnDigit) -> None:
        if digit.strokes:
            self._digit.pad.set_strokes(digit.strokes, 1.0, label=digit.label)
        else:
            self._digit.pad.set_picture(picture_of_levels(digit.image, digit.label, self.tr("Your digit")))

    # Digits of the test set

    def _show_test_digits(self) -> None:
        digits = self._picker.digits
        self._pad.sources.set_test_digits(0 if digits is None else len(digits.test_images))

    @Slot()
    def _show_mistakes(self) -> None:
        can_ask, is_asked = self.lab.looked is not None, self._picker.is_asked
        self._pad.sources.show_mistakes(can_ask=can_ask, is_asked=is_asked)

    # The answer

    def _show_answer(self) -> None:
        digit, prepared = self._digit, self._digit.prepared
        self._answer = answer_of(self.lab.weights, None if prepared is None else prepared.image)
        label = digit.content.label
        self._header.show_answer(self._answer, label, self._explain())
        self._hint.refresh()
        self._answer_tab.show_answer(prepared, self._answer, label)
        self._show_tab()

    @Slot()
    def _show_tab(self) -> None:
        """Bring the tab that is seen up to date."""
        tab, digit = self.tabs.currentWidget(), self._digit
        if tab is self._why:
            self._why.show_answer(self.lab.weights, digit.prepared, self._answer, digit.content.label, self._explain())
        elif tab is self._preparing:
            is_drawing = digit.pad.drawing.is_down
            self._preparing.show_steps(digit.steps)
            self._preparing.show_preparation(
                digit.content, digit.prepared, self.lab.weights, self._answer, is_drawing=is_drawing
            )
        elif tab is self._network:
            self._network.show_drawing(self.lab, digit, self._explain())
        elif tab is self._inside:
            self._show_inside()
        elif tab is self._softmax:
            traces = self._traces()
            self._softmax.show_logits(traces[-1].sums[0] if traces else None)

    def _traces(self) -> tuple[LayerTrace, ...]:
        """What happens in every layer; nothing without a picture or a network."""
        prepared = self._digit.prepared
        if prepared is None or self.lab.weights is None:
            return ()
        return trace(self.lab.weights, prepared.image.reshape(1, PIXELS))

    def _show_inside(self) -> None:
        traces, weights, prepared = self._traces(), self.lab.weights, self._digit.prepared
        if not traces or weights is None or prepared is None:
            self._inside.show_layers((), None, self._explain())
            return
        chosen = self._inside.unit_in(traces)
        image = prepared.image.reshape(PIXELS)
        found = None if chosen is None else evidence(weights, image, *chosen)
        self._inside.show_layers(traces, found, "")

    def _explain(self) -> str:
        weights, answer = self.lab.weights, self._answer
        if weights is None:
            if self.lab.live.is_training:
                return self.tr("The network is being prepared; it answers as soon as it stands.")
            opening = self._run_words.opening(self.lab)
            return opening or self.tr("No network yet: train one, then it answers here while you draw.")
        if self._digit.prepared is None:
            return self.tr("Draw something: an empty pad has no answer.")
        if answer is None:
            return self.tr("This network's numbers have overflowed: its run diverged, and it has no answer.")
        first, second = sorted(answer.probabilities.tolist(), reverse=True)[:2]
        words = self.tr("After %Ln update(s): {first}, ahead of the next by {margin:.1f} points.", "", weights.updates)
        if first - second > _NEARLY_ALL:
            words = self.tr("After %Ln update(s): {first}; all other digits share the rest.", "", weights.updates)
        said = fill(words, first=ProbabilityBars.spell(first), margin=100 * (first - second))
        return f"{said} {self._say_label(answer)}".strip()

    def _say_label(self, answer: Answer) -> str:
        """Whether the answer is right, where that is known."""
        picture, label = self._digit.content.picture, self._digit.content.label
        if label is None:
            return ""
        origin = self.tr("Your digit") if picture is None else picture.origin
        if answer.digit == label:
            words = self.tr("{origin} is the digit {label}: right.")
        else:
            words = self.tr("It says {answer}; right is {label} ({origin}).")
        return fill(words, origin=origin, label=label, answer=answer.digit)
