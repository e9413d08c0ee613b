"""Train the tagger's heads on this folder: `python corpus/train.py` (extra `[train]`; under an hour on two cores).

Every article is read in itself and in untidy variants; the states of their words are computed once by the frozen encoder, then the heads
are trained on these. Articles whose number ends in 0 are never trained on; how well they are read is printed at the end.
"""

from __future__ import annotations

import argparse
import math
import pathlib
import random
import re
import sys
import time
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from labels import IGNORE, Example, Labels, example_of, labels_of
from torch import nn

from augment import varied
from onrecord.knowledge.marks import read_article
from onrecord.stages import tag
from onrecord.stages.encode import Encoder, open_encoder

FOLDER = pathlib.Path(__file__).parent
VARIANTS = 5  # untidy variants of an article, beside the article itself
EPOCHS = 24
BATCH = 8  # articles
RATE = 2e-3
SEED = 20
COUNTS = {"content": 4, "inner": 4, "cue": 3, "speaker": 3, "mention": 3, "name": 7}
WEIGHTS = {"content": 1.0, "inner": 0.5, "cue": 1.0, "speaker": 0.7, "mention": 0.5, "name": 0.5}
POINTER_WEIGHTS = {"cue": 0.4, "speaker": 0.6, "antecedent": 0.3}


class Item(NamedTuple):
    """An article as the heads see it: states and features of its words, and what they should say of them."""

    states: npt.NDArray[np.float16]
    features: npt.NDArray[np.float16]
    labels: Labels


