"""Whether Keras can be used yet, and the work that makes it so."""

from enum import Enum, auto

from mnist_lab.work import JobHandle


class Keras(Enum):
    """Whether Keras can be used yet."""

    ABSENT = auto()
    IMPORTING = auto()
    READY = auto()


def import_keras(_handle: JobHandle) -> None:
    """Import Keras, for all who need it later: the work of a job, never of the window's thread."""
    from mnist_lab.network.backend import keras_and_tensorflow

    keras_and_tensorflow()
