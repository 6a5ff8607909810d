"""`settings`: some settings as one line of text, or as the JSON of a file."""

import json
import sys

from mnist_lab import experiment_text
from mnist_lab.commands import SettingsCommand

DONE = 0


def print_settings(command: SettingsCommand) -> int:
    """Print them; returns the exit status."""
    experiment = command.experiment
    text = json.dumps(experiment.model_dump(mode="json")) if command.as_json else experiment_text.write(experiment)
    sys.stdout.write(text + "\n")
    return DONE
