"""What a network says to the learner's own digits; asked off the window's thread."""

from dataclasses import dataclass

from mnist_lab.data.own_digits import OwnDigits
from mnist_lab.inspection.evaluation import Evaluation, evaluate
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.work import Cancelled, JobHandle


@dataclass(frozen=True, eq=False)
class OwnQuestion:
    """The learner's own digits and the network that is asked about them."""

    weights: NetworkWeights
    own: OwnDigits


def ask_about_own(question: OwnQuestion, handle: JobHandle) -> Evaluation:
    """Judge every digit.

    Raises:
        Cancelled: the answers are no longer wanted.
    """
    own = question.own
    result = evaluate(question.weights, own.images, own.labels, lambda: handle.is_cancelled)
    if result is None:
        raise Cancelled
    return result
