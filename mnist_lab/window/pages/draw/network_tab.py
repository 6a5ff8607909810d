"""Network: the whole network, with what the drawing makes flow through it, live while one draws."""

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.experiment import PIXELS
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.studies.flow_case import Targets, flows_of
from mnist_lab.window import theme
from mnist_lab.window.pages.draw.drawn_digit import DrawnDigit
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.views import View
from mnist_lab.window.widgets.network.network_look import NetworkLook
from mnist_lab.window.widgets.network.network_view import NetworkView


def tell_light(view: View, look: NetworkLook) -> None:
    """Let the course know how the light went."""
    view.tell("lightForward", lambda: look.ends[0])
    view.tell("lightBack", lambda: look.ends[1])
    view.tell("lightIsAtEnd", lambda: look.light.is_last)
    view.tell("lightLoss", lambda: None if look.loss is None else look.loss[0])
    view.tell("lightRight", lambda: None if look.loss is None else look.loss[1])


class DrawnNetworkTab(QWidget):
    """The picture of the network for what is on the pad.

    Signals:
        choice_changed(): something else is to be shown of it.
        unit_activated(int, int): a unit is to be looked at closely: layer and index, both from 0.
    """

    choice_changed = Signal()
    unit_activated = Signal(int, int)

    def __init__(self, look: NetworkLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weights: NetworkWeights | None = None
        self._view = NetworkView("drawnNetwork", look, self)
        self._view.choice_changed.connect(self._on_choice)
        self._view.unit_activated.connect(self.unit_activated)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.addWidget(self._view)

    def show_drawing(self, lab: Lab, digit: DrawnDigit, words: str) -> None:
        """Show what the drawing makes flow through the network that is looked at; `words` say why nothing can be."""
        weights, prepared, looked = lab.weights, digit.prepared, lab.looked
        is_other, self._weights = weights is not self._weights, weights
        if weights is None:
            self._view.show_flows(None, words)
            return
        image = np.zeros((1, PIXELS), np.float32) if prepared is None else prepared.image.reshape(1, PIXELS)
        choice = self._view.choice(len(weights.layers) - 1)
        flows = flows_of(weights, image, choice, self._targets(lab, digit.content.label))
        why_not = self.tr("The light goes back from the right digit, and nobody knows it here: take one of the set.")
        dropout = 0.0 if looked is None or looked.experiment is None else looked.experiment.dropout
        is_learning = looked is not None and looked.is_live  # then lines follow at once
        if prepared is None:
            self._view.show_flows(flows, words, dropout=dropout, is_waiting=True)
        elif flows.forward.is_finite:
            self._view.show_flows(flows, why_not, dropout=dropout, is_jump=is_other and not is_learning)
        else:
            self._view.show_flows(None, words)

    @staticmethod
    def _targets(lab: Lab, label: int | None) -> Targets | None:
        """From where the light goes back; None where the right digit is not known."""
        if label is None:
            return None
        experiment = (
            lab.draft.experiment if lab.looked is None or lab.looked.experiment is None else lab.looked.experiment
        )
        return Targets(np.array([label]), experiment.learning_rate, experiment.l2)

    @Slot()
    def _on_choice(self) -> None:
        if self.isVisible():
            self.choice_changed.emit()
