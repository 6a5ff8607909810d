"""Where the pictures of a run lie: they scroll, and both curves are seen whole all the same, with their axes."""

from PySide6.QtWidgets import QLayoutItem, QStyle, QWidget

from mnist_lab.window.pages.train.run_pictures import RunPictures
from mnist_lab.window.widgets.basic.scroll_place import ScrollPlace


class PicturesPlace(ScrollPlace):
    """In a low window the curves yield some of their height, rather than being cut."""

    def __init__(self, pictures: RunPictures, parent: QWidget | None = None) -> None:
        super().__init__("picturesArea", pictures, parent)
        self._pictures = pictures

    def fit(self) -> None:
        """Let the curves have what is left below what stands above them."""
        if hasattr(self, "_pictures"):  # Qt tells of the content before there is more of this
            self._fit_curves()
        super().fit()

    def _fit_curves(self) -> None:
        pictures, room = self._pictures, self.maximumViewportSize()
        width = room.width() - self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        layout, needed = pictures.layout(), pictures.usual_curves_height()
        if layout is None:
            return
        for place in range(layout.indexOf(pictures.upper)):
            item = layout.itemAt(place)
            needed += layout.spacing() + (0 if item is None else _least_height(item, width))
        pictures.yield_height(max(0, needed - room.height()) if pictures.curves.is_beside else 0)


def _least_height(item: QLayoutItem, width: int) -> int:
    return item.minimumHeightForWidth(width) if item.hasHeightForWidth() else item.minimumSize().height()
