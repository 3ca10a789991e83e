"""The course: exercises whose check needs no browser, and views that hold no check."""
