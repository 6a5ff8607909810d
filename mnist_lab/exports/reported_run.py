"""One run as a report tells of it: what is known, and what has to be worked out, once."""

from functools import cached_property
from pathlib import Path

from mnist_lab.exports.curves_picture import run_title
from mnist_lab.exports.material import Material
from mnist_lab.exports.programs import program_of
from mnist_lab.inspection.evaluation import Evaluation, evaluate
from mnist_lab.inspection.share import Share
from mnist_lab.mirror.kept import KeptProgram
from mnist_lab.network.events import Finished
from mnist_lab.network.recording import Moment
from mnist_lab.runs.comparing import judged
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError
from mnist_lab.work import Cancelled


class ReportedRun:
    """What its sections are made of.

    Attributes:
        material: the run at its moment.
        kept: what is kept of it until then.
        say: gives a text of the context "report" in the report's language.
        title: what it is called.
    """

    def __init__(self, material: Material, path: Path) -> None:
        """`path`: of the report."""
        self.material, self.kept, self.say = material, material.kept, material.say
        self.title = run_title(self.kept, self.say)
        if material.update is not None:
            words = self.say(QT_TRANSLATE_NOOP("report", "{run} after update {update:,}"))
            self.title = words.format(run=self.title, update=material.update)
        self._path = path

    @cached_property
    def moment(self) -> Moment | LabError:
        """Its network, or why it cannot be had."""
        try:
            return self.material.moment
        except LabError as error:
            return error

    @cached_property
    def program(self) -> KeptProgram | LabError:
        """The program that leads there, or why there is none."""
        try:
            return program_of(self.material, self._path)
        except LabError as error:
            return error

    @cached_property
    def answers(self) -> Evaluation | None:
        """To all test digits; None where these or the network are not there.

        Raises:
            Cancelled: nobody waits for it any more.
        """
        digits = self.material.digits
        if digits is None or isinstance(self.moment, LabError) or not len(digits.test_labels):
            return None
        images, labels = digits.test_images, digits.test_labels
        found = evaluate(self.moment.weights, images, labels, lambda: not self.material.is_wanted())
        if found is None:
            raise Cancelled
        return found

    @cached_property
    def accuracy(self) -> tuple[Share, bool] | None:
        """Of new digits, and whether those are the test digits; None: it was never measured."""
        if self.answers is not None:
            return Share(self.answers.right_count, len(self.answers.labels)), True
        known = judged(self.kept)
        return None if known is None else (known.share, known.is_test)

    @property
    def loss(self) -> float | None:
        """On the test digits; None: it was never measured."""
        if isinstance(self.kept.outcome, Finished):
            return self.kept.outcome.test_loss
        return None if self.answers is None else self.answers.loss
