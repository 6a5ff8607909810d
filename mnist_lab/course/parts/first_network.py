"""Part 1: a first network, trained, measured, shown a digit, fooled, and made smaller."""

from mnist_lab.course.actions import NEW_RUN, Action, Draw, Open, Pick, Press, Put, Until
from mnist_lab.course.first_numbers import CLEAR_GAP, GOOD_ENOUGH
from mnist_lab.course.goals import Goal, all_of, chosen, is_run_of_before, told, told_number, trained
from mnist_lab.course.state import LabState, RunSeen
from mnist_lab.course.steps import Part, Prediction, Step, questions_step
from mnist_lab.experiment import Experiment

_IMAGES = Open("dataPage", "dataTabs", 0)
_TRAIN = Open("trainPage")
_CURVES = Open("trainPage", "networkTabs", 0)
"""Not the tab of the program, which is so large that it stands in place of the curves."""
_ANSWER, _WHY = Open("drawPage", "drawTabBar", 0), Open("drawPage", "drawTabBar", 1)
_CHAPTER_NETWORK = Press("chapterSettingsButton", if_possible=True)
_CHAPTER_UNITS, _CHAPTER_BATCH = 512, 128
_FEWER_UNITS = 64

_MOST_UNITS = 32
_FEW_POINTS = 0.05

_SEVEN = (
    tuple((0.25 + 0.05 * step, 0.22) for step in range(10)),
    tuple((0.70 - 0.03 * step, 0.22 + 0.06 * step) for step in range(10)),
)


# Settings


def _parameters_of_fewer(_entry: LabState, _now: LabState) -> float:
    """What is read between: those of the chapter's own network stand on the page before anything is guessed."""
    return float(Experiment(hidden_units=(_FEWER_UNITS,)).parameters())


# Training


def _has_first_batch(entry: LabState, now: LabState) -> bool:
    """A run was trained on its first batch since, and waits behind it, or has come to its end."""
    run = now.run
    if run is None or not now.is_newer("run", entry) or is_run_of_before(entry, now):
        return False
    return run.updates > 0 and run.state not in ("preparing", "training")


def _has_room(_entry: LabState, now: LabState) -> bool:
    """No run that has had batches is looked at."""
    return now.run is None or not now.run.updates


def _waits(now: LabState) -> bool:
    return now.run is not None and now.run.state == "paused"


def _first_loss(_entry: LabState, now: LabState) -> float | None:
    return None if now.run is None else now.run.first_loss


def _test_accuracy(_entry: LabState, now: LabState) -> float | None:
    return None if now.run is None else now.run.test_accuracy


def _reason_of_gap(_entry: LabState, now: LabState) -> str | None:
    """Why training digits go better than new ones; None where they do not."""
    run = now.run
    if run is None or run.train_accuracy is None or run.test_accuracy is None:
        return None
    return "heart" if run.train_accuracy - run.test_accuracy > CLEAR_GAP else None


def _was_explained_or_trained(entry: LabState, now: LabState) -> bool:
    return now.is_newer("trainPage.reasons", entry) or trained()(entry, now)


def _is_small_and_good(run: RunSeen) -> bool:
    enough = GOOD_ENOUGH.get(run.digits.kind, 0.0)
    return sum(run.experiment.hidden_units) <= _MOST_UNITS and (run.test_accuracy or 0.0) >= enough


def _loss_of_points(_entry: LabState, now: LabState) -> str | None:
    """How much worse the small network is than the best large one that was kept; None where there is none."""
    large = [
        one.test_accuracy
        for one in now.kept
        if one.test_accuracy is not None
        and one.experiment is not None
        and sum(one.experiment.hidden_units) >= _CHAPTER_UNITS
    ]
    if now.run is None or now.run.test_accuracy is None or not large:
        return None
    worse = max(large) - now.run.test_accuracy
    return "same" if worse <= CLEAR_GAP else "few" if worse <= _FEW_POINTS else "many"


# Going back

_START_IS_SEEN = told("trainPage.startsSeen")


def _has_updates(now: LabState) -> bool:
    return now.run is not None and now.run.updates > 0


_IS_BACK = all_of(_START_IS_SEEN, lambda _entry, now: now.fact("trainPage.moment") is None)


# Drawing


def _is_answered(_entry: LabState, now: LabState) -> bool:
    return now.drawing is not None and now.drawing.answer is not None


def _stands(entry: LabState, now: LabState) -> bool:
    """Whether there is an answer, by a network that is not another one in a moment."""
    is_moving = now.run is not None and now.run.state in ("preparing", "training")
    return _is_answered(entry, now) and not is_moving


def _is_fooled(_entry: LabState, now: LabState) -> bool:
    drawing = now.drawing
    return (
        drawing is not None
        and drawing.label is not None
        and drawing.answer is not None
        and drawing.answer != drawing.label
    )


