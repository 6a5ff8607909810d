"""The pad takes mouse, finger, pen and keyboard, and gives everything back."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QInputDevice, QPaintEvent, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.draw.draw_canvas import DrawCanvas

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def canvas(qtbot) -> DrawCanvas:
    canvas = DrawCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(280, 280)
    canvas.show()
    qtbot.waitActive(canvas)
    canvas.setFocus()
    return canvas


def draw(qtbot, canvas: DrawCanvas, *points: tuple[int, int]) -> None:
    qtbot.mousePress(canvas, LEFT, pos=QPoint(*points[0]))
    for point in points[1:]:
        qtbot.mouseMove(canvas, QPoint(*point))
    qtbot.mouseRelease(canvas, LEFT, pos=QPoint(*points[-1]))


def ink(canvas: DrawCanvas) -> int:
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32)
    return int(np.count_nonzero(pixels & 0xFFFFFF == int(theme.current().ink[1:], 16)))


def test_mouse_draws_strokes(qtbot, canvas: DrawCanvas) -> None:
    assert canvas.is_empty
    with qtbot.waitSignal(canvas.pad.changed):
        draw(qtbot, canvas, (100, 50), (120, 100), (140, 200))
    draw(qtbot, canvas, (30, 30), (60, 60))
    first, second = canvas.strokes
    np.testing.assert_array_equal(first, [[100, 50], [120, 100], [140, 200]])
    np.testing.assert_array_equal(second, [[30, 30], [60, 60]])
    assert canvas.accessibleDescription()
    assert ink(canvas) > 1000


def test_drawing_is_told_while_it_grows(qtbot, canvas: DrawCanvas) -> None:
    counts = []
    canvas.pad.changed.connect(lambda: counts.append(len(canvas.strokes[-1])))
    draw(qtbot, canvas, (100, 50), (120, 100), (140, 200))
    assert counts == [1, 2, 3, 3]


def test_a_click_makes_a_dot(qtbot, canvas: DrawCanvas) -> None:
    qtbot.mouseClick(canvas, LEFT, pos=QPoint(140, 140))
    assert [stroke.tolist() for stroke in canvas.strokes] == [[[140, 140]]]
    assert 100 < ink(canvas) < 400


def test_right_button_and_moves_without_a_press_do_nothing(qtbot, canvas: DrawCanvas) -> None:
    qtbot.mouseClick(canvas, Qt.MouseButton.RightButton, pos=QPoint(140, 140))
    qtbot.mouseMove(canvas, QPoint(100, 100))
    assert canvas.is_empty


def test_press_beside_the_square_does_nothing(qtbot, canvas: DrawCanvas) -> None:
    canvas.resize(400, 280)
    qtbot.waitUntil(lambda: canvas.width() == 400)
    qtbot.mouseClick(canvas, LEFT, pos=QPoint(350, 100))
    assert canvas.is_empty
    assert canvas.side == 280


def test_what_leaves_the_pad_stays_at_its_edge(qtbot, canvas: DrawCanvas) -> None:
    draw(qtbot, canvas, (100, 100), (-40, 120), (100, 500))
    np.testing.assert_array_equal(canvas.strokes[0], [[100, 100], [0, 120], [100, 280]])


def test_undo_takes_back_strokes_and_clearing(qtbot, canvas: DrawCanvas) -> None:
    draw(qtbot, canvas, (100, 50), (120, 100))
    draw(qtbot, canvas, (30, 30), (60, 60))
    inked = ink(canvas)
    canvas.clear()
    assert canvas.is_empty
    assert ink(canvas) == 0
    with qtbot.waitSignal(canvas.pad.changed):
        canvas.undo()
    assert len(canvas.strokes) == 2
    assert abs(ink(canvas) - inked) < 40
    canvas.undo()
    assert len(canvas.strokes) == 1
    canvas.redo()
    assert len(canvas.strokes) == 2


def test_nothing_to_undo_tells_nothing(qtbot, canvas: DrawCanvas) -> None:
    with qtbot.assertNotEmitted(canvas.pad.changed):
        canvas.undo()
        canvas.clear()


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_keys_clear_and_take_back(qtbot, canvas: DrawCanvas, key: Qt.Key) -> None:
    draw(qtbot, canvas, (100, 50), (120, 100))
    qtbot.keyClick(canvas, key)
    assert canvas.is_empty
    qtbot.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not canvas.is_empty


def test_keyboard_draws(qtbot, canvas: DrawCanvas) -> None:
    qtbot.keyClick(canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.is_empty
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    for _ in range(3):
        qtbot.keyClick(canvas, Qt.Key.Key_Down)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    np.testing.assert_allclose(canvas.strokes[0], [[140, 120], [140, 125], [140, 130], [140, 135]])
    assert len(canvas.strokes) == 1


def test_undo_also_works_while_the_keyboards_pen_is_down(qtbot, canvas: DrawCanvas) -> None:
    draw(qtbot, canvas, (100, 50), (120, 100))
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert len(canvas.strokes) == 2
    qtbot.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(canvas.strokes) == 1
    qtbot.keyClick(canvas, Qt.Key.Key_Down)  # the pen is up now
    assert len(canvas.strokes) == 1
    qtbot.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert canvas.is_empty


def test_keyboard_pen_stays_on_the_pad_and_lifts_when_focus_leaves(qtbot, canvas: DrawCanvas) -> None:
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    for _ in range(20):
        qtbot.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.strokes[0].min() == 0
    canvas.clearFocus()
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert len(canvas.strokes[0]) == 8


def test_finger_draws(canvas: DrawCanvas) -> None:
    screen = QTest.createTouchDevice()
    QTest.touchEvent(canvas, screen).press(0, QPoint(50, 60)).commit()
    QTest.touchEvent(canvas, screen).move(0, QPoint(80, 90)).commit()
    QTest.touchEvent(canvas, screen).release(0, QPoint(80, 90)).commit()
    first, last = canvas.strokes[0]
    np.testing.assert_array_equal(last - first, [30, 30])
    np.testing.assert_allclose(first, [50, 60], atol=3)  # the offscreen window has a frame of 2 pixels
    assert len(canvas.strokes) == 1


def test_pen_draws(canvas: DrawCanvas) -> None:
    pen = QPointingDevice(
        "pen",
        7,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position,
        1,
        1,
    )
    for kind, place, button, buttons in (
        (QEvent.Type.TabletPress, (50, 60), LEFT, LEFT),
        (QEvent.Type.TabletMove, (70.5, 80.25), Qt.MouseButton.NoButton, LEFT),
        (QEvent.Type.TabletRelease, (70.5, 80.25), LEFT, Qt.MouseButton.NoButton),
    ):
        point = QPointF(*place)
        event = QTabletEvent(
            kind, pen, point, point, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, Qt.KeyboardModifier.NoModifier, button, buttons
        )
        QApplication.sendEvent(canvas, event)
        assert event.isAccepted()
    np.testing.assert_array_equal(canvas.strokes[0], [[50, 60], [70.5, 80.25]])


def test_strokes_can_be_set_and_are_copies(qtbot, canvas: DrawCanvas) -> None:
    with qtbot.waitSignal(canvas.pad.changed):
        canvas.set_strokes([np.array([[14.0, 14.0], [7.0, 21.0]])], side=28)
    np.testing.assert_allclose(canvas.strokes[0], [[140, 140], [70, 210]])
    canvas.strokes[0][:] = 0
    assert canvas.strokes[0][0, 0] == 140
    canvas.undo()
    assert canvas.is_empty


def test_drawing_grows_with_the_pad(qtbot, canvas: DrawCanvas) -> None:
    draw(qtbot, canvas, (100, 50), (120, 100))
    canvas.resize(420, 420)
    qtbot.waitUntil(lambda: canvas.side == 420)
    np.testing.assert_allclose(canvas.strokes[0], [[150, 75], [180, 150]])
    assert canvas.pen_width == pytest.approx(24)


def test_empty_pad_invites(canvas: DrawCanvas, qtbot) -> None:
    canvas.clearFocus()
    empty = canvas.grab().toImage()
    qtbot.mouseClick(canvas, LEFT, pos=QPoint(3, 3))
    canvas.clear()
    assert canvas.grab().toImage().size() == empty.size()
    assert canvas.heightForWidth(333) == 333


def test_theme_changes_paper_and_ink(qtbot, canvas: DrawCanvas, qapp: QApplication) -> None:
    draw(qtbot, canvas, (100, 50), (120, 100))
    for palette in (theme.DARK, theme.LIGHT):
        theme.apply(qapp, palette)
        image = canvas.grab().toImage()
        assert image.pixelColor(110, 75).name() == palette.ink
        assert image.pixelColor(200, 200).name() == palette.paper


class Painted(QObject):
    """Notes which part of a widget each of its paintings is about."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.areas: list[QRect] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.areas.append(event.rect())
        return False


