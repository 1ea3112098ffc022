"""Who bears which words in their names: read once of a run, and then found in memory.

In: the table that ``searches/bearers.sql`` gives. Out: the persons of whom one record gives every
word asked for. Of a million records the words take 25 MB and a second; a search among them then
takes a fiftieth of one, where reading every name took half a second each time.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Likeness = npt.NDArray[np.float64]

Spellings = Mapping[str, float]
"""What a word may be spelt as, each with its likeness above 0 to 1."""


class Bearers:
    """The records that give each word, by their numbers, and the person of each record."""

    def __init__(self, given: pa.Table) -> None:
        """Take in each record's ``person_id`` and ``words``."""
        self._persons = given["person_id"].combine_chunks()
        lists = given["words"].combine_chunks()
        words = lists.flatten().dictionary_encode()
        record = np.repeat(np.arange(len(lists), dtype=np.int32), np.diff(lists.offsets))
        codes = words.indices.to_numpy()
        order = np.argsort(codes.astype(np.min_scalar_type(len(words.dictionary))), kind="stable")
        self._records = record[order]
        ends = np.cumsum(np.bincount(codes, minlength=len(words.dictionary))).tolist()
        self._places = dict(
            zip(words.dictionary.to_pylist(), zip([0, *ends[:-1]], ends, strict=True), strict=True)
        )

    @property
    def spellings(self) -> list[str]:
        """Return every word in the order of the alphabet."""
        return sorted(filter(None, self._places))

    def best(self, words: Sequence[Spellings], *, most: int) -> list[tuple[str, float]]:
        """Return at most ``most`` persons of whom one record gives every word, the likeliest first.

        Each with the mean likeness of its best record; of equals the first by id.
        """
        likeness = self._likeness(words)
        records = np.flatnonzero(likeness)
        whose = self._persons.take(pa.array(records)).dictionary_encode()
        held = whose.is_valid().to_numpy(zero_copy_only=False)
        best = np.zeros(len(whose.dictionary))
        person = whose.drop_null().indices.to_numpy()
        np.maximum.at(best, person, likeness[records[held]] / len(words))
        scored = zip(whose.dictionary.to_pylist(), best.tolist(), strict=True)
        return sorted(scored, key=lambda found: (-found[1], found[0]))[:most]

    def _likeness(self, words: Sequence[Spellings]) -> Likeness:
        """Return by record how alike all words are, together; 0 where it lacks one of them."""
        together = np.zeros(len(self._persons))
        for place, word in enumerate(words):
            one = np.zeros(len(self._persons))
            for spelling, likeness in sorted(word.items(), key=lambda pair: pair[1]):
                begin, end = self._places.get(spelling, (0, 0))
                one[self._records[begin:end]] = likeness
            together = np.where((one > 0) & ((together > 0) | (place == 0)), together + one, 0)
        return together
