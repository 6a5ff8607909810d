"""The pages of the window, in the order of the list on the left. A new page is one folder here and one line below."""

from dataclasses import dataclass

from mnist_lab.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class PageSpec:
    """How a page is found.

    Attributes:
        object_name: its objectName.
        title: its name in the list.
        icon: its icon in qtawesome's Phosphor set.
        class_path: "module:class" below `mnist_lab.window.pages`, imported when the page is first shown.
        explanation: one sentence for the tooltip.
    """

    object_name: str
    title: str
    icon: str
    class_path: str
    explanation: str


PAGES: tuple[PageSpec, ...] = (
    PageSpec(
        "dataPage",
        QT_TRANSLATE_NOOP("pages", "Data"),
        "ph.database",
        "data.page:DataPage",
        QT_TRANSLATE_NOOP("pages", "Browse the digits, see each of them as a whole, and prepare them step by step."),
    ),
    PageSpec(
        "trainPage",
        QT_TRANSLATE_NOOP("pages", "Train"),
        "ph.chart-line-up",
        "train.page:TrainPage",
        QT_TRANSLATE_NOOP("pages", "Set up a network, train it, and watch every batch."),
    ),
    PageSpec(
        "weightsPage",
        QT_TRANSLATE_NOOP("pages", "Weights"),
        "ph.squares-four",
        "weights.page:WeightsPage",
        QT_TRANSLATE_NOOP("pages", "Look at every unit and layer, at one update closely, and try edits on a copy."),
    ),
    PageSpec(
        "evaluatePage",
        QT_TRANSLATE_NOOP("pages", "Evaluate"),
        "ph.chart-bar",
        "evaluate.page:EvaluatePage",
        QT_TRANSLATE_NOOP("pages", "See how well the network knows digits it has never learned, and what it confuses."),
    ),
    PageSpec(
        "drawPage",
        QT_TRANSLATE_NOOP("pages", "Draw"),
        "ph.pencil-line",
        "draw.page:DrawPage",
        QT_TRANSLATE_NOOP("pages", "Draw a digit and see what the network makes of it."),
    ),
    PageSpec(
        "descentPage",
        QT_TRANSLATE_NOOP("pages", "Descent"),
        "ph.trend-down",
        "descent.page:DescentPage",
        QT_TRANSLATE_NOOP("pages", "Walk down a curve by hand, and see where a network's gradient comes from."),
    ),
    PageSpec(
        "tensorsPage",
        QT_TRANSLATE_NOOP("pages", "Tensors"),
        "ph.cube",
        "tensors.page:TensorsPage",
        QT_TRANSLATE_NOOP("pages", "See what an array is, and go through operations cell by cell."),
    ),
    PageSpec(
        "experimentsPage",
        QT_TRANSLATE_NOOP("pages", "Trials"),
        "ph.flask",
        "experiments.page:ExperimentsPage",
        QT_TRANSLATE_NOOP("pages", "Let networks race each other, and find a range of learning rates."),
    ),
    PageSpec(
        "runsPage",
        QT_TRANSLATE_NOOP("pages", "Runs"),
        "ph.stack",
        "runs.page:RunsPage",
        QT_TRANSLATE_NOOP("pages", "Find every run again, open it, and compare runs with each other."),
    ),
)