def _certainty(_entry: LabState, now: LabState) -> float | None:
    return None if now.drawing is None else now.drawing.certainty


_DRAWN: Goal = all_of(
    told("drawPage.changes"), told_number("drawPage.drawTabBar", lambda tab: tab == _WHY.tab), _is_answered
)
_TO_DRAWING: tuple[Action, ...] = (_ANSWER, Press("trainNowButton", if_possible=True))


FIRST_NETWORK = Part(
    "first_network",
    "2",
    (
        Step(
            "first_network.digits",
            _IMAGES,
            ("dataGrid", "dataImage"),
            told("dataPage.choices"),
            (_IMAGES, Pick("dataGrid", 4)),
            Prediction(lambda _entry, _now: "numbers", options=("picture", "strokes", "numbers")),
        ),
        Step(
            "first_network.settings",
            _TRAIN,
            ("hiddenUnits", "arithmetic"),
            chosen("hidden_units", lambda experiment: experiment.hidden_units == (_CHAPTER_UNITS,)),
            (_TRAIN, Put("hiddenUnits", _FEWER_UNITS), Press("chapterSettingsButton")),
            Prediction(_parameters_of_fewer, maximum=1e9, decimals=0),
        ),
        Step(
            "first_network.updates",
            _TRAIN,
            ("batchSize", "arithmetic"),
            chosen("batch_size", lambda experiment: experiment.batch_size == _CHAPTER_BATCH),
            (_TRAIN, Put("batchSize", 64), Put("batchSize", _CHAPTER_BATCH)),
            Prediction(lambda _entry, _now: "twice", options=("half", "same", "twice")),
        ),
        Step(
            "first_network.one_batch",
            _CURVES,
            ("stepButton", "lossPlot", "firstLoss"),
            _has_first_batch,
            (_CURVES, Press("stopButton", if_possible=True), Until(_has_room), Press("stepButton")),
            Prediction(_first_loss, maximum=100, decimals=2, plot="lossPlot"),
            needs_new_run=True,
        ),
        Step(
            "first_network.train",
            _CURVES,
            ("startButton", "accuracyPlot"),
            trained(),
            (
                _CURVES,
                Press("chapterSettingsButton", if_possible=True, unless=_waits),
                Press("startButton", if_possible=True),
            ),
            Prediction(_test_accuracy, is_share=True, decimals=1, plot="accuracyPlot"),
        ),
        Step(
            "first_network.gap",
            _CURVES,
            ("backToNowButton", "gapWhyButton", "gapNotice", "accuracyPlot"),
            told("trainPage.reasons"),
            (
                _CURVES,
                Press("backToNowButton", if_possible=True),
                Press("gapWhyButton", "chapterSettingsButton", if_possible=True),
                Press("gapWhyButton", "startButton"),
                Until(_was_explained_or_trained),
                Press("gapWhyButton"),
            ),
            Prediction(_reason_of_gap, options=("harder", "heart", "short")),
        ),
        Step(
            "first_network.moment",
            _CURVES,
            ("momentSlider", "tilesShowChange", "weightTiles", "momentPlay", "backToNowButton"),
            _IS_BACK,
            (
                _CURVES,
                Press("startButton", unless=_has_updates),
                Until(lambda _entry, now: _has_updates(now)),
                Put("tilesShowChange", True),
                Put("momentSlider", 0),
                Until(_START_IS_SEEN),
                Press("backToNowButton"),
            ),
            Prediction(lambda _entry, _now: "middle", options=("middle", "edges", "alike")),
            (_START_IS_SEEN, _IS_BACK),
        ),
        Step(
            "first_network.draw",
            _ANSWER,
            ("drawCanvas", "prediction", "drawTabBar"),
            _DRAWN,
            (*_TO_DRAWING, Draw(_SEVEN), Until(_is_answered), _WHY),
        ),
        Step(
            "first_network.fooled",
            _ANSWER,
            ("randomDigitButton", "turnPicture", "nextMistakeButton", "prediction"),
            all_of(told("drawPage.changes"), _is_fooled),
            (
                *_TO_DRAWING,
                Press("randomDigitButton"),
                Until(_stands),
                Press("nextMistakeButton"),
                Until(_is_fooled),
            ),
            Prediction(_certainty, is_share=True, decimals=0),
        ),
        Step(
            "first_network.smaller",
            _TRAIN,
            ("hiddenUnits", "epochs", "startButton", "testAccuracyCard"),
            trained(_is_small_and_good),
            (_TRAIN, _CHAPTER_NETWORK, Put("hiddenUnits", _MOST_UNITS), Put("epochs", 15), *NEW_RUN),
            Prediction(_loss_of_points, options=("same", "few", "many")),
        ),
        questions_step("first_network", _TRAIN),
    ),
)
