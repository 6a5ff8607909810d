"""What the form keeps besides the experiment itself; it outlives the form, which comes and goes with its page."""

from mnist_lab.experiment import MOST_HIDDEN_LAYERS, Experiment
from mnist_lab.window.widgets.fields.text_judge import TypedText

_FIRST_OF_A_NEW_LAYER = 128


class FormMemory:
    """What is typed and no setting yet, and settings that the experiment has no use for now.

    Attributes:
        units: of every hidden layer there can be: a layer that was removed comes back with its own.
        optimizer_settings: what was chosen for each optimizer, by its identifier.
    """

    def __init__(self) -> None:
        self.units = [_FIRST_OF_A_NEW_LAYER] * MOST_HIDDEN_LAYERS
        self.optimizer_settings: dict[str, dict[str, float | bool]] = {}
        self._typed: dict[str, TypedText] = {}
        self._typed_beside: Experiment | None = None

    def note_typed(self, experiment: Experiment, typed: dict[str, TypedText]) -> None:
        """Keep texts, by the objectNames of their fields, that are typed while `experiment` is the one in the form."""
        self._typed_beside, self._typed = experiment, typed

    def take_typed(self, experiment: Experiment) -> dict[str, TypedText]:
        """The texts that were noted, once; none if the experiment is another one by now."""
        typed, self._typed = self._typed, {}
        return typed if experiment == self._typed_beside else {}
