"""Writing an ONNX graph as protobuf wire format: field numbers as onnx.proto3 has them.

Some sixty lines instead of the package `onnx`, which would be installed by everybody and used once. ONNX Runtime checks what is written.
"""

from __future__ import annotations

import struct

import numpy as np
import numpy.typing as npt

ELEMENTS = {"float32": 1, "int8": 3, "int32": 6, "int64": 7, "float16": 10}  # TensorProto.DataType
LAST_AXIS = -1 & (1 << 64) - 1  # -1 as protobuf writes it
INPUT, OUTPUT = 11, 12
MICROSOFT = "com.microsoft"  # operations that ONNX Runtime adds

Numbers = npt.NDArray[np.float32] | npt.NDArray[np.float16] | npt.NDArray[np.int8] | npt.NDArray[np.int64]


def model(nodes: list[bytes], tensors: list[bytes], inputs: bytes, outputs: bytes) -> bytes:
    """A whole file."""
    body = b"".join(nodes) + _field(2, "onrecord") + b"".join(tensors) + inputs + outputs
    opsets = _field(8, _field(1, "") + _field(2, 18)) + _field(8, _field(1, MICROSOFT) + _field(2, 1))
    return _field(1, 9) + _field(2, "onrecord") + _field(7, body) + opsets


def tensor(name: str, values: Numbers) -> bytes:
    """A constant of the graph."""
    kind = ELEMENTS[values.dtype.name]
    dims = b"".join(_field(1, n) for n in values.shape)
    return _field(5, dims + _field(2, kind) + _field(8, name) + _field(9, values.tobytes()))


def node(kind: str, inputs: tuple[str, ...], outputs: tuple[str, ...], domain: str = "", **attributes: int | float | tuple[int, ...]) -> bytes:
    """One operation: what it reads, what it writes, its attributes."""
    names = b"".join(_field(1, n) for n in inputs) + b"".join(_field(2, n) for n in outputs)
    extra = b"".join(_field(5, _field(1, key) + _attribute(v)) for key, v in attributes.items())
    return _field(1, names + _field(4, kind) + extra + (_field(7, domain) if domain else b""))


def value(number: int, name: str, element: str, shape: tuple[str | int, ...]) -> bytes:
    """An input or output; sizes that vary go by a name."""
    dims = b"".join(_field(1, _field(2, d) if isinstance(d, str) else _field(1, d)) for d in shape)
    return _field(number, _field(1, name) + _field(2, _field(1, _field(1, ELEMENTS[element]) + _field(2, dims))))


def _attribute(value: int | float | tuple[int, ...]) -> bytes:
    if isinstance(value, tuple):
        return b"".join(_field(8, n) for n in value) + _field(20, 7)
    return _field(3, value) + _field(20, 2) if isinstance(value, int) else _field(2, value) + _field(20, 1)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def _field(number: int, value: int | float | str | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    if isinstance(value, float):
        return _varint(number << 3 | 5) + struct.pack("<f", value)
    data = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(data)) + data
