"""The memory layout of maxout layers for inference: their pieces one after another, not interleaved as in training.

The maximum over the pieces is then a few passes over long rows. Depends on thinc's layout of a maxout's weights.
"""

from typing import Any

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float32]


def by_piece(weights: Any) -> Floats:
    """(width, pieces, inputs) as thinc has it -> (inputs, pieces x width), for `inputs @ weights`."""
    return numpy.ascontiguousarray(weights.transpose(1, 0, 2).reshape(-1, weights.shape[2]).T)


def largest(sums: Floats, width: int) -> Floats:
    """(n, pieces x width) -> (n, width): of each unit its largest piece."""
    best: Floats = numpy.maximum(sums[:, :width], sums[:, width : 2 * width])
    for start in range(2 * width, sums.shape[1], width):
        numpy.maximum(best, sums[:, start : start + width], out=best)
    return best
