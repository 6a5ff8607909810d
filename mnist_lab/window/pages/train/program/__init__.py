"""The Keras program of the settings in the form, beside the hidden units."""
