"""The Evaluate page: how well the network knows digits it has never learned, and which ones it gets wrong."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mnist_lab.inspection.evaluation import Evaluation
from mnist_lab.studies.examined import Examined
from mnist_lab.studies.layer_map import MapRequest
from mnist_lab.window import theme
from mnist_lab.window.pages.evaluate.answers_tab import AnswersTab
from mnist_lab.window.pages.evaluate.certainty_tab import CertaintyTab
from mnist_lab.window.pages.evaluate.choices import ExampleChoice, GalleryChoice, MapChoice
from mnist_lab.window.pages.evaluate.image_words import ImageWords
from mnist_lab.window.pages.evaluate.map_source import MapSource
from mnist_lab.window.pages.evaluate.map_tab import MapTab
from mnist_lab.window.pages.evaluate.measurement import Measurement
from mnist_lab.window.pages.evaluate.own_answers import OwnQuestion, ask_about_own
from mnist_lab.window.pages.evaluate.robustness_tab import RobustnessTab
from mnist_lab.window.pages.evaluate.state_words import EvaluateWords
from mnist_lab.window.pages.evaluate.summary import Summary
from mnist_lab.window.pages.network_chooser import NetworkChooser
from mnist_lab.window.pages.tabbed import TabbedPage
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.drawing import PictureToOpen
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.navigator import CellToOpen
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.widgets.basic.folding_row import FoldingPart, FoldingRow
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn, keep_controls_width
from mnist_lab.window.widgets.pictures.grid_look import GridLook

_LEAST = 240  # logical pixels of the numbers beside the tabs
_TABS_WIDTH = 366  # of the widest tab where its parts stand one below the other


class EvaluatePage(TabbedPage):
    """The numbers at the left; answers, certainty, robustness and map in tabs at the right."""

    needs_weights = True

    def __init__(self, lab: Lab, parent: QWidget | None = None) -> None:
        super().__init__(lab, parent)
        self._state_words, self._words = EvaluateWords(lab, self), ImageWords(self)
        self._evaluation = lab.inspections.evaluation
        self._own: Derived[OwnQuestion, Evaluation] = self.view.model(
            "own answers", lambda: Derived(lab, ask_about_own)
        )
        self._map = self.view.model("map", lambda: MapSource(lab))
        self._measurement = self.view.model("measurement", lambda: Measurement(lab))
        self._gallery = self.view.model("gallery choice", GalleryChoice)
        self._map_choice = self.view.model("map choice", MapChoice)
        self._shown: object = self
        self._make_parts()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.GAP)
        controls, tabs = FoldingPart(self._controls(), 0, _LEAST), FoldingPart(self.tabs, 1, _TABS_WIDTH)
        layout.addWidget(FoldingRow(controls, tabs, spacing=theme.LARGE_GAP, parent=self))
        self._connect()

    # Building

    def _make_parts(self) -> None:
        self._chooser = NetworkChooser(self.lab, "evaluatedNetwork", self)
        self._state = QLabel(self, wordWrap=True)
        self._state.setObjectName("evaluateState")
        self._train = IconButton("ph.play-fill", self.tr("&Train it now"), self)
        self._train.setObjectName("trainToEvaluateButton")
        self._train.setAccessibleName(self.tr("Train the network now"))
        self._train.setToolTip(
            self.tr("Start a run with the settings of the Train page, and watch it get better here.")
        )
        self._train.set_primary(True)
        self._summary = Summary(self)
        look = self.view.model("gallery look", GridLook)
        self._summary.set_own_shown(self._gallery.is_own)
        self.make_tabs(
            "evaluateTabBar",
            self.tr("What is examined"),
            self.tr("Which answers, how certain, how robust, and where images lie."),
        )
        stack = self.tabs.stack
        self._answers, self._certainty = AnswersTab(self._gallery, look, stack), CertaintyTab(stack)
        self._robustness = RobustnessTab(self.view.model("example choice", ExampleChoice), stack)
        self._map_tab = MapTab(self._map_choice, stack)
        self.tabs.setObjectName("evaluateTabs")
        self.add_tab(self._answers, self.tr("Answers"))
        self.add_tab(self._certainty, self.tr("Certainty"))
        self.add_tab(self._robustness, self.tr("Robustness"))
        self.add_tab(self._map_tab, self.tr("Map"), watches=[self._map.watch])

    def _controls(self) -> QWidget:
        column = ScrollColumn("evaluateArea", self._chooser, self._state, self._train, self._summary, parent=self)
        keep_controls_width(column, _LEAST)
        column.keep_width()  # a value that comes makes it higher: the bar that then comes moves nothing
        return column

    def _connect(self) -> None:
        self._evaluation.changed.connect(self._on_evaluated)
        self._own.changed.connect(self._on_evaluated)
        self._map.changed.connect(self._show_map)
        self._measurement.changed.connect(self._on_measurement)
        self._train.clicked.connect(self.lab.start)
        self.follow_tabs()
        self._summary.own_wanted.connect(self._on_own_wanted)
        self._answers.own_shown_changed.connect(self._summary.set_own_shown)
        self._answers.test_image_opened.connect(self._open_test_image)
        self._answers.own_image_opened.connect(self._open_own_image)
        self._robustness.measure_wanted.connect(self._on_measure_wanted)
        self._robustness.cancel_wanted.connect(self._measurement.cancel)
        self._robustness.picture_opened.connect(self._open)
        self._map_tab.choice_changed.connect(self._ask_for_map)
        self._map_tab.image_opened.connect(self._open_map_image)
        self._map_tab.cancel_wanted.connect(self._map.cancel)

    def first_focus(self) -> QWidget:
        """The tabs: from there one goes on with Tab, and turns them with the arrow keys."""
        return self.tabs.tabBar()

    # What is computed

    def _watch(self, watch: bool) -> None:
        """Have the answers computed while the page is seen."""
        if watch != self._is_watching:
            self._evaluation.watch(watch)
            self._own.watch(watch)
        super()._watch(watch)
        if watch:
            self._on_evaluated()
            self._measure_if_due()

    def refresh(self, subjects: frozenset[Subject]) -> None:
        """Show what changed."""
        if subjects & {Subject.WEIGHTS, Subject.NETWORKS, Subject.OWN_DIGITS}:
            self._ask_anew()
        if subjects & {Subject.WEIGHTS, Subject.NETWORKS, Subject.RUN, Subject.RUNS, Subject.OWN_DIGITS}:
            self._show_state()
            self._show_measurement()
            self._show_map()
            self._measure_if_due()

    def _ask_anew(self) -> None:
        """Say what own digits, map and robustness are to be about."""
        weights, own = self.lab.weights, self.lab.own_digits.own
        question = self._own.input
        wanted = None if weights is None or not len(own) else OwnQuestion(weights, own)
        if wanted is None or question is None or (question.weights, question.own) != (weights, own):
            self._own.set_input(wanted, self.lab.look.source_id)
        self._map_tab.show_layers(weights)
        self._ask_for_map()

    @Slot()
    def _ask_for_map(self) -> None:
        """Want a map of the layer that is chosen, of the newest weights."""
        trained, choice = self.lab.looked, self._map_choice
        if trained is None:
            self._map.forget()
            return
        digits = trained.digits
        request = MapRequest(trained.weights, digits.test_images, digits.test_labels, choice.layer, choice.method)
        self._map.ask(request, self.lab.look.source_id, is_live=self.lab.live.is_training)

    @Slot()
    def _on_measurement(self) -> None:
        self._show_measurement()
        if not self._measurement.is_running:
            self._measure_if_due()

    def _measure_if_due(self) -> None:
        """Measure a network at rest that was not measured yet, while the tab is seen; one at a time."""
        looked, measurement = self.lab.looked, self._measurement
        is_seen = self.isVisible() and self.tabs.currentWidget() is self._robustness
        if not is_seen or looked is None or measurement.is_running:
            return
        images = looked.digits.test_images
        measurement.look_at(looked.weights, images)
        if not measurement.is_of(looked.weights, images) and not self.lab.live.is_training:
            self._on_measure_wanted()

    # What is shown

    def _show_state(self) -> None:
        weights, is_training = self.lab.weights, self.lab.live.is_training
        self._train.setVisible(weights is None and not is_training and not self._state_words.opening())
        self._state.setText(self._state_words.state(is_evaluated=self._evaluation.value is not None))

    @Slot()
    def _on_evaluated(self) -> None:
        """Show the newest answers, if they are not shown already."""
        answers = (self._evaluation.value, self._own.value, self.lab.own_digits.own, self.tabs.currentWidget())
        if self.isVisible() and answers != self._shown:
            self._shown = answers
            self._show_state()
            self._summary.show_examined(self._examined())
            self._summary.show_own(self._own_examined(), len(self.lab.own_digits.own))
            self._show_tab()

    def _examined(self) -> Examined | None:
        value, looked = self._evaluation.value, self._evaluation.input
        return None if value is None or looked is None else Examined(looked.digits.test_images, value)

    def _own_examined(self) -> Examined | None:
        value, question = self._own.value, self._own.input
        return None if value is None or question is None else Examined(question.own.images, value)

    def _show_tab(self) -> None:
        """Bring the answers to the tab that is seen."""
        tab, examined = self.tabs.currentWidget(), self._examined()
        if tab is self._answers:
            self._answers.show_examined(examined, self._own_examined())
        elif tab is self._certainty:
            self._certainty.show_examined(examined)
        elif tab is self._robustness:
            looked = self._evaluation.input
            self._robustness.show_examined(examined, None if looked is None else looked.weights)
            self._show_measurement()

    @Slot()
    def _show_measurement(self) -> None:
        self._robustness.show_measurement(self._measurement, self.lab.weights, is_live=self.lab.live.is_training)

    @Slot()
    def _show_map(self) -> None:
        waiting = (
            self.tr("No network yet: train one, then each of its layers can be seen as a map.")
            if self.lab.weights is None
            else self.tr("The map is being computed …")
        )
        self._map_tab.show_map(self._map.value, waiting, self._map.problem, self._map.progress)

    # What the learner does

    def receive(self, request: object) -> None:
        """Show the images of the cell that another page asked for."""
        if not isinstance(request, CellToOpen):
            super().receive(request)
            return
        self.tabs.setCurrentWidget(self._answers)
        self._answers.open_cell(request.digit, request.answer)

    def show_turned(self) -> None:
        """Show the newest answers on the tab that was turned to."""
        self._on_evaluated()
        self._measure_if_due()

    @Slot(bool)
    def _on_own_wanted(self, on: bool) -> None:
        self._answers.show_own(on)
        if on:
            self.tabs.setCurrentWidget(self._answers)

    @Slot()
    def _on_measure_wanted(self) -> None:
        trained = self.lab.looked
        if trained is not None:
            self._measurement.start(trained.weights, trained.digits.test_images, trained.digits.test_labels)

    @Slot(int)
    def _open_test_image(self, index: int) -> None:
        examined = self._examined()
        if examined is not None:
            self._open_test_digit(examined.images[index], examined.label(index), index)

    @Slot(int)
    def _open_own_image(self, index: int) -> None:
        examined = self._own_examined()
        if examined is not None:
            self._open(examined.images[index], examined.label(index), self._words.name(index, is_own=True))

    @Slot(int)
    def _open_map_image(self, index: int) -> None:
        request = self._map.request
        if request is not None:
            self._open_test_digit(request.images[index], int(request.labels[index]), index)

    def _open_test_digit(self, picture: NDArray[np.uint8], label: int, number: int) -> None:
        request = PictureToOpen(picture, label, self._words.name(number), number)
        self.lab.navigator.open("drawPage", request)

    @Slot(object, object, str)
    def _open(self, picture: NDArray[np.uint8], label: int | None, origin: str) -> None:
        self.lab.navigator.open("drawPage", PictureToOpen(picture, label, origin))
