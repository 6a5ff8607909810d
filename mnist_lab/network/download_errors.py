"""What went wrong with a download, as one sentence: urllib, TLS and the system each fail in their own words."""

import http.client
import ssl
import urllib.error
from pathlib import Path

from mnist_lab.data.digits import DataError
from mnist_lab.words import QT_TRANSLATE_NOOP


class DownloadError(DataError):
    """The download did not succeed; nothing was put in place."""


class DownloadCancelled(DataError):  # noqa: N818 - the answer to a wish, not a fault
    """The learner ended the download; nothing was put in place."""

    def __init__(self) -> None:
        super().__init__(QT_TRANSLATE_NOOP("errors", "The download was cancelled."))


def explain(error: Exception, host: str, silence_seconds: float) -> DownloadError:
    """The sentence for what urllib raised; whatever of it the system raised came from the network."""
    cause = error.reason if isinstance(error, urllib.error.URLError) and isinstance(error.reason, Exception) else error
    match cause:
        case urllib.error.HTTPError():
            cause.close()  # it still holds the connection
            return _misled(host) if 300 <= cause.code < 400 else _refused(host, cause)
        case ssl.SSLCertVerificationError():
            return _unproven(host, cause)
        case TimeoutError():
            return _silent(host, silence_seconds)
        case http.client.HTTPException() | ssl.SSLEOFError():
            return _cut_off(host)
        case ConnectionResetError() | ConnectionAbortedError() | BrokenPipeError():
            return _cut_off(host)
        case OSError():
            return _unreachable(host, cause)
    return DownloadError(
        QT_TRANSLATE_NOOP("errors", "The download from {host} failed ({reason}): try again later."),
        host=host,
        reason=error,
    )


def too_large(host: str, most_bytes: int) -> DownloadError:
    """The server sends far more than MNIST has."""
    return DownloadError(
        QT_TRANSLATE_NOOP(
            "errors",
            "{host} sends more than {most} MB, so it cannot be MNIST: copy mnist.npz from another computer.",
        ),
        host=host,
        most=most_bytes // 1024**2,
    )


def wrong_checksum(host: str) -> DownloadError:
    """The file came as a whole, but is another one."""
    return DownloadError(
        QT_TRANSLATE_NOOP(
            "errors",
            "What {host} sent is not the MNIST file that Keras publishes (its checksum differs): "
            "try again, or copy mnist.npz from another computer.",
        ),
        host=host,
    )


def unwritable(target: Path, error: OSError) -> DownloadError:
    """The file has no place on this computer."""
    return DownloadError(
        QT_TRANSLATE_NOOP(
            "errors", "“{target}” cannot be written ({reason}): make room there, or choose another MNIST_LAB_HOME."
        ),
        target=target,
        reason=error.strerror or error,
    )


def already_downloading() -> DownloadError:
    """Another process, or another thread of this one, writes the very file."""
    return DownloadError(
        QT_TRANSLATE_NOOP(
            "errors", "Another window of the lab is downloading MNIST: wait until it is done, then try again."
        )
    )


def _refused(host: str, error: urllib.error.HTTPError) -> DownloadError:
    return DownloadError(
        QT_TRANSLATE_NOOP(
            "errors",
            "{host} answered {code} ({reason}) instead of sending MNIST: try again later, "
            "or copy mnist.npz from another computer.",
        ),
        host=host,
        code=error.code,
        reason=error.reason,
    )


def _misled(host: str) -> DownloadError:
    return DownloadError(
        QT_TRANSLATE_NOOP(
            "errors",
            "{host} redirects the lab, but not to MNIST: try again later, or copy mnist.npz from another computer.",
        ),
        host=host,
    )


def _unproven(host: str, error: ssl.SSLCertVerificationError) -> DownloadError:
    return DownloadError(
        QT_TRANSLATE_NOOP(
            "errors",
            "{host} cannot prove that it is the right server ({reason}): check this computer's clock and "
            "certificates, or copy mnist.npz from another computer.",
        ),
        host=host,
        reason=getattr(error, "verify_message", error),
    )


def _silent(host: str, seconds: float) -> DownloadError:
    return DownloadError(
        QT_TRANSLATE_NOOP("errors", "{host} was silent for {seconds:.0f} seconds: check the network, then try again."),
        host=host,
        seconds=seconds,
    )


def _cut_off(host: str) -> DownloadError:
    return DownloadError(
        QT_TRANSLATE_NOOP(
            "errors", "{host} hung up before MNIST was here as a whole: check the network, then try again."
        ),
        host=host,
    )


def _unreachable(host: str, error: BaseException) -> DownloadError:
    reason = getattr(error, "strerror", None) or getattr(error, "reason", None) or error
    return DownloadError(
        QT_TRANSLATE_NOOP(
            "errors",
            "{host} cannot be reached ({reason}): check the network, or copy mnist.npz from another "
            "computer and open it.",
        ),
        host=host,
        reason=reason,
    )
