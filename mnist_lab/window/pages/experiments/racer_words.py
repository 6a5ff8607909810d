"""What racers are called in the window: by the settings that tell them apart, in words."""

from collections.abc import Sequence

from mnist_lab.experiment import Experiment
from mnist_lab.runs.race_rules import SPEAKING, differing_settings, told_apart
from mnist_lab.window.setting_words import SettingWords


def racer_words(words: SettingWords, experiments: Sequence[Experiment]) -> list[str]:
    """A name for each: "RMSprop 0.001", "dropout 0.5"; equals are told apart by their place."""
    if not experiments:
        return []

    def told(experiment: Experiment, name: str) -> str:
        value = words.value(name, getattr(experiment, name))
        return value if name in SPEAKING else f"{words.name(name)} {value}"

    differing = differing_settings(experiments)
    return told_apart([" ".join(told(experiment, name) for name in differing) for experiment in experiments])
