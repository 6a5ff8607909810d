"""What every page of `PAGES` must be able to do, whoever adds it: each test meets each page without being told."""

from collections.abc import Callable
from typing import Any

import pyqtgraph
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QMenu,
    QStackedWidget,
    QWidget,
)

from mnist_lab.commands import Theme
from mnist_lab.experiment import Experiment
from mnist_lab.network.events import Failed
from mnist_lab.runs.run import State
from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.base import Page
from mnist_lab.window.pages.kept_controls import control_names
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot
from tests.window.conftest import SMALL, Driver
from tests.window.pages.clipping import assert_nothing_is_clipped, is_inner, seen

NAMES = [spec.object_name for spec in PAGES]
LEAST = (1280, 720)
SMALL_SCREEN = (900, 470)
"""What a screen of 1366 x 768 leaves of a window where everything is half as large again, in logical pixels."""
LONG = Experiment(hidden_units=(512,), epochs=10_000)
DIVERGING = Experiment(hidden_units=(16,), optimizer="sgd", learning_rate=1000.0, activation="linear")


def _leave_empty(_driver: Driver) -> None:
    """Nothing was trained yet."""


def _make_busy(driver: Driver) -> None:
    driver.window.lab.draft.set_experiment(LONG)
    driver.window.lab.start()
    driver.wait(lambda: driver.window.lab.run is not None and driver.window.lab.run.updates > 0)


def _finish(driver: Driver) -> None:
    driver.window.lab.draft.set_experiment(SMALL)
    driver.window.lab.start()
    driver.wait_for_end()
    assert driver.window.lab.run.state is State.FINISHED


def _diverge(driver: Driver) -> None:
    driver.window.lab.draft.set_experiment(DIVERGING)
    driver.window.lab.start()
    driver.wait_for_end()
    assert driver.window.lab.run.state is State.DIVERGED


STATES = {"empty": _leave_empty, "busy": _make_busy, "finished": _finish, "diverged": _diverge}


def _page(driver: Driver, name: str) -> Page:
    driver.window.resize(*LEAST)
    driver.window.show_page(NAMES.index(name))
    QApplication.processEvents()
    page = driver.find(QStackedWidget, "pages").currentWidget()
    assert isinstance(page, Page)
    assert page.objectName() == name
    return page


def _takes_keyboard(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.focusProxy() is None


def _is_text_of_a_notice(widget: QWidget) -> bool:
    """A label that only takes the keyboard where it has a link."""
    return isinstance(widget, QLabel)


@pytest.mark.keras
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("state", "theme_name"),
    [
        ("empty", "light"),
        ("busy", "dark"),
        ("finished", "light"),
        ("diverged", "dark"),
        pytest.param("empty", "dark", marks=pytest.mark.acceptance),
        pytest.param("busy", "light", marks=pytest.mark.acceptance),
        pytest.param("finished", "dark", marks=pytest.mark.acceptance),
        pytest.param("diverged", "light", marks=pytest.mark.acceptance),
    ],
)
def test_nothing_is_clipped_and_tab_reaches_all_in_any_state_and_theme(
    driver: Driver, state: str, theme_name: Theme
) -> None:
    STATES[state](driver)
    driver.window.set_theme(theme_name)
    driver.window.activateWindow()
    driver.qtbot.waitActive(driver.window)
    for name in NAMES:
        page = _page(driver, name)
        assert (driver.window.width(), driver.window.height()) == LEAST
        assert not driver.window.grab().isNull()
        assert_nothing_is_clipped(page)
        if state in ("empty", "finished"):  # what is enabled does not change while Tab is pressed
            _assert_tab_reaches_all(page)


def _assert_tab_reaches_all(page: Page) -> None:
    page.first_focus().setFocus()
    wanted = {widget for widget in seen(page, QWidget) if _takes_keyboard(widget) and not _is_text_of_a_notice(widget)}
    assert len(wanted) > 1
    missing = set(wanted)
    for _ in range(100):
        focused = QApplication.focusWidget()
        assert focused is not None
        missing.discard(focused)
        if not missing:
            return
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    raise AssertionError([widget.objectName() for widget in missing])


