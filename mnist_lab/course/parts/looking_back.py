"""Part 6: looking back: the whole program, line by line, with the learner's own numbers."""

from mnist_lab.course.actions import NEW_RUN, Open, Press, Put, Until
from mnist_lab.course.goals import told, told_number, trained
from mnist_lab.course.state import LabState
from mnist_lab.course.steps import Part, Prediction, Step, questions_step
from mnist_lab.experiment import PIXELS, Experiment
from mnist_lab.tensors.preparation import PREPARATION_STEPS

_PREPARATION = Open("dataPage", "dataTabs", 2)
_TRAIN = Open("trainPage")
_CURVES, _PROGRAM = Open("trainPage", "networkTabs", 0), Open("trainPage", "networkTabs", 1)
_WEIGHTS = Open("weightsPage")
_LINES = len(PREPARATION_STEPS)


def _is_on_weights(entry: LabState, now: LabState) -> bool:
    return now.is_newer("page", entry) and now.page == _WEIGHTS.page


def _larger_layer(_entry: LabState, now: LabState) -> str:
    layers = (now.experiment if now.run is None else now.run.experiment).layers()
    return "hidden" if layers[0].parameters > layers[-1].parameters else "output"


def _is_chapters(entry: LabState, now: LabState) -> bool:
    return now.is_newer("experiment", entry) and now.experiment == Experiment()


def _updates(_entry: LabState, now: LabState) -> float | None:
    return None if now.run is None else float(now.run.updates)


def _is_same(_entry: LabState, now: LabState) -> str | None:
    match now.fact("trainPage.programIsSame"):
        case True:
            return "same"
        case False:
            return "other"
    return None


def _none_is_live(_entry: LabState, now: LabState) -> bool:
    return now.run is None or not now.run.is_live


_COMPARED = told_number("trainPage.programsCompared", lambda count: count > 0)
_TO_PROGRAM = (
    _PROGRAM,
    Press("roundingBackButton", if_possible=True),  # either of them may stand in its place
    Press("bitsBackButton", if_possible=True),
    Until(lambda _entry, now: now.fact("trainPage.programIsThere") is True),
)

LOOKING_BACK = Part(
    "looking_back",
    "6",
    (
        Step(
            "looking_back.data",
            _PREPARATION,
            ("preparationNextButton", "preparationCode", "preparationAfter"),
            told("dataPage.prepared", lambda lines: lines == _LINES),
            (
                _PREPARATION,
                *[Press("preparationBackButton", if_possible=True)] * _LINES,
                *[Press("preparationNextButton")] * _LINES,
            ),
            Prediction(lambda _entry, _now: float(PIXELS), maximum=100_000, decimals=0),
        ),
        Step(
            "looking_back.network",
            _TRAIN,
            ("weightsPage",),
            _is_on_weights,
            (_TRAIN, _WEIGHTS),
            Prediction(_larger_layer, ("hidden", "output", "same")),
        ),
        Step(
            "looking_back.compile",
            _TRAIN,
            ("optimizer", "chapterSettingsButton"),
            _is_chapters,
            (_TRAIN, Put("optimizer", "sgd"), Press("chapterSettingsButton")),
            Prediction(lambda _entry, _now: "loss", ("optimizer", "loss", "accuracy")),
        ),
        Step(
            "looking_back.fit",
            _CURVES,
            ("startButton", "updatesCard", "testAccuracyCard"),
            trained(lambda run: run.experiment == Experiment()),
            (_CURVES, Press("chapterSettingsButton", if_possible=True), *NEW_RUN),
            Prediction(_updates, maximum=100_000, decimals=0),
            needs_stop=True,
        ),
        Step(
            "looking_back.program",
            _PROGRAM,
            ("programCode", "batchSize"),
            told_number("trainPage.programChanges", lambda count: count > 0),
            (*_TO_PROGRAM, Put("batchSize", 64)),
            Prediction(lambda _entry, now: now.number("trainPage.programChangedLines"), maximum=99, decimals=0),
        ),
        Step(
            "looking_back.bits",
            _PROGRAM,
            ("programChecks", "programCompareButton", "programRunButton", "programPasted"),
            _COMPARED,
            (
                *_TO_PROGRAM,
                Press("stopButton", if_possible=True),
                Until(_none_is_live),
                Put("epochs", 1),
                Put("programChecks", True),
                Press("programCompareButton"),
                Press("programRunButton"),
                Until(_COMPARED),
            ),
            Prediction(_is_same, ("same", "close", "other")),
            needs_stop=True,
        ),
        questions_step("looking_back", _TRAIN),
    ),
)
