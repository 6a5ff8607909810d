"""The error of all views into a network, worded for a learner."""

from mnist_lab.words import LabError


class InspectionError(LabError):
    """A view of the network that cannot be computed, with the reason in one sentence."""
