"""The Weights page: look into a network, unit by unit and layer by layer, and try changes on a copy of it."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.experiment import PIXELS
from mnist_lab.inspection.scaled_images import ScaledImages
from mnist_lab.inspection.statistics import LayerHistogram
from mnist_lab.inspection.units import UnitActivity
from mnist_lab.inspection.update_step import UpdateStep
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.runs.run import State
from mnist_lab.studies import cases
from mnist_lab.window import theme
from mnist_lab.window.pages.network_chooser import NetworkChooser
from mnist_lab.window.pages.run_words import RunWords
from mnist_lab.window.pages.tabbed import TabbedPage, Watch
from mnist_lab.window.pages.weights.choices import EditFields, LayerChoice, UnitsChoice
from mnist_lab.window.pages.weights.copy_editor import CopyEditor
from mnist_lab.window.pages.weights.edit_section import EditSection
from mnist_lab.window.pages.weights.layers_section import LayersSection
from mnist_lab.window.pages.weights.network_header import NetworkHeader
from mnist_lab.window.pages.weights.open_unit_facts import tell_unit
from mnist_lab.window.pages.weights.unit_words import UnitReport
from mnist_lab.window.pages.weights.units_section import UnitsSection
from mnist_lab.window.pages.weights.update_report import UpdateReport
from mnist_lab.window.pages.weights.update_section import UpdateSection
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.drawing import PictureToOpen
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.navigator import LayerToOpen, UnitToOpen
from mnist_lab.window.state.next_update import catch_or_show_next, has_next_update
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.widgets.pictures.tile_look import TileLook
from mnist_lab.window.words import fill, spell_whole

_REST_MILLISECONDS = 400
"""Between two results on a network that goes on learning."""


class WeightsPage(TabbedPage):
    """Four tabs; only the one that is seen computes."""

    needs_weights = True

    def __init__(self, lab: Lab, parent: QWidget | None = None) -> None:
        super().__init__(lab, parent)
        self._is_sampling = False
        chooser = NetworkChooser(lab, "weightsNetwork", self)
        self._header, self._run_words = NetworkHeader(chooser, self), RunWords(self)
        self._make_models()
        self._make_sections()
        self._add_tabs()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addWidget(self._header)
        layout.addWidget(self.tabs, 1)
        self._connect()
        self._show_results()

    # Building

    def _make_models(self) -> None:
        lab, model, rest = self.lab, self.view.model, _REST_MILLISECONDS
        images = model("scaled images", ScaledImages)
        self._choice = model("units choice", UnitsChoice)
        self._activity: Derived[cases.UnitCase, UnitActivity] = model(
            "activity",
            lambda: Derived(lab, lambda case, handle: cases.ask_unit(case, images, handle), rest_milliseconds=rest),
        )
        tell_unit(self.view, self._choice, self._activity)
        self._histograms: Derived[cases.Pair, tuple[LayerHistogram, ...]] = model(
            "histograms", lambda: Derived(lab, cases.compare, rest_milliseconds=rest)
        )
        self._step: Derived[cases.UpdateCase, UpdateStep] = model("step", lambda: Derived(lab, cases.explain))
        self._editor = model("copy editor", lambda: CopyEditor(lab, images))

    def _make_sections(self) -> None:
        explanation = self.tr("Four views of a network; the arrow keys turn them.")
        self.make_tabs("weightsTabs", self.tr("Views of the weights"), explanation)
        stack = self.tabs.stack
        self._units = UnitsSection(self._choice, self.view.model("tile look", TileLook), stack)
        self._layers = LayersSection(self.view.model("layer choice", LayerChoice), stack)
        self._update = UpdateSection(self.tabs.tabBar(), stack)
        self._edit_fields = self.view.model("edit fields", EditFields)
        self._edit = EditSection(self._edit_fields, stack)

    def _add_tabs(self) -> None:
        watches: dict[QWidget, list[Watch]] = {
            self._units: [self._activity.watch],
            self._layers: [self._histograms.watch, self._watch_samples],
            self._update: [self._step.watch],
            self._edit: [self._editor.result.watch],
        }
        for section, title, explanation in (
            (self._units, self.tr("Units"), self.tr("What each unit of the first layer looks for.")),
            (self._layers, self.tr("Layers"), self.tr("Each layer's weights, and how the layers fare over the run.")),
            (self._update, self.tr("One update"), self.tr("One gradient update in pictures.")),
            (self._edit, self.tr("Edit a copy"), self.tr("Change single weights of a copy and see what it costs.")),
        ):
            self.add_tab(section, title, explanation, watches[section])

    def _connect(self) -> None:
        self.follow_tabs()
        self._header.training_wanted.connect(self.lab.start)
        self._units.unit_changed.connect(self._on_unit_opened)
        self._units.picture_opened.connect(self._on_picture_opened)
        self._update.update_wanted.connect(self._on_update_wanted)
        self._update.unit_changed.connect(self._units.open_unit)
        self._edit.edit_made.connect(self._editor.apply)
        self._edit.undo_wanted.connect(self._editor.undo)
        self._edit.reset_wanted.connect(self._on_reset)
        self._edit.keep_wanted.connect(self._on_keep)
        self._activity.changed.connect(self._show_activity)
        self._histograms.changed.connect(self._show_histograms)
        self._step.changed.connect(self._show_update)
        self._editor.changed.connect(self._show_copy)
        self._editor.result.changed.connect(self._show_result)
        self.lab.inspections.sampled.connect(self._on_sampled)

    def first_focus(self) -> QWidget:
        """The tabs."""
        return self.tabs.tabBar()

    def _watch_samples(self, watch: bool) -> None:
        self._is_sampling = watch
        self.lab.inspections.watch_samples(watch)

    # What is shown

    def _show_results(self) -> None:
        """Show what was computed before the page was built."""
        self._show_activity()
        self._show_histograms()
        self._show_update()
        self._show_copy()
        self._show_result()

    def refresh(self, subjects: frozenset[Subject]) -> None:
        """Show what changed on the tab that is seen."""
        if subjects & {Subject.RUN, Subject.WEIGHTS, Subject.NETWORKS, Subject.RUNS}:
            self._show_header()
        tab = self.tabs.currentWidget()
        if tab is self._units and subjects & {Subject.WEIGHTS, Subject.DRAWING}:
            self._show_units(subjects)
        if tab is self._layers and Subject.WEIGHTS in subjects:
            self._show_layers()
        if tab is self._update and subjects & {Subject.UPDATE, Subject.RUN, Subject.MOMENT}:
            self._show_update_tab()
        if tab is self._edit and subjects & {Subject.WEIGHTS, Subject.RUN, Subject.NETWORKS}:
            self._show_edit_tab()

    def receive(self, request: object) -> None:
        """Show closely the unit, or the layer, that another page asked for."""
        if isinstance(request, UnitToOpen):
            self.tabs.setCurrentWidget(self._units)
            self._units.open_unit(request.unit)
        elif isinstance(request, LayerToOpen):
            self.tabs.setCurrentWidget(self._layers)
            self._layers.open_layer(request.layer)
        else:
            super().receive(request)

    def _show_header(self) -> None:
        run = self.lab.look.looked_run
        has_diverged = run is not None and run.state is State.DIVERGED
        opening, is_coming = self._run_words.opening(self.lab), self.lab.live.is_training
        self._header.show_network(self.lab.weights, opening, is_coming=is_coming, has_diverged=has_diverged)

    @property
    def _start(self) -> NetworkWeights | None:
        """The network before its first update; None for a kept network, or without any."""
        looked = self.lab.looked
        return None if looked is None else looked.start_weights

    def _show_units(self, subjects: frozenset[Subject]) -> None:
        if Subject.WEIGHTS in subjects:
            source_id = self.lab.look.source_id
            if source_id != self._choice.source_id:
                self._choice.source_id = source_id
                self._units.begin_network()
            self._units.show_network(self.lab.weights, self._start)
            self._ask_unit()
        if Subject.DRAWING in subjects:
            drawing = self.lab.drawing
            self._units.show_drawing(None if drawing is None else drawing.image.reshape(PIXELS))

    def _ask_unit(self) -> None:
        looked = self.lab.looked
        case = None if looked is None else cases.UnitCase(looked.weights, self._choice.unit, looked.digits)
        self._activity.set_input(case, self._choice.cache_key)

    @Slot()
    def _show_activity(self) -> None:
        case, activity = self._activity.input, self._activity.value
        if case is None or activity is None:
            self._units.show_report(None)
        else:
            self._units.show_report(UnitReport(case.unit, activity, case.digits.test_images))

    def _show_layers(self) -> None:
        weights, start = self.lab.weights, self._start
        self._layers.show_network(weights, is_now=not self.lab.time.is_away)
        pair = None if weights is None else cases.Pair(weights, start or weights)
        known = self._histograms.input
        if pair is None or known is None or (known.now, known.start) != (pair.now, pair.start):
            self._histograms.set_input(pair, self.lab.look.source_id)
        self._show_histograms()
        self._show_samples()

    @Slot()
    def _show_histograms(self) -> None:
        pair, value = self._histograms.input, self._histograms.value
        self._layers.show_histograms(value or (), has_start=pair is not None and pair.start is not pair.now)

    @Slot()
    def _on_sampled(self) -> None:
        if self._is_sampling:
            self._show_samples()

    def _show_samples(self) -> None:
        run = self.lab.run
        self._layers.show_samples(self.lab.inspections.samples, 1 if run is None else run.total_updates)

    # One update

    def _show_update_tab(self) -> None:
        run, update, weights = self.lab.run, self.lab.look.update, self.lab.look.run_weights
        can_catch = self.lab.live.is_training and weights is not None
        self._update.set_can_look(can_catch or has_next_update(self.lab))
        self._update.set_unit(self._choice.unit, 0 if weights is None else len(weights.layers[0].bias))
        case = None
        if update is not None and run is not None:
            case = cases.UpdateCase(update, run.trained_digits, run.experiment_of(update.before.updates))
        known = self._step.input
        if case is None or known is None or known.update is not case.update:
            self._step.set_input(case, update)

    @Slot()
    def _show_update(self) -> None:
        case, step = self._step.input, self._step.value
        if case is None or step is None:
            self._update.show_report(None)
            return
        self._update.show_report(UpdateReport(step, case.update, case.experiment))

    def _show_edit_tab(self) -> None:
        looked = self.lab.looked
        self._editor.follow(looked, self.lab.look.source_id, is_moving=looked is not None and looked.is_live)
        self._edit.propose_unit(self._choice.unit)
        self._show_copy()
        self._show_kept()

    @Slot()
    def _show_copy(self) -> None:
        self._edit.show_copy(self._editor.base, self._editor.weights, self._editor.edits)

    def _show_kept(self) -> None:
        """Say which network was kept here, as long as that is the one looked at."""
        chosen, kept_id = self.lab.look.chosen, self._edit_fields.kept_id
        self._edit.show_kept(chosen.name if chosen is not None and chosen.id == kept_id else "")

    @Slot()
    def _show_result(self) -> None:
        self._edit.show_result(self._editor.result.value)

    @Slot()
    def _on_reset(self) -> None:
        self._editor.reset(self.lab.looked, self.lab.look.source_id)

    @Slot(str)
    def _on_keep(self, name: str) -> None:
        kept = self._editor.weights
        if kept is not None:
            self.lab.keep_network(name, kept)
            if self.lab.weights is kept:  # it could be written, and is looked at now
                self._edit_fields.kept_id = self.lab.look.source_id
                self._on_reset()
                self._show_kept()

    # What happens

    @Slot()
    def _on_update_wanted(self) -> None:
        catch_or_show_next(self.lab)

    @Slot()
    def _on_unit_opened(self) -> None:
        if self.tabs.currentWidget() is self._units:
            self._ask_unit()

    @Slot(int)
    def _on_picture_opened(self, index: int) -> None:
        trained = self.lab.looked
        if trained is not None and index < len(trained.digits.test_images):
            digits = trained.digits
            origin = fill(self.tr("test digit {}"), spell_whole(index))
            picture = PictureToOpen(digits.test_images[index], int(digits.test_labels[index]), origin, index)
            self.lab.navigator.open("drawPage", picture)
