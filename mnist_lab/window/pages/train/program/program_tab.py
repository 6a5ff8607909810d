"""The Keras program of the settings in the form: it follows them, and shows which line each of them makes."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from mnist_lab.mirror.lines import Program
from mnist_lab.mirror.program import program
from mnist_lab.network.batches import check_held_out
from mnist_lab.network.errors import NetworkError
from mnist_lab.window import theme, translation
from mnist_lab.window.pages.train.program.bits_view import BitsView
from mnist_lab.window.pages.train.program.bits_work import BitsWork
from mnist_lab.window.pages.train.program.parting_view import PartingView
from mnist_lab.window.pages.train.program.parting_work import PartingWork
from mnist_lab.window.pages.train.program.program_look import ProgramLook
from mnist_lab.window.pages.train.program.program_source import ProgramSource
from mnist_lab.window.pages.train.program.program_view import ProgramView
from mnist_lab.window.pages.train.program.program_words import ProgramWords
from mnist_lab.window.pages.train.program.setting_controls import SettingControls
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.least_height import ReservedLines
from mnist_lab.window.widgets.basic.short_button import ShortButton
from mnist_lab.window.widgets.basic.short_label import ShortLabel
from mnist_lab.window.widgets.basic.switch import named_switch

_NONE: frozenset[str] = frozenset()


class ProgramTab(ReservedLines):
    """The program, with a line below that says what is to be known of it.

    Attributes:
        made: the program that is shown; None before the first.
        options: what stands beside the tabs.

    Signals:
        copy_pressed(): the program is wanted on the clipboard.
        save_pressed(): it is wanted in a file.
        large_changed(): whether the program is to have the room of the curves.
    """

    copy_pressed = Signal()
    save_pressed = Signal()
    large_changed = Signal()

    def __init__(
        self,
        lab: Lab,
        source: ProgramSource,
        look: ProgramLook,
        works: tuple[PartingWork, BitsWork],
        form: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        """`form` has the controls of the settings, `works` is what can be done with the program."""
        super().__init__(parent)
        self._look, self._words = look, ProgramWords(self)
        self._rounding, self._bits = works
        self._lab, self._source = lab, source
        self.made: Program | None = None
        self._noted: Program | None = None
        self._problem = self._unfit = ""
        self._pointed = _NONE
        self._is_watching = False
        self._controls = SettingControls(form, self)
        self._make_view()
        self._make_options()
        self._lay_out()
        self._connect()
        self._show_part()

    # Building

    def _make_view(self) -> None:
        self._view = ProgramView(self)
        self._view.setObjectName("programCode")
        self._view.setAccessibleName(self.tr("The Keras program of the settings in the form"))
        self._view.setToolTip(
            self.tr(
                "The program that trains this network with Keras alone. Point at a line, or walk through them with the"
                " arrow keys: the settings that it comes from light up, as lines do when you point at a setting."
            )
        )
        self._caption = ShortLabel(self)
        self._caption.setObjectName("programCaption")
        self._caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._caption.setToolTip(self._words.measured())

    def _make_options(self) -> None:
        tip = self.tr(
            "Also set threads and oneDNN as the lab does, and print at the end all that can be compared: the history,"
            " the test accuracy and the hash of the weights, which is that of a run with train --plain."
        )
        called = self.tr("Program with checks")
        self._checks = named_switch("programChecks", self.tr("with checks"), called, tip, self)
        self._copy = ShortButton(
            "programCopyButton", "ph.copy", self.tr("Copy"), self.tr("Copy the whole program."), self
        )
        self._save = ShortButton(
            "programSaveButton",
            "ph.floppy-disk",
            self.tr("Save…"),
            self.tr("Save the program for Python (.py), or as a notebook for Jupyter (.ipynb)."),
            self,
        )
        self._part = named_button(
            "programRounding",
            "ph.git-fork",
            self.tr("Show how rounding parts them"),
            self.tr("Train both, with XLA and without, with the settings in the form, and draw how far they part."),
            self,
        )
        self._compare = named_button(
            "programCompareButton",
            "ph.equals",
            self.tr("Compare its bits"),
            self.tr("Run this program, and see whether its network has the bits of the lab's."),
            self,
        )
        for button in (self._part, self._compare):
            theme.set_role(button, "slim")
        tip, called = self.tr("Give the program the room of both curves."), self.tr("Large program")
        self._large = named_switch("programLarge", self.tr("large"), called, tip, self)
        self._large.setChecked(True)
        self._large.toggled.connect(self.large_changed)
        self.options = (self._checks, self._copy, self._save, self._large)

    def _lay_out(self) -> None:
        self._parts = QStackedWidget(self)
        self._parted = PartingView(self._lab, self._rounding, self._parts)
        self._whole = ReservedLines(self._parts)
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL_GAP)
        column.addWidget(self._view, 1)
        below = QHBoxLayout()
        below.setSpacing(theme.GAP)
        below.addWidget(self._caption, 1)
        below.addWidget(self._part)
        below.addWidget(self._compare)
        column.addLayout(below)
        self._compared = BitsView(self._lab, self._source, self._bits, self._parts)
        for part in (self._whole, self._parted, self._compared):
            self._parts.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SMALL_GAP, 0, 0)
        layout.addWidget(self._parts)

    def _connect(self) -> None:
        self._source.changed.connect(self._on_source_changed)
        self._checks.toggled.connect(self._on_source_changed)
        self._copy.clicked.connect(self.copy_pressed)
        self._save.clicked.connect(self.save_pressed)
        self._controls.pointed.connect(self._view.light_settings)
        self._view.pointed.connect(self._on_line_pointed_at)
        self._part.clicked.connect(self._on_part)
        self._compare.clicked.connect(self._on_compare)
        self._parted.left.connect(self._on_left)
        self._compared.left.connect(self._on_left)

    # What is shown

    @property
    def wants_room(self) -> bool:
        """Whether the program is seen and is to be large."""
        return self._is_watching and self._large.isChecked()

    @property
    def has_checks(self) -> bool:
        """Whether the program is wanted with its checks."""
        return self._checks.isChecked()

    def refresh(self) -> None:
        """Show the program of the settings as they are now, if anybody sees it."""
        if not self.isVisible():
            return
        self._source.follow()
        self._controls.follow()
        self._show(is_new=False)
        self.refresh_run()

    def refresh_run(self) -> None:
        """Show whether something can be trained here now."""
        self._parted.refresh()
        self._compared.refresh()

    @Slot(str)
    def show_problem(self, problem: str) -> None:
        """Say that some field of the form cannot be used as it stands; "": all can."""
        self._problem = problem
        self._show_caption()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up: nothing flashes of what was changed while nobody saw it."""
        super().showEvent(event)
        self._problem = self._lab.draft.problem
        self._watch(True)
        self._source.follow()
        self._controls.follow()
        self._show(is_new=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look for nothing more, and light nothing."""
        super().hideEvent(event)
        self._watch(False)
        self._on_line_pointed_at(_NONE)

    def _watch(self, watch: bool) -> None:
        """Count once, whatever Qt shows and hides while the tab gets its place."""
        if watch != self._is_watching:
            self._is_watching = watch
            self._source.watch(watch)
            self.large_changed.emit()

    @Slot()
    def _on_source_changed(self) -> None:
        if self.isVisible():
            self._show(is_new=False)

    def _show(self, *, is_new: bool) -> None:
        found, experiment = self._source.found, self._lab.draft.experiment
        self._unfit = ""
        if found is not None:
            try:
                check_held_out(experiment, found.used.digits)
            except NetworkError as error:
                self._unfit = translation.sentence(error)
            else:
                self.made = program(experiment, found.source, checks=self.has_checks)
                self._view.show_program(self.made, is_new=is_new)
                self._note_changes()
        self._look.is_there = self.made is not None
        for button in (self._copy, self._save):
            button.setEnabled(self._look.is_there)
        self._part.setVisible(not self.has_checks)
        self._compare.setVisible(self.has_checks)
        self._show_caption()

    def _note_changes(self) -> None:
        """Count what has changed before the learner's eyes, once for each program."""
        if self._view.changed and self._view.program is not self._noted and self._view.isVisible():
            self._look.changes += 1
            self._look.changed_lines = len(self._view.changed)
        self._noted = self._view.program

    # Words

    def _show_caption(self) -> None:
        why_not = self._problem or self._unfit or self._source.problem
        self._caption.setText(
            self._words.caption(
                why_not, self._pointed, is_there=self._look.is_there, has_checks=self._checks.isChecked()
            )
        )

    # Pointing

    @Slot(object)
    def _on_line_pointed_at(self, settings: frozenset[str]) -> None:
        self._pointed = settings
        self._controls.light(settings)
        self._show_caption()

    # What else can be looked at

    @Slot()
    def _on_part(self) -> None:
        self._look.part = "rounding"
        self._show_part()
        self._parted.begin()

    @Slot()
    def _on_compare(self) -> None:
        self._look.part = "bits"
        self._show_part()

    @Slot()
    def _on_left(self) -> None:
        left = self._compare if self._look.part == "bits" else self._part
        self._look.part = "program"
        self._show_part()
        left.setFocus()

    def _show_part(self) -> None:
        """Show the program, or what is looked at in its place, with the keyboard where one goes on."""
        had_keyboard = self._part.hasFocus() or self._compare.hasFocus()
        match self._look.part:
            case "program":
                self._parts.setCurrentWidget(self._whole)
            case "rounding":
                self._parts.setCurrentWidget(self._parted)
            case "bits":
                self._parts.setCurrentWidget(self._compared)
        if had_keyboard:
            (self._parted if self._look.part == "rounding" else self._compared).take_keyboard()
