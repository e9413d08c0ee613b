"""Write the table of cheap vectors (`stages/heads/static.npz`) and the mean vector of each language (`centres.npz`) from the encoder.

    python corpus/distil.py [--cache FOLDER]

Every piece of the vocabulary in the letters of the languages here, and every word of the corpus that is several pieces, is read once by the
encoder, alone: some ten minutes on one core. `--cache` keeps what was read, so that another table can be made of it.
"""

from __future__ import annotations

import argparse
import itertools
import pathlib
import re
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from onrecord.knowledge.marks import MarkedArticle, read_article
from onrecord.knowledge.weights import CENTRES, STATIC, open_weights
from onrecord.knowledge.words import WORD
from onrecord.stages.cluster import gist
from onrecord.stages.encode import Encoder, open_encoder
from onrecord.stages.static import Static

ROOT = pathlib.Path(__file__).parent
VERSION = 1  # of the table: stored vectors of another one are refused
LATIN_PIECES = 60_000  # likeliest pieces in Latin letters: they serve many more languages than ours
SIGNS = 800  # likeliest pieces without letters: numbers, mostly
CYRILLIC = re.compile("[▁абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёъыэ’']+", re.IGNORECASE)
LATIN = re.compile("[▁a-zàâäáąãåæćčçďéèêëęěíìîïłľńňñóòôöőøõœřśšßťúùûüůűýźżž’']+", re.IGNORECASE)
LONGEST_WORD = 6  # pieces
BATCH = 128
PARTS, CENTROIDS, ROUNDS, SAMPLE = 96, 256, 12, 12_000  # of the product quantiser: bytes a vector, values a byte, rounds and rows of k-means
OPENINGS = 60  # articles of a language whose openings and longest paragraphs make its mean

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]


def pieces_of_ours() -> Integers:
    """Numbers of the pieces that the table holds, in ascending order."""
    weights = open_weights()
    kinds: dict[str, list[int]] = {"cyrillic": [], "latin": [], "sign": []}
    for number, piece in enumerate(weights.pieces[: len(weights.scores)]):
        if number <= weights.unknown:
            continue
        if CYRILLIC.fullmatch(piece):
            kinds["cyrillic"].append(number)
        elif LATIN.fullmatch(piece):
            kinds["latin"].append(number)
        elif not any(c.isalpha() for c in piece):
            kinds["sign"].append(number)
    likeliest = {kind: sorted(found, key=lambda n: -weights.scores[n]) for kind, found in kinds.items()}
    return np.array(sorted(likeliest["cyrillic"] + likeliest["latin"][:LATIN_PIECES] + likeliest["sign"][:SIGNS]), np.int64)


def articles() -> dict[str, list[MarkedArticle]]:
    """The articles of the corpus by language."""
    folders = sorted(folder for folder in ROOT.iterdir() if folder.is_dir() and len(folder.name) == 2)
    return {
        folder.name: [read_article(path.read_text(encoding="utf-8"), where=str(path)) for path in sorted(folder.glob("*.txt"))]
        for folder in folders
    }


def words_of(texts: Iterable[str], encoder: Encoder) -> dict[str, Integers]:
    """Words of the texts that are several pieces, as they stand; capitalised ones only where they never stand in small letters."""
    seen = {match[0] for text in texts for match in WORD.finditer(text) if not match[0].isdigit()}
    kept = sorted(word for word in seen if word == word.lower() or word.lower() not in seen)
    cut = {word: encoder.tokens(word).ids for word in kept}
    return {word: ids for word, ids in cut.items() if 2 <= len(ids) <= LONGEST_WORD}


def read_all(ids: Iterable[Integers], encoder: Encoder) -> Floats:
    """A vector for each sequence of tokens, read in batches of one length."""
    listed = list(ids)
    found = np.zeros((len(listed), encoder.hidden), np.float32)
    order = sorted(range(len(listed)), key=lambda n: len(listed[n]))
    for _, group in itertools.groupby(order, key=lambda n: len(listed[n])):
        members = list(group)
        for at in range(0, len(members), BATCH):
            batch = members[at : at + BATCH]
            found[batch] = encoder.means(np.stack([listed[n] for n in batch]))
    return found


def quantised(vectors: Floats) -> tuple[npt.NDArray[np.uint8], Floats]:
    """Codes and code book: for each part of a vector the nearest of CENTROIDS values, found by k-means on a sample."""
    chance = np.random.default_rng(0)
    width = vectors.shape[1] // PARTS
    codes = np.zeros((len(vectors), PARTS), np.uint8)
    book = np.zeros((PARTS, CENTROIDS, width), np.float32)
    sample = vectors[chance.choice(len(vectors), min(SAMPLE, len(vectors)), replace=False)]
    for part in range(PARTS):
        columns = slice(part * width, (part + 1) * width)
        values = sample[:, columns]
        centroids = values[chance.choice(len(values), CENTROIDS, replace=False)]
        for _ in range(ROUNDS):
            nearest = _nearest(values, centroids)
            counts = np.bincount(nearest, minlength=CENTROIDS)
            sums = np.stack([np.bincount(nearest, values[:, n], CENTROIDS) for n in range(width)], axis=1)
            centroids = np.where(counts[:, None] > 0, sums / np.maximum(counts, 1)[:, None], centroids).astype(np.float32)
        book[part] = centroids
        codes[:, part] = _nearest(vectors[:, columns], centroids)
    return codes, book


def _nearest(values: Floats, centroids: Floats) -> Integers:
    lengths = (centroids**2).sum(axis=1)
    nearest: Integers = np.concatenate([(lengths - 2 * values[at : at + 8192] @ centroids.T).argmin(axis=1) for at in range(0, len(values), 8192)])
    return nearest


def main() -> None:
    """Read, write the table, then the means of the languages with what was written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=pathlib.Path)
    cache = parser.parse_args().cache
    encoder, pieces, read = open_encoder(), pieces_of_ours(), articles()
    words = words_of((article.marked.text for found in read.values() for article in found), encoder)
    kept = cache / "distil.npz" if cache else None
    if kept is not None and kept.exists():
        vectors = np.load(kept)["vectors"].astype(np.float32)
    else:
        vectors = read_all([*pieces[:, None], *words.values()], encoder)
        if kept is not None:
            np.savez(kept, vectors=vectors.astype(np.float16))
    vectors -= vectors.mean(axis=0)
    codes, book = quantised(vectors)
    texts = {language: [text for article in found[:OPENINGS] for text in _passages(article)] for language, found in read.items()}
    rows = {"codes": codes, "book": book, "pieces": pieces, "words": np.frombuffer("\n".join(words).encode(), np.uint8), "version": np.array(VERSION)}
    nothing = np.zeros((len(texts), encoder.hidden), np.float32)
    np.savez(STATIC, languages=np.array(list(texts)), centres=nothing, **rows)  # type: ignore[arg-type]
    static = Static()
    centres = np.stack([static.means(found).mean(axis=0) for found in texts.values()])
    np.savez(STATIC, languages=np.array(list(texts)), centres=centres, **rows)  # type: ignore[arg-type]
    np.savez(CENTRES, **{language: encoder.mean(found) for language, found in texts.items()})  # type: ignore[arg-type]


def _passages(article: MarkedArticle) -> tuple[str, str]:
    """The opening of an article, and its longest paragraph."""
    return gist(article.marked.text), gist(max(article.marked.text.split("\n"), key=len))


if __name__ == "__main__":
    main()
