"""The tab Map: images near each other are much the same to a layer."""

import numpy as np
from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from mnist_lab.inspection.forward import scaled
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.studies.layer_map import LayerMap
from mnist_lab.window import theme
from mnist_lab.window.pages.evaluate.choices import MapChoice
from mnist_lab.window.pages.evaluate.image_words import ImageWords
from mnist_lab.window.pages.evaluate.point_map import PointMap
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.widgets.basic.drop_down import named_drop_down
from mnist_lab.window.widgets.basic.folding_row import FoldingPart, FoldingRow
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.work_bar import WorkBar
from mnist_lab.window.widgets.pictures.pixel_picture import PixelPicture
from mnist_lab.window.words import fill
from mnist_lab.work import Progress

_PICTURE_SIDE = 168
_CHOICE_LENGTH = 12
"""Letters that a choice has room for at least, so that its list is no narrower than its words."""


class MapTab(QWidget):
    """Choices of layer and method, the map, and the image under the pointer.

    Signals:
        choice_changed(): another layer or method.
        image_opened(int): index of a test image that was clicked.
        cancel_wanted(): the map is to be made no further; PCA is chosen, whose map is there at once.
    """

    choice_changed = Signal()
    cancel_wanted = Signal()
    image_opened = Signal(int)

    def __init__(self, choice: MapChoice, parent: QWidget | None = None) -> None:
        """Show what `choice` says, and keep there what the learner chooses."""
        super().__init__(parent)
        self._choice = choice
        self._map: LayerMap | None = None
        self._image_words = ImageWords(self)
        self._make_choices()
        self._make_pictures()
        self._notice = Notice(self)
        self._notice.setObjectName("mapNotice")
        self._work = WorkBar("map", self.tr("Progress of the map"), self.tr("End t-SNE and show PCA."), self)
        self._caption = self._words("mapCaption", "caption")
        self._readout = self._words("mapReadout", "")
        self._build()
        self._connect()
        self._caption.setText(self._caption_words())

    # Building

    def _make_choices(self) -> None:
        self._layers = self._combo_box(
            "mapLayer",
            self.tr("Layer that is mapped"),
            self.tr("Which layer's numbers place the images: the pixels, or the outputs of a layer."),
        )
        self._methods = self._combo_box(
            "mapMethod",
            self.tr("How it is mapped"),
            self.tr(
                "PCA looks from where the numbers spread most; t-SNE keeps neighbours together, and distances between "
                "groups mean little."
            ),
        )
        self._methods.addItem(self.tr("PCA"), "pca")
        self._methods.addItem(self.tr("t-SNE"), "tsne")
        self._methods.setCurrentIndex(self._methods.findData(self._choice.method))
        self._fill_layers()

    def _make_pictures(self) -> None:
        self._points = PointMap(self)
        self._points.setObjectName("pointMap")
        self._points.setAccessibleName(self.tr("Map of test images"))
        self._points.setToolTip(self.tr("Point at an image to see it; a click, or Enter, opens it on the pad."))
        self._picture = PixelPicture(self, empty_words=self.tr("Point at a digit of the map"))
        self._picture.setObjectName("mapPicture")
        self._picture.setAccessibleName(self.tr("The image under the pointer"))
        side = theme.fonts.scaled(_PICTURE_SIDE)
        self._picture.setFixedSize(side, side)

    def _combo_box(self, name: str, words: str, explanation: str) -> QComboBox:
        box = named_drop_down(name, words, explanation, self)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setMinimumContentsLength(_CHOICE_LENGTH)
        shows_state(box)
        return box

    def _words(self, name: str, role: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setWordWrap(True)
        if role:
            theme.set_role(label, role)
        return label

    def _build(self) -> None:
        side = QWidget(self)
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme.GAP)
        beside.addWidget(self._picture)
        beside.addWidget(self._readout)
        beside.addStretch(1)
        beside.addWidget(self._work)
        for words in (self._work, self._readout):
            words.setFixedWidth(self._picture.width())
        row = FoldingRow(FoldingPart(self._points, 1), FoldingPart(side, 0), spacing=theme.LARGE_GAP, parent=self)
        content = QWidget(self)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.SMALL_GAP)
        inside.addWidget(self._notice)
        inside.addWidget(row, 1)
        inside.addWidget(self._caption)
        panel = Panel(self.tr("Map"), content, self._layers, self._methods, parent=self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.addWidget(panel)

    def _connect(self) -> None:
        self._layers.currentIndexChanged.connect(self._on_layer)
        self._methods.currentIndexChanged.connect(self._on_method)
        self._work.cancel_wanted.connect(self._on_cancel)
        self._points.pointed_changed.connect(self._on_pointed)
        self._points.point_activated.connect(self._on_activated)

    # What is shown

    def show_layers(self, weights: NetworkWeights | None) -> None:
        """Offer the layers of this network; a choice of the same layer stays, else the last hidden layer is taken."""
        sizes = () if weights is None else tuple(len(layer.bias) for layer in weights.layers)
        if sizes != self._choice.sizes:
            self._choice.set_sizes(sizes)
            self._fill_layers()

    def _fill_layers(self) -> None:
        sizes = self._choice.sizes
        self._layers.setEnabled(bool(sizes))
        self._methods.setEnabled(bool(sizes))
        with QSignalBlocker(self._layers):
            self._layers.clear()
            self._layers.addItem(self.tr("Pixels (784)") if sizes else self.tr("no network yet"))
            for number, units in enumerate(sizes[:-1], 1):
                words = self.tr("Hidden layer {number} ({units:,} units)")
                self._layers.addItem(fill(words, number=number, units=units))
            if sizes:
                self._layers.addItem(self.tr("Output (10 probabilities)"))
            self._layers.setCurrentIndex(self._choice.layer)

    def show_map(
        self, layer_map: LayerMap | None, waiting: str = "", problem: str = "", progress: Progress | None = None
    ) -> None:
        """Show a map; None while there is none: `waiting` says what for, `problem` why there will be none.

        `progress` says how far another one is that takes long.
        """
        self._work.show_progress(progress)
        is_other, self._map = layer_map is not self._map, layer_map
        self._notice.show_message(problem, "warning")
        self._points.set_empty_words("" if problem else waiting)
        if not is_other:
            return
        if layer_map is None:
            nothing = np.empty(0, np.uint8)
            self._points.set_points(np.empty((0, 2), np.float32), nothing, nothing > 0)
        else:
            evaluation = layer_map.examined.evaluation
            self._points.set_points(layer_map.points, evaluation.labels, ~evaluation.right)
        self._caption.setText(self._caption_words())
        self._on_pointed(self._points.pointed)

    def _caption_words(self) -> str:
        if self._map is None:
            return self.tr("Each test image is a point here; images near each other are alike in what the map shows.")
        count, updates = len(self._map.points), self._map.examined.evaluation.updates
        words = fill(
            self.tr(
                "{count:,} test images after %Ln update(s), each shown by its digit; rings mark wrong answers.",
                "",
                updates,
            ),
            count=count,
        )
        if self._map.explained is None:
            rest = self.tr("Neighbours are alike to this layer; distances between groups mean little.")
        else:
            across, up = (100 * float(share) for share in self._map.explained)
            rest = fill(
                self.tr(
                    "The two axes show {across:.0f}\u00a0% and {up:.0f}\u00a0% of the variance: neighbours are alike in"
                    " these two directions, and may differ in others."
                ),
                across=across,
                up=up,
            )
        return fill(self.tr("{words} {rest}"), words=words, rest=rest)

    @Slot(int)
    def _on_layer(self, index: int) -> None:
        self._choice.layer = max(index, 0)
        self.choice_changed.emit()

    @Slot(int)
    def _on_method(self, _index: int) -> None:
        self._choice.method = "tsne" if self._methods.currentData() == "tsne" else "pca"
        self.choice_changed.emit()

    @Slot()
    def _on_cancel(self) -> None:
        self.cancel_wanted.emit()
        self._methods.setCurrentIndex(self._methods.findData("pca"))

    @Slot(object)
    def _on_pointed(self, index: int | None) -> None:
        if index is None or self._map is None:
            self._picture.set_picture(None)
            self._readout.clear()
            self._points.setAccessibleDescription("")
            return
        examined = self._map.examined
        self._picture.set_picture(scaled(examined.images[index : index + 1]))
        name = self._image_words.name(int(self._map.indices[index]))
        words = self._image_words.answer(examined, index, name)
        self._readout.setText(words)
        self._points.setAccessibleDescription(words)

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        if self._map is not None:
            self.image_opened.emit(int(self._map.indices[index]))
