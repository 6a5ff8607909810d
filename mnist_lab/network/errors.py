"""What can be wrong with a network before it is trained."""

from mnist_lab.words import QT_TRANSLATE_NOOP, LabError


class NetworkError(LabError):
    """A network that cannot be built or trained as asked, with the reason in one sentence."""


class KerasError(NetworkError):
    """Keras or TensorFlow cannot be loaded here."""


def explain_import(error: Exception) -> KerasError:
    """Say in one sentence why Keras could not be imported, and what would help."""
    if isinstance(error, ModuleNotFoundError):
        return KerasError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The lab trains with Keras and TensorFlow, and Python finds no module “{module}”: install the lab"
                " again as the README says.",
            ),
            module=error.name,
        )
    return KerasError(
        QT_TRANSLATE_NOOP(
            "errors",
            "Keras and TensorFlow cannot be loaded here ({reason}): they need 1 GB of free memory; close other"
            " programs, or start the lab with --self-test, which says what this computer lacks.",
        ),
        reason=str(error) or type(error).__name__,
    )
