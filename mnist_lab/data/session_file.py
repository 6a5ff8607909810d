"""What the window was like when it was last used, as JSON: so that it can be like that again.

Each part is judged by itself: one that makes no sense takes none of the others with it.
"""

import contextlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue, TypeAdapter, ValidationError
from pydantic_core import from_json

from mnist_lab.experiment import Experiment
from mnist_lab.files.atomic import rename_aside, write_atomically
from mnist_lab.files.bounded import open_regular
from mnist_lab.files.errors import FileError
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError, Listing

MOST_BYTES = 8 * 1024**2
"""A drawing of as many points as a digit may have takes a tenth of it."""

_LONGEST_WORD = 10_000  # of a path: longer than any system takes
_FORMAT = "mnist-lab last session"
_VERSION: Literal[1] = 1

_Word = Annotated[str, Field(max_length=_LONGEST_WORD)]
_Views = dict[_Word, dict[_Word, JsonValue]]


class SessionError(LabError):
    """What was kept of last time cannot be read or kept, with the reason in one sentence."""


@dataclass(frozen=True)
class Session:
    """The window as it was left.

    Attributes:
        experiment: what the form showed; None: nothing is known of it.
        data_choice: the digits in use, as `data.sources.load` takes them; "" for none.
        run_id: the kept run or network that was looked at; "" for none.
        page: the objectName of the page in view; "" for none.
        slow_motion: at how many gradient updates a second runs were to be watched; None: as many as they can.
        uses_own_digits: whether the next run was to train on one's own digits, too.
        views: what each page keeps of how it was looked at, by names of its own.
    """

    experiment: Experiment | None = None
    data_choice: str = ""
    run_id: str = ""
    page: str = ""
    slow_motion: float | None = None
    uses_own_digits: bool = False
    views: Mapping[str, Mapping[str, JsonValue]] = field(default_factory=dict)


_TYPES: dict[str, TypeAdapter[Any]] = {
    "experiment": TypeAdapter(Experiment | None),
    "data_choice": TypeAdapter(_Word),
    "run_id": TypeAdapter(_Word),
    "page": TypeAdapter(_Word),
    "slow_motion": TypeAdapter(Annotated[float, Field(gt=0, le=1e6, allow_inf_nan=False)] | None),
    "uses_own_digits": TypeAdapter(Annotated[bool, Field(strict=True)]),
    "views": TypeAdapter(_Views),
}


def read(path: Path) -> tuple[Session, SessionError | None]:
    """The session that `write` put into `path`, and why some or all of it is not to be had.

    A file of which nothing can be read is set aside: renamed.
    """
    try:
        with open_regular(path) as file:
            content = file.read(MOST_BYTES + 1)
        return _parse(content, path)
    except (FileNotFoundError, NotADirectoryError):
        return Session(), None
    except FileError as error:
        return Session(), SessionError(error.template, **error.values)
    except ValueError as error:
        return Session(), _damaged(path, error)
    except OSError as error:
        return Session(), SessionError(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{path}”, which says how you left the lab, cannot be read ({reason}): allow it, and start the lab "
                "again.",
            ),
            path=path,
            reason=error.strerror or error,
        )


def serialised(session: Session) -> bytes:
    """The session as the file holds it."""
    parts = asdict(session) | {"experiment": session.experiment and session.experiment.model_dump(mode="json")}
    return json.dumps({"format": _FORMAT, "version": _VERSION} | parts, allow_nan=False).encode()


def write(path: Path, content: bytes) -> None:
    """Keep what `serialised` made, as a whole or not at all.

    Raises:
        SessionError: it cannot be written.
    """
    try:
        write_atomically(path, content)
    except OSError as error:
        raise SessionError(
            QT_TRANSLATE_NOOP(
                "errors",
                "How you leave the lab cannot be kept in “{path}” ({reason}): allow writing there, or make room.",
            ),
            path=path,
            reason=error.strerror or error,
        ) from error


def _parse(content: bytes, path: Path) -> tuple[Session, SessionError | None]:
    """Raises ValueError for what is no session at all."""
    if len(content) > MOST_BYTES:
        raise ValueError("it is too large")
    parts = from_json(content, allow_inf_nan=False)
    if not isinstance(parts, dict) or parts.get("format") != _FORMAT:
        raise ValueError("it is another file")
    good: dict[str, Any] = {}
    bad: list[str] = []
    for part in fields(Session):
        try:
            if part.name in parts:
                good[part.name] = _TYPES[part.name].validate_python(parts[part.name])
        except ValidationError:
            bad.append(part.name)
    problem = None
    if bad:
        problem = SessionError(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{path}” says how you left the lab, and some of it makes no sense ({parts}): that begins anew, all "
                "else is as you left it.",
            ),
            path=path,
            parts=Listing(", ".join(bad)),
        )
    return Session(**good), problem


def _damaged(path: Path, reason: ValueError) -> SessionError:
    kept = path
    with contextlib.suppress(OSError):  # then it stays, until the next session takes its place
        kept = rename_aside(path)
    return SessionError(
        QT_TRANSLATE_NOOP(
            "errors",
            "“{path}”, which says how you left the lab, is damaged ({reason}): the lab begins as new; the file is kept "
            "as “{kept}”.",
        ),
        path=path,
        reason=reason,
        kept=kept,
    )
