"""Which array is looked at; kept outside the tab, which comes and goes with its page."""

from dataclasses import dataclass, field

from mnist_lab.studies.evaluation import ExpressionResult
from mnist_lab.tensors.presets import Preset
from mnist_lab.window.state.views import View
from mnist_lab.window.widgets.fields.entry_history import EntryHistory

FIRST = "train_images[10:100, 7:-7, 7:-7]"


def _first_history() -> EntryHistory:
    history = EntryHistory()
    history.remember(FIRST)
    return history


@dataclass(eq=False)
class ArrayLook:
    """What was asked for, and the array that is shown.

    Attributes:
        text: the expression that is shown, or the code of a preset.
        entered: what stood in the field when it was asked for.
        preset: the preset that is shown; None for an expression.
        placeholder: what stands in the field while it is empty: the code of the last preset.
        n: number of the batch.
        history: what was entered in the field.
        preset_row: the line of the list of presets that is marked; -1: none.
        example_row: the same for the examples.
        shown: the newest answer that is an array: it stays while another one is none. None before the first.
    """

    text: str = FIRST
    entered: str = FIRST
    preset: Preset | None = None
    placeholder: str = ""
    n: int = 0
    history: EntryHistory = field(default_factory=_first_history)
    preset_row: int = -1
    example_row: int = -1
    shown: ExpressionResult | None = None

    # What the course reads

    @property
    def name(self) -> str:
        """What is shown: the expression, or the identifier of the preset."""
        if self.shown is None:
            return FIRST
        question = self.shown.question
        return question.text if question.preset is None else question.preset.identifier

    @property
    def shape(self) -> tuple[int, ...] | None:
        """Of the array that is shown; None before the first."""
        return None if self.shown is None or self.shown.description is None else self.shown.description.shape

    @property
    def cut(self) -> str:
        """The named array that the shown one is a part of; "" where it is none, or all of it."""
        return "" if self.shown is None or self.shown.selection is None else self.shown.selection.name

    def tell(self, view: View) -> None:
        """Tell the course of it from now on."""
        view.tell("array", lambda: self.name)
        view.tell("shape", lambda: self.shape)
        view.tell("cut", lambda: self.cut)
        view.tell("batch", lambda: self.n)