def test_a_move_is_painted_only_where_it_is(qtbot, canvas: DrawCanvas) -> None:
    """A long stroke is as quick to draw as a short one (tests.benchmarks.redraw has its time)."""
    qtbot.mousePress(canvas, LEFT, pos=QPoint(20, 140))
    QApplication.processEvents()
    painted = Painted(canvas)
    for step in range(1, 60):
        place = QPoint(20 + 4 * step, 140 + step % 7)
        qtbot.mouseMove(canvas, place)
        QApplication.processEvents()
        assert painted.areas.pop().contains(place)
        assert not painted.areas
    qtbot.mouseMove(canvas, QPoint(20, 20))
    QApplication.processEvents()
    assert painted.areas[0].contains(QPoint(140, 80)), "from the last place"
    qtbot.mouseMove(canvas, QPoint(22, 20))
    QApplication.processEvents()
    assert painted.areas[1].width() < canvas.side / 4
    assert painted.areas[1].height() < canvas.side / 4
    qtbot.mouseRelease(canvas, LEFT)


def test_the_drawing_is_crisp_on_a_screen_with_more_pixels(canvas: DrawCanvas, monkeypatch) -> None:
    canvas.set_strokes([np.array([[20.0, 20.0], [200.0, 200.0]])])
    assert canvas.painted.pixmap.width() == canvas.width()
    monkeypatch.setattr(canvas, "devicePixelRatioF", lambda: 2.0, raising=False)
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert canvas.painted.pixmap.width() == 2 * canvas.width()
