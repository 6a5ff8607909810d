"""The Data page: browse the digits, see each of them as a whole, prepare them as the chapter does, and move copies."""

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mnist_lab.data.digits import Digits
from mnist_lab.tensors.digit_statistics import DigitStatistics, digit_statistics
from mnist_lab.window import dialogs, theme
from mnist_lab.window.pages.data.browse_controls import BrowseControls
from mnist_lab.window.pages.data.data_look import DataLook, SetPart
from mnist_lab.window.pages.data.digits_tab import DigitsTab
from mnist_lab.window.pages.data.images_tab import ImagesTab
from mnist_lab.window.pages.data.moved_look import moved_pictures
from mnist_lab.window.pages.data.moved_tab import MovedTab
from mnist_lab.window.pages.data.preparation_tab import PreparationTab
from mnist_lab.window.pages.data.source_panel import SourcePanel
from mnist_lab.window.pages.tabbed import TabbedPage
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.drawing import PictureToOpen
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn, keep_controls_width
from mnist_lab.window.words import fill
from mnist_lab.work import Cancelled, JobHandle


class DataPage(TabbedPage):
    """Which images on the left; four ways to look at them on the right."""

    def __init__(self, lab: Lab, parent: QWidget | None = None) -> None:
        super().__init__(lab, parent)
        self._look = self.view.model("look", DataLook)
        self._statistics = self.view.model("statistics", lambda: Derived(lab, _count))
        self._source = SourcePanel(self)
        self._browse = BrowseControls(self._look.browse, self)
        words = self.tr(
            "Browse the images, see each digit as a whole, prepare them for the network, or make moved copies."
        )
        self.make_tabs("dataTabs", self.tr("Ways to look at the data"), words)
        stack = self.tabs.stack
        self._images, self._digits = ImagesTab(self._look.grid, stack), DigitsTab(stack)
        self._preparation, self._moved = PreparationTab(self._look, stack), MovedTab(self._look.moved, stack)
        self.add_tab(self._images, self.tr("Images"))
        self.add_tab(self._digits, self.tr("Each digit"), watches=[self._statistics.watch])
        self.add_tab(self._preparation, self.tr("Preparation"))
        self.add_tab(self._moved, self.tr("Moved copies"))
        self._lay_out()
        self._connect()
        self._show_statistics()
        self._tell()

    def _lay_out(self) -> None:
        source = Panel(self.tr("The set in use"), self._source, parent=self)
        browse = Panel(self.tr("What is shown"), self._browse, parent=self)
        controls = ScrollColumn("dataControls", browse, source, parent=self)
        keep_controls_width(controls)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.GAP)
        layout.setSpacing(theme.LARGE_GAP)
        layout.addWidget(controls)
        layout.addWidget(self.tabs, 1)

    def _connect(self) -> None:
        self.follow_tabs()
        self._browse.changed.connect(self._show_part)
        self._browse.index_wanted.connect(self._on_index_wanted)
        self._images.chosen_changed.connect(self.show_turned)
        self._moved.chosen.connect(self._on_moves_chosen)
        self.lab.draft.committing.connect(self._moved.commit)
        self._images.open_wanted.connect(self._on_open_wanted)
        self._statistics.changed.connect(self._show_statistics)
        self._source.download_wanted.connect(self.lab.supply.download)
        self._source.file_wanted.connect(self._on_file_wanted)
        self._source.folder_wanted.connect(self._on_folder_wanted)

    def _tell(self) -> None:
        """Let the course know which image is looked at, and how far the preparation has come."""
        look, tell = self._look, self.view.tell  # not the page, which may go
        tell("choices", lambda: look.grid.choices)
        tell("image", lambda: look.grid.selected)
        tell("label", lambda: look.label)
        tell("ink", lambda: None if look.image is None else int(np.count_nonzero(look.image)))
        tell("greyest", lambda: None if look.image is None else int(look.image.max()))
        tell("prepared", lambda: look.prepared)

    def first_focus(self) -> QWidget:
        """The grid, where arrow keys go through the images; without it the tabs."""
        return self._images.grid if self.tabs.currentWidget() is self._images else self.tabs.tabBar()

    @Slot()
    def show_turned(self) -> None:
        """Preparation and moved copies follow the image that was chosen on another tab."""
        self._show_preparation()
        self._show_moved()

    # Showing

    def refresh(self, subjects: frozenset[Subject]) -> None:
        """Show the digits as they are now."""
        if subjects & {Subject.DATA, Subject.OWN_DIGITS}:
            supply = self.lab.supply
            self._source.show_digits(supply.digits, is_busy=supply.is_loading or supply.is_downloading)
            self._browse.set_parts([(part, len(array.labels)) for part, array in self._parts().items()])
            self._show_part()
        if subjects & {Subject.DATA, Subject.OWN_DIGITS, Subject.EXPERIMENT}:
            self._show_moved()

    def _parts(self) -> dict[str, SetPart]:
        """The parts there are: of the set as it was read, and one's own digits."""
        digits, own = self.lab.supply.digits, self.lab.own_digits.own
        parts: dict[str, SetPart] = {}
        if digits is not None:
            parts["train"] = SetPart("train_images", digits.train_images, digits.train_labels)
            parts["test"] = SetPart("test_images", digits.test_images, digits.test_labels)
        if len(own):
            parts["own"] = SetPart("my_digits", own.images, own.labels)
        return parts

    @Slot()
    def _show_part(self) -> None:
        browse, part = self._look.browse, self._parts().get(self._look.browse.part)
        if part is None:
            return
        if self._look.part is None or self._look.part.images is not part.images:
            self._look.part, browse.refused = part, None
            self._digits.show_statistics(None)
            self._statistics.set_input(part, part.images)
        self._browse.set_labels(part.labels)
        digit = browse.digit
        chosen = np.arange(len(part.labels)) if digit is None else np.flatnonzero(part.labels == digit)
        self._images.show_images(part.name, part.images, part.labels, chosen)

    @Slot()
    def _show_statistics(self) -> None:
        self._digits.show_statistics(self._statistics.value)

    @Slot()
    def _show_preparation(self) -> None:
        part, index = self._look.part, self._images.chosen
        if part is None or self.tabs.currentWidget() is not self._preparation:
            return
        image = None if index is None else part.images[index]
        label = 0 if index is None else int(part.labels[index])
        self._preparation.show_image(part.name.split("_")[0], len(part.labels), index, image, label)

    def _show_moved(self) -> None:
        """What the next run has of moved copies, and those of the chosen image."""
        if self.tabs.currentWidget() is not self._moved:
            return
        experiment, digits, image = self.lab.draft.experiment, self.lab.digits, self._look.image
        self._moved.show_choices(experiment, None if digits is None else len(digits.train_images))
        if digits is None or image is None:
            self._moved.show_pictures(None)
        else:
            self._moved.show_pictures(moved_pictures(experiment, digits, image, self._index_to_train_on(digits)))

    def _index_to_train_on(self, digits: Digits) -> int | None:
        """Which of the training images of the next run the chosen one is; None: none of them."""
        supply, index, part = self.lab.supply.digits, self._look.grid.selected, self._look.browse.part
        if index is None or supply is None or part == "test":
            return None
        index += len(supply.train_images) if part == "own" else 0  # one's own digits come behind the set's
        return index if index < len(digits.train_images) else None

    # What the learner does

    @Slot(object)
    def _on_moves_chosen(self, fields: dict[str, object]) -> None:
        draft = self.lab.draft
        draft.set_experiment(draft.experiment.changed(**fields))

    @Slot(int)
    def _on_index_wanted(self, index: int) -> None:
        if self.tabs.currentWidget() is self._digits:  # which shows no single image
            self.tabs.setCurrentWidget(self._images)
        if not self._images.grid.select(index):  # it is another digit than those shown
            self._browse.show_all_digits()
            self._images.grid.select(index)
        self.first_focus().setFocus()

    @Slot(int)
    def _on_open_wanted(self, index: int) -> None:
        part = self._look.part
        if part is None:
            return
        names = {
            "train_images": self.tr("Training digit {:,}"),
            "test_images": self.tr("Test digit {:,}"),
            "my_digits": self.tr("My digit {:,}"),
        }
        origin = fill(names[part.name], index)
        number = index if part.name == "test_images" else None
        picture = PictureToOpen(part.images[index], int(part.labels[index]), origin, number)
        self.lab.navigator.open("drawPage", picture)

    @Slot()
    def _on_file_wanted(self) -> None:
        path = dialogs.ask_for_data_file(self)
        if path is not None:
            self.lab.supply.open(path)

    @Slot()
    def _on_folder_wanted(self) -> None:
        path = dialogs.ask_for_data_folder(self)
        if path is not None:
            self.lab.supply.open(path)


def _count(part: SetPart, handle: JobHandle) -> DigitStatistics:
    statistics = digit_statistics(part.images, part.labels, lambda: handle.is_cancelled)
    if statistics is None:
        raise Cancelled
    return statistics
