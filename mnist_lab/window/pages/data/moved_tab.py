"""Moved copies: an image beside copies of it, turned and shifted, and how the next run is to have them."""

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mnist_lab.data.digits import Images
from mnist_lab.experiment import MOVED_STRENGTHS, PIXELS, Experiment
from mnist_lab.window import theme
from mnist_lab.window.pages.data.moved_look import MovedPictures
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.pages.setting_fields import real_field, whole_field
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.fields.form_grid import FormGrid
from mnist_lab.window.widgets.pictures.grid_look import GridLook
from mnist_lab.window.widgets.pictures.picture_grid import LARGE, PictureGrid
from mnist_lab.window.words import fill, spell_bytes

_STEPS = {"moved_turn": 5.0, "moved_shear": 0.05, "moved_scale": 0.05, "moved_shift": 0.5}
"""Of the arrows of each strength."""


class MovedTab(QWidget):
    """How many copies, and how far they move; the copies of one image.

    Signals:
        chosen(object): settings of an experiment, by name: what was chosen.
    """

    chosen = Signal(object)

    def __init__(self, look: GridLook, parent: QWidget | None = None) -> None:
        """Show nothing yet; the pictures are looked at as `look` says."""
        super().__init__(parent)
        self._experiment = Experiment()
        self._is_filling = False
        self._copies = whole_field(self, "moved_copies")
        self._strengths = {name: real_field(self, name) for name in MOVED_STRENGTHS}
        self._usual = IconButton("ph.arrow-counter-clockwise", self.tr("Usual strengths"), self)
        self._usual.setObjectName("movedUsualButton")
        self._usual.setToolTip(self.tr("Turn, shear, scale and shift as in a new lab: they suit handwritten digits."))
        self._words = self._label("movedWords")
        self._caption = self._label("movedCaption")
        self.grid = PictureGrid(self, side=LARGE, look=look)
        self.grid.setObjectName("movedGrid")
        self.grid.setAccessibleName(self.tr("An image and its moved copies"))
        self.grid.setToolTip(self.tr("The image chosen on the tab Images, and behind it its copies."))
        self.grid.set_empty_words(self.tr("Choose an image on the tab Images."))
        self._lay_out()
        self._copies.valueChanged.connect(self._on_changed)
        for name, field in self._strengths.items():
            field.even_step = _STEPS[name]
            field.valueChanged.connect(self._on_changed)
        self._usual.clicked.connect(self._on_usual)

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.set_role(label, "caption")
        return label

    def _lay_out(self) -> None:
        pictures = QWidget(self)
        column = QVBoxLayout(pictures)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid, 1)
        column.addWidget(self._caption)
        choices = QWidget(self)
        below = QVBoxLayout(choices)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme.GAP)
        for part in (self._form(), self._usual, self._words):
            below.addWidget(part)
        below.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(Panel(self.tr("Copies for the next run"), choices, parent=self))
        layout.addWidget(Panel(self.tr("One image and its copies"), pictures, parent=self), 1)

    def _form(self) -> FormGrid:
        form = FormGrid(self)
        shows_state(form)
        form.add_field(
            self._copies,
            "movedCopies",
            self.tr("&Copies of each"),
            self.tr("How many moved copies of each training image the next run trains on beside it; 0 for none."),
        )
        rows = (
            ("movedTurn", self.tr("&Turn (degrees)"), self.tr("How far each copy is turned at most, either way.")),
            ("movedShear", self.tr("S&hear"), self.tr("How far each copy leans at most: 0.3 is 3 pixels in 10 rows.")),
            (
                "movedScale",
                self.tr("Sc&ale"),
                self.tr("By which share each copy gets wider, narrower, higher or lower at most: 0.15 is 15\u00a0%."),
            ),
            (
                "movedShift",
                self.tr("Shi&ft (pixels)"),
                self.tr("How far each copy is shifted at most, sideways and up or down."),
            ),
        )
        for field, (name, label, explanation) in zip(self._strengths.values(), rows, strict=True):
            form.add_field(field, name, label, explanation)
        return form

    # Showing

    def show_choices(self, experiment: Experiment, images: int | None) -> None:
        """Show what `experiment` has, and what follows for `images` training images; None while they are not loaded."""
        self._experiment = experiment
        if self._choices() != {name: getattr(experiment, name) for name in self._choices()}:  # not while one types
            self._is_filling = True
            self._copies.setValue(experiment.moved_copies)
            for name, field in self._strengths.items():
                field.setValue(getattr(experiment, name))
            self._is_filling = False
        usual = Experiment()
        self._usual.setEnabled(any(getattr(experiment, name) != getattr(usual, name) for name in MOVED_STRENGTHS))
        self._words.setText("" if images is None else self._sentence(experiment, images))

    def _sentence(self, experiment: Experiment, images: int) -> str:
        trained, copies = images - experiment.held_out_samples(images), experiment.moved_copies
        if not copies:
            words = self.tr("No copies: an epoch has the {images:,} images as they are.")
            return fill(words, images=trained)
        samples = trained * (1 + copies)
        if experiment.one_batch:
            words = self.tr("The next run takes its one batch from {samples:,} images: {images:,} and {made:,} copies.")
            return fill(words, samples=samples, images=trained, made=samples - trained)
        words = self.tr(
            "An epoch of the next run has {samples:,} images ({size}): {images:,} and {made:,} copies. That is"
            " {updates:,} updates. The copies are made once, before the first update; the seed decides how each is"
            " moved."
        )
        return fill(
            words,
            samples=samples,
            size=spell_bytes(samples * PIXELS),
            images=trained,
            made=samples - trained,
            updates=experiment.updates_per_epoch(images),
        )

    def show_pictures(self, pictures: MovedPictures | None) -> None:
        """Show an image with its copies; None: there is no image."""
        if pictures is None:
            self.grid.set_pictures(np.empty((0, 28, 28), np.uint8))
            self._caption.setText("")
            return
        self.grid.set_pictures(_with_original(pictures), captions=self._name)
        reasons = {
            "trained": self.tr("The next run trains on these very pictures."),
            "no_copies": self.tr("Examples: 0 copies are chosen, so the next run trains on none."),
            "kept_aside": self.tr("Examples: this image is kept aside for validation, so it has no copies."),
            "not_trained": self.tr("Examples: copies are made of training images alone."),
        }
        self._caption.setText(reasons[pictures.kind])

    def _name(self, number: int) -> str:
        return fill(self.tr("copy {:,}"), number) if number else self.tr("image")

    # What the learner does

    @Slot()
    def commit(self) -> None:
        """Take over what was typed and not confirmed yet."""
        for field in (self._copies, *self._strengths.values()):
            field.commit()

    @Slot()
    def _on_changed(self) -> None:
        if not self._is_filling:
            self.chosen.emit(self._choices())

    def _choices(self) -> dict[str, object]:
        strengths = {name: field.value() for name, field in self._strengths.items()}
        return {"moved_copies": self._copies.value(), **strengths}

    @Slot()
    def _on_usual(self) -> None:
        self._copies.setFocus()  # the button is about to be disabled
        usual = Experiment()
        self.chosen.emit({name: getattr(usual, name) for name in MOVED_STRENGTHS})


def _with_original(pictures: MovedPictures) -> Images:
    return np.concatenate([pictures.image[None], pictures.copies])
