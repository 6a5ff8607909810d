"""Settings of runs in words: their names, and the values that they have."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject

from mnist_lab.experiment import FIELD_NAMES
from mnist_lab.optimizers import OPTIMIZERS, optimizer_spec
from mnist_lab.runs import comparing
from mnist_lab.runs.facts import DataFacts
from mnist_lab.window import translation
from mnist_lab.window.words import fill, spell_setting, spell_whole

_NUMBERS = frozenset({"epochs", "batch_size", "seed", "moved_copies", "all_units", "layers", "parameters"})
_CHOICES = frozenset({"batch_order", "validation", "initial_weights"})
_LABELS = {setting.name: setting.label for spec in OPTIMIZERS for setting in spec.settings}
"""What the optimizers' own settings are called."""


class SettingWords(QObject):
    """Says what `comparing.settings_of` tells."""

    def name(self, setting: str) -> str:
        """What a setting is called within a sentence: "learning rate"."""
        if setting == comparing.RATE_CHANGES:
            return self.tr("rate changed to")
        if setting == comparing.DATA:
            return self.tr("digits")
        return translation.translate("fields", FIELD_NAMES[setting])

    def value(self, setting: str, value: object) -> str:
        """Spell what a run has: "0.001", "128, 64", "RMSprop", "starter set, 4,000 to train"; "–" for None."""
        if value is None:
            return self.tr("–")
        if isinstance(value, DataFacts):
            return self._data(value)
        if isinstance(value, bool):
            return self.tr("yes") if value else self.tr("no")
        if isinstance(value, Mapping):
            return self._own_settings(value)
        if isinstance(value, tuple):
            return self._rate_changes(value) if setting == comparing.RATE_CHANGES else ", ".join(map(str, value))
        if isinstance(value, int | float):
            return spell_whole(int(value)) if setting in _NUMBERS else spell_setting(float(value))
        return self._choice(setting, str(value))

    def written(self, setting: str, text: str) -> str:
        """A setting as the name of a run has it, in words: "Adam", "seed 7"; one of "" is told by its value."""
        if not setting:
            return text
        if setting in ("optimizer", "activation"):  # which they say themselves
            return self._choice(setting, text)
        if text in ("true", "false"):
            return f"{self.name(setting)} {self.value(setting, text == 'true')}"
        if setting == "optimizer_settings":
            pairs = dict(pair.split("=", 1) for pair in text.split(",") if "=" in pair)
            if pairs and pairs.keys() <= _LABELS.keys():
                return self._own_settings(pairs)
        return f"{self.name(setting)} {self._choice(setting, text)}"

    def data_kind(self, kind: str) -> str:
        """What digits of that kind are called."""
        kinds = {
            "full": self.tr("MNIST, complete"),
            "starter": self.tr("MNIST, starter set"),
            "own": self.tr("own data"),
        }
        return kinds[kind]

    def _rate_changes(self, changes: Sequence[tuple[int, float]]) -> str:
        words = self.tr("{rate} from update {update:,}")
        told = [fill(words, rate=spell_setting(rate), update=update + 1) for update, rate in changes]
        return "; ".join(told) or self.tr("never")

    def _own_settings(self, settings: Mapping[str, object]) -> str:
        if not settings:
            return self.tr("defaults")
        words = self.tr("{name}: {value}")
        told = [(translation.translate("optimizers", _LABELS[name]), value) for name, value in settings.items()]
        return ", ".join(
            fill(words, name=label, value=self.value("optimizer_settings", value)) for label, value in told
        )

    def _choice(self, setting: str, value: str) -> str:
        """A choice as the form calls it."""
        if setting == "optimizer":
            return translation.translate("optimizers", optimizer_spec(value).label)
        if setting == comparing.DATA:
            return self.data_kind(value)
        if setting not in _CHOICES:
            return value
        words = {
            ("batch_order", "reshuffled"): self.tr("new each epoch"),
            ("batch_order", "fixed"): self.tr("always the same"),
            ("validation", "test"): self.tr("test images"),
            ("validation", "held_out"): self.tr("held-out images"),
            ("initial_weights", "glorot"): self.tr("Glorot uniform"),
            ("initial_weights", "he"): self.tr("He normal"),
            ("initial_weights", "zeros"): self.tr("zeros"),
            ("initial_weights", "large"): self.tr("too large"),
        }
        return words.get((setting, value), value)

    def _data(self, data: DataFacts) -> str:
        words = self.tr("{kind}: {train:,} to train, {test:,} to test")
        if data.hand is not None:
            words = self.tr("{kind} + a hand: {train:,} to train, {test:,} to test")
        return fill(words, kind=self.data_kind(data.kind), train=data.train_images, test=data.test_images)
