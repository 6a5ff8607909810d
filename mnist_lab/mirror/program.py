"""The Keras program of an experiment, in the chapter's own order of steps.

It needs Keras and NumPy, trains the network that the lab trains, and ends with the bits that the lab's run without XLA
has: it has the lab's seeds, and takes the images in the lab's order.
"""

from collections.abc import Iterable

from mnist_lab.experiment import Experiment
from mnist_lab.mirror.checking import report_lines, set_up_lines
from mnist_lab.mirror.fit_step import fit_lines, start_lines
from mnist_lab.mirror.images_steps import label_lines, load_lines, prepare_lines
from mnist_lab.mirror.lines import Line, Program, ProgramStep, StepName
from mnist_lab.mirror.network_steps import architecture_lines, compile_lines, evaluate_lines
from mnist_lab.mirror.source import Source
from mnist_lab.mirror.stretch import ALL_EPOCHS, Stretch


def has_same_bits(experiment: Experiment, source: Source) -> bool:
    """Whether the program's weights have the bits of the lab's run without XLA; otherwise they agree to six digits.

    Where an epoch ends with a short batch, Keras's `fit` compiles for batches of any size, and the lab for either size.
    TensorFlow orders products by that: silu's derivative and dropout's factor are multiplied in another order then.
    """
    has_short_batch = experiment.samples(source.training_images) % experiment.batch_size != 0
    return not (experiment.activation == "silu" and experiment.dropout and has_short_batch)


def program(experiment: Experiment, source: Source, stretch: Stretch = ALL_EPOCHS, *, checks: bool = False) -> Program:
    """The program that trains `experiment` on the digits of `source`; of its gradient updates, those of `stretch`.

    Bits also depend on how many threads share a sum, and on whether oneDNN computes: with `checks` a program sets both
    as the lab does, and prints history, test accuracy and the hash of its weights as one JSON object, its last line.
    It goes on where the lab ends a run whose loss is no number any more.
    """
    steps: list[tuple[StepName, str, Iterable[Line]]] = [
        ("load", "Load the data", load_lines(source)),
        ("architecture", "The network architecture", architecture_lines(experiment)),
        ("compile", "The compilation step", compile_lines(experiment)),
        ("prepare", "Prepare the images", prepare_lines(experiment, source)),
        ("labels", "Prepare the labels", label_lines(experiment, source)),
        ("fit", "Train the network", fit_lines(experiment, source, stretch, is_recorded=checks)),
        ("evaluate", "Evaluate the network", evaluate_lines()),
    ]
    if stretch.start is not None:
        steps.insert(3, ("start", "Go on from an earlier moment", start_lines(stretch.start)))
    if checks:
        steps.insert(0, ("set_up", "Round as MNIST Lab does", set_up_lines()))
        steps.append(("report", "What is to be compared", report_lines()))
    return Program(tuple(ProgramStep(name, title, tuple(lines)) for name, title, lines in steps))
