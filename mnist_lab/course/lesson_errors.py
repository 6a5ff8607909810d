"""What can be wrong with a lesson file, each in one sentence that says where it is and what would be right."""

from collections.abc import Sequence

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from mnist_lab.course.errors import CourseError
from mnist_lab.words import QT_TRANSLATE_NOOP, Listing


class LessonError(CourseError):
    """A lesson file that cannot be used."""


def explained(error: ValidationError, place: str, kind: type[BaseModel]) -> LessonError:
    """The first complaint of pydantic as a sentence; `place` is what was judged, `kind` what it should be."""
    first = error.errors()[0]
    where = _where(first["loc"], place)
    match first["type"]:
        case "missing":
            return LessonError(QT_TRANSLATE_NOOP("errors", "{place} is missing."), place=where)
        case "extra_forbidden":
            owner, name = _where(first["loc"][:-1], place) or "the file", str(first["loc"][-1])
            if len(first["loc"]) > 1:
                template = QT_TRANSLATE_NOOP("errors", "{place}: there is no “{name}” here; is it misspelt?")
                return LessonError(template, place=owner, name=name)
            known = (field.alias or key for key, field in kind.model_fields.items())
            return LessonError(
                QT_TRANSLATE_NOOP("errors", "{place}: there is no “{name}” here; what can stand here: {known}."),
                place=owner,
                name=name,
                known=Listing(", ".join(known)),
            )
    return LessonError(
        QT_TRANSLATE_NOOP("errors", "{place} cannot be {value}: {reason}."),
        place=where,
        value=_value(first),
        reason=first["msg"][:1].lower() + first["msg"][1:],
    )


def _where(loc: Sequence[int | str], place: str) -> str:
    """A place in words, as “step 2, title”."""
    words = place
    for part in loc:
        if isinstance(part, int):
            words = words.removesuffix("s") if words.endswith("steps") else words
            words += f" {part + 1}"
        else:
            words += f", {part}" if words else part
    return words


def _value(first: ErrorDetails) -> str:
    value = first["input"]
    return "empty" if value == "" else str(value)
