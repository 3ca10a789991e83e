"""The whole site in one file, which is unpacked and read without a server and without internet."""

import zipfile
from pathlib import Path

NAME = "haandbogen.zip"  # in a released site; beside it the same file has another name
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest day a zip file can name: two archives are alike


def pack(folder: Path, archive: Path) -> None:
    """The folder as a zip file that is the same whenever it is made; its files lie in a folder of
    the same name."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), LONG_AGO)
                entry.compress_type = zipfile.ZIP_DEFLATED
                file.writestr(entry, path.read_bytes())


def is_packed(archive: Path, site: Path) -> bool:
    """Whether a zip file in a site holds just the site's other files, byte for byte: then it says
    nothing that they do not."""
    others = {
        path.relative_to(site).as_posix(): path
        for path in site.rglob("*")
        if path.is_file() and path != archive
    }
    try:
        with zipfile.ZipFile(archive) as file:
            names = {entry.filename.partition("/")[2]: entry for entry in file.infolist()}
            plain = all(not entry.comment and not entry.extra for entry in names.values())
            return (
                plain
                and not file.comment
                and len(names) == len(file.infolist())
                and names.keys() == others.keys()
                and all(file.read(one) == others[name].read_bytes() for name, one in names.items())
            )
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError):
        return False
