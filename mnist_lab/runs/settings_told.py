"""An experiment's settings in one line, as the terminal tells them."""

from mnist_lab.experiment import Experiment

_TOLD_FIRST = ("hidden_units", "optimizer", "learning_rate", "epochs")


def shape_and_optimizer(experiment: Experiment) -> str:
    """What nearly always matters: `512, rmsprop 0.001`; two layers are `128-64`."""
    return f"{'-'.join(map(str, experiment.hidden_units))}, {experiment.optimizer} {experiment.learning_rate:g}"


def other_settings(experiment: Experiment) -> str:
    """Those others that are not the chapter's, as options of the command line call them: `batch-size 32, one-batch`."""
    usual, unused = Experiment(), experiment.unused()
    return ", ".join(
        _told(name.replace("_", "-"), getattr(experiment, name))
        for name in Experiment.model_fields
        if name not in _TOLD_FIRST and name not in unused and getattr(experiment, name) != getattr(usual, name)
    )


def all_settings(experiment: Experiment) -> str:
    """Those that nearly always matter and those others, each with its name."""
    layers = ", ".join(map(str, experiment.hidden_units))
    first = f"hidden units {layers}; optimizer {experiment.optimizer}; learning rate {experiment.learning_rate:g}"
    others = other_settings(experiment)
    return f"{first}; epochs {experiment.epochs:,}" + (f"; {others}" if others else "")


def _told(name: str, value: object) -> str:
    match value:
        case bool():
            return name
        case dict():
            return ", ".join(f"{key} {setting:g}" for key, setting in value.items())
        case float():
            return f"{name} {value:g}"
        case _:
            return f"{name} {value}"
