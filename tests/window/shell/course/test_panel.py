"""The panel: a guess and its mark, what happened, *Do it for me*, where the keyboard goes, what is lit up."""

from dataclasses import replace
from functools import partial
from typing import cast

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QWidget,
)

from mnist_lab.course.actions import Open, Put, Until
from mnist_lab.course.goals import told_number
from mnist_lab.course.lesson import Lesson
from mnist_lab.course.state import DigitFacts, LabState
from mnist_lab.course.steps import Part, Prediction, Step
from mnist_lab.course.texts import PartText, StepText
from mnist_lab.window.pages.train.curve_plot import CurvePlot
from mnist_lab.window.shell.course.doer import Doer
from mnist_lab.window.shell.course.guess_field import GuessField
from mnist_lab.window.shell.course.panel import CoursePanel
from mnist_lab.window.shell.course.spotlight import Spotlight
from mnist_lab.window.shell.course.task_card import TaskCard
from mnist_lab.window.shell.course.words import part_words
from mnist_lab.window.state.coach import coach_of
from mnist_lab.window.state.lab_facts import LabFacts
from mnist_lab.window.state.offer import Offer
from tests.course.states import run_facts
from tests.window.conftest import Driver
from tests.window.pages.clipping import assert_nothing_is_clipped, is_inner

TRAIN = Open("trainPage")
MOTION = "trainPage.test_fact"


def _share(_entry: LabState, now: LabState) -> float | None:
    return now.number(MOTION)


def _lesson() -> Lesson:
    """Two steps that wait for a fact of the Train page, which a test tells."""
    goal = told_number(MOTION, lambda value: value > 0)
    number = Prediction(_share, is_share=True, decimals=1, plot="accuracyPlot")
    option = Prediction(lambda _entry, _now: "more", ("more", "less"))
    never = Until(lambda _entry, _now: False)
    steps = (
        Step("test.number", TRAIN, ("startButton", "accuracyPlot"), goal, (TRAIN, never), number),
        Step("test.option", TRAIN, ("slowMotion",), goal, (Put("closeUp", True),), option),
    )
    words = StepText("Title", "Why so.", "Do it.", "It has happened.", "How many?", {})
    chosen = StepText("Other", "Why so.", "Do it.", "", "More or less?", {"more": "More", "less": "Less"})
    texts = {"test.number": words, "test.option": chosen}
    return Lesson(Part("test", "", steps, PartText("Test", texts, "")))


@pytest.fixture
def facts(driver: Driver) -> dict[str, float]:
    """A lesson is open; what the Train page tells as `MOTION` is in here."""
    told = {"value": 0.0}
    lab = driver.window.lab
    lab.views.of("TrainPage").tell("test_fact", lambda: told["value"])
    driver.qtbot.waitActive(driver.window)
    coach_of(lab).open_lesson(_lesson())
    return told


def panel_of(driver: Driver) -> CoursePanel:
    return driver.find(CoursePanel, "coursePanel")


def reach(driver: Driver, facts: dict[str, float], value: float = 0.9) -> None:
    facts["value"] = value
    driver.wait(lambda: panel_of(driver).is_reached)


