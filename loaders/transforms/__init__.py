"""Row transforms for files too odd for YAML: one pure function a module."""
