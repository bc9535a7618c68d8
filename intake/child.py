"""One decoding process as its parent sees it: asked, listened to, ended."""

import contextlib
import json
import signal
import socket
import subprocess
import sys
import time
from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from intake.errors import DecoderUnavailableError, FaultCode, PageFault, describe_fault
from intake.limits import Limits
from intake.wire import LENGTH, MAX_HEADER_BYTES, Decoded, Message, Ready, parse_message

Pixels = NDArray[np.uint8]

_START_SECONDS = 60.0
_BUFFER_BYTES = 4 << 20
"""About one page: the child decodes ahead while its parent reads."""
_FAULTS_BY_SIGNAL = {
    -signal.SIGBUS: FaultCode.READ_ERROR,  # the file shrank or its disk failed
    -signal.SIGXCPU: FaultCode.OUT_OF_TIME,
}


class ChildLostError(Exception):
    """The process died, hung or talked nonsense; the fault says what it means for the page."""

    def __init__(self, fault: PageFault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class Child:
    """A running decoder process and the socket to it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._channel, theirs = socket.socketpair()
        with theirs:
            theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER_BYTES)
            try:
                self._process = _start_process(theirs, limits)
            except OSError as error:
                self._channel.close()
                raise DecoderUnavailableError from error
        try:
            ready = isinstance(self.receive_message(_START_SECONDS), Ready)
        except ChildLostError as error:
            raise DecoderUnavailableError from error
        if not ready:
            self.end()
            raise DecoderUnavailableError

    def request_pages(self, descriptor: int, first: int) -> None:
        """Asks for the pages of an open file from `first` on."""
        try:
            socket.send_fds(self._channel, [LENGTH.pack(first)], [descriptor])
        except OSError:
            raise self.lose(FaultCode.CRASHED) from None

    def receive_message(self, seconds: float) -> Message:
        """Waits for the next header."""
        until = time.monotonic() + seconds
        prefix = bytearray(LENGTH.size)
        self._fill(memoryview(prefix), until)
        header = bytearray(min(LENGTH.unpack(prefix)[0], MAX_HEADER_BYTES))
        self._fill(memoryview(header), until)
        try:
            return parse_message(bytes(header))
        except ValueError:
            raise self.lose(FaultCode.CRASHED) from None

    def receive_pixels(self, page: Decoded, seconds: float) -> Pixels:
        """Waits for the pixels behind a header."""
        if page.size_bytes > self._limits.memory_bytes:
            raise self.lose(FaultCode.CRASHED)
        rows = np.empty((page.height_px, page.stride_bytes), np.uint8)
        self._fill(rows.data.cast("B"), time.monotonic() + seconds)
        used = np.ascontiguousarray(rows[:, : page.width_px * page.channels])
        return used if page.channels == 1 else used.reshape(page.height_px, page.width_px, 3)

    def end(self) -> None:
        """Kills the process and waits until it is gone."""
        self._channel.close()
        self._process.kill()
        self._process.wait()

    def _fill(self, buffer: memoryview, until: float) -> None:
        """Fills a buffer from the socket, or loses the child."""
        while buffer:
            try:
                self._channel.settimeout(max(until - time.monotonic(), 0.001))
                received = self._channel.recv_into(buffer)
            except TimeoutError:
                raise self.lose(FaultCode.OUT_OF_TIME) from None
            except OSError:
                received = 0
            if not received:
                raise self.lose(FaultCode.CRASHED)
            buffer = buffer[received:]

    def lose(self, code: FaultCode) -> ChildLostError:
        """Ends the process; a signal that it died of tells more than its silence."""
        self._channel.close()
        if code is FaultCode.CRASHED:
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = _FAULTS_BY_SIGNAL.get(self._process.wait(1.0), code)
        self.end()
        return ChildLostError(describe_fault(code, seconds=self._limits.page_seconds))


def _start_process(channel: socket.socket, limits: Limits) -> subprocess.Popen[bytes]:
    """Starts the decoder apart from the terminal; `-P` keeps the caller's folder off its path."""
    number = channel.fileno()
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "intake.decoder", str(number), json.dumps(asdict(limits))],
        pass_fds=(number,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
