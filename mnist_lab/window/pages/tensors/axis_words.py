"""Names of axes in the learner's language."""

from collections.abc import Mapping

from mnist_lab.tensors.arrays import AXIS_WORDS
from mnist_lab.window.translation import translate


def axis_words() -> Mapping[str, str]:
    """Every name that the lab gives to an axis, with its words."""
    return {name: translate("axes", words) for name, words in AXIS_WORDS.items()}
