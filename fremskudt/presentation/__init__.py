"""How Publishable tables are shown: Danish numbers, sentences, figures and tables."""
