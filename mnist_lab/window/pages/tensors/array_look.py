"""Which array is looked at; kept outside the tab, which comes and goes with its page."""

from dataclasses import dataclass, field

from mnist_lab.studies.evaluation import ExpressionResult
from mnist_lab.tensors.presets import Preset
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
