"""The next update to look at: at an earlier moment the run has made it, so it is shown and none is trained."""

from mnist_lab.window.state.lab import Lab


def has_next_update(lab: Lab) -> bool:
    """Whether one looks at an earlier moment from which updates can be made again."""
    return lab.time.is_away and not lab.time.has_kept_only


def show_next_update(lab: Lab) -> None:
    """Look at the run one update later; after its last but one at now."""
    lab.time.go_to((lab.time.wanted or 0) + 1)


def train_or_show_next(lab: Lab) -> None:
    """Train one batch, and wait; at an earlier moment, show the update that comes next there."""
    if has_next_update(lab):
        show_next_update(lab)
    else:
        lab.step()


def catch_or_show_next(lab: Lab) -> None:
    """Look closely at the next update of the run that is live, as it goes on; at an earlier moment as above."""
    if has_next_update(lab):
        show_next_update(lab)
        return
    lab.live.request_update()
    if lab.live.is_paused:
        lab.step()  # a run that waits would not bring one
