"""The course: the chapter as lessons that act. State of the lab in, verdict out; no Qt, no Keras."""
