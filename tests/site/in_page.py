"""What tests ask of a page in a browser: axe's rules, and waiting without an expression that the
page's policy would refuse to evaluate."""

AXE_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # what passes is not listed: three times as fast
}
UNTIL = """() => new Promise((done, fail) => {
  const end = performance.now() + 30000;
  const look = () => {
    if (%s) done();
    else if (performance.now() > end) fail(new Error("it never became true"));
    else setTimeout(look, 20);
  };
  look();
})"""


def wait_until(page, condition):
    """Wait for a condition in JavaScript to be true in a page."""
    page.evaluate(UNTIL % condition)