class Heads(nn.Module):
    """What is exported: see `onrecord.stages.tag` for how it runs without torch."""

    def __init__(self, inputs: int, width: int = 224, hidden: int = 144, layers: int = 2, pointer: int = 48, dropout: float = 0.3) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.squeeze = nn.Linear(inputs + tag.FEATURES, width)
        self.context = nn.LSTM(width, hidden, layers, batch_first=True, bidirectional=True, dropout=dropout)
        self.labels = nn.Linear(2 * hidden + width, sum(COUNTS.values()))
        self.asks = nn.Linear(2 * hidden + width, pointer * len(tag.POINTERS))
        self.answers = nn.Linear(2 * hidden + width, pointer * len(tag.POINTERS))
        self.none = nn.Linear(2 * hidden + width, len(tag.POINTERS))
        self.distance = nn.Parameter(torch.zeros(len(tag.POINTERS), tag.DISTANCES))
        self.pointer = pointer

    def forward(self, states: torch.Tensor, features: torch.Tensor, lengths: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Label scores [batch, word, label] and pointer scores [batch, pointer, word, word + 1], the last column for none."""
        x = torch.cat([self.dropout(states), features], dim=2)
        x = self.dropout(nn.functional.gelu(self.squeeze(x)))
        packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        context, _ = nn.utils.rnn.pad_packed_sequence(self.context(packed)[0], batch_first=True)
        x = self.dropout(torch.cat([context, x], dim=2))
        batch, words, _ = x.shape
        shape = (batch, words, len(tag.POINTERS), self.pointer)
        asks, answers = self.asks(x).view(shape), self.answers(x).view(shape)
        scores = torch.einsum("bipd,bjpd->bpij", asks, answers) / math.sqrt(self.pointer)
        scores = scores + self.distance[:, torch.from_numpy(tag.distances(words))]
        outside = torch.arange(words)[None, :] >= lengths[:, None]
        scores = scores.masked_fill(outside[:, None, None, :], -1e4)
        return self.labels(x), torch.cat([scores, self.none(x).permute(0, 2, 1)[..., None]], dim=3)


def loss_of(labels: torch.Tensor, pointers: torch.Tensor, items: list[Item]) -> torch.Tensor:
    """How far the scores are from the labels of the items."""
    total = labels.new_zeros(())
    words = labels.shape[1]
    at = 0
    for head, count in COUNTS.items():
        wanted = np.full((len(items), words), IGNORE, np.int64)
        for row, item in zip(wanted, items, strict=True):
            own = getattr(item.labels, head)
            row[: len(own)] = own
        scores = labels[:, :, at : at + count].reshape(-1, count)
        total = total + WEIGHTS[head] * nn.functional.cross_entropy(scores, torch.from_numpy(wanted).view(-1), ignore_index=IGNORE, label_smoothing=0.02)
        at += count
    asked = [(b, n, start, ends) for b, item in enumerate(items) for n, p in enumerate(tag.POINTERS) for q, start, ends in item.labels.pairs if p == q]
    if asked:
        rows, kinds, starts = (torch.tensor([a[k] for a in asked]) for k in range(3))
        right = torch.zeros(len(asked), words + 1, dtype=torch.bool)
        for row, (*_, ends) in zip(right, asked, strict=True):
            row[list(ends) or [words]] = True
        scores = torch.log_softmax(pointers[rows, kinds, starts], dim=1)
        lost = -torch.logsumexp(scores.masked_fill(~right, -1e4), dim=1)
        for n, pointer in enumerate(tag.POINTERS):
            if bool((kinds == n).any()):
                total = total + POINTER_WEIGHTS[pointer] * lost[kinds == n].mean()
    return total


def items_of(example: Example, encoder: Encoder) -> list[Item]:
    """The example as items of up to CHUNK_WORDS words."""
    words = tag.find_words(example.text, example.spans)
    states = tag.word_states(example.text, example.spans, words, encoder)
    features = tag.features(example.text, words).astype(np.float16)
    items = []
    for a, b in tag.chunks(words):
        labels = labels_of(example, words.starts[a:b], words.ends[a:b])
        items.append(Item(states[a:b], features[a:b], labels))
    return items


def batches(items: list[Item], size: int, chance: random.Random) -> list[list[Item]]:
    """Items in batches of about one length, in an order drawn by `chance`."""
    order = sorted(items, key=lambda i: len(i.states) + chance.randint(0, 40))
    found = [order[i : i + size] for i in range(0, len(order), size)]
    chance.shuffle(found)
    return found


def tensors(items: list[Item]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """States, features and lengths of a batch, padded."""
    lengths = torch.tensor([len(i.states) for i in items])
    longest = int(lengths.max())
    states = torch.zeros(len(items), longest, items[0].states.shape[1])
    features = torch.zeros(len(items), longest, items[0].features.shape[1])
    for n, item in enumerate(items):
        states[n, : len(item.states)] = torch.from_numpy(item.states)
        features[n, : len(item.states)] = torch.from_numpy(item.features)
    return states, features, lengths


def train(articles: list[list[list[Item]]], heads: Heads, *, epochs: int, rate: float = RATE, seed: int = SEED, say: bool = True) -> Heads:
    """Train the heads on articles, each given as its variants (each some items): every epoch reads one variant of each."""
    chance = random.Random(seed)
    steps = epochs * math.ceil(len(articles) / BATCH)
    optimiser = torch.optim.AdamW(heads.parameters(), lr=rate, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=int(steps * 1.3) + 10, pct_start=0.1)
    mean: dict[str, torch.Tensor] = {}
    for epoch in range(epochs):
        heads.train()
        started, lost = time.time(), []
        chosen = [item for variants in articles for item in chance.choice(variants)]
        for batch in batches(chosen, BATCH, chance):
            loss = loss_of(*heads(*tensors(batch)), batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(heads.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            lost.append(loss.item())
        if epoch >= epochs * 2 // 3:  # the mean of the last third of the epochs reads better than any one of them
            for name, value in heads.state_dict().items():
                mean[name] = mean[name] + value if name in mean else value.clone()
        if say:
            print(f"epoch {epoch + 1}/{epochs}: loss {np.mean(lost):.3f}, {time.time() - started:.0f} s", flush=True)
    kept = epochs - epochs * 2 // 3
    heads.load_state_dict({name: value / kept for name, value in mean.items()})
    return heads.eval()
