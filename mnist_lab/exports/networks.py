"""The network of a run in a file of its own."""

from pathlib import Path

from mnist_lab.exports.errors import writing
from mnist_lab.exports.material import Exported, Material
from mnist_lab.files.atomic import DOCUMENT, write_atomically
from mnist_lab.inspection.network_file import write_network
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError


def write_weights(material: Material, path: Path) -> Exported:
    """Write its kernels and biases as .npz.

    Raises:
        LabError: the network cannot be had, is too large, or the file cannot be written.
        Cancelled: nobody waits for it any more.
    """
    moment = material.moment
    with writing(path):
        write_network(path, moment.weights)
    return Exported((path,), material.remarks(), moment)


def write_keras(material: Material, path: Path) -> Exported:
    """Write it as Keras keeps models; of a run with loss, optimizer and the optimizer's state.

    Raises:
        LabError: the network cannot be had, Keras not be imported, or the file not be written.
        Cancelled: nobody waits for it any more.
    """
    from mnist_lab.network.keras_export import trained_file, weights_file

    moment, experiment = material.moment, material.experiment
    if experiment is None:
        content = material.with_keras(lambda: weights_file(moment.weights))
    else:
        content = material.with_keras(lambda: trained_file(experiment, moment.snapshot))
    with writing(path):
        write_atomically(path, content, DOCUMENT)
    how_to_open = LabError(
        QT_TRANSLATE_NOOP(
            "errors",
            "Open it with “{call}”: it takes rows of 784 pixels from 0 (paper) to 1 (ink) and gives ten probabilities.",
        ),
        call=f'keras.saving.load_model("{path.name}")',
    )
    return Exported((path,), (*material.remarks(), how_to_open), moment)
