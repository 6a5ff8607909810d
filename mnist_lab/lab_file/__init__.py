"""`.lab` files: kept runs that travel from one home to another. No Qt, no Keras; see docs/file-formats.md."""
