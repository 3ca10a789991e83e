"""A municipality's chapters as one tagged PDF: joined, printed by an installed browser."""
