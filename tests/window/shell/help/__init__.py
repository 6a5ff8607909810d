"""Help on everything, used as a person does."""
