"""From templates to the site: papermill runs the chapters, Jupyter Book compiles the book."""
