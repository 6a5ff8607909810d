"""The right of the Train page: where the pictures of a run stand, what it says, and what can come after it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.train.below_button import BelowButton
from mnist_lab.window.pages.train.controls_column import LARGE_TEXT
from mnist_lab.window.pages.train.pictures_place import PicturesPlace
from mnist_lab.window.pages.train.run_pictures import RunPictures
from mnist_lab.window.pages.train.way_row import WayRow
from mnist_lab.window.widgets.basic.scroll_place import ScrollPlace


class RunSide(QVBoxLayout):
    """What the run says in the end is in sight however low the window is, unless that left curves no room."""

    def __init__(
        self,
        looked: QWidget,
        pictures: RunPictures,
        not_kept: QWidget,
        moment: QWidget,
        after: tuple[QWidget, QWidget],
        parent: QWidget,
    ) -> None:
        """Below `looked`, which run it is, come the pictures, and below them the rest.

        Args:
            looked: which run is looked at, where that is not plain.
            pictures: numbers, curves and network.
            not_kept: why the run is not kept.
            moment: what is said of an earlier moment, in the place of what is said of now.
            after: what can come after the run, and in its place what waits for its end.
            parent: the page.
        """
        super().__init__()
        self.setSpacing(theme.SMALL_GAP)
        self._pictures = pictures
        self.addWidget(looked)
        if theme.fonts.text_size() < LARGE_TEXT:
            place: ScrollPlace = PicturesPlace(pictures, parent)
            self.addWidget(place, 1)
            self._add_words(self, place, not_kept, moment, after)
            self._begin_above(place)
            return
        content = QWidget(parent)
        all_of_it = QVBoxLayout(content)
        all_of_it.setContentsMargins(0, 0, 0, 0)
        all_of_it.setSpacing(theme.GAP)
        all_of_it.addWidget(pictures, 1)
        place = ScrollPlace("picturesArea", content, parent)
        self._add_words(all_of_it, None, not_kept, moment, after)
        self.addWidget(place, 1)
        self._begin_above(place)

    def _begin_above(self, place: ScrollPlace) -> None:
        """Show what was opened from its head, wherever one was in what was seen before."""
        bar = place.verticalScrollBar()
        self._pictures.opened.connect(lambda: bar.setValue(bar.minimum()))

    def _add_words(
        self,
        column: QVBoxLayout,
        place: ScrollPlace | None,
        not_kept: QWidget,
        moment: QWidget,
        after: tuple[QWidget, QWidget],
    ) -> None:
        """Below the pictures: the way through the run and through them, what it says, and what can come after it."""
        moments = self._pictures.moments
        if place is None:  # the way down would scroll away itself
            column.addWidget(moments)
        else:
            column.addWidget(WayRow(moments, BelowButton(place, self._pictures.panel.card, place)))
        column.addWidget(not_kept)
        said = QGridLayout()  # the gap is one of now: at an earlier moment its place is that one's, beside the slider
        said.addWidget(self._pictures.gap, 0, 0)
        said.addWidget(moment, 0, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(said)
        place_after = QGridLayout()  # it has its place below: what waits for the run's end, while one is live
        place_after.addWidget(after[0], 0, 0)
        place_after.addWidget(after[1], 0, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(place_after)
