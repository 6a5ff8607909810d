"""What is to be known of the program, in a line below it."""

from PySide6.QtCore import QObject

from mnist_lab.experiment import FIELD_NAMES
from mnist_lab.window import translation
from mnist_lab.window.words import fill


class ProgramWords(QObject):
    """Makes the words."""

    def caption(self, why_not: str, pointed: frozenset[str], *, is_there: bool, has_checks: bool) -> str:
        """The line.

        Args:
            why_not: why there is no program of the form as it stands; "" where there is one.
            pointed: the settings of the line that is pointed at.
            is_there: whether a program is shown, be it of settings before.
            has_checks: whether it is one with checks.
        """
        if why_not and is_there:
            return fill(self.tr("The program of the settings before: {problem}"), problem=why_not)
        if not is_there:
            return why_not or self.tr("The program comes as soon as the digits are read.")
        if pointed:
            names = ", ".join(self._name(one) for one in sorted(pointed))
            return fill(self.tr("This line comes from: {names}."), names=names)
        if has_checks:
            return self.tr("It prints the hash of its weights: the lab's own run without XLA has the same.")
        return self.tr(
            "With XLA the lab rounds otherwise: a loss differs by 10⁻⁶ in the first 100 updates, by 10⁻² after 2,345."
        )

    def measured(self) -> str:
        """What rounding does, at length, with what was measured."""
        return self.tr(
            "The program has the bits of the lab's run without XLA (train --plain). With XLA sums are added up in"
            " another order. Measured with the chapter's settings on all 60,000 images: in the first 100 updates no"
            " batch's loss differed by more than 0.000001, at the end of five epochs by up to 0.01. Rounding grows like"
            " that in any training."
        )

    def _name(self, setting: str) -> str:
        if setting == "data":
            return self.tr("the digits in use")
        return translation.translate("fields", FIELD_NAMES[setting])
