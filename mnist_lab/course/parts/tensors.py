"""Part 2: data as tensors, and the chapter's preparation of them, step by step."""

import math

from mnist_lab.course.actions import Action, Open, Press, Put, Until
from mnist_lab.course.goals import Goal, all_of, any_of, told, told_number
from mnist_lab.course.state import LabState
from mnist_lab.course.steps import Part, Prediction, Step, questions_step

_ARRAYS = Open("tensorsPage", "tensorTabs", 0)
_PREPARATION = Open("dataPage", "dataTabs", 2)
_ARRAY, _PREPARED = "tensorsPage.array", "dataPage.prepared"
_BATCH = 128
_BATCHES = "train_images[128*n:128*(n+1)]"
_TEN_TO_HUNDRED, _MIDDLES = "train_images[10:100]", "train_images[10:100, 7:-7, 7:-7]"
_EXPRESSIONS = (_TEN_TO_HUNDRED, _MIDDLES, "train_images[4]", "train_images[4, 14]", _BATCHES)
"""The first lines of the list of expressions."""


_RANKS = ("scalar", "vector", "matrix", "cube", "images", "video")
"""One of each rank, from 0 to 5."""


def _look_at(preset: str) -> tuple[Action, ...]:
    """Choose an array in the list, and wait until it is shown."""
    return Put("tensorPresets", preset), Until(lambda _entry, now: now.fact(_ARRAY) == preset)


def _work_out(expression: str) -> tuple[Action, ...]:
    """Choose an expression in the list, and wait until it is shown."""
    row = _EXPRESSIONS.index(expression)
    return Put("tensorExamples", row), Until(lambda _entry, now: now.fact(_ARRAY) == expression)


def _shows(*names: str) -> Goal:
    return told(_ARRAY, lambda name: name in names)


def _shape(now: LabState) -> tuple[int, ...] | None:
    shape = now.fact("tensorsPage.shape")
    return tuple(int(size) for size in shape) if isinstance(shape, tuple) else None


def _axes(_entry: LabState, now: LabState) -> float | None:
    shape = _shape(now)
    return None if shape is None else float(len(shape))


def _is_middle(_entry: LabState, now: LabState) -> bool:
    """Whether some images are shown, of which something was cut off."""
    shape = _shape(now) or ()
    return now.fact("tensorsPage.cut") == "train_images" and len(shape) == 3 and max(shape[1:]) < 28


def last_batch(now: LabState) -> int | None:
    """The number of the last batch of the chapter's size, from 0; None without digits."""
    return None if now.digits is None else max(math.ceil(now.digits.train_images / _BATCH) - 1, 0)


def _is_last_batch(_entry: LabState, now: LabState) -> bool:
    return now.fact(_ARRAY) == _BATCHES and now.number("tensorsPage.batch") == last_batch(now)


def _images_of_last_batch(_entry: LabState, now: LabState) -> float | None:
    last = last_batch(now)
    return None if last is None or now.digits is None else float(now.digits.train_images - last * _BATCH)


_STEPS = 4
"""Of the preparation."""


def _run_to(step: int) -> tuple[Action, ...]:
    """Run the preparation up to a step, from 1, whatever was run before."""
    back = (Press("preparationBackButton", if_possible=True),) * _STEPS
    return (_PREPARATION, *back, *(Press("preparationNextButton"),) * step)


def _prepared(step: int) -> Goal:
    return told_number(_PREPARED, lambda done: done == step)


_CODE = ("preparationNextButton", "preparationCode", "preparationNumbersAfter")

TENSORS = Part(
    "tensors",
    "2.1, 2.4, 2.5, 3",
    (
        Step(
            "tensors.arrays",
            _ARRAYS,
            ("tensorPresets", "tensorShape", "tensorRank"),
            _shows("train_labels", "test_labels"),
            (_ARRAYS, *_look_at("train_images"), *_look_at("test_labels"), *_look_at("train_labels")),
            Prediction(lambda _entry, _now: "one", options=("one", "ten", "grid")),
        ),
        Step(
            "tensors.rank",
            _ARRAYS,
            ("tensorPresets", "tensorRank", "tensorPicture"),
            _shows("video", "video_channels_first"),
            (_ARRAYS, *(action for preset in _RANKS for action in _look_at(preset))),
            Prediction(_axes, maximum=20, decimals=0),
        ),
        Step(
            "tensors.slices",
            _ARRAYS,
            ("tensorExamples", "tensorShape", "tensorExpression"),
            all_of(told(_ARRAY), _is_middle),
            (_ARRAYS, *_work_out(_TEN_TO_HUNDRED), *_work_out(_MIDDLES)),
            Prediction(lambda _entry, _now: 90.0, maximum=1000, decimals=0),
        ),
        Step(
            "tensors.batch",
            _ARRAYS,
            ("tensorBatch", "tensorExamples", "tensorShape"),
            all_of(any_of(told(_ARRAY), told("tensorsPage.batch")), _is_last_batch),
            (_ARRAYS, *_work_out(_BATCHES), Put("tensorBatch", math.inf)),
            Prediction(_images_of_last_batch, maximum=1000, decimals=0),
        ),
        Step("tensors.reshape", _PREPARATION, _CODE, _prepared(1), _run_to(1)),
        Step(
            "tensors.scale",
            _PREPARATION,
            _CODE,
            _prepared(3),
            _run_to(3),
            Prediction(lambda _entry, _now: "four", options=("less", "same", "four")),
        ),
        Step(
            "tensors.one_hot",
            _PREPARATION,
            _CODE,
            _prepared(4),
            _run_to(4),
            Prediction(lambda _entry, _now: "ten", options=("half", "binary", "ten")),
        ),
        questions_step("tensors", _PREPARATION),
    ),
)
