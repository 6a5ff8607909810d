"""Part 5: stochastic gradient descent: its five steps, the learning rate, momentum, noise, optimizers, and trials."""

from mnist_lab.course.actions import NEW_RUN, Action, Open, Pick, Press, Put, Until
from mnist_lab.course.comparison import SELECTED, ahead, compared, run_is_listed
from mnist_lab.course.goals import Goal, all_of, told, trained
from mnist_lab.course.steps import Outcome, Part, Prediction, Step, questions_step
from mnist_lab.course.trial_numbers import (
    TESTED,
    mattered_more,
    optimizers_raced,
    two_settings_swept,
    two_settings_vary,
    where_rate_lies,
    winner,
)

_CURVE = Open("descentPage", "descentTabs", 0)
_UPDATE = Open("descentPage", "descentTabs", 5, "updateStage", 0)
_TRAIN = Open("trainPage")
_RUNS = Open("runsPage")
_RACE = Open("experimentsPage", "experimentsTabBar", 0)
_RANGE = Open("experimentsPage", "experimentsTabBar", 1)
_SWEEP = Open("experimentsPage", "experimentsTabBar", 2)
_MOST_OTHERS = 4
"""Settings that may vary beside two."""
_BOWL, _DOUBLE_WELL, _LINE_FIT = 0, 1, 7
"""Of the curves on offer, in the order of their list."""
_SLOPE_CLOUD = 4
_STEPS_A_SECOND = 100
_PAUSE = Press("descentRun")
"""Of a ball that never rests."""
_LAST_STAGE = 4
_SEES_UPDATE = told("descentPage.shownUpdate", lambda update: update is not None)


def _came(kind: str) -> Goal:
    """A walk down the curve has come out so since."""
    return told(f"descentPage.{kind}Walk", lambda walk: walk is not None)


_RATES = (_came("slow"), _came("arrived"), _came("lost"))
_BATCHES = (_came("noisy1"), _came("noisy10"))


def _is(answer: str) -> Outcome:
    return lambda _entry, _now: answer


def _stage(number: int) -> Open:
    return Open("descentPage", "descentTabs", 5, "updateStage", number)


def _walk(function: int, rate: float) -> tuple[Action, ...]:
    """Begin anew on a curve with a learning rate, and let it run."""
    return Put("descentFunction", function), Put("descentRate", rate), Press("descentRun")


_PLAIN = (
    _CURVE,
    Put("descentNoise", False),
    Put("descentRule_sgd", True),
    Put("descentRule_sgd_momentum", False),
    Put("descentSpeed", _STEPS_A_SECOND),
)
"""Plain SGD with the true slope, quick."""


def _is_trained_with(optimizer: str) -> Goal:
    return trained(lambda run: run.experiment.optimizer == optimizer)


