"""Every word of the window can be translated: a make-believe language shows each that was forgotten."""

import logging
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.course.glossary import glossary
from mnist_lab.descent.momentum_clinic import LISTINGS
from mnist_lab.experiment import ACTIVATIONS
from mnist_lab.optimizers import OPTIMIZERS
from mnist_lab.tensors.operations import OPERATIONS
from mnist_lab.tensors.preparation import PREPARATION_STEPS
from mnist_lab.window import translation
from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.tensors.array_controls import EXAMPLES
from mnist_lab.window.shell.help import explaining
from mnist_lab.window.shell.main_window import MainWindow
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError
from tests.conftest import REPOSITORY
from tests.window.conftest import SMALL, Driver

NAMES_OF_OTHERS = {
    *ACTIVATIONS,
    *(spec.label for spec in OPTIMIZERS),
    *(operation.formula for operation in OPERATIONS),
    *EXAMPLES,
    *(step.line(f"train_{step.array}", 4_000) for step in PREPARATION_STEPS),
    *(listing.code for listing in LISTINGS),
    "uint8",
    "float32",
    "float64",
}
"""What Keras, NumPy and Python call things, and formulas: the same in every language."""
SIGNS = {"–", "‹", "›"}


class MakeBelieve(QTranslator):
    """Puts every text in brackets that no text has itself.

    Attributes:
        asked: the contexts in which texts were looked up.
    """

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, _note: str | None = "", _count: int = -1) -> str:
        self.asked.add(context)
        return f"⟦{text}⟧"


@pytest.fixture
def foreign(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeBelieve]:
    """Its glossary, too, which stands in a file of each language."""
    translator = MakeBelieve()
    words = {entry.id: replace(entry, term=f"⟦{entry.term}⟧", text=f"⟦{entry.text}⟧") for entry in glossary().values()}
    monkeypatch.setattr(explaining, "entries", lambda: words)
    qapp.installTranslator(translator)
    yield translator
    qapp.removeTranslator(translator)


