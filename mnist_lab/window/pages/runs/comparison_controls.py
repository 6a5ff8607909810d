"""What the curves of the comparison show: which number, measured how, over which axis."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from mnist_lab.runs.comparing_curves import Along, Quantity, Source
from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.drop_down import keep_list_wide, named_drop_down


class ComparisonControls(QWidget):
    """Three lists and two switches.

    Signals:
        changed(): one of them was set.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quantity = self._choice(
            "comparisonQuantity",
            self.tr("Number that is compared"),
            self.tr("Accuracy is the share of right answers; the loss also counts how sure the answers are."),
            {"accuracy": self.tr("accuracy"), "loss": self.tr("loss")},
        )
        self._source = self._choice(
            "comparisonSource",
            self.tr("Digits it is measured on"),
            self.tr(
                "Test or held-out: new digits, after each epoch. Training: every batch before its update, smoothed as"
                " on the Train page, or the mean of each epoch while it learned, in the middle of that epoch."
            ),
            {
                "validation": self.tr("test"),
                "batches": self.tr("training, every batch"),
                "means": self.tr("training, epoch means"),
            },
        )
        self._along = self._choice(
            "comparisonAxis",
            self.tr("What the curves are laid over"),
            self.tr("Epochs: the same images seen. Updates: as many steps made. Seconds: as long trained."),
            {
                "epochs": self.tr("over epochs"),
                "updates": self.tr("over updates"),
                "seconds": self.tr("over seconds"),
            },
        )
        self._log = self._switch(
            "comparisonLogScale",
            self.tr("&logarithmic"),
            self.tr("Show each power of ten of the loss at the same height: small losses become visible."),
        )
        self._close = self._switch(
            "comparisonCloseUp",
            self.tr("&close-up"),
            self.tr("Show only the heights of the last two thirds of each run, so that curves come apart."),
        )
        self._lay_out()
        self._log.setEnabled(self.quantity == "loss")

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        for widgets in ((self._quantity, self._source), (self._along, self._log, self._close)):
            row = QHBoxLayout()
            row.setSpacing(theme.GAP)
            for widget in widgets:
                row.addWidget(widget)
            row.addStretch(1)
            layout.addLayout(row)

    def _choice(self, name: str, words: str, explanation: str, items: dict[str, str]) -> QComboBox:
        box = named_drop_down(name, words, explanation, self)
        keep_list_wide(box)
        for value, label in items.items():
            box.addItem(label, value)
        box.currentIndexChanged.connect(self._on_changed)
        return box

    def _switch(self, name: str, words: str, explanation: str) -> QCheckBox:
        switch = QCheckBox(words, self)
        switch.setObjectName(name)
        switch.setAccessibleName(words.replace("&", ""))
        switch.setToolTip(explanation)
        switch.toggled.connect(self._on_changed)
        return switch

    def name_validation(self, words: str) -> None:
        """Call the digits so that the runs are measured on after each epoch."""
        self._source.setItemText(self._source.findData("validation"), words)

    @Slot()
    def _on_changed(self) -> None:
        self._log.setEnabled(self.quantity == "loss")
        self.changed.emit()

    @property
    def quantity(self) -> Quantity:
        """Loss or accuracy."""
        return "loss" if self._quantity.currentData() == "loss" else "accuracy"

    @property
    def source(self) -> Source:
        """How it is measured."""
        sources: dict[str, Source] = {"batches": "batches", "means": "means", "validation": "validation"}
        return sources[self._source.currentData()]

    @property
    def along(self) -> Along:
        """What the axis counts."""
        axes: dict[str, Along] = {"epochs": "epochs", "updates": "updates", "seconds": "seconds"}
        return axes[self._along.currentData()]

    @property
    def is_log(self) -> bool:
        """Whether heights are to be logarithms; accuracies never are."""
        return self._log.isChecked() and self.quantity == "loss"

    @property
    def is_close(self) -> bool:
        """Whether the end of the runs is to be seen close up."""
        return self._close.isChecked()
