"""A program as a Jupyter notebook: for each step a cell that explains it and a cell that does it."""

from collections.abc import Callable

from mnist_lab.mirror.lines import Program, StepName
from mnist_lab.words import QT_TRANSLATE_NOOP

CONTEXT = "notebook"
"""Under which the explanations are translated."""

EXPLANATIONS: dict[StepName, str] = {
    "set_up": QT_TRANSLATE_NOOP(
        "notebook",
        "The number of threads decides how sums are cut, and oneDNN rounds otherwise. Both are set as MNIST Lab sets"
        " them, before Keras is imported: so the weights can have the same bits.",
    ),
    "load": QT_TRANSLATE_NOOP(
        "notebook",
        "Images of handwritten digits and their labels, as four arrays: two to train on, and two to test with.",
    ),
    "architecture": QT_TRANSLATE_NOOP(
        "notebook",
        "One layer after the other: each dense layer multiplies by its weights, adds its biases and applies its"
        " activation. The last one gives ten probabilities that sum to 1.",
    ),
    "compile": QT_TRANSLATE_NOOP(
        "notebook",
        "The loss says what is to become small, the optimizer how the weights are moved for that, and the metric what"
        " is watched meanwhile. It is compiled without XLA, which rounds otherwise.",
    ),
    "start": QT_TRANSLATE_NOOP(
        "notebook",
        "This network does not begin with initial weights: weights and optimizer are as an earlier run left them at the"
        " moment from which this one went on.",
    ),
    "prepare": QT_TRANSLATE_NOOP(
        "notebook",
        "Each image of 28 × 28 pixels becomes one row of 784 numbers from 0 to 1. Images held out for validation, moved"
        " copies, or one batch alone are taken here, where the settings ask for them.",
    ),
    "labels": QT_TRANSLATE_NOOP(
        "notebook",
        "Each label becomes ten numbers, of which one is 1: the probabilities that a perfect network would give.",
    ),
    "fit": QT_TRANSLATE_NOOP(
        "notebook",
        "Batch by batch, the weights are moved against the gradient of the loss. The images are in the order that MNIST"
        " Lab takes them in, so Keras is not to shuffle them.",
    ),
    "evaluate": QT_TRANSLATE_NOOP(
        "notebook",
        "The network has never been trained on the test images: its accuracy on them tells how good it is on new ones.",
    ),
    "report": QT_TRANSLATE_NOOP(
        "notebook",
        "What each epoch gave, the test accuracy and the SHA-256 of all weights, as one JSON object: with the same bits"
        " in every weight, MNIST Lab names the same hash.",
    ),
}
"""What each step does, in a sentence or two."""

_TITLE = QT_TRANSLATE_NOOP("notebook", "The Keras program of a network from MNIST Lab")

_MINOR = 5
"""Of version 4 of the format: the first whose cells have ids."""

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook(program: Program, translated: Callable[[str], str] = str) -> str:
    """The text of an .ipynb file: the same program and language give the same bytes.

    Args:
        program: its titles stay as they are, for they are part of it.
        translated: gives a text of the context `CONTEXT` in another language; by default it stays in English.
    """
    from nbformat import v4, writes

    cells = []
    for number, step in enumerate(program.steps):
        title = f"# {translated(_TITLE)}\n\n" if number == 0 else ""
        text = f"{title}## {step.title}\n\n{translated(EXPLANATIONS[step.name])}"
        cells.append(v4.new_markdown_cell(text, id=f"{step.name}-text"))
        cells.append(v4.new_code_cell("\n".join(line.text for line in step.lines), id=f"{step.name}-code"))
    made = v4.new_notebook(cells=cells, metadata=_METADATA, nbformat_minor=_MINOR)
    return f"{writes(made)}\n"