def test_a_guess_is_marked_on_its_plot_and_laid_beside_what_happened(
    driver: Driver, facts: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    plot, field = driver.find(CurvePlot, "accuracyPlot"), driver.find(GuessField, "courseGuess")
    marked: list[tuple[float | None, str]] = []
    monkeypatch.setattr(plot, "set_guess", lambda value, words: marked.append((value, words)))
    assert field.text() == "", "nothing is guessed for the learner"
    driver.press("courseGuess", Qt.Key.Key_8, Qt.Key.Key_5, Qt.Key.Key_Return)
    assert coach_of(driver.window.lab).course.progress.guesses == {"test.number": 0.85}
    assert marked[-1] == (0.85, "your guess 85.0\u00a0%")
    assert not driver.find(QWidget, "courseOutcome").isVisible()
    assert not driver.find(QAbstractButton, "courseNext").isEnabled()
    before = [driver.find(QWidget, name).geometry() for name in ("courseStep", "coursePrediction", "courseTask")]
    reach(driver, facts)
    assert driver.text("courseHappened") == "It has happened."
    assert driver.text("courseGuessBeside") == "You guessed 85.0\u00a0%; it was 90.0\u00a0%."
    assert not field.isEnabled()
    assert said[-1] == "It has happened. You guessed 85.0\u00a0%; it was 90.0\u00a0%."
    after = [driver.find(QWidget, name).geometry() for name in ("courseStep", "coursePrediction", "courseTask")]
    assert after == before, "nothing moves when the goal is reached"
    assert marked[-1][0] == 0.85, "the mark stays until the next step"
    seen = driver.find(QLineEdit, "courseSeen")
    seen.setFocus()
    driver.qtbot.keyClicks(seen, "Up")
    assert coach_of(driver.window.lab).course.progress.seen == {"test.number": "Up"}
    driver.click("courseNext")
    assert marked[-1] == (None, "")
    less = driver.find(QRadioButton, "courseOption_less")
    driver.qtbot.mouseClick(less, Qt.MouseButton.LeftButton)
    facts["value"] = 0.5
    driver.wait(lambda: panel_of(driver).is_reached)
    assert driver.text("courseGuessBeside") == "You guessed “Less”; it was “More”."


def test_a_right_guess_is_said_in_one_breath(driver: Driver, facts: dict[str, float]) -> None:
    driver.press("courseGuess", Qt.Key.Key_9, Qt.Key.Key_0, Qt.Key.Key_Return)
    reach(driver, facts)
    assert driver.text("courseGuessBeside") == "You guessed 90.0\u00a0%, and so it was."


def test_a_guess_out_of_range_is_one_sentence(driver: Driver, facts: dict[str, float]) -> None:
    del facts
    driver.press("courseGuess", Qt.Key.Key_8, Qt.Key.Key_8, Qt.Key.Key_8, Qt.Key.Key_Return)
    assert driver.text("courseGuessProblem") == "888 is too large: at most 100."
    assert coach_of(driver.window.lab).course.progress.guesses == {}
    field = driver.find(GuessField, "courseGuess")
    driver.press("courseGuess", Qt.Key.Key_Escape)
    assert field.text() == ""
    assert not driver.find(QWidget, "courseGuessProblem").isVisible()
    driver.press("courseGuess", Qt.Key.Key_X)
    driver.find(QWidget, "courseSkip").setFocus()
    assert field.text() == "", "nobody has guessed the least number"
    assert driver.text("courseGuessProblem").startswith("“x” is not a number")
    driver.press("courseGuess", Qt.Key.Key_0, Qt.Key.Key_Return)
    assert coach_of(driver.window.lab).course.progress.guesses == {"test.number": 0.0}, "which one can guess"
    driver.press("courseGuess", Qt.Key.Key_Up)
    assert coach_of(driver.window.lab).course.progress.guesses == {"test.number": 0.01}
    driver.qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    driver.press("courseGuess", Qt.Key.Key_Delete, Qt.Key.Key_Return)
    assert coach_of(driver.window.lab).course.progress.guesses == {}


def test_every_control_is_named_and_explained(driver: Driver, facts: dict[str, float]) -> None:
    del facts
    taking_keys = [
        widget
        for widget in (*panel_of(driver).findChildren(QWidget), driver.find(QWidget, "courseButton"))
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not is_inner(widget)
    ]
    assert len(taking_keys) > 10
    for widget in taking_keys:
        assert widget.objectName(), type(widget).__name__
        assert widget.toolTip(), widget.objectName()
        assert widget.accessibleName() or getattr(widget, "text", str)(), widget.objectName()


def test_doing_it_shows_and_can_be_stopped(driver: Driver, facts: dict[str, float]) -> None:
    del facts
    button = driver.find(QAbstractButton, "courseDoIt")
    driver.wait(button.isEnabled)
    assert button.text() == "Do it for me"
    driver.click("courseDoIt")
    assert button.text() == "Stop doing it"
    driver.click("courseDoIt")
    assert button.text() == "Do it for me"
    assert button.isEnabled()
    driver.click("courseDoIt")
    driver.click("courseSkip")
    driver.wait(button.isEnabled)
    assert button.text() == "Do it for me", "another step, another thing to do"


def test_who_goes_on_has_nothing_more_done_of_the_step_before(driver: Driver, facts: dict[str, float]) -> None:
    del facts
    doer, tried = driver.window.findChild(Doer), list[LabState]()
    assert doer is not None

    def is_so(_entry: LabState, now: LabState) -> bool:
        tried.append(now)
        return False

    doer.do((Until(is_so),))
    doer.do((Until(is_so),))
    coach_of(driver.window.lab).go_on()
    assert tried == []


def test_the_words_follow_a_run_that_is_read_when_the_course_is_open_already(
    driver: Driver, facts: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    del facts
    coach, shown = coach_of(driver.window.lab), []
    coach.look()
    coach.changed.connect(lambda: shown.append(coach.state.run))
    now = replace(coach.state, run=run_facts())
    monkeypatch.setattr(LabFacts, "state", lambda _self: now)
    for _ in range(2):
        coach.look()
    assert shown == [now.run], "once it is known, and not at each look"


def test_the_keyboard_goes_where_it_is_wanted(driver: Driver, facts: dict[str, float]) -> None:
    page, panel = driver.find(QWidget, "trainPage"), panel_of(driver)
    start = driver.find(QWidget, "startButton")
    start.setFocus()
    reach(driver, facts)
    assert start.hasFocus(), "who works on the page stays there"
    next_button = driver.find(QAbstractButton, "courseNext")
    assert next_button.isEnabled()
    driver.window.show_page_named("drawPage")
    driver.press("courseNext", Qt.Key.Key_Space)
    assert panel.step_id == "test.option"
    driver.wait(page.isVisible)
    assert driver.find(QRadioButton, "courseOption_more").hasFocus(), "Space again does not skip the step"
    facts["value"] = 0.5
    driver.wait(lambda: panel.is_reached)
    assert next_button.hasFocus(), "the way on is at hand"
    driver.press("courseNext", Qt.Key.Key_Escape)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page.isAncestorOf(focused)
    assert next_button.text() == "Done", "it is the last step"
    driver.press("courseNext", Qt.Key.Key_Space)
    assert not panel.isVisible()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page.isAncestorOf(focused)


def test_who_goes_on_by_keys_leaves_out_no_step_that_asks_nothing(driver: Driver) -> None:
    coach, panel = coach_of(driver.window.lab), panel_of(driver)
    driver.qtbot.waitActive(driver.window)
    coach.open()
    coach.go_to("operations.relu")
    driver.press("courseSkip", Qt.Key.Key_Space)
    assert panel.step_id == "operations.add"
    focused = QApplication.focusWidget()
    assert focused is driver.find(QWidget, "courseBody")
    driver.qtbot.keyClick(focused, Qt.Key.Key_Space)
    assert panel.step_id == "operations.add"


def test_what_is_said_before_follows_what_the_learner_does(driver: Driver) -> None:
    coach, draft = coach_of(driver.window.lab), driver.window.lab.draft
    coach.open()
    coach.go_to("looking_back.compile")
    assert "optimizer='rmsprop'" in driver.text("courseStep").replace("\u200b", "")
    draft.set_experiment(draft.experiment.model_copy(update={"optimizer": "sgd"}))
    coach.look()
    assert "optimizer='sgd'" in driver.text("courseStep").replace("\u200b", "")
    assert not driver.find(QWidget, "courseSoFar").isVisible()
    walks: list[tuple[float, ...] | None] = [None]
    driver.window.lab.views.of("DescentPage").tell("slowWalk", lambda: walks[-1])
    coach.course.go_to("descent.rate", coach.state)
    coach.changed.emit()  # without turning to its page, which would tell of its own walks
    coach.look()
    assert driver.text("courseSoFar") == "So far: 0 of 3."
    walks.append((1.0, 0.001, 20.0, 0.0))
    coach.look()
    assert driver.text("courseSoFar") == "So far: 1 of 3."


def stops_of(panel: QWidget) -> list[QWidget]:
    """What Tab leads to within the panel, in the order it does."""
    chain, stop = list[QWidget](), panel.nextInFocusChain()
    while stop is not None and stop is not panel:
        chain.append(stop)
        stop = stop.nextInFocusChain()
    return [
        one
        for one in chain
        if panel.isAncestorOf(one)
        and one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not is_inner(one)
    ]


def test_tab_leads_through_the_panel_as_one_reads_it(driver: Driver) -> None:
    coach, panel = coach_of(driver.window.lab), panel_of(driver)
    coach.open()
    for step in ("descent.rate", "descent.five_steps", "gradient.cost", "tensors.questions"):
        coach.course.go_to(step, coach.state)
        coach.changed.emit()  # without turning to its page: here it is the panel that counts
        QApplication.processEvents()
        names = [one.objectName() for one in stops_of(panel)]
        assert names[0] == "courseContents", (step, names)
        assert names[-1] == "courseClose", "last, so that a key that is meant for the page does not close the course"
        text = driver.find(QScrollArea, "courseBody").widget()
        assert text is not None
        heights = [one.mapTo(text, QPoint()).y() for one in stops_of(panel) if text.isAncestorOf(one)]
        assert heights == sorted(heights), (step, names)


def test_a_page_that_is_made_leaves_the_way_through_the_panel_as_it_was(driver: Driver) -> None:
    coach_of(driver.window.lab).open()
    QApplication.processEvents()

    def names() -> list[str]:
        return [one.objectName() for one in stops_of(panel_of(driver)) if one.objectName() != "courseGoThere"]

    before = names()
    assert before[-1] == "courseClose"
    for page in ("tensorsPage", "evaluatePage"):
        driver.window.show_page_named(page)
        assert names() == before, page


def test_home_and_end_lead_to_the_first_and_the_last_step_in_the_open_list(driver: Driver) -> None:
    coach = coach_of(driver.window.lab)
    coach.open()
    coach.go_to("gradient.light")
    contents = driver.find(QComboBox, "courseContents")
    for key, step in ((Qt.Key.Key_Home, "first_network.digits"), (Qt.Key.Key_End, "looking_back.questions")):
        driver.qtbot.keyClick(contents.view(), key)
        assert contents.itemData(contents.view().currentIndex().row()) == step


def test_the_list_of_steps_has_the_parts_as_headings(driver: Driver) -> None:
    coach = coach_of(driver.window.lab)
    coach.open()
    coach.go_to("first_network.updates")
    contents = driver.find(QComboBox, "courseContents")
    assert contents.currentText() == "1.3 How often it learns"
    assert contents.itemText(0) == "1. A first network"
    driver.press("courseContents", Qt.Key.Key_Home)
    assert panel_of(driver).step_id == "first_network.digits", "a heading cannot be chosen"


def test_the_end_of_the_course_says_so_and_offers_the_worksheet(driver: Driver) -> None:
    coach, lab = coach_of(driver.window.lab), driver.window.lab
    offers: list[Offer] = []
    lab.offered.connect(offers.append)
    coach.open()
    coach.go_to("looking_back.questions")
    assert not driver.find(QWidget, "courseSkip").isEnabled(), "there is nothing to leave out"
    driver.click("courseNext")
    assert not panel_of(driver).isVisible()
    assert [offer.label for offer in offers] == ["Save &worksheet…"]
    assert offers[0].sentence.startswith("That was the end of the course: 0 of ")


def test_what_a_step_speaks_of_is_lit_and_takes_no_click(driver: Driver, facts: dict[str, float]) -> None:
    light, start = driver.find(Spotlight, "courseSpotlight"), driver.find(QAbstractButton, "startButton")
    content = cast(QWidget, driver.window.centralWidget())

    def is_around_start() -> bool:
        return len(light.lit) == 2 and light.lit[0].topLeft() == start.mapTo(content, start.rect().topLeft())

    driver.wait(is_around_start)
    assert content.childAt(light.lit[0].center()) is start
    area = driver.find(QScrollArea, "picturesArea")
    driver.window.resize(1093, 560)
    assert_nothing_is_clipped(panel_of(driver))
    bar = area.verticalScrollBar()
    driver.wait(lambda: bar.maximum() > 0 and len(light.lit) == 2)
    bar.setValue(0)
    before = light.lit[1]
    bar.setValue(bar.maximum() // 2)
    assert light.lit[1:] != [before], "it follows at once"
    driver.window.show_page_named("drawPage")
    driver.wait(lambda: len(light.lit) == 1)
    pages = driver.find(QWidget, "pageList")
    assert pages.geometry().contains(light.lit[0]), "the way back is lit"
    driver.window.show_page_named("trainPage")
    reach(driver, facts)
    assert not light.isVisible()


def test_what_is_lit_is_brought_into_sight_as_far_as_it_fits(driver: Driver) -> None:
    light = driver.find(Spotlight, "courseSpotlight")
    driver.window.resize(1093, 560)
    driver.window.show_page_named("trainPage")
    area = driver.find(QScrollArea, "picturesArea")
    driver.wait(lambda: area.verticalScrollBar().maximum() > 0)
    light.show_names("trainPage", ("startButton", "weightTiles"))
    assert len(light.lit) == 2
    light.show_names("trainPage", ("lossPlot", "weightTiles"))
    plot = driver.find(QWidget, "lossPlot")
    assert light.lit[0].height() == plot.height(), "the most important has its place before the others"


def test_what_cannot_be_used_now_is_not_lit_while_something_else_is(driver: Driver) -> None:
    """As Start while a run goes on; where nothing can be used all of it is, so that one sees where it will be."""
    light, coach = driver.find(Spotlight, "courseSpotlight"), coach_of(driver.window.lab)
    driver.window.show_page_named("trainPage")
    coach.open()
    start, pause = driver.find(QWidget, "startButton"), driver.find(QWidget, "pauseButton")
    start.setEnabled(False)
    light.show_names("trainPage", ("startButton", "hiddenUnits"), only_usable=True)
    assert len(light.lit) == 1
    assert light.lit[0].size() == driver.find(QWidget, "hiddenUnits").size()
    pause.setEnabled(False)
    light.show_names("trainPage", ("startButton", "pauseButton"), only_usable=True)
    assert len(light.lit) == 2


def test_a_step_that_speaks_of_curves_shows_them(driver: Driver) -> None:
    """The program, where its tab was left open, stands in their place."""
    coach, bar, plot = coach_of(driver.window.lab), driver.find(QTabBar, "networkTabs"), "accuracyPlot"
    coach.open()
    driver.window.show_page_named("trainPage")
    driver.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(1).center())
    driver.wait(lambda: not driver.find(QWidget, plot).isVisible())
    coach.go_to("first_network.train")
    driver.wait(driver.find(QWidget, plot).isVisible)


def test_a_lit_plot_is_brought_into_sight_with_its_axis(driver: Driver) -> None:
    """Of a plot Qt's own way to bring a widget into sight takes the place of its cursor, the upper left corner."""
    light, coach = driver.find(Spotlight, "courseSpotlight"), coach_of(driver.window.lab)
    driver.window.resize(1085, 574)
    driver.window.show_page_named("trainPage")
    coach.open()
    area, plot = driver.find(QScrollArea, "picturesArea"), driver.find(QWidget, "lossPlot")
    driver.wait(lambda: area.verticalScrollBar().maximum() > 0)
    light.show_names("trainPage", ("startButton", "lossPlot"))
    assert plot.height() <= area.viewport().height()
    assert light.lit[1].height() == plot.height()


def test_a_page_that_a_step_leads_to_is_lit_in_the_list_and_then_what_is_on_it(driver: Driver) -> None:
    light, pages = driver.find(Spotlight, "courseSpotlight"), driver.find(QListWidget, "pageList")
    content = cast(QWidget, driver.window.centralWidget())
    names = ("startButton", "dataPage", "dataTabs")
    light.show_names("trainPage", names)
    assert len(light.lit) == 2
    line = QRect(pages.viewport().mapFrom(content, light.lit[1].topLeft()), light.lit[1].size())
    item = pages.itemAt(line.center())
    assert item is not None
    assert pages.row(item) == 0, "the page of the data"
    driver.window.show_page_named("dataPage")
    light.show_names("trainPage", names)
    tabs = driver.find(QWidget, "dataTabs")
    assert [place.topLeft() for place in light.lit] == [tabs.mapTo(content, QPoint(0, 0))]


def test_a_tab_that_hides_what_a_step_speaks_of_is_lit_until_it_is_turned_to(driver: Driver) -> None:
    light = driver.find(Spotlight, "courseSpotlight")
    content = cast(QWidget, driver.window.centralWidget())
    driver.window.show_page_named("dataPage")
    bar, names = driver.find(QTabBar, "dataTabs"), ("dataGrid", "dataImage")
    bar.setCurrentIndex(2)
    light.show_names("dataPage", names)
    first = bar.tabRect(0)
    assert light.lit == [QRect(bar.mapTo(content, first.topLeft()), first.size())], "one ring for what lies in one tab"
    driver.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=first.center())
    light.look()
    seen = [driver.find(QWidget, name).mapTo(content, QPoint(0, 0)) for name in names]
    assert [place.topLeft() for place in light.lit] == seen
    bar.setCurrentIndex(1)
    QApplication.processEvents()
    assert len(light.lit) == 1, "no ring stands a moment where nothing is"
    bar.setCurrentIndex(0)
    QApplication.processEvents()
    assert [place.topLeft() for place in light.lit] == seen


def test_what_was_to_be_done_is_told_as_before_once_it_is_done(driver: Driver) -> None:
    """Press Resume, not: press Start, for no run waits."""
    coach, task = coach_of(driver.window.lab), driver.find(TaskCard, "courseTask")
    course, words = coach.course, part_words(coach.course.parts[0]).steps["first_network.train"]
    waiting = replace(coach.state, run=run_facts(state="paused", updates=1))
    course.go_to("first_network.train", waiting)
    task.show_task(words, course, waiting, is_of_step=True)
    said = driver.find(QLabel, "courseDo")
    assert "Resume" in said.text()
    course.progress = course.progress.changed(reached=("first_network.train",))
    done = replace(waiting, run=run_facts(state="finished", updates=160))
    task.show_task(words, course, done, is_of_step=True)
    assert "Resume" in said.text()
    assert "Start" not in said.text()


def test_a_step_that_is_done_does_not_ask_to_stop_the_run_that_did_it(driver: Driver) -> None:
    """One comes back to it: that a run is there now is what it asked for."""
    coach, task = coach_of(driver.window.lab), driver.find(TaskCard, "courseTask")
    course, words = coach.course, part_words(coach.course.parts[0]).steps["first_network.one_batch"]
    course.progress = course.progress.changed(reached=("first_network.one_batch",))
    digits = DigitFacts("starter", 4_000, 1_000)
    waiting = replace(coach.state, digits=digits, run=run_facts(state="paused", updates=1))
    course.go_to("first_network.one_batch", waiting)
    task.show_task(words, course, waiting, is_of_step=True)
    said = driver.text("courseDo")
    assert "Step" in said
    assert "Stop" not in said
    for later in (replace(waiting, digits=None), waiting):
        task.show_task(words, course, later, is_of_step=True)
    assert "Step" in driver.text("courseDo"), "digits that are read late are told of, too"


def test_what_is_said_of_an_image_is_of_the_one_that_is_looked_at(driver: Driver) -> None:
    lab, coach = driver.window.lab, coach_of(driver.window.lab)
    coach.open()
    driver.window.show_page_named("dataPage")
    driver.wait(lambda: coach.state.fact("dataPage.label") is not None)
    labels = [int(label) for label in lab.digits.train_labels[:3]]
    assert len(set(labels[1:])) == 2

    def speaks_of(label: int) -> bool:
        return f"In the {label} that you clicked" in driver.text("courseHappened")

    for label in labels[1:]:
        driver.qtbot.keyClick(driver.find(QWidget, "dataGrid"), Qt.Key.Key_Right)
        driver.wait(partial(speaks_of, label))


def test_no_text_is_wrapped_anew_when_what_happened_makes_the_panel_scroll(driver: Driver) -> None:
    coach = coach_of(driver.window.lab)
    driver.window.resize(1093, 614)
    coach.open()
    coach.course.go_to("first_network.updates", coach.state)
    coach.changed.emit()
    bar, task = driver.find(QScrollArea, "courseBody").verticalScrollBar(), driver.find(QWidget, "courseTask")
    driver.wait(lambda: task.height() > 0 and bar.maximum() == 0)
    before = task.size()
    coach.course.progress = coach.course.progress.changed(reached=("first_network.updates",))
    coach.changed.emit()
    driver.wait(lambda: bar.maximum() > 0)
    assert task.size() == before


def test_the_words_of_every_step_have_room_in_the_narrow_panel(driver: Driver) -> None:
    coach = coach_of(driver.window.lab)
    driver.window.resize(1093, 614)
    coach.open()
    body = driver.find(QScrollArea, "courseBody")
    for step in [step for part in coach.course.parts for step in part.steps]:
        coach.course.go_to(step.id, coach.state)
        coach.changed.emit()  # without turning to its page: here it is the panel that counts
        for _ in range(3):  # a bolder button needs more room, and says so to what is around it
            QApplication.processEvents()
        assert_nothing_is_clipped(panel_of(driver))
        assert body.horizontalScrollBar().maximum() == 0, step.id
