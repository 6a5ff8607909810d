"""The tab: which image or batch goes through the network, and the picture of it, large if one wishes."""

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.runs.run import Run
from mnist_lab.studies.looked import Looked
from mnist_lab.window import theme
from mnist_lab.window.pages.run_words import RunWords
from mnist_lab.window.pages.train.network.run_network import RunFlowCase, RunNetwork
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.widgets.basic.drop_down import DropDown, let_shrink, named_drop_down
from mnist_lab.window.widgets.basic.icon_button import IconButton, named_button
from mnist_lab.window.widgets.basic.least_height import ReservedLines
from mnist_lab.window.widgets.basic.switch import named_switch
from mnist_lab.window.widgets.fields.complaints import Complaints
from mnist_lab.window.widgets.fields.number_fields import WholeNumberBox
from mnist_lab.window.widgets.network.network_view import NetworkView

_LETTERS = 6
_MANY_IMAGES = 59_999
_IMAGE, _BATCH = 0, 1


class RunNetworkTab(ReservedLines):
    """Follows the network that is looked at, at whatever moment.

    Attributes:
        large: the switch that gives the picture the room of the curves.

    Signals:
        large_changed(): whether the picture is to have that room.
    """

    large_changed = Signal()

    def __init__(self, lab: Lab, network: RunNetwork, parent: QWidget | None = None) -> None:
        """What is shown lives in `network`."""
        super().__init__(parent)
        self._lab, self._network = lab, network
        self._run_words = RunWords(self)
        self._asked: tuple[object, ...] = ()
        self._shown: object = None
        self._is_seen = False
        self._make_controls()
        self._view = NetworkView("runNetwork", network.look, self, is_framed=False)
        self._view.controls.add_before(self._source, self._image, self._look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SMALL_GAP, 0, 0)
        layout.addWidget(self._view, 1)
        layout.addWidget(self._complaints())
        self._connect()
        self._show_source()

    def _complaints(self) -> Complaints:
        """What is wrong with the number of the image; below, so that the field does not move."""
        complaints = Complaints(self)
        complaints.setObjectName("runNetworkComplaints")
        complaints.add_field(self._image)
        complaints.reserve_lines(0)
        return complaints

    def _make_controls(self) -> None:
        self._source = self._make_source()
        self._image = WholeNumberBox(self)
        self._image.setObjectName("runNetworkImage")
        self._image.setRange(0, _MANY_IMAGES)  # the field is as wide before there is a set
        self._image.setAccessibleName(self.tr("Number of the training image"))
        self._image.setToolTip(self.tr("Which training image goes through the network, counted from 0."))
        theme.set_role(self._image, "slim")
        self._look = self._make_look()
        tip = self.tr("Give the picture of the network the room of both curves.")
        called = self.tr("Large picture of the network")
        self.large = named_switch("runNetworkLarge", self.tr("large"), called, tip, self)
        self.large.setChecked(True)

    def _make_source(self) -> DropDown:
        tip = self.tr("What goes through the network: one training image, or the batch of an update looked at closely.")
        source = named_drop_down("runNetworkSource", self.tr("What goes through the network"), tip, self)
        source.addItems([self.tr("image"), self.tr("batch")])
        let_shrink(source, _LETTERS)
        theme.set_role(source, "slim")
        return source

    def _make_look(self) -> IconButton:
        explanation = self.tr("Look at the next update: of the run that is training; else one more batch is trained.")
        look = named_button("runNetworkLook", "ph.eye", "", explanation, self)
        look.setAccessibleName(self.tr("Look at the next update"))
        theme.set_role(look, "slim")
        return look

    def _connect(self) -> None:
        self._source.currentIndexChanged.connect(self._on_source)
        self._image.valueChanged.connect(self._ask)
        self._look.clicked.connect(self._on_look)
        self._view.choice_changed.connect(self._ask)
        self._view.unit_activated.connect(self._lab.navigator.open_unit)
        self._network.flows.changed.connect(self._show)
        self.large.toggled.connect(self.large_changed)

    @property
    def wants_room(self) -> bool:
        """Whether the picture is seen and is to be large."""
        return self._is_seen and self.large.isChecked()

    # What is shown

    def refresh(self, subjects: frozenset[Subject]) -> None:
        """Follow what changed, while the tab is seen."""
        if self._is_seen and subjects & {Subject.WEIGHTS, Subject.UPDATE, Subject.DATA, Subject.KERAS}:
            self._ask()

    @Slot()
    def _ask(self) -> None:
        """Have computed what is to be seen; nothing if that has been asked for."""
        if not self._is_seen:
            return
        looked, run = self._lab.looked, self._lab.run
        case = None if looked is None else self._case(looked, run)
        asked = () if case is None else _parts(case)
        if asked != self._asked or case is None:
            self._asked = asked
            self._network.flows.set_input(case, self._lab.look.source_id)
            if case is None or self._network.flows.value is None:  # else it is shown when it comes
                self._show()

    def _case(self, looked: Looked, run: Run | None) -> RunFlowCase | None:
        """What is to be computed; None where there is no such image or update."""
        update = looked.update if self._source.currentIndex() == _BATCH else None
        count = len(looked.digits.train_images)
        with QSignalBlocker(self._image):
            self._image.setRange(0, max(count - 1, 0))
        if (self._source.currentIndex() == _BATCH and update is None) or not count:
            return None
        experiment = looked.experiment or self._lab.draft.experiment
        if run is not None and update is not None:
            experiment = run.experiment_of(update.before.updates)
        weights = looked.weights if update is None else update.before
        rate = experiment.learning_rate if update is None else update.learning_rate
        return RunFlowCase(
            weights,
            experiment,
            looked.digits,
            self._view.choice(len(weights.layers) - 1),
            rate,
            self._image.value() if update is None else -1,
            update,
            looked.is_live,
        )

    @Slot()
    def _show(self) -> None:
        if not self._is_seen:
            return
        flows, case = self._network.flows.value, self._network.flows.input
        is_wanted = bool(self._asked) and flows is not None and case is not None
        if not is_wanted or flows is None or case is None:
            self._shown = None
            self._view.show_flows(None, self._why_not())
        elif not flows.forward.is_finite:
            self._view.show_flows(
                None, self.tr("This network's numbers have overflowed: its run diverged, and it has no answer.")
            )
        else:
            is_jump = self._shown is not case.weights and not case.is_live
            self._shown = case.weights
            self._view.show_flows(flows, "", dropout=case.experiment.dropout, is_jump=is_jump)

    def _why_not(self) -> str:
        """Why nothing is to be seen."""
        if self._lab.looked is None:
            opening = self._run_words.opening(self._lab)
            return opening or self.tr("The network appears here when training begins.")
        if self._network.flows.is_pending:
            return self.tr("One moment…")
        return self.tr("No update was looked at closely yet: press the eye, then its batch goes through the network.")

    def _show_source(self) -> None:
        is_batch = self._source.currentIndex() == _BATCH
        self._image.setVisible(not is_batch)
        self._look.setVisible(is_batch)

    @Slot()
    def _on_source(self) -> None:
        self._show_source()
        self._ask()

    @Slot()
    def _on_look(self) -> None:
        """Look at the next update of the run that is training, else at one more."""
        if self._lab.live.is_training and not self._lab.live.is_paused:
            self._lab.live.request_update()
        else:
            self._lab.step()

    # Being seen

    def showEvent(self, event: QShowEvent) -> None:
        """Compute from now on, and catch up."""
        super().showEvent(event)
        self._set_seen(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Compute no more."""
        super().hideEvent(event)
        self._set_seen(False)

    def _set_seen(self, is_seen: bool) -> None:
        if is_seen != self._is_seen:
            self._is_seen = is_seen
            self._network.flows.watch(is_seen)
            self._asked = ()
            self._ask()
            self._show()
            self.large_changed.emit()


def _parts(case: RunFlowCase) -> tuple[object, ...]:
    """What tells one wish from another; the units that were shown until now do not."""
    choice = case.choice
    chosen = (choice.output, choice.against, choice.places, choice.kept)
    return (id(case.weights), id(case.update), id(case.digits), case.image, case.experiment, *chosen)
