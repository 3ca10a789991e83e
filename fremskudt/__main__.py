"""The command `fremskudt`, also as `python -m fremskudt`.

Ctrl-C is answered in Danish from the first moment: the libraries take a while to be read.
"""

import sys

from fremskudt.errors import INTERRUPTED


def main() -> None:
    """Run the command line; leaves with its exit code, or 130 after Ctrl-C."""
    try:
        from fremskudt.cli import main as command_line

        command_line()
    except KeyboardInterrupt:
        print(INTERRUPTED, file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
