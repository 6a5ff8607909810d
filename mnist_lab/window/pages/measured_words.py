"""What has to be said of an accuracy whose images the network may have learned."""

from PySide6.QtCore import QObject

from mnist_lab.runs.facts import RunRow
from mnist_lab.window.state.lab import Lab


class MeasuredWords(QObject):
    """Makes the sentences."""

    def caution(self, lab: Lab) -> str:
        """Of the network that is looked at, on the test images beside it; "" where they are new to it."""
        chosen, run = lab.look.chosen, lab.look.run
        others = self.tr("The network on test images of other digits than its own: it may have learned some of them.")
        if lab.time.has_kept_only:
            return others
        if chosen is not None:
            network = lab.shelf.row(chosen.id)
            origin = None if network is None else lab.shelf.row(network.parent_id)
            looked = None if run is None else lab.shelf.row(run.id)
            if _parts_company(origin, looked):
                return others
        elif run is not None and "test" in run.may_know:
            return self.tr(
                "The network on test images. Before its run it was trained on other digits, perhaps on these."
            )
        return ""


def _parts_company(one: RunRow | None, other: RunRow | None) -> bool:
    """Whether two runs are known to be of different digits."""
    if one is None or other is None or one.data is None or other.data is None:
        return False
    return one.data.fingerprint != other.data.fingerprint
