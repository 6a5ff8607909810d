"""Part 4: from one weight that is turned by hand to the gradient, and to one update along it."""

from collections.abc import Callable

from mnist_lab.course.actions import Action, Open, Pick, Press, Put, Until
from mnist_lab.course.goals import all_of, told
from mnist_lab.course.gradient_numbers import sweep_times
from mnist_lab.course.state import LabState
from mnist_lab.course.steps import Part, Prediction, Step, questions_step
from mnist_lab.experiment import MOST_HIDDEN_LAYERS

_PAGE, _TABS, _LINE, _NAIVE, _UPDATE = "descentPage", "descentTabs", 1, 4, 5


def _stage(stage: int) -> Open:
    return Open(_PAGE, _TABS, _NAIVE, "naiveStage", stage)


_LINE_CARD, _SIGN_CARD = (Open(_PAGE, _TABS, _LINE, "lineCard", card) for card in (2, 3))
_ONE_UPDATE = Open(_PAGE, _TABS, _UPDATE, "updateStage", 4)
_BOWL = Put("lineFunction", 0)
_MOST_TIMES = 10_000_000


def _number(name: str) -> Callable[[LabState], float | None]:
    return lambda now: now.number(f"{_PAGE}.{name}")


# One weight

_WEIGHT = 0.30
"""Of the card, as the chapter has it."""


def _was_tried_on_both_sides(entry: LabState, now: LabState) -> bool:
    tried = now.fact(f"{_PAGE}.cardTried")
    places = [one for one in tried if isinstance(one, float)] if isinstance(tried, tuple) else []
    return now.is_newer(f"{_PAGE}.cardTried", entry) and min(places, default=_WEIGHT) < _WEIGHT < max(
        places, default=_WEIGHT
    )


def _way_of_card(_entry: LabState, now: LabState) -> str | None:
    move = now.number(f"{_PAGE}.cardMove")
    return None if not move else "higher" if move > 0 else "lower"


def _weight_was_chosen(entry: LabState, now: LabState) -> bool:
    return now.is_newer(f"{_PAGE}.weightPicks", entry) and now.number(f"{_PAGE}.weightSlope") is not None


def _agreement(_entry: LabState, now: LabState) -> str | None:
    """How near the slope by trying is to the gradient's."""
    tried, exact = _number("weightNudged")(now), _number("weightSlope")(now)
    if tried is None or exact is None:
        return None
    difference = abs(tried - exact)
    return "same" if difference <= 1e-7 + 1e-3 * abs(exact) else "rough" if difference <= 0.2 * abs(exact) else "other"


# All weights


def _network_stands(_entry: LabState, now: LabState) -> bool:
    """Whether there is a network that will not be another one in a moment."""
    is_moving = now.run is not None and now.run.state in ("preparing", "training")
    return not is_moving and _number("networkWeights")(now) is not None


_NETWORK: tuple[Action, ...] = (Press("naiveTrainNow", if_possible=True), Until(_network_stands))


def _times(entry: LabState, now: LabState) -> float | None:
    """How often one backward pass goes into the naive way, as precisely as it was measured."""
    times = sweep_times(entry, now)
    return None if times is None else float(times.value)


def _sweep_has_ended(entry: LabState, now: LabState) -> bool:
    return now.is_newer(f"{_PAGE}.sweepTimes", entry) and bool(_number("sweepDone")(now))


# The line

_NEAR = 0.1
_HUNDREDFOLD, _TENFOLD = 30.0, 3.0


def _was_chosen(entry: LabState, now: LabState) -> bool:
    """Whether ε was set by hand since."""
    return now.is_newer(f"{_PAGE}.lineEpsilon", entry) and now.fact(f"{_PAGE}.lineIsChosen") is True


def _was_seen_near(entry: LabState, now: LabState) -> bool:
    epsilon = _number("lineEpsilon")(now)
    is_near = epsilon is not None and 0 < abs(epsilon) <= _NEAR
    return _was_chosen(entry, now) and is_near and _number("lineTenfold")(now) is not None


def _shrinking(_entry: LabState, now: LabState) -> str | None:
    times = _number("lineTenfold")(now)
    if times is None:
        return None
    return "hundred" if times > _HUNDREDFOLD else "ten" if times > _TENFOLD else "same"


def _went_down(entry: LabState, now: LabState) -> bool:
    """ε was chosen against the slope, and not too far."""
    slope, epsilon, here, there = (_number(name)(now) for name in ("lineSlope", "lineEpsilon", "lineY", "lineTrue"))
    if slope is None or epsilon is None or here is None or there is None:
        return False
    return _was_chosen(entry, now) and slope * epsilon < 0 and there < here


