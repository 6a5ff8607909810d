"""Help on everything: What's This on each control, the glossary, and the search over the whole lab."""
