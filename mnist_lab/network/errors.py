"""What can be wrong with a network before it is trained."""

from mnist_lab.words import LabError


class NetworkError(LabError):
    """A network that cannot be built or trained as asked, with the reason in one sentence."""