def test_lines_of_plots_are_as_wide_on_a_screen_with_more_pixels(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cosmetic pen counts the screen's pixels; hairlines stay hairlines."""
    plots = [plot for name in NAMES for plot in _page(driver, name).findChildren(ZoomablePlot)]
    assert len(plots) > 10
    before = [_line_widths(plot) for plot in plots]
    monkeypatch.setattr(ZoomablePlot, "devicePixelRatioF", lambda _self: 2.0, raising=False)
    for plot, widths in zip(plots, before, strict=True):
        QApplication.sendEvent(plot, QEvent(QEvent.Type.DevicePixelRatioChange))
        expected = [2 * width if width > 1 else width for width in widths]
        assert _line_widths(plot) == expected, (type(plot).__name__, plot.objectName())


def _line_widths(plot: ZoomablePlot) -> list[float]:
    curves = [item for item in plot.scene().items() if isinstance(item, pyqtgraph.PlotCurveItem)]
    return [curve.opts["pen"].widthF() for curve in curves if curve.opts["pen"] is not None]


def test_nothing_is_clipped_and_no_letter_means_two_things_with_everything_opened(driver: Driver) -> None:
    for name in NAMES:
        page = _page(driver, name)
        for button in seen(page, QAbstractButton):
            if button.isCheckable():
                driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        choice = page.findChild(QComboBox, "validation")
        if choice is not None:
            choice.setCurrentIndex(choice.findData("held_out"))
        _assert_alt_and_a_letter_mean_one_thing(driver, page)
        _assert_nothing_is_clipped_whatever_is_chosen(driver, page)


def _assert_nothing_is_clipped_whatever_is_chosen(driver: Driver, page: Page) -> None:
    for choice in seen(page, QComboBox):
        for index in range(choice.count()):
            choice.setCurrentIndex(index)
            QApplication.processEvents()
            assert_nothing_is_clipped(page)
    driver.window.resize(*SMALL_SCREEN)
    assert driver.window.size().toTuple() == SMALL_SCREEN
    for _ in range(6):  # what needs more room says so to its parent, which says so to its own
        QApplication.processEvents()
    assert_nothing_is_clipped(page)


def _assert_alt_and_a_letter_mean_one_thing(driver: Driver, page: Page) -> None:
    texts = [action.text() for action in driver.window.menuBar().actions()]
    texts += [button.text() for button in seen(page, QAbstractButton)]
    texts += [label.text() for label in seen(page, QLabel) if label.buddy() is not None]
    _assert_mnemonics_differ(texts)
    for action in driver.window.menuBar().actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        _assert_mnemonics_differ([entry.text() for entry in menu.actions()])


def _assert_mnemonics_differ(texts: list[str]) -> None:
    letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    twice = {letter for letter in letters if letters.count(letter) > 1}
    assert not twice, [text for text in texts if any(f"&{letter}" in text.lower() for letter in twice)]


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")  # for an open list, without a screen
def test_controls_are_explained_have_names_of_their_own_and_lists_that_can_be_read(driver: Driver) -> None:
    for name in NAMES:
        page = _page(driver, name)
        names = control_names(page)
        assert len(names) == len(set(names)), name
        _assert_named_and_explained(page)
        _assert_lists_can_be_read(page)


def _assert_named_and_explained(page: Page) -> None:
    """Whatever takes the keyboard."""
    found = 0
    for widget in page.findChildren(QWidget):
        if is_inner(widget) or _is_text_of_a_notice(widget):
            continue
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy() is not None:
            continue
        found += 1
        what = (type(widget).__name__, widget.objectName(), widget.parentWidget().objectName())
        assert widget.objectName(), what
        assert widget.toolTip(), what
        assert widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()), what
    assert found > 3, page.objectName()


def _assert_lists_can_be_read(page: Page) -> None:
    for choice in page.findChildren(QComboBox):
        choice.showPopup()
        QApplication.processEvents()
        room, last = choice.view().viewport().rect(), choice.model().index(choice.count() - 1, choice.modelColumn())
        assert room.width() >= choice.view().sizeHintForColumn(0), choice.objectName()
        assert not choice.count() or room.contains(choice.view().visualRect(last)), choice.objectName()
        choice.hidePopup()


def test_ctrl_and_a_number_turn_the_pages(driver: Driver) -> None:
    driver.window.activateWindow()
    driver.qtbot.waitActive(driver.window)
    for index, name in [*enumerate(NAMES), *reversed(list(enumerate(NAMES)))]:
        driver.qtbot.keyClick(driver.window, Qt.Key(Qt.Key.Key_1 + index), Qt.KeyboardModifier.ControlModifier)
        assert driver.find(QStackedWidget, "pages").currentWidget().objectName() == name


def test_a_hidden_page_is_refreshed_once_when_it_is_shown(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    for index, name in enumerate(NAMES):
        calls = _count_refreshes(_page(driver, name), monkeypatch)
        driver.window.lab.changed.emit(frozenset({Subject.RUN}))
        assert calls == [{Subject.RUN}], name
        driver.window.show_page((index + 1) % len(NAMES))
        calls.clear()
        driver.window.lab.changed.emit(frozenset({Subject.DATA}))
        driver.window.lab.changed.emit(frozenset({Subject.WEIGHTS}))
        assert calls == [], name
        driver.window.show_page(index)
        assert calls == [{Subject.DATA, Subject.WEIGHTS}], name


def _count_refreshes(page: Page, monkeypatch: pytest.MonkeyPatch) -> list[set[Subject]]:
    calls: list[set[Subject]] = []
    refresh: Callable[[frozenset[Subject]], None] = page.refresh

    def note(subjects: frozenset[Subject]) -> None:
        calls.append(set(subjects))
        refresh(subjects)

    monkeypatch.setattr(page, "refresh", note)
    return calls


@pytest.mark.keras
def test_a_run_that_fails_is_told_on_every_page_and_in_the_banner(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*arguments: Any, run_id: str, **_: object) -> None:
        _experiment, _digits, publish, _control = arguments
        publish(Failed(MemoryError("no room"), run_id=run_id))

    from mnist_lab.network import trainer

    monkeypatch.setattr(trainer, "train", fail)
    notice = driver.find(Notice, "problemNotice")
    for name in NAMES:
        _page(driver, name)
        assert not notice.isVisible()
        _fail_once(driver)
        assert notice.isVisible(), name
        assert "no room" in notice.text
        assert any(record.exc_info for record in caplog.records)
        driver.window.show_page_named("trainPage")
        assert driver.text("trainingStatus").startswith("Failed:")
        assert driver.find(QAbstractButton, "startButton").isEnabled()
        driver.qtbot.keyClick(driver.window, Qt.Key.Key_Escape)
        caplog.clear()  # what was logged was wanted


def _fail_once(driver: Driver) -> None:
    lab = driver.window.lab
    before = lab.run
    lab.start()
    driver.wait(lambda: lab.run is not before and not lab.live.is_training)
    assert lab.run.state is State.FAILED
