"""Parts of the book's own pages that are made from data: each returns Markdown or HTML."""
