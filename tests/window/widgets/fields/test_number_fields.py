"""A number field never changes what was typed in silence."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.fields.number_fields import RealNumberBox, WholeNumberBox


class Form(QWidget):
    """A window with both fields and a third place for the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = WholeNumberBox(minimum=1, maximum=16_384)
        self.whole.setValue(512)
        self.real = RealNumberBox()
        self.real.setValue(0.001)
        self.other = QLineEdit()
        layout = QVBoxLayout(self)
        for field in (self.whole, self.real, self.other):
            layout.addWidget(field)


@pytest.fixture
def form(qtbot) -> Form:
    form = Form()
    qtbot.addWidget(form)
    form.show()
    qtbot.waitActive(form)
    return form


def retype(qtbot, field: WholeNumberBox | RealNumberBox, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClicks(field, text)


def test_a_field_is_as_wide_whatever_is_typed(qtbot, form) -> None:
    form.other.setFocus()
    form.whole.setMaximum(16_383)  # Qt asks anew how much room it needs
    before = form.whole.sizeHint(), form.whole.minimumSizeHint()
    form.whole.setFocus()
    form.whole.setMaximum(16_384)
    assert (form.whole.sizeHint(), form.whole.minimumSizeHint()) == before, "also where thousands are not set apart"
    retype(qtbot, form.whole, "abc")
    form.whole.setMaximum(16_383)
    assert (form.whole.sizeHint(), form.whole.minimumSizeHint()) == before, "also with a text that is no number"


def test_thousands_are_set_apart_but_while_one_types(qtbot, form) -> None:
    form.other.setFocus()
    form.whole.setValue(1_280)
    assert form.whole.text() == "1,280", "as everywhere in the window"
    form.whole.setFocus()
    assert form.whole.text() == "1280"
    qtbot.keyClick(form.whole, Qt.Key.Key_End)
    qtbot.keyClick(form.whole, Qt.Key.Key_5)
    assert (form.whole.value(), form.whole.problem) == (12_805, ""), "one digit more is no bad group"
    form.other.setFocus()
    assert (form.whole.text(), form.whole.value(), form.whole.problem) == ("12,805", 12_805, "")


def test_good_number_becomes_the_value(qtbot, form) -> None:
    retype(qtbot, form.whole, "16,384")
    assert form.whole.value() == 16_384
    assert form.whole.problem == ""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("51264", "51,264 is too large: at most 16,384."),
        ("0", "0 is too small: at least 1."),
        ("many", "“many” is not a whole number: one from 1 to 16,384 is needed."),
        ("12.5", "“12.5” is not a whole number: one from 1 to 16,384 is needed."),
        ("99999999999999999999", "100,000,000,000,000,000,000 is too large: at most 16,384."),
    ],
)
def test_bad_text_stays_and_is_explained(qtbot, form, text: str, sentence: str) -> None:
    retype(qtbot, form.whole, text)
    assert form.whole.text() == text
    assert form.whole.problem == sentence
    assert form.whole.accessibleDescription() == sentence
    assert form.whole.has_bad_text
    assert form.whole.property("problem") is True
    assert 1 <= form.whole.value() <= 16_384


@pytest.mark.parametrize("ending", ["leave", "Esc", "hide"])
@pytest.mark.parametrize("text", ["51264", "1,5", "12,34,5", "1 5", "5126x", ""])
def test_a_bad_text_never_becomes_a_value(qtbot, form, text: str, ending: str) -> None:
    heard: list[int] = []
    form.whole.valueChanged.connect(heard.append)
    retype(qtbot, form.whole, text)
    assert form.whole.text() == text
    assert form.whole.value() == 512
    assert not heard or heard[-1] == 512
    if ending == "leave":
        form.other.setFocus()
    elif ending == "Esc":
        qtbot.keyClick(form.whole, Qt.Key.Key_Escape)
    else:
        form.hide()
        form.show()
    assert (form.whole.value(), form.whole.lineEdit().text()) == (512, "512")
    assert not heard or heard[-1] == 512
    assert form.whole.has_bad_text is False


def test_good_beginnings_are_announced_and_taken_back(qtbot, form) -> None:
    heard: list[int] = []
    form.whole.valueChanged.connect(heard.append)
    retype(qtbot, form.whole, "51264")
    assert heard == [5, 51, 512, 5126, 512]
    assert form.whole.problem == "51,264 is too large: at most 16,384."
    qtbot.keyClick(form.whole, Qt.Key.Key_Backspace)
    assert heard[-1] == form.whole.value() == 5126
    assert form.whole.problem == ""
    qtbot.keyClick(form.whole, Qt.Key.Key_Return)
    qtbot.keyClick(form.whole, Qt.Key.Key_End)
    qtbot.keyClicks(form.whole, "9")
    assert (form.whole.value(), form.whole.has_bad_text) == (5126, True)  # Enter had confirmed it


