"""The network of a run in a file of its own."""

from pathlib import Path

from mnist_lab.exports.errors import writing
from mnist_lab.exports.material import Exported, Material
from mnist_lab.inspection.network_file import write_network


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
