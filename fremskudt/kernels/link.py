"""What a provisioner and the template say to each other, over a socket of the file system.

One connection is one kernel. The provisioner sends a request with the kernel's three streams, and
with the end of a pipe that is closed when the kernel listens, or dies before; the template answers
with the process, and once more when it has ended. A connection that is closed early ends its
kernel, so that nobody's death leaves a kernel behind.
"""

import array
import json
import os
import socket
import struct
from dataclasses import asdict, dataclass
from typing import Any

FILES = 4  # of a request
HEADER = struct.Struct("!I")
LARGEST = 16 * 2**20  # bytes of a request; an environment is far smaller


@dataclass(frozen=True)
class Request:
    """A kernel that is wanted: the arguments after `-m ipykernel_launcher`, its folder and its
    environment."""

    arguments: list[str]
    folder: str
    environment: dict[str, str]


def send(link: socket.socket, message: object, files: tuple[int, ...] = ()) -> None:
    """Send one message, and open files with it."""
    body = json.dumps(message).encode()
    ancillary = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", files))]
    sent = link.sendmsg([HEADER.pack(len(body))], ancillary if files else [])
    if sent != HEADER.size:
        raise ConnectionError("a header was cut")
    link.sendall(body)


def receive(link: socket.socket) -> Any:
    """The next message; None when the other side has closed the connection."""
    return _body(link, _exactly(link, HEADER.size))


def send_request(link: socket.socket, request: Request, files: tuple[int, ...]) -> None:
    """Ask for a kernel that has the first three of these open files as its standard streams, and
    closes the fourth."""
    send(link, asdict(request), files)


def receive_request(link: socket.socket) -> tuple[Request, tuple[int, ...]]:
    """The request that a connection begins with, and its open files. Raises `ConnectionError` when
    there is none, and `TimeoutError` when it is not whole in time."""
    size = array.array("i").itemsize * FILES
    header, ancillary, _, _ = link.recvmsg(HEADER.size, socket.CMSG_SPACE(size))
    files = array.array("i")
    for level, kind, data in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            files.frombytes(data[: len(data) - len(data) % files.itemsize])
    try:
        message = _body(link, header)
        if message is None or len(files) != FILES:
            raise ConnectionError("no whole request")
        return Request(**message), tuple(files)
    except BaseException:
        for one in files:
            os.close(one)
        raise


def _body(link: socket.socket, header: bytes) -> Any:
    if len(header) < HEADER.size:
        return None
    (size,) = HEADER.unpack(header)
    if size > LARGEST:
        raise ConnectionError("a message is too long")
    body = _exactly(link, size)
    return json.loads(body) if len(body) == size else None


def _exactly(link: socket.socket, size: int) -> bytes:
    """So many bytes, or fewer when the connection ends."""
    found = bytearray()
    while len(found) < size:
        piece = link.recv(size - len(found))
        if not piece:
            break
        found += piece
    return bytes(found)
