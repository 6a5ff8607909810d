"""The light that runs through a network, stage by stage: forward to the answer, back from the loss. Knows no Qt."""

from dataclasses import dataclass
from typing import Literal

Way = Literal["forward", "back"]
Kind = Literal["input", "sums", "outputs", "loss", "slopes", "back", "gradient", "step"]

STAGE_SECONDS = 1.6
"""How long a stage takes while the light plays: long enough to read its sentence."""
_PULSE_SHARE = 0.55
"""Of a stage, the pulse runs for so long; then everything stands still to be read."""


@dataclass(frozen=True)
class LightStage:
    """One stage of the light.

    Attributes:
        kind: what happens. Forward: "input" the picture goes in, "sums" a layer adds up, "outputs" its activation, of
            the last layer the softmax. Back: "loss", "slopes" at the outputs, "back" along the lines to the layer
            before, "gradient" of each weight, "step".
        layer: which Dense layer, from 0; -1 where all are meant.
    """

    kind: Kind
    layer: int = -1


def stages_of(way: Way, layers: int) -> tuple[LightStage, ...]:
    """The stages of a network with so many Dense layers."""
    if way == "forward":
        inner = [LightStage(kind, layer) for layer in range(layers) for kind in ("sums", "outputs")]
        return (LightStage("input"), *inner)
    back = [LightStage("back", layer) for layer in range(layers - 1, 0, -1)]
    return (LightStage("loss"), LightStage("slopes", layers - 1), *back, LightStage("gradient"), LightStage("step"))


class NetworkLight:
    """Where the light is. It goes on by `advance`, which a timer calls and tests do, or stage by stage.

    Attributes:
        way: forward or back.
        stages: all of this way.
        index: of the stage that is lit; None: no light runs, and the whole network is seen.
        pulse: how far the pulse of this stage has come, 0 to 1.
        is_playing: whether it goes on by itself.
    """

    def __init__(self) -> None:
        self.way: Way = "forward"
        self.stages = stages_of("forward", 2)
        self.index: int | None = None
        self.is_playing = False
        self._seconds = STAGE_SECONDS

    @property
    def stage(self) -> LightStage | None:
        """The stage that is lit."""
        return None if self.index is None else self.stages[self.index]

    @property
    def pulse(self) -> float:
        """How far the pulse of this stage has come, 0 to 1."""
        return min(self._seconds / (STAGE_SECONDS * _PULSE_SHARE), 1.0)

    @property
    def is_last(self) -> bool:
        """Whether no stage follows."""
        return self.index == len(self.stages) - 1

    def set_network(self, way: Way, layers: int) -> None:
        """Run this way through a network of so many Dense layers; another way or another network ends the light."""
        stages = stages_of(way, layers)
        if stages != self.stages:
            self.way, self.stages = way, stages
            self.end()

    def play(self) -> None:
        """Go on by itself: from where it is, or from the first stage at the end or where no light runs."""
        if self.index is None or (self.is_last and self.pulse >= 1):
            self._enter(0)
        self.is_playing = True

    def pause(self) -> None:
        """Stand still; the stage is seen whole."""
        self.is_playing = False
        self._seconds = STAGE_SECONDS

    def step(self) -> None:
        """Show the next stage whole; after the last one, the whole network without light."""
        self.is_playing = False
        if self.is_last:
            self.end()
        else:
            self._enter(0 if self.index is None else self.index + 1)
        self._seconds = STAGE_SECONDS

    def end(self) -> None:
        """Let no light run."""
        self.index, self.is_playing, self._seconds = None, False, STAGE_SECONDS

    def advance(self, seconds: float) -> None:
        """Let so much time pass: the pulse runs, and the next stage follows; the last one stays lit."""
        if not self.is_playing or self.index is None:
            return
        self._seconds += seconds
        while self._seconds >= STAGE_SECONDS:
            if self.is_last:
                self.pause()
                return
            rest = self._seconds - STAGE_SECONDS
            self._enter(self.index + 1)
            self._seconds = rest

    def _enter(self, index: int) -> None:
        self.index, self._seconds = index, 0.0
