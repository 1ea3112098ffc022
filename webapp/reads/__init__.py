"""What each page needs, read from the graph and the run's tables: one module a page."""
