"""What every writer is given: a kept run up to a moment, with its network and its digits where these are asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.exports.errors import ExportError
from mnist_lab.network.control import Control
from mnist_lab.network.recording import Moment
from mnist_lab.runs.facts import KeptRun
from mnist_lab.runs.moments import moment_of
from mnist_lab.runs.opening import find_digits
from mnist_lab.runs.run_cut import cut_at
from mnist_lab.runs.store import RunStore
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError
from mnist_lab.work import Cancelled

_T = TypeVar("_T")
Translated = Callable[[str, str], str]
"""Gives a text in another language: its context, and itself in English."""


def in_english(_context: str, text: str) -> str:
    """The text as it stands here."""
    return text


@dataclass(frozen=True)
class Exported:
    """What has come out of an export.

    Attributes:
        paths: the files and folders that were written, the one that was asked for first.
        remarks: what a person should know of them, a sentence each.
        moment: the network in them, and how sure it is; None where there is none, or several are.
    """

    paths: tuple[Path, ...]
    remarks: tuple[LabError, ...] = ()
    moment: Moment | None = None


class Material:
    """A kept run as it is to be exported.

    Attributes:
        store: where it is kept.
        run_id: its id.
        kept: what is kept of it, up to `update`.
        update: after how many gradient updates it is shown; None: as far as it is kept.
        is_wanted: whether anybody still waits for the export.
        translated: gives a text of some context in the language of what is written.
        may_replace: whether files that are there may be replaced; a form with a folder sees to it itself.
    """

    def __init__(
        self,
        store: RunStore,
        run_id: str,
        update: int | None = None,
        control: Control | None = None,
        is_wanted: Callable[[], bool] = lambda: True,
        *,
        may_replace: bool = True,
        translated: Translated = in_english,
    ) -> None:
        """`control`: of the run that is live in this process; None: none is.

        Raises:
            StoreError: it cannot be read.
            ExportError: it has fewer gradient updates.
        """
        self.store, self.run_id, self.update, self.is_wanted = store, run_id, update, is_wanted
        self.may_replace, self.translated = may_replace, translated
        self._control = control
        kept = store.load(run_id)
        if kept.facts.kind == "run" and update is not None and update > kept.updates:
            raise ExportError(
                QT_TRANSLATE_NOOP(
                    "errors", "Run {number} has no update {update:,}: choose one from 0 (its start) to {last:,}."
                ),
                number=kept.facts.number,
                update=update,
                last=kept.updates,
            )
        is_cut = kept.facts.kind == "run" and update is not None and update < kept.updates
        self.kept: KeptRun = cut_at(kept, update).kept if is_cut and update is not None else kept

    def say(self, text: str) -> str:
        """A text of the context "report" in the language of what is written."""
        return self.translated("report", text)

    def check(self) -> None:
        """End here if nobody waits for the export any more.

        Raises:
            Cancelled: nobody does.
        """
        if not self.is_wanted():
            raise Cancelled

    @cached_property
    def digits(self) -> Digits | None:
        """Those that it trained on; None where they are not there."""
        return find_digits(self.kept.facts.data, ())

    @cached_property
    def moment(self) -> Moment:
        """Its network after `update` gradient updates; made again where it is not kept.

        Raises:
            Cancelled: nobody waits for it any more.
            LabError: it cannot be had.
        """
        return moment_of(self.store, self.run_id, self.update, (), self._control, self.is_wanted)

    @property
    def experiment(self) -> Experiment | None:
        """The settings with which it goes on from its moment; None of a kept network."""
        facts = self.kept.facts
        if facts.kind == "network":
            return None
        past = (past.experiment for past in facts.past if self.moment.updates < past.until)
        return next(past, self.kept.experiment)

    def with_keras(self, work: Callable[[], _T]) -> _T:
        """Do what needs Keras where it may be used: between two updates of a live run, if one is live.

        Raises:
            Cancelled: nobody waits for it any more.
            Exception: whatever the work raises.
        """
        from mnist_lab.network.turns import in_turn

        done = in_turn(self._control, lambda _, is_wanted: work() if is_wanted() else None, self.is_wanted)
        if done is None:
            raise Cancelled
        return done

    def remarks(self) -> tuple[LabError, ...]:
        """What is to be known of any export of it."""
        if self.kept.state != "running":
            return ()
        return (
            LabError(
                QT_TRANSLATE_NOOP("errors", "Run {number} still goes on: this is what it was after update {update:,}."),
                number=self.kept.facts.number,
                update=self.kept.updates,
            ),
        )
