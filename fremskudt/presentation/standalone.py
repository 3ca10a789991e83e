"""One page that stands alone: no script, no other file, readable by a screen reader and in print.

The reports on data and on a release are such pages; the book's pages have their own layout.
"""

STYLE = """\
:root { color-scheme: light dark; --edge: #767676; --error: #9b1c1c; --warning: #7a4a00;
  --note: #1f4e5f; }
@media (prefers-color-scheme: dark) { :root { --edge: #9a9a9a; --error: #ff9c9c;
  --warning: #f4c26b; --note: #9bd3e6; } }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 90rem; padding: 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: bold; padding: .5rem 0; }
th, td { border: 1px solid var(--edge); padding: .4rem .6rem; text-align: left;
  vertical-align: top; }
.error { color: var(--error); font-weight: bold; }
.warning { color: var(--warning); font-weight: bold; }
.note { color: var(--note); }
"""


def standalone_page(title: str, body: str, style: str = "") -> str:
    """The page in HTML; `body` is what stands in its main part and `style` what it has of its
    own. Nothing is escaped."""
    return f"""\
<!doctype html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{STYLE}{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""