@pytest.mark.parametrize("tracking", [True, False])
@pytest.mark.parametrize("text", ["1.000,5", "1.5.1", "0.5x", "1001"])
def test_a_bad_learning_rate_never_becomes_a_value(qtbot, form, text: str, tracking: bool) -> None:
    form.real.setKeyboardTracking(tracking)
    heard: list[float] = []
    form.real.valueChanged.connect(heard.append)
    retype(qtbot, form.real, text)
    assert form.real.text() == text
    assert form.real.value() == 0.001
    qtbot.keyClick(form.real, Qt.Key.Key_Return)
    assert form.real.text() == text
    form.other.setFocus()
    assert form.real.text() == "0.001"
    assert form.real.value() == 0.001
    assert heard == [] or heard[-1] == 0.001
    assert form.real.problem.endswith(" 0.001 stays.")


def test_what_was_committed_while_it_was_typed_stays(qtbot, form) -> None:
    for field in (form.whole, form.real):
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, "3")
        field.commit()
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        assert field.value() == 3
        qtbot.keyClicks(field, "x")
        field.commit()
        assert field.has_bad_text
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        assert field.value() == 3


def test_esc_takes_good_typing_back_and_then_means_what_it_means_elsewhere(qtbot, form) -> None:
    form.real.setKeyboardTracking(False)
    for field, text, before in ((form.whole, "64", 512), (form.real, "0.5", 0.001)):
        retype(qtbot, field, text)
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        assert field.value() == before
        form.other.setFocus()
        assert field.value() == before


def test_the_arrows_settle_a_value(qtbot, form) -> None:
    form.whole.setFocus()
    qtbot.keyClick(form.whole, Qt.Key.Key_Up)
    qtbot.keyClicks(form.whole, "x")
    assert form.whole.value() == 513
    form.real.setKeyboardTracking(False)
    retype(qtbot, form.real, "0.05")
    qtbot.keyClick(form.real, Qt.Key.Key_Up)
    assert form.real.value() == 0.1


def test_bad_text_is_marked_while_one_types(qtbot, form, qapp: QApplication) -> None:
    theme.apply(qapp, theme.LIGHT)
    for field, wrong in ((form.whole, "51264"), (form.real, "fast")):
        left = field.height() // 2
        retype(qtbot, field, "1")
        assert field.grab().toImage().pixelColor(0, left).name() == theme.LIGHT.accent
        retype(qtbot, field, wrong)
        assert field.grab().toImage().pixelColor(0, left).name() == theme.LIGHT.wrong


def test_empty_field_is_explained(qtbot, form) -> None:
    retype(qtbot, form.whole, "")
    assert form.whole.problem == "A number is missing here: from 1 to 16,384."


def test_enter_keeps_bad_text(qtbot, form) -> None:
    retype(qtbot, form.whole, "51264")
    qtbot.keyClick(form.whole, Qt.Key.Key_Return)
    assert form.whole.text() == "51264"
    assert form.whole.has_bad_text


def test_leaving_brings_the_last_good_value_back_and_says_so(qtbot, form) -> None:
    form.whole.setFocus()
    form.whole.selectAll()
    qtbot.keyClicks(form.whole, "x")
    heard: list[str] = []
    form.whole.problem_changed.connect(heard.append)
    qtbot.keyClick(form.whole, Qt.Key.Key_Tab)
    assert form.whole.text() == "512"
    assert form.whole.value() == 512
    assert form.whole.problem.endswith(" is needed. 512 stays.")
    assert heard[-1] == form.whole.problem
    assert not form.whole.has_bad_text
    assert form.whole.property("problem") is False
    retype(qtbot, form.whole, "64")
    assert form.whole.problem == ""


def test_a_refusal_goes_with_what_is_begun_but_for_the_click_that_left_the_field(qtbot, form) -> None:
    form.whole.setFocus()
    form.whole.selectAll()
    qtbot.keyClicks(form.whole, "12abc")
    form.real.setFocus()
    form.whole.commit()
    assert form.whole.problem.endswith("512 stays."), "what was just refused is told"
    form.whole.commit()
    assert form.whole.problem == ""
    retype(qtbot, form.whole, "12abc")
    form.real.setFocus()
    form.other.setFocus()
    form.whole.commit()
    assert form.whole.problem == "", "one has gone on since: it was read"


def test_a_bad_text_that_qt_takes_back_is_no_problem_any_more(form) -> None:
    form.whole.lineEdit().setText("51264")
    assert form.whole.has_bad_text
    form.hide()
    form.show()
    assert form.whole.text() == "512"
    assert not form.whole.has_bad_text