def _translate_glossary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each language has it in a file of its own."""
    words = {entry.id: replace(entry, term=f"⟦{entry.term}⟧", text=f"⟦{entry.text}⟧") for entry in glossary().values()}
    monkeypatch.setattr(explaining, "entries", lambda: words)


@pytest.fixture
def window(qtbot: QtBot, foreign: MakeBelieve) -> MainWindow:
    window = MainWindow("starter", SMALL)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.lab.digits is not None)
    for index in range(len(PAGES)):
        window.show_page(index)
    return window


def _words(window: QWidget) -> Iterator[tuple[str, str]]:
    """Each text that can be seen, read aloud or pointed at, and where it is."""
    for widget in window.findChildren(QWidget):
        if widget.objectName().startswith("qt_") or type(widget).__module__.startswith("pyqtgraph"):
            continue
        where = f"{type(widget).__name__} {widget.objectName()} in {widget.parentWidget().objectName()}"
        for kind in ("toolTip", "accessibleName", "accessibleDescription", "statusTip", "whatsThis"):
            yield getattr(widget, kind)(), f"{kind} of {where}"
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text(), f"text of {where}"
        if isinstance(widget, QComboBox):
            for index in range(widget.count()):
                yield widget.itemText(index), f"item of {where}"
        if isinstance(widget, QListWidget):
            for row in range(widget.count()):
                yield widget.item(row).text(), f"row of {where}"
                yield widget.item(row).toolTip(), f"toolTip of row of {where}"
    for action in window.findChildren(QAction):
        if action.objectName().endswith("Action") or action.menu() is not None:
            yield action.text(), f"action {action.objectName()}"
            yield action.toolTip(), f"toolTip of action {action.objectName()}"


def _is_translated(text: str) -> bool:
    bare = re.sub(r"<[^>]*>|&[a-z]+;", "", text)
    needs_no_words = not re.search(r"[^\W\d_]{2,}", bare)
    return needs_no_words or text in NAMES_OF_OTHERS or text in SIGNS or "⟦" in text


def _assert_translated(window: QWidget) -> None:
    texts = [(text, where) for text, where in _words(window) if text]
    assert len(texts) > 100
    forgotten = [f"{where}: {text!r}" for text, where in texts if not _is_translated(text)]
    assert not forgotten, "\n".join(forgotten)


@pytest.mark.keras
def test_every_word_of_the_window_is_translated_before_and_after_a_run(
    qtbot: QtBot, window: MainWindow, foreign: MakeBelieve, tmp_path: Path
) -> None:
    driver = Driver(qtbot, window)
    _assert_translated(window)
    _assert_optimizer_settings_are_translated(window)
    _assert_a_problem_is_translated(driver)
    window.lab.start()
    _assert_translated(window)
    driver.wait_for_end()
    for index in range(len(PAGES)):
        window.show_page(index)
    _assert_translated(window)
    _assert_asked_where_the_tool_files(foreign, tmp_path)


def _assert_optimizer_settings_are_translated(window: MainWindow) -> None:
    page, choice = window.findChild(QWidget, "trainPage"), window.findChild(QComboBox, "optimizer")
    assert page is not None
    window.show_page_named("trainPage")
    chosen = choice.currentIndex()
    for index in [*range(choice.count()), chosen]:
        choice.setCurrentIndex(index)
        _assert_translated(page)


def _assert_a_problem_is_translated(driver: Driver) -> None:
    """With its values."""
    driver.window.lab.supply.load("/no/such/file.npz")
    driver.wait(driver.find(QWidget, "problemBanner").isVisible)
    text = driver.find(Notice, "problemNotice").text
    assert text.startswith("⟦⟦“/no/such/file.npz” does not exist")
    driver.window.lab.supply.load("starter")
    driver.wait(lambda: driver.window.lab.digits is not None and not driver.window.lab.is_computing)


def _assert_asked_where_the_tool_files(foreign: MakeBelieve, folder: Path) -> None:
    filed = set(re.findall(r"<name>(\w+)</name>", _collect(folder)))
    for context in ("TrainPage", "DrawPage", "StatusLine", "ExperimentForm", "fields", "optimizers", "pages"):
        assert context in filed, context
    assert filed & foreign.asked >= {"TrainPage", "DrawPage", "StatusLine", "ExperimentForm", "optimizers", "pages"}


def test_a_language_chosen_while_the_window_stands_reaches_all_of_it(
    driver: Driver, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    for index in range(len(PAGES)):
        driver.window.show_page(index)
    _translate_glossary(monkeypatch)
    translator = MakeBelieve()
    qapp.installTranslator(translator)
    try:
        QApplication.processEvents()  # Qt tells the windows of it
        for index in range(len(PAGES)):
            driver.window.show_page(index)
        _assert_translated(driver.window)
    finally:
        qapp.removeTranslator(translator)


def test_an_error_within_an_error_is_translated_too(foreign: MakeBelieve) -> None:
    inner = LabError(QT_TRANSLATE_NOOP("errors", "The file “{path}” is torn."), path="a.npz")
    outer = LabError(QT_TRANSLATE_NOOP("errors", "{problem} Take another."), problem=inner)
    assert translation.sentence(outer) == "⟦⟦The file “a.npz” is torn.⟧ Take another.⟧"


def test_an_error_that_nobody_expected_is_told_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        text = translation.sentence(ValueError("what {a} surprise"))
    assert text == "Something went wrong that the lab did not expect (ValueError: what {a} surprise)."
    assert caplog.records[-1].exc_info is not None
    caplog.clear()  # else it counts as an error of this test


def _script() -> ModuleType:
    """The script of the translators; it is no part of the package."""
    spec = spec_from_file_location("update_translations", REPOSITORY / "scripts" / "update_translations.py")
    assert spec is not None
    assert spec.loader is not None
    script = module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


def _collect(folder: Path) -> str:
    file = folder / "mnist_lab_xx.ts"
    _script().collect(file)
    return file.read_text(encoding="utf-8")


def test_english_plurals_are_complete_and_compiled(tmp_path: Path) -> None:
    source = REPOSITORY / "resources" / "translations" / "mnist_lab_en.ts"
    file = tmp_path / source.name
    shutil.copy(source, file)
    _script().collect(file)
    assert file.read_text(encoding="utf-8") == source.read_text(encoding="utf-8"), "scripts/update_translations.py"
    assert "unfinished" not in file.read_text(encoding="utf-8")
    _script().compile_texts(file)
    assert file.with_suffix(".qm").read_bytes() == source.with_suffix(".qm").read_bytes()


def test_one_is_told_as_one(qapp: QApplication) -> None:
    """`qapp` has the lab's own texts installed."""
    counts = (0, 1, 2, 1_234)
    strokes = [QApplication.translate("DrawCanvas", "%n stroke(s)", "", count) for count in counts]
    assert strokes == ["0 strokes", "1 stroke", "2 strokes", "1234 strokes"]
    words = "After %Ln update(s): {shape}, {activation}."
    texts = [QApplication.translate("NetworkHeader", words, "", count) for count in counts]
    assert [text.partition(":")[0] for text in texts] == [
        "After 0 updates",
        "After 1 update",
        "After 2 updates",
        "After 1,234 updates",
    ]


def test_texts_are_installed_only_where_there_are_none(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """`create_window` asks for it: a script that made the application itself reads "1 stroke", too."""
    installed: list[QApplication] = []
    monkeypatch.setattr(translation, "install", installed.append)
    translation.ensure(qapp)
    assert not installed
    monkeypatch.setattr(translation, "QTranslator", type("Another", (QTranslator,), {}))  # none of these is there
    translation.ensure(qapp)
    assert installed == [qapp]


def test_the_translators_tool_finds_the_texts_of_every_layer(tmp_path: Path) -> None:
    texts = _collect(tmp_path)
    for text in ("Draw a digit", "Train exactly one batch", "hidden units", "does not exist: choose", "%n stroke(s)"):
        assert text in texts, text
    for context in ("TrainPage", "DrawPage", "StatusLine", "errors", "fields", "optimizers", "pages", "dialogs"):
        assert f"<name>{context}</name>" in texts, context
    assert "<name></name>" not in texts
