"""`script`: the Keras program of some settings, printed."""

import sys

from mnist_lab.commands import ScriptCommand
from mnist_lab.data import sources
from mnist_lab.mirror.notebook import notebook
from mnist_lab.mirror.program import has_same_bits, program
from mnist_lab.mirror.source import MNIST, source_of
from mnist_lab.network.batches import check_held_out

DONE = 0


def print_script(command: ScriptCommand) -> int:
    """Print it, and say on stderr where its hash may not be the lab's; returns the exit status.

    Raises:
        DataError: the digits cannot be used.
        NetworkError: nothing would be left to train on.
    """
    source = MNIST
    if command.data != "full":  # which the program downloads by itself where need be
        digits = sources.load(command.data)
        check_held_out(command.experiment, digits)
        source = source_of(digits)
    made = program(command.experiment, source, checks=command.checks)
    sys.stdout.write(notebook(made) if command.is_notebook else made.text)
    if command.checks and not has_same_bits(command.experiment, source):
        sys.stderr.write(
            "The last bits of its weights may differ from the lab's: with silu, dropout and a short last batch, Keras "
            "multiplies in another order.\n"
        )
    return DONE
