"""How an exercise is shown and answered: ipywidgets around an `Attempt`, and no judgement."""
