"""What ends a run before its last epoch, raised from wherever it is noticed."""


class StopAsked(Exception):  # noqa: N818 - not an error: the learner's wish, from deep inside the loop
    """The run was asked to end."""


class DivergenceFound(Exception):  # noqa: N818 - not an error: an outcome of training
    """A loss was not finite."""

    def __init__(self, update: int, loss: float) -> None:
        super().__init__(update, loss)
        self.update = update
        self.loss = loss
