"""How one looks at the run on the Train page; kept outside the page, which comes and goes."""

from dataclasses import dataclass, field

from mnist_lab.runs.run import Run
from mnist_lab.window.pages.train.close_up import CloseUp
from mnist_lab.window.pages.train.curve_look import CurveLook
from mnist_lab.window.widgets.pictures.tile_look import TileLook


@dataclass(eq=False)
class TrainLook:
    """The ways in which its three pictures are looked at.

    Attributes:
        run: the run that they show; None before the first.
        loss: the curve of the loss.
        accuracy: the curve of the accuracy.
        close_up: whether both curves are shown close up.
        tiles: the weights of the first layer.
        shows_change: whether the tiles show what training has changed, instead of the weights themselves.
    """

    run: Run | None = None
    loss: CurveLook = field(default_factory=CurveLook)
    accuracy: CurveLook = field(default_factory=CurveLook)
    close_up: CloseUp = field(default_factory=CloseUp)
    tiles: TileLook = field(default_factory=TileLook)
    shows_change: bool = False
