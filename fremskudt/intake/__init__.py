"""A municipality brings its own data: a folder to fill in, and a report on what is amiss."""
