"""Train the head for names on this folder: `python corpus/train_names.py` (extra `[train]`; half an hour on one quiet core).

A head of its own beside those of `train.py`: a third of their size, over the same frozen states, that learns nothing but names. It reads
every article in itself and in untidy variants; articles whose number ends in 0 are never trained on. Names in junk are not marked and count for nothing.
"""

from __future__ import annotations

import argparse
import pathlib
import random
import time

import numpy as np
import torch
from torch import nn

from labels import IGNORE
from onrecord.knowledge import weights
from onrecord.stages import tag
from onrecord.stages.encode import open_encoder
from train import DROPOUT, FOLDER, Block, Item, batches, graph_of, read_corpus, tensors

VARIANTS = 2  # untidy variants of an article, beside the article itself
EPOCHS = 8
BATCH = 8  # pieces of articles
RATE = 2e-3
SEED = 1
WIDTH = 128
REACHES = (1, 2, 4)  # words to either side that the blocks bring in: 7 in all
SMOOTHING = 0.02


class Names(nn.Module):
    """What is trained: `Heads` of `train.py` with one output."""

    def __init__(self, inputs: int, width: int = WIDTH, reaches: tuple[int, ...] = REACHES, dropout: float = DROPOUT) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.squeeze = nn.Linear(inputs + tag.FEATURES, width)
        self.blocks = nn.ModuleList(Block(width, reach, dropout) for reach in reaches)
        self.norm = nn.LayerNorm(width)
        self.labels = nn.Linear(width, len(tag.NAME))

    def forward(self, states: torch.Tensor, features: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """Label scores [batch, word, label]."""
        there = (torch.arange(states.shape[1])[None, :] < lengths[:, None])[..., None].float()
        kept = self.dropout(states.new_ones(len(states), 1, states.shape[2]))  # whole columns of an article at once
        x = self.squeeze(torch.cat([states * kept, features], dim=2))
        for block in self.blocks:
            x = block(x, there)
        scores: torch.Tensor = self.labels(self.dropout(self.norm(x)))
        return scores


def train(items: list[Item], names: Names, *, epochs: int = EPOCHS, seed: int = SEED) -> Names:
    """Train on the items, every variant once an epoch."""
    chance = random.Random(seed)
    steps = epochs * (len(items) // BATCH + 1)
    optimiser = torch.optim.AdamW(names.parameters(), lr=RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.15)
    for epoch in range(epochs):
        names.train()
        started, lost = time.time(), []
        for batch in batches(items, BATCH, chance):
            scores = names(*tensors(batch))
            wanted = torch.full(scores.shape[:2], IGNORE)
            for row, item in zip(wanted, batch, strict=True):
                row[: len(item.labels.name)] = torch.from_numpy(item.labels.name)
            loss = nn.functional.cross_entropy(scores.flatten(0, 1), wanted.flatten(), ignore_index=IGNORE, label_smoothing=SMOOTHING)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(names.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            lost.append(loss.item())
        print(f"epoch {epoch + 1}/{epochs}: loss {np.mean(lost):.3f}, {time.time() - started:.0f} s", flush=True)
    return names.eval()


def word_score(names: Names, items: list[Item]) -> float:
    """The share of names' words, by the gold or by the head, that both give one label."""
    both = right = 0
    for item in items:
        with torch.no_grad():
            said = names(*tensors([item]))[0].argmax(dim=1).numpy()
        wanted = item.labels.name
        counts = (wanted != IGNORE) & ((wanted > 0) | (said > 0))
        both += int(counts.sum())
        right += int((counts & (wanted == said)).sum())
    return right / max(1, both)


def main() -> None:
    """Train on the corpus and write the head where the package reads it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpus", type=pathlib.Path, default=FOLDER, help="folder of <language>/*.txt (default: this one)")
    parser.add_argument("--to", type=pathlib.Path, default=weights.NAMES, help="where the head is written (default: into the package)")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=SEED)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    articles, apart = read_corpus(args.corpus, open_encoder(), variants=VARIANTS)
    items = [item for variants in articles for variant in variants for item in variant]
    print(f"{len(items)} pieces to train on, {len(apart)} held apart", flush=True)
    names = train(items, Names(items[0].states.shape[1]), epochs=args.epochs, seed=args.seed)
    print(f"words of names of the articles held apart, right: {word_score(names, apart):.3f}")
    args.to.write_bytes(graph_of(names, ("labels",)))
    print(f"{args.to}: {args.to.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
