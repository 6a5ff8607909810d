"""Parts of the Draw page: they know values and signals; the page joins them to the lab."""
