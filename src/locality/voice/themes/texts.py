"""How alike texts are, by pieces of words: the same on every machine, for English and for Gaelic.

A word is cut into runs of three to five letters, so that *bus* and *buses*, *ospadal* and *ospadail* are alike, and a
slip of the pen harms little; accents are taken off for the comparison. A piece that stands in few texts tells more than
one that stands in all. Nothing is learnt from elsewhere: no model, no list of words.

Source:
    Weights by how rare a piece is: Spärck Jones, Journal of Documentation 28, 1972. Pieces of words for any language:
    McNamee and Mayfield, Character n-gram tokenization for European language text retrieval, 2004.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SHORTEST, _LONGEST = 3, 5


def words_of(text: str) -> list[str]:
    """Give the words of a text as they are compared: small letters, without accents.

    Example:
        >>> words_of("Bus-stop at the Àros; b’ fheàrr leam…")
        ['bus-stop', 'at', 'the', 'aros', 'b', 'fhearr', 'leam']
    """
    return [fold(word) for word in _WORD.findall(unicodedata.normalize("NFC", text))]


def fold(word: str) -> str:
    """Take accents and capitals off a word, and make one apostrophe of all."""
    apart = unicodedata.normalize("NFD", word.casefold().replace("’", "'"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def as_written(texts: Sequence[str]) -> dict[str, str]:
    """Give for each compared word the form in which it is written most often."""
    forms: dict[str, Counter[str]] = {}
    for text in texts:
        for word in _WORD.findall(unicodedata.normalize("NFC", text)):
            forms.setdefault(fold(word), Counter())[word] += 1
    return {one: min(seen, key=lambda form: (-seen[form], form)) for one, seen in forms.items()}


def _pieces(word: str) -> Counter[str]:
    padded = f" {word} "
    return Counter(
        padded[at : at + size]
        for size in range(_SHORTEST, _LONGEST + 1)
        for at in range(max(len(padded) - size + 1, 1))
    )


@dataclass(frozen=True)
class Texts:
    """Texts made comparable.

    Args:
        words: Every compared word, in order.
        counts: How often (1 and the logarithm) each word stands in each text.
        pieces: The pieces of each word, weighed by how rare they are.
    """

    words: tuple[str, ...]
    counts: csr_array
    pieces: csr_array

    @cached_property
    def vectors(self) -> csr_array:
        """One row of length 1 for each text; a text without words is nought."""
        rows = (self.counts @ self.pieces).tocsr()
        lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
        return csr_array(rows.multiply((1 / np.maximum(lengths, 1e-12))[:, None]))

    def words_behind(self, text: int, weights: npt.NDArray[np.float64], most: int) -> tuple[str, ...]:
        """Give the words of a text that weigh most, by the weight of each word and how often it stands there."""
        row = slice(self.counts.indptr[text], self.counts.indptr[text + 1])
        those = self.counts.indices[row]
        weighed = sorted(zip((-self.counts.data[row] * weights[those]).tolist(), those.tolist(), strict=True))
        return tuple(self.words[at] for weight, at in weighed[:most] if weight < 0)


def compare_texts(texts: Sequence[str]) -> Texts:
    """Make texts comparable.

    Args:
        texts: The texts.

    Returns:
        Their words and pieces; the same for the same texts, on every machine.
    """
    counted = [Counter(words_of(text)) for text in texts]
    words = sorted(set().union(*counted)) if counted else []
    at = {word: number for number, word in enumerate(words)}
    rows = [(number, at[word], 1 + np.log(times)) for number, one in enumerate(counted) for word, times in one.items()]
    counts = _matrix(rows, (len(texts), len(words)))
    cut = [_pieces(word) for word in words]
    names = {piece: number for number, piece in enumerate(sorted(set().union(*cut)) if cut else [])}
    cells = [(number, names[piece], times) for number, one in enumerate(cut) for piece, times in one.items()]
    pieces = _matrix(cells, (len(words), len(names)))
    stands_in = np.asarray(((counts @ pieces) > 0).sum(axis=0)).ravel() if words else np.zeros(0)
    rare = np.log((1 + len(texts)) / (1 + stands_in)) + 1
    return Texts(tuple(words), counts, csr_array(pieces.multiply(rare[None, :])) if words else pieces)


def _matrix(cells: Sequence[tuple[int, int, float]], shape: tuple[int, int]) -> csr_array:
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    return csr_array((np.array(values, dtype=np.float64), (rows, columns)), shape=shape)
