"""The demonstration data of the four municipalities, made by one seeded generator.

`python -m fremskudt.demonstration` writes data/<slug>/ again, to the same bytes.
"""
