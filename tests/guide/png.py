"""Small PNG files: the colours of a screenshot are counted, rounded and written as a palette."""

import struct
import zlib

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
HEAD = b"\x89PNG\r\n\x1a\n"
MOST_COLOURS = 256  # what a palette can hold


def smaller(picture: bytes) -> bytes:
    """The same picture with at most 256 colours, which flat screenshots survive."""
    pixels = read(picture)
    height, width, _ = pixels.shape
    flat = pixels.reshape(-1, 3).astype(np.int32)
    colours, where = np.unique(flat, axis=0, return_inverse=True)
    counts = np.bincount(where.ravel())
    kept = colours[np.argsort(-counts)[:MOST_COLOURS]]
    nearest = ((colours[:, None, :] - kept[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
    indexed = nearest[where.ravel()].astype(np.uint8).reshape(height, width)
    lines = np.hstack([np.zeros((height, 1), dtype=np.uint8), indexed])
    return (
        HEAD
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
        + _chunk(b"PLTE", kept.astype(np.uint8).tobytes())
        + _chunk(b"IDAT", zlib.compress(lines.tobytes(), 9))
        + _chunk(b"IEND", b"")
    )


def read(picture: bytes) -> Pixels:
    """Height × width × 3 of an 8-bit truecolour PNG without interlacing, as browsers write."""
    at, data, width, height, channels = len(HEAD), b"", 0, 0, 3
    while at < len(picture):
        (size,) = struct.unpack(">I", picture[at : at + 4])
        kind, body = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + size]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
            if depth != 8 or colour not in (2, 6):
                raise ValueError("not an 8-bit truecolour PNG")
            channels = 3 if colour == 2 else 4
        data += body if kind == b"IDAT" else b""
        at += size + 12
    raw = np.frombuffer(zlib.decompress(data), dtype=np.uint8).reshape(height, -1)
    return _unfiltered(raw, width, channels)[:, :, :3]


def _unfiltered(raw: Pixels, width: int, channels: int) -> Pixels:
    lines = np.zeros((len(raw) + 1, width + 1, channels), dtype=np.int32)  # a border of zeros
    for row, line in enumerate(raw, start=1):
        given = line[1:].reshape(width, channels).astype(np.int32)
        above, current = lines[row - 1], lines[row]
        match line[0]:
            case 0:
                current[1:] = given
            case 1:
                current[1:] = np.cumsum(given, axis=0) % 256
            case 2:
                current[1:] = (given + above[1:]) % 256
            case kind:
                for x in range(1, width + 1):
                    left, up, corner = current[x - 1], above[x], above[x - 1]
                    guess = (left + up) // 2 if kind == 3 else _paeth(left, up, corner)
                    current[x] = (given[x - 1] + guess) % 256
    return lines[1:, 1:].astype(np.uint8)


def _paeth(left: Pixels, up: Pixels, corner: Pixels) -> Pixels:
    first = left + up - corner
    distances = np.abs(first - left), np.abs(first - up), np.abs(first - corner)
    is_left = (distances[0] <= distances[1]) & (distances[0] <= distances[2])
    return np.where(is_left, left, np.where(distances[1] <= distances[2], up, corner))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