def test_set_value_mends_a_bad_text(qtbot, form) -> None:
    retype(qtbot, form.whole, "")
    form.whole.setValue(form.whole.value())
    assert not form.whole.has_bad_text
    form.whole.setValue(99)
    assert (form.whole.value(), form.whole.text(), form.whole.problem) == (99, "99", "")


@pytest.mark.parametrize(("text", "value"), [("1e-3", 0.001), ("0,01", 0.01), ("1e-5", 0.00001), ("1000", 1000.0)])
def test_learning_rates_can_be_typed_in_many_ways(qtbot, form, text: str, value: float) -> None:
    retype(qtbot, form.real, text)
    assert form.real.value() == value
    assert form.real.text() == text
    assert form.real.problem == ""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1000.5", "1000.5 is too large: at most 1000."),
        ("-1", "−1 is too small: at least 0."),
        ("1e-20", "1e-20 is too close to zero: at least 1e-15, or 0."),
        ("1e", "“1e” is not a number: one like 0.001 or 1e-3, from 0 to 1000, is needed."),
    ],
)
def test_bad_learning_rates_are_explained(qtbot, form, text: str, sentence: str) -> None:
    retype(qtbot, form.real, text)
    assert form.real.problem == sentence
    assert form.real.text() == text


def test_leaving_a_bad_learning_rate_keeps_the_last_good_one(qtbot, form) -> None:
    form.real.setKeyboardTracking(False)
    retype(qtbot, form.real, "fast")
    form.other.setFocus()
    assert form.real.value() == 0.001
    assert form.real.text() == "0.001"
    assert form.real.problem.endswith("0.001 stays.")


def test_value_is_shown_without_trailing_zeros(form) -> None:
    for value, text in ((0.1, "0.1"), (1e-7, "1e-7"), (20.0, "20")):
        form.real.setValue(value)
        assert form.real.text() == text
        assert form.real.value() == value


def test_arrows_multiply_the_learning_rate(qtbot, form) -> None:
    form.real.setFocus()
    for _ in range(3):
        qtbot.keyClick(form.real, Qt.Key.Key_Up)
    assert form.real.value() == 0.01
    qtbot.keyClick(form.real, Qt.Key.Key_Down)
    assert form.real.value() == 0.005
    form.real.setValue(1000)
    qtbot.keyClick(form.real, Qt.Key.Key_Up)
    assert form.real.value() == 1000


def test_arrows_go_in_even_steps_where_that_suits_better(qtbot, form) -> None:
    form.real.even_step = 0.05
    form.real.setFocus()
    for value, key, then in ((0.15, Qt.Key.Key_Up, 0.2), (0.17, Qt.Key.Key_Down, 0.1), (0.0, Qt.Key.Key_Down, 0.0)):
        form.real.setValue(value)
        qtbot.keyClick(form.real, key)
        assert form.real.value() == pytest.approx(then)


def roll(field: QWidget) -> QWheelEvent:
    centre = QPointF(field.rect().center())
    event = QWheelEvent(
        centre,
        field.mapToGlobal(centre),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, event)
    return event


def test_wheel_turns_only_the_field_in_use(form) -> None:
    form.other.setFocus()
    for field in (form.whole, form.real):
        before = field.value()
        roll(field)
        assert field.value() == before
        assert not field.hasFocus()
        field.setFocus()
        roll(field)
        assert field.value() > before


def test_what_is_typed_or_refused_is_put_back_in_another_field(qtbot, form: Form) -> None:
    assert form.whole.typed() is None
    retype(qtbot, form.whole, "51264")
    typed = form.whole.typed()
    form.other.setFocus()
    refused = form.whole.typed()
    assert typed is not None
    assert refused is not None
    for shown in (typed, refused):
        again = Form()
        qtbot.addWidget(again)
        again.show()
        qtbot.waitExposed(again)
        again.whole.put_back(shown)
        assert again.whole.typed() == shown
        assert again.whole.value() == 512
        assert "51,264 is too large" in again.whole.problem
        assert again.whole.has_bad_text == (shown is typed)
        assert again.whole.text() == ("51264" if shown is typed else "512")


def test_what_is_typed_is_judged_by_the_limits_of_now(qtbot, form) -> None:
    field = form.whole
    field.setKeyboardTracking(False)
    field.setMaximum(600)
    retype(qtbot, field, "700")
    assert field.problem == "700 is too large: at most 600."
    field.setMaximum(650)
    assert field.problem == "700 is too large: at most 650."
    field.setMaximum(700)
    assert (field.problem, field.has_bad_text, field.text()) == ("", False, "700")
    assert field.is_being_typed
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == 700
    assert not field.is_being_typed
    form.real.setMaximum(1.0)
    retype(qtbot, form.real, "2")
    form.real.setMaximum(2.0)
    assert form.real.problem == ""
