"""Train the tagger's heads on this folder: `python corpus/train.py` (extra `[train]`).

Every article is read in itself and in untidy variants; the states of their words are computed once by the frozen encoder, then the heads for
statements and that for names, which learns nothing else, are trained on these. Articles whose number ends in 0 are never trained on; how well they
are read is printed at the end.
"""

from __future__ import annotations

import argparse
import math
import pathlib
import random
import time
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from augment import edited, varied
from labels import IGNORE, Example, Labels, example_of, labels_of
from onrecord.knowledge import graph, weights
from onrecord.knowledge.marks import read_article
from onrecord.stages import tag
from onrecord.stages.encode import Encoder, open_encoder

FOLDER = pathlib.Path(__file__).parent
BATCH = 4  # pieces of articles
RATE = 1e-3
SEED = 20
VARIANTS = 4  # untidy variants of an article, beside the article itself
DROPOUT = 0.3
SMOOTHING = 0.02
RARE = 5.0  # what a word inside nested speech counts for, against one outside: there are few
COUNTS = {head: len(names) for head, names in tag.LABELS.items()}
POINTER_WEIGHTS = {"cue": 0.4, "speaker": 0.6, "antecedent": 0.3}


class Recipe(NamedTuple):
    """What is trained, and how: the labels with what each counts for, their size, and where the heads are written."""

    weights: dict[str, float]
    points: bool
    width: int
    reaches: tuple[int, ...]  # words to either side that the blocks bring in
    epochs: int  # in each of which one variant of every article is read
    file: pathlib.Path

    @property
    def outputs(self) -> tuple[str, ...]:
        """The outputs of the graph but for `distance`."""
        return ("labels", "asks", "answers", "none") if self.points else ("labels",)


STATEMENTS = {"content": 1.0, "inner": 1.0, "cue": 1.0, "speaker": 0.7, "mention": 0.5, "name": 0.5}
RECIPES = {
    "statements": Recipe(STATEMENTS, True, 208, (1, 2, 4, 8, 1), 20, weights.HEADS),
    "names": Recipe({"name": 1.0}, False, 128, (1, 2, 4), 12, weights.NAMES),
}


class Item(NamedTuple):
    """An article as the heads see it: states and features of its words, and what they should say of them."""

    states: npt.NDArray[np.float16]
    features: npt.NDArray[np.float16]
    labels: Labels


