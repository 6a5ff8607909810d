"""Why a run is not kept, for whoever trains it."""

from mnist_lab.runs.errors import StoreError
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError


class KeepingError(LabError):
    """A run that cannot be kept: one sentence with the reason, and what is not kept."""


def not_kept_yet(error: StoreError | MemoryError, written: int) -> KeepingError:
    """What to say while the run goes on, of which the first `written` gradient updates are kept."""
    if not written:
        return KeepingError(
            QT_TRANSLATE_NOOP(
                "errors",
                "{reason} Training goes on, but this run is not kept yet; the lab tries again every few seconds.",
            ),
            reason=_reason(error),
        )
    return KeepingError(
        QT_TRANSLATE_NOOP(
            "errors",
            "{reason} Training goes on, but what came after gradient update {update:,} is not kept yet; the lab tries"
            " again every few seconds.",
        ),
        reason=_reason(error),
        update=written,
    )


def not_kept_at_the_end(error: StoreError | MemoryError, written: int) -> KeepingError:
    """What to say where the run is over."""
    if not written:
        return KeepingError(
            QT_TRANSLATE_NOOP("errors", "{reason} The run has ended, and it is not kept."), reason=_reason(error)
        )
    return KeepingError(
        QT_TRANSLATE_NOOP("errors", "{reason} The run has ended, and only its first {update:,} updates are kept."),
        reason=_reason(error),
        update=written,
    )


def not_kept_any_more(error: Exception, written: int) -> KeepingError:
    """What to say where keeping has failed by a mistake of the lab's own: it is not tried again."""
    if not written:
        return KeepingError(QT_TRANSLATE_NOOP("errors", "{reason} This run is not kept."), reason=_reason(error))
    return KeepingError(
        QT_TRANSLATE_NOOP("errors", "{reason} Only the first {update:,} gradient updates of this run are kept."),
        reason=_reason(error),
        update=written,
    )


def _reason(error: Exception) -> LabError:
    match error:
        case LabError():
            return error
        case MemoryError():
            return KeepingError(QT_TRANSLATE_NOOP("errors", "There is no memory left to write the run with."))
    return KeepingError(
        QT_TRANSLATE_NOOP("errors", "Something went wrong that the lab did not expect ({kind}: {message})."),
        kind=type(error).__name__,
        message=error,
    )