# The light

_LIGHT = Open("drawPage", "drawTabBar", 2)
_MOST_STAGES = 2 * (MOST_HIDDEN_LAYERS + 1) + 1
_FORWARD_IS_SEEN, _BACK_IS_SEEN = told("drawPage.lightForward"), told("drawPage.lightBack")


def _is_at_end(now: LabState) -> bool:
    return now.fact("drawPage.lightIsAtEnd") is True


def _digit_is_known(_entry: LabState, now: LabState) -> bool:
    """Whether there is an answer to a digit whose label is known, by a network that stands."""
    is_moving = now.run is not None and now.run.state in ("preparing", "training")
    drawing = now.drawing
    return not is_moving and drawing is not None and drawing.answer is not None and drawing.label is not None


def _through(*, back: bool) -> tuple[Action, ...]:
    """Stage by stage to the end, from wherever the light is."""
    step = "drawnNetworkStep"
    return (Put("drawnNetworkBackwards", back), Press(step), *[Press(step, unless=_is_at_end)] * _MOST_STAGES)


# One update


def _update_is_seen(entry: LabState, now: LabState) -> bool:
    is_there = now.watched_update is not None and _number("updateNumber")(now) == now.watched_update
    return now.is_newer("watched_update", entry) and is_there


GRADIENT = Part(
    "gradient",
    "5",
    (
        Step(
            "gradient.knob",
            _stage(0),
            ("cardKnob", "cardProbe", "cardPlot"),
            _was_tried_on_both_sides,
            (
                _stage(0),
                Press("cardAgain", if_possible=True),
                Put("cardKnob", 35),
                Press("cardProbe"),
                Put("cardKnob", 25),
                Press("cardProbe"),
            ),
            Prediction(_way_of_card, ("higher", "lower")),
        ),
        Step(
            "gradient.weight",
            _stage(1),
            ("naiveWeights", "naiveLossPlot", "naiveTrainNow"),
            _weight_was_chosen,
            (_stage(1), *_NETWORK, Pick("naiveWeights", (10, 14)), Pick("naiveWeights", (14, 12))),
            Prediction(_agreement, ("same", "rough", "other")),
        ),
        Step(
            "gradient.cost",
            _stage(2),
            ("sweepAmount", "sweepStart", "sweepTime", "sweepBackward", "naiveTrainNow"),
            _sweep_has_ended,
            (
                _stage(2),
                *_NETWORK,
                Press("sweepStop", if_possible=True),
                Put("sweepAmount", 100),
                Press("sweepStart"),
                Until(_sweep_has_ended),
            ),
            Prediction(_times, (), 1, _MOST_TIMES, 0),
        ),
        Step(
            "gradient.line",
            _LINE_CARD,
            ("lineEpsilon", "lineError", "linePicture"),
            _was_seen_near,
            (_LINE_CARD, _BOWL, Put("lineEpsilon", 0.5), Put("lineEpsilon", 0.05)),
            Prediction(_shrinking, ("same", "ten", "hundred")),
        ),
        Step(
            "gradient.sign",
            _SIGN_CARD,
            ("lineX", "lineEpsilon", "lineTrue", "linePicture"),
            _went_down,
            (_SIGN_CARD, _BOWL, Put("lineX", 1.0), Put("lineEpsilon", -0.3)),
            Prediction(lambda _entry, _now: "negative", ("positive", "negative")),
        ),
        Step(
            "gradient.update",
            _ONE_UPDATE,
            ("updateTrainOne", "updateTrainOneNow", "updateBefore", "updateTaken", "updateAfter"),
            _update_is_seen,
            (
                Open(_PAGE, _TABS, _UPDATE),
                Press("updateTrainOne", instead="updateTrainOneNow"),
                Until(_update_is_seen),
                _ONE_UPDATE,
            ),
            Prediction(lambda _entry, now: now.number(f"{_PAGE}.updateMoved"), is_share=True, decimals=1),
        ),
        Step(
            "gradient.light",
            _LIGHT,
            ("drawnNetworkStep", "drawnNetworkBackwards", "drawnNetworkPicture", "randomDigitButton"),
            all_of(_FORWARD_IS_SEEN, _BACK_IS_SEEN),
            (
                _LIGHT,
                Press("trainNowButton", if_possible=True),
                Press("randomDigitButton"),
                Until(_digit_is_known),
                *_through(back=False),
                *_through(back=True),
            ),
            Prediction(lambda _entry, _now: "negative", ("positive", "zero", "negative")),
            (_FORWARD_IS_SEEN, _BACK_IS_SEEN),
        ),
        questions_step("gradient", _ONE_UPDATE),
    ),
)
