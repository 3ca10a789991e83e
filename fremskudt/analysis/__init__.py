"""Pure functions from checked tables to tidy results: value, n, denominator, interval."""
