"""Evaluate *fremskudt sagsbehandling* (outreach casework) municipality by municipality."""

__version__ = "0.1.0"
