"""The probes of the chapter's card that were made so far."""

from mnist_lab.descent.perturbation import CARD, Probe, best_move, card_loss


class CardProbes:
    """The loss at the weight's own place is known from the beginning; every probe adds one.

    Attributes:
        probes: all of them, the weight's own place first.
    """

    def __init__(self) -> None:
        self.probes: list[Probe] = [CARD[0]]

    @property
    def tried(self) -> int:
        """How many forward passes were spent."""
        return len(self.probes) - 1

    @property
    def move(self) -> float:
        """The move with the least loss so far; 0 where none is lower."""
        return best_move(*self.probes)

    def knows(self, weight: float) -> bool:
        """Whether the loss was measured there."""
        return any(probe.weight == weight for probe in self.probes)

    def probe(self, weight: float) -> None:
        """Run a forward pass there."""
        self.probes.append(Probe(weight, card_loss(weight)))

    def forget(self) -> None:
        """Begin again."""
        self.probes = [CARD[0]]
