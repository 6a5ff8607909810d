"""Dropout's masks, drawn outside the compiled program: plain Keras's own numbers, with XLA and without.

Inside the program XLA would draw other numbers, and would compute a mask anew wherever it is used: 784-512-10 with
dropout 0.3 did 34 updates a second, a quarter of plain `fit` (measured).
"""

from typing import Any

from mnist_lab.network.backend import keras_and_tensorflow
from mnist_lab.network.layers import dropout_by_mask

_ROOM_BYTES = 4 * 1024**2
"""Of the masks of one chunk. They are handed over whole each time: more would cost more than a longer chunk saves."""


class DropoutMasks:
    """The masks of a network's Dropout layers, for a chunk of updates at a time.

    Attributes:
        room: for how many updates they are drawn at most.
    """

    def __init__(self, model: Any, batch_size: int, most_updates: int) -> None:
        """For all `DropoutByMask` layers of `model`, in batches of `batch_size` images."""
        _, self._tf = keras_and_tensorflow()
        self._layers = [layer for layer in model.layers if isinstance(layer, dropout_by_mask())]
        self._shapes = [(batch_size, int(layer.input.shape[-1])) for layer in self._layers]
        update_bytes = sum(images * units for images, units in self._shapes)
        self.room = max(1, min(most_updates, _ROOM_BYTES // max(update_bytes, 1)))
        self._draw = self._tf.function(self._drawn, autograph=False)

    def draw(self, count: int) -> tuple[Any, ...]:
        """Each layer's masks for the next `count` updates: (room, images, units) bool, of which `count` are meant.

        The layers' random states move on by as many draws.
        """
        return self._draw(self._tf.constant(count)) if self._layers else ()

    def use(self, masks: tuple[Any, ...], update: Any) -> None:
        """While the program is traced: let each layer keep what its masks say for that update of the chunk."""
        for layer, drawn in zip(self._layers, masks, strict=True):
            layer.keep = self._tf.gather(drawn, update)

    def forget(self) -> None:
        """Let go of what `use` gave the layers: it belongs to the program."""
        for layer in self._layers:
            layer.keep = None

    def _drawn(self, count: Any) -> tuple[Any, ...]:
        return tuple(
            self._masks_of(layer, shape, count) for layer, shape in zip(self._layers, self._shapes, strict=True)
        )

    def _masks_of(self, layer: Any, shape: tuple[int, int], count: Any) -> Any:
        """As `keras.layers.Dropout` draws them: one number of the state for each update, one stateless draw from it."""
        tf = self._tf
        state = layer.seed_generator.state

        def body(done: Any, masks: Any) -> tuple[Any, Any]:
            seed = state.value + tf.cast(tf.stack([0, done]), state.dtype)
            seed = tf.cast(tf.math.floormod(seed, tf.int32.max - 1), tf.int32)
            return done + 1, masks.write(done, tf.random.stateless_uniform(shape, seed=seed) >= layer.rate)

        room = tf.TensorArray(tf.bool, self.room, element_shape=shape)
        _, masks = tf.while_loop(lambda done, _: done < count, body, [tf.constant(0), room])
        drawn = masks.stack()
        with tf.control_dependencies([drawn]):
            state.value.assign_add(tf.cast(tf.stack([0, count]), state.dtype))
        return drawn