class Block(nn.Module):
    """A step sideways: what stands `reach` words before and after is added to each word."""

    def __init__(self, width: int, reach: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.conv = nn.Conv1d(width, width, 3, dilation=reach, padding=reach)
        self.out = nn.Linear(width, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        beside = self.conv((self.norm(x) * there).transpose(1, 2)).transpose(1, 2)
        return x + self.dropout(self.out(torch.relu(beside)))


class Heads(nn.Module):
    """What is trained; `graph_of` writes it as the graph that `onrecord.stages.tag` runs."""

    def __init__(self, inputs: int, recipe: Recipe) -> None:
        super().__init__()
        width, self.recipe = recipe.width, recipe
        self.dropout = nn.Dropout(DROPOUT)
        self.squeeze = nn.Linear(inputs + tag.FEATURES, width)
        self.blocks = nn.ModuleList(Block(width, reach, DROPOUT) for reach in recipe.reaches)
        self.norm = nn.LayerNorm(width)
        self.labels = nn.Linear(width, sum(COUNTS[head] for head in recipe.weights))
        if recipe.points:
            self.asks = nn.Linear(width, tag.POINTER_WIDTH * len(tag.POINTERS))
            self.answers = nn.Linear(width, tag.POINTER_WIDTH * len(tag.POINTERS))
            self.none = nn.Linear(width, len(tag.POINTERS))
            self.distance = nn.Parameter(torch.zeros(len(tag.POINTERS), tag.DISTANCES))

    def forward(self, states: torch.Tensor, features: torch.Tensor, lengths: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | None]:
        """Label scores [batch, word, label] and pointer scores [batch, pointer, word, word + 1], the last column for none, where it points."""
        batch, words, _ = states.shape
        there = (torch.arange(words)[None, :] < lengths[:, None])[..., None].float()
        kept = self.dropout(states.new_ones(batch, 1, states.shape[2]))  # whole columns of an article at once
        x = self.squeeze(torch.cat([states * kept, features], dim=2))
        for block in self.blocks:
            x = block(x, there)
        x = self.dropout(self.norm(x))
        return self.labels(x), self._pointers(x, there) if self.recipe.points else None

    def _pointers(self, x: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        batch, words, _ = x.shape
        shape = (batch, words, len(tag.POINTERS), tag.POINTER_WIDTH)
        asks, answers = self.asks(x).view(shape), self.answers(x).view(shape)
        scores = torch.einsum("bipd,bjpd->bpij", asks, answers) / math.sqrt(tag.POINTER_WIDTH)
        scores = scores + self.distance[:, torch.from_numpy(tag.distances(words))]
        scores = scores.masked_fill((there[..., 0] == 0)[:, None, None, :], -1e4)
        return torch.cat([scores, self.none(x).permute(0, 2, 1)[..., None]], dim=3)


def graph_of(heads: Heads) -> bytes:
    """The heads as an ONNX graph, its weights in half precision: `states` and `features` in, the outputs of the recipe out, and `distance` where it
    points."""
    nodes: list[bytes] = []
    tensors: list[bytes] = []

    def constant(name: str, values: torch.Tensor) -> str:
        tensors.append(graph.tensor(name + ".half", values.detach().numpy().astype(np.float16)))
        nodes.append(graph.node("Cast", (name + ".half",), (name,), to=1))
        return name

    def linear(source: str, layer: nn.Linear, target: str) -> str:
        nodes.append(graph.node("MatMul", (source, constant(f"{target}.w", layer.weight.T.contiguous())), (f"{target}.product",)))
        nodes.append(graph.node("Add", (f"{target}.product", constant(f"{target}.b", layer.bias)), (target,)))
        return target

    def normal(source: str, layer: nn.LayerNorm, target: str) -> str:
        inputs = (source, constant(f"{target}.g", layer.weight), constant(f"{target}.h", layer.bias))
        nodes.append(graph.node("LayerNormalization", inputs, (target,), axis=graph.LAST_AXIS, epsilon=1e-5))
        return target

    nodes.append(graph.node("Concat", ("states", "features"), ("all",), axis=2))
    x = linear("all", heads.squeeze, "squeezed")
    for n, (block, reach) in enumerate(zip(heads.blocks, (b.conv.dilation[0] for b in heads.blocks), strict=True)):
        nodes.append(graph.node("Transpose", (normal(x, block.norm, f"n{n}"),), (f"t{n}",), perm=(0, 2, 1)))
        inputs = (f"t{n}", constant(f"c{n}.w", block.conv.weight), constant(f"c{n}.b", block.conv.bias))
        nodes.append(graph.node("Conv", inputs, (f"c{n}",), kernel_shape=(3,), dilations=(reach,), pads=(reach, reach)))
        nodes.append(graph.node("Transpose", (f"c{n}",), (f"u{n}",), perm=(0, 2, 1)))
        nodes.append(graph.node("Relu", (f"u{n}",), (f"g{n}",)))
        nodes.append(graph.node("Add", (x, linear(f"g{n}", block.out, f"o{n}")), (f"x{n}",)))
        x = f"x{n}"
    last = normal(x, heads.norm, "last")
    outputs = {name: linear(last, getattr(heads, name), name) for name in heads.recipe.outputs}
    if heads.recipe.points:
        constant("distance", heads.distance)
    inputs = heads.squeeze.in_features - tag.FEATURES
    starts = graph.value(graph.INPUT, "states", "float32", (1, "words", inputs))
    starts += graph.value(graph.INPUT, "features", "float32", (1, "words", tag.FEATURES))
    ends = b"".join(graph.value(graph.OUTPUT, n, "float32", (1, "words", getattr(heads, n).out_features)) for n in outputs)
    if heads.recipe.points:
        ends += graph.value(graph.OUTPUT, "distance", "float32", tuple(heads.distance.shape))
    return graph.model(nodes, tensors, starts, ends)


def loss_of(labels: torch.Tensor, pointers: torch.Tensor | None, items: list[Item], recipe: Recipe) -> torch.Tensor:
    """How far the scores are from the labels of the items."""
    total = 0.0 * labels.sum()  # a batch of junk alone has nothing to learn from
    words = labels.shape[1]
    at = 0
    for head, weight in recipe.weights.items():
        wanted = np.full((len(items), words), IGNORE, np.int64)
        for row, item in zip(wanted, items, strict=True):
            own = getattr(item.labels, head)
            row[: len(own)] = own
        scores, target = labels[:, :, at : at + COUNTS[head]].reshape(-1, COUNTS[head]), torch.from_numpy(wanted).view(-1)
        at += COUNTS[head]
        if bool((target == IGNORE).all()):
            continue
        rarity = torch.tensor([1.0] + [RARE if head == "inner" else 1.0] * (COUNTS[head] - 1))
        lost = nn.functional.cross_entropy(scores, target, weight=rarity, ignore_index=IGNORE, label_smoothing=SMOOTHING)
        total = total + weight * lost
    return total if pointers is None else total + _lost_pointers(pointers, items)


def _lost_pointers(pointers: torch.Tensor, items: list[Item]) -> torch.Tensor:
    """How far what the words point to is from what they should."""
    total = pointers.new_zeros(())
    words = pointers.shape[2]
    asked = [(b, tag.POINTERS.index(name), start, ends) for b, item in enumerate(items) for name, start, ends in item.labels.pairs]
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
    features = tag.features(example.text, words).astype(np.float16)
    items = []
    for a, b in tag.chunks(words):
        labels = labels_of(example, words.starts[a:b], words.ends[a:b])
        items.append(Item(tag.word_states(example.text, words, a, b, encoder).astype(np.float16), features[a:b], labels))
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
            loss = loss_of(*heads(*tensors(batch)), batch, heads.recipe)
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


def read_corpus(folder: pathlib.Path, encoder: Encoder, *, variants: int) -> tuple[list[list[list[Item]]], list[Item]]:
    """Articles to train on, each with its variants, and the items of those held apart."""
    articles, apart = [], []
    for path in sorted(folder.glob("*/*.txt")):
        example = example_of(read_article(path.read_text(encoding="utf-8"), where=str(path)))
        if int(path.name[:4]) % 10 == 0:
            apart += items_of(edited(example, [(a, b, "") for a, b in example.junk]), encoder)
            continue
        found = [items_of(example, encoder)]
        found += [items_of(varied(example, random.Random(f"{path.name} {n}")), encoder) for n in range(variants)]
        articles.append([items for items in found if items])
    return articles, apart


def word_scores(heads: Heads, items: list[Item]) -> dict[str, float]:
    """F1 over words by head: a word that has its label against one that should."""
    counts = {head: np.zeros(3) for head in heads.recipe.weights}
    for item in items:
        with torch.no_grad():
            labels, _ = heads(*tensors([item]))
        at = 0
        for head in counts:
            said, wanted = labels[0, :, at : at + COUNTS[head]].argmax(dim=1).numpy(), getattr(item.labels, head)
            right = (said == wanted) & (wanted > 0)
            counts[head] += [right.sum(), ((said > 0) & (wanted != IGNORE)).sum(), (wanted > 0).sum()]
            at += COUNTS[head]
    return {head: round(float(2 * hit / max(1, found + wanted)), 3) for head, (hit, found, wanted) in counts.items()}


def main() -> None:
    """Train on the corpus and write the heads where the package reads them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", choices=RECIPES, help="one of the heads (default: all)")
    parser.add_argument("--corpus", type=pathlib.Path, default=FOLDER, help="folder of <language>/*.txt (default: this one)")
    parser.add_argument("--to", type=pathlib.Path, default=weights.HEADS.parent, help="folder that the heads are written to (default: in the package)")
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--seed", type=int, default=SEED)
    args = parser.parse_args()
    started = time.time()
    articles, apart = read_corpus(args.corpus, open_encoder(), variants=VARIANTS)
    print(f"{len(articles)} articles to train on, {len(apart)} pieces held apart, {time.time() - started:.0f} s", flush=True)
    args.to.mkdir(parents=True, exist_ok=True)
    for what in [args.only] if args.only else RECIPES:
        recipe = RECIPES[what]
        torch.manual_seed(args.seed)
        heads = train(articles, Heads(articles[0][0][0].states.shape[1], recipe), epochs=args.epochs or recipe.epochs, seed=args.seed)
        print("words of the articles held apart, F1:", word_scores(heads, apart), flush=True)
        file = args.to / recipe.file.name
        file.write_bytes(graph_of(heads))
        print(f"{file}: {file.stat().st_size / 1e6:.1f} MB, {time.time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
