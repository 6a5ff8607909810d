"""Spans of time in words, from microseconds to hours."""

from PySide6.QtCore import QObject

_MINUTE, _HOUR = 60, 3_600


class TimeWords(QObject):
    """Makes them."""

    def short(self, seconds: float) -> str:
        """Something a computer does at once: "0.25 ms", "2.5 ms", "1.2 s"."""
        if seconds < 1:
            milliseconds = 1_000 * seconds
            return self.tr("{} ms").format(f"{milliseconds:.2f}" if milliseconds < 10 else f"{milliseconds:.0f}")
        return self.tr("{:.1f} s").format(seconds)

    def brief(self, seconds: float) -> str:
        """Something that is counted in large figures: "71.3 s", "34.1 min", "1.9 h"."""
        if seconds < 2 * _MINUTE:
            return self.tr("{:.1f} s").format(seconds)
        if seconds < 2 * _HOUR:
            return self.tr("{:.1f} min").format(seconds / _MINUTE)
        return self.tr("{:.1f} h").format(seconds / _HOUR)

    def long(self, seconds: float) -> str:
        """Something one waits for: "1.9 s", "2 min 5 s", "34 min", "1 h 8 min"."""
        if seconds < _MINUTE:
            return self.tr("{:.1f} s").format(seconds)
        if seconds < 10 * _MINUTE:
            minutes, rest = divmod(round(seconds), _MINUTE)
            return self.tr("{} min {} s").format(minutes, rest)
        if seconds < _HOUR:
            return self.tr("{} min").format(round(seconds / _MINUTE))
        hours, rest = divmod(round(seconds / _MINUTE), _MINUTE)
        return self.tr("{} h {} min").format(hours, rest)
