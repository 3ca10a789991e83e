"""Files that are chosen in the browser."""

import ipywidgets as widgets

from fremskudt.teaching.collecting import Handed


def uploaded(field: widgets.FileUpload) -> list[Handed]:
    """The files that stand in the field."""
    return [
        Handed(one["name"], one["last_modified"].timestamp(), bytes(one["content"]))
        for one in field.value
    ]
