"""The controls of the form, by the settings that they set: each is told apart when pointed at, and can be lit."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QLabel, QWidget

from mnist_lab.window.widgets.basic.disclosure import Disclosure

SETTINGS: dict[str, str] = {
    "hiddenUnits": "hidden_units",
    "hiddenUnits2": "hidden_units",
    "hiddenUnits3": "hidden_units",
    "hiddenUnits4": "hidden_units",
    "addLayerButton": "hidden_units",
    "removeLayerButton": "hidden_units",
    "optimizer": "optimizer",
    "learningRate": "learning_rate",
    "defaultRateButton": "learning_rate",
    "batchSize": "batch_size",
    "epochs": "epochs",
    "seed": "seed",
    "activation": "activation",
    "dropout": "dropout",
    "l2": "l2",
    "batchOrder": "batch_order",
    "validation": "validation",
    "heldOutShare": "held_out_share",
    "initialWeights": "initial_weights",
    "shuffledLabels": "shuffled_labels",
    "oneBatch": "one_batch",
    "copiesOfEach": "moved_copies",
}
"""By objectName; those of an optimizer's own settings begin with `_OPTIMIZER`."""
_OPTIMIZER = "optimizer_"
_LIT = "lit"
_NONE: frozenset[str] = frozenset()


def setting_of(control: QWidget) -> str | None:
    """The field of `Experiment` that a control, or the control of a label, sets; None for none."""
    buddy = control.buddy() if isinstance(control, QLabel) else None
    name = (buddy or control).objectName()
    return "optimizer_settings" if name.startswith(_OPTIMIZER) else SETTINGS.get(name)


class SettingControls(QObject):
    """Watches the controls of a form, and lights them.

    Signals:
        pointed(frozenset): the setting of the control under the pointer, else of the one with the keyboard; none where
            nobody points at one.
    """

    pointed = Signal(object)

    def __init__(self, form: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        self._watched: set[QWidget] = set()
        self._under_pointer: QWidget | None = None
        self._with_keyboard: QWidget | None = None
        self._told = _NONE
        self._lit = _NONE
        self.follow()

    def follow(self) -> None:
        """Watch also those that have come since: each optimizer has settings of its own."""
        for control in self._form.findChildren(QWidget):
            if control not in self._watched and setting_of(control) is not None:
                self._watched.add(control)
                control.installEventFilter(self)
                control.destroyed.connect(lambda _gone=None, control=control: self._forget(control))
        self._show_lit()

    def _forget(self, control: QWidget) -> None:
        self._watched.discard(control)
        if control is self._under_pointer:
            self._under_pointer = None
        if control is self._with_keyboard:
            self._with_keyboard = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the pointer and the keyboard come and go."""
        assert isinstance(watched, QWidget)
        match event.type():
            case QEvent.Type.Enter:
                self._under_pointer = watched
            case QEvent.Type.Leave | QEvent.Type.Hide if watched is self._under_pointer:
                self._under_pointer = None
            case QEvent.Type.FocusIn:
                self._with_keyboard = watched
            case QEvent.Type.FocusOut if watched is self._with_keyboard:
                self._with_keyboard = None
            case _:
                return False
        pointed = self._under_pointer or self._with_keyboard
        setting = None if pointed is None else setting_of(pointed)
        settings = _NONE if setting is None else frozenset((setting,))
        if settings != self._told:
            self._told = settings
            self.pointed.emit(settings)
        return False

    # Lighting

    def light(self, settings: frozenset[str]) -> None:
        """Light the controls of these settings; of one that is folded away, what it is folded under."""
        if settings != self._lit:
            self._lit = settings
            self._show_lit()

    def _show_lit(self) -> None:
        wanted = {self._in_sight(one) for one in self._watched if setting_of(one) in self._lit and not _is_label(one)}
        for control in self._form.findChildren(QWidget):
            is_lit = control in wanted
            if bool(control.property(_LIT)) != is_lit:
                control.setProperty(_LIT, is_lit)
                control.style().unpolish(control)
                control.style().polish(control)

    def _in_sight(self, control: QWidget) -> QWidget | None:
        """The control, or the heading of what it is folded away in; None: it is not there now."""
        if control.isVisibleTo(self._form):
            return control
        around = control.parentWidget()
        while around is not None and around is not self._form:
            if isinstance(around, Disclosure) and not around.button.isChecked():
                return around.button
            around = around.parentWidget()
        return None


def _is_label(control: QWidget) -> bool:
    return isinstance(control, QLabel)
