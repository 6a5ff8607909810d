"""A Ray without processes: what `RayPool` asks of it, so that a test decides which worker begins, sends or is lost."""

from collections import deque
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from mnist_lab.runs.ray_worker import bits_depend_on
from mnist_lab.runs.sweep_pool import Sent, TrialTask


class RayError(Exception):
    """As `ray.exceptions.RayError`."""


class MadeUpStream:
    """What a worker sends of one task; the test puts it into `sent`, or a `RayError`. `is_over` ends it."""

    def __init__(self, task: TrialTask) -> None:
        self.task = task
        self.sent: deque[Sent | RayError] = deque()
        self.is_over = False

    @property
    def is_ready(self) -> bool:
        return bool(self.sent) or self.is_over

    def __next__(self) -> Sent | RayError:
        if not self.sent:
            raise StopIteration
        return self.sent.popleft()


class MadeUpAnswer:
    """What a worker says when it has begun: the test sets `value`, to a `RayError` where it does not."""

    value: object = None

    @property
    def is_ready(self) -> bool:
        return self.value is not None


class MadeUpActor:
    """A worker.

    Attributes:
        answer: to `introduce`.
        streams: of the tasks that it was given.
        wishes: that it was told, each with the number of its trial.
        is_killed: whether it was ended.
    """

    def __init__(self) -> None:
        self.answer = MadeUpAnswer()
        self.streams: list[MadeUpStream] = []
        self.wishes: list[tuple[str, int]] = []
        self.is_killed = False
        self.introduce = SimpleNamespace(remote=lambda: self.answer)
        self.train = SimpleNamespace(options=lambda **_options: SimpleNamespace(remote=self._train))
        self.obey = SimpleNamespace(
            options=lambda **_options: SimpleNamespace(remote=lambda *wish: self.wishes.append(wish))
        )

    def begins(self, node: str = "desk", **differing: str) -> None:
        """Let it say so."""
        self.answer.value = ({**bits_depend_on(), **differing}, node)

    def _train(self, task: TrialTask, trial: int) -> MadeUpStream:
        self.streams.append(MadeUpStream(task))
        assert trial == len(self.streams)
        return self.streams[-1]


class MadeUpRay:
    """The cluster.

    Attributes:
        processors: of each computer that is there, by its id.
        actors: in the order in which they were asked for.
    """

    exceptions = SimpleNamespace(RayError=RayError)

    def __init__(self, **processors: int) -> None:
        self.processors = processors
        self.actors: list[MadeUpActor] = []
        self.has_left = False

    def remote(self, **_options: object) -> Any:
        return lambda _worker: SimpleNamespace(remote=self._made)

    def _made(self, _digits: object) -> MadeUpActor:
        self.actors.append(MadeUpActor())
        return self.actors[-1]

    def put(self, value: object) -> object:
        return value

    def get(self, reference: object) -> object:
        value = reference.value if isinstance(reference, MadeUpAnswer) else reference
        if isinstance(value, RayError):
            raise value
        return value

    def wait(self, waited: Sequence[Any], **_options: object) -> tuple[list[Any], list[Any]]:
        return [one for one in waited if one.is_ready], []

    def kill(self, actor: MadeUpActor) -> None:
        actor.is_killed = True

    def nodes(self) -> list[dict[str, Any]]:
        return [
            {"NodeID": node, "NodeManagerHostname": node, "NodeManagerAddress": "10.0.0.2", "Alive": True}
            for node in self.processors
        ]
