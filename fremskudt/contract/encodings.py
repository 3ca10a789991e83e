"""Which encoding a text file is in: what Windows, Excel and other programs write in Denmark."""

import codecs

# What Danish text holds besides ASCII. Other signs mean that the file has another encoding
# (MS-DOS, Macintosh), which Windows-1252 would turn into wrong letters without a complaint.
DANISH = set("æøåÆØÅäöüßéèêëáàâíìóòôúùûñçÄÖÜÉ–—’“”…€§°½«»´²³·\u00a0")


def encoding_of(raw: bytes) -> str | None:
    """The encoding of a text: UTF-8, UTF-16 with its mark, or Windows-1252; None for no text."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16" if _decodes(raw, "utf-16") else None
    if b"\0" in raw:
        return None
    if _decodes(raw, "utf-8-sig"):
        return "utf-8-sig"
    try:
        signs = set(bytes(set(raw)).decode("cp1252"))
    except UnicodeDecodeError:
        return None
    return "cp1252" if all(sign.isascii() or sign in DANISH for sign in signs) else None


def _decodes(raw: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for begin in range(0, len(raw), 1 << 20):
            decoder.decode(raw[begin : begin + (1 << 20)])
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True