DESCENT = Part(
    "descent",
    "5.3",
    (
        Step(
            "descent.five_steps",
            _UPDATE,
            ("updateTrainOne", "updateTrainOneNow", "updateStageNext"),
            all_of(_SEES_UPDATE, told("descentPage.updateStage", lambda stage: stage == _LAST_STAGE)),
            (
                _UPDATE,
                Press("updateTrainOne", instead="updateTrainOneNow"),
                Until(_SEES_UPDATE),
                *(_stage(number) for number in range(1, _LAST_STAGE + 1)),
            ),
        ),
        Step(
            "descent.rate",
            _CURVE,
            ("descentRate", "descentRun", "descentRestart", "descentCurve"),
            all_of(*_RATES),
            (
                *_PLAIN,
                *_walk(_BOWL, 0.001),
                Until(_came("slow")),
                *_walk(_BOWL, 0.4),
                Until(_came("arrived")),
                *_walk(_BOWL, 1.1),
            ),
            Prediction(_is("middle"), ("smallest", "middle", "largest")),
            _RATES,
        ),
        Step(
            "descent.edge",
            _CURVE,
            ("descentRate", "descentRun", "descentRestart", "descentVerdicts"),
            _came("endless"),
            (*_PLAIN, *_walk(_BOWL, 1.0), Until(_came("endless")), _PAUSE),
            Prediction(_is("same"), ("falls", "same", "grows")),
        ),
        Step(
            "descent.momentum",
            _CURVE,
            (
                "descentFunction",
                "descentSpeed",
                "descentRate",
                "descentRule_sgd_momentum",
                "descentRun",
                "descentCurve",
            ),
            _came("passed"),
            (
                *_PLAIN,
                Put("descentRule_sgd_momentum", True),
                Put("descentSetting_sgd_momentum_momentum", 0.9),
                *_walk(_DOUBLE_WELL, 0.05),
            ),
            Prediction(_is("through"), ("same", "through", "away")),
        ),
        Step(
            "descent.noise",
            _CURVE,
            (
                "descentFunction",
                "descentRate",
                "descentNoise",
                "descentBatchSize",
                "descentResults",
                "descentRun",
                "descentCloud",
            ),
            all_of(*_BATCHES),
            (
                _CURVE,
                Open("descentPage", "descentResults", _SLOPE_CLOUD),
                *_PLAIN[1:],
                Put("descentNoise", True),
                Put("descentBatchSize", 1),
                *_walk(_LINE_FIT, 0.1),
                Until(_came("noisy1")),
                Put("descentBatchSize", 10),
                Until(_came("noisy10")),
                _PAUSE,
            ),
            Prediction(_is("around"), ("rest", "around", "away")),
            _BATCHES,
        ),
        Step(
            "descent.compare",
            _TRAIN,
            ("optimizer", "learningRate", "startButton", "runsPage", "runTable"),
            all_of(told(SELECTED), lambda _entry, now: compared(now) is not None),
            (
                _TRAIN,
                *NEW_RUN[:-1],
                Put("optimizer", "sgd"),
                Put("learningRate", 0.01),
                Press("startButton"),
                Until(_is_trained_with("sgd")),
                Put("optimizer", "rmsprop"),
                Put("learningRate", 0.001),
                Press("startButton"),
                Until(_is_trained_with("rmsprop")),
                _RUNS,
                Put("runFilter", ""),
                Until(run_is_listed),
                Pick("runTable", 0),
                Pick("runTable", 1, adds=True),
            ),
            Prediction(lambda _entry, now: ahead(now), ("sgd", "other", "alike")),
            needs_stop=True,
        ),
        Step(
            "descent.race",
            _RACE,
            ("racersPreset", "racersStart", "racersLoss", "racersBoard"),
            optimizers_raced,
            (
                _TRAIN,
                *NEW_RUN[:-1],
                _RACE,
                Press("racersStop", if_possible=True),
                Put("racersPreset", "optimizers"),
                Press("racersStart"),
                Until(optimizers_raced),
            ),
            Prediction(winner, ("sgd", "momentum", "adagrad", "scaled")),
            needs_stop=True,
        ),
        Step(
            "descent.range",
            _RANGE,
            ("rangeTestStart", "rangeTestPlot", "rangeTestAnswer", "rangeTestUse"),
            told(TESTED),
            (_RANGE, Press("rangeTestStart"), Until(told(TESTED))),
            Prediction(where_rate_lies, ("below", "within", "above")),
        ),
        Step(
            "descent.sweep",
            _SWEEP,
            ("trialSweepVariedField1", "trialSweepStart", "trialSweepTable", "trialSweepEffects"),
            two_settings_swept,
            (
                _TRAIN,
                *NEW_RUN[:-1],
                Put("epochs", 2),
                _SWEEP,
                Press("trialSweepCancel", if_possible=True),
                Put("trialSweepKind", "grid"),
                *[Press("trialSweepVariedRemove3", if_possible=True)] * _MOST_OTHERS,
                Press("trialSweepAddSetting", unless=two_settings_vary),
                Put("trialSweepVariedField1", "learning_rate"),
                Put("trialSweepVariedValues1", "0.0001, 0.001, 0.01"),
                Put("trialSweepVariedField2", "hidden_units"),
                Put("trialSweepVariedValues2", "16, 64"),
                Press("trialSweepStart"),
                Until(two_settings_swept),
            ),
            Prediction(mattered_more, ("rate", "units", "alike")),
            needs_stop=True,
        ),
        questions_step("descent", _CURVE),
    ),
)
