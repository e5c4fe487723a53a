"""AHP: weights from pairwise judgements, refused when these contradict each other (consistency ratio 0.1 and more).

The weights are the principal eigenvector of the judgement matrix; CR = (lambda - n) / (n - 1) / RI, with the mean random
indices of Tummala and Ling (1998, Theory and Decision 44(3), 221-230) for n up to 15.
"""

from __future__ import annotations

import numpy as np

from parkbook.comparison.composite.matrix import CompositeError, Floats

RANDOM_INDEX = (0, 0, 0.5799, 0.8921, 1.1159, 1.2358, 1.3322, 1.3952, 1.4537, 1.4882, 1.5117, 1.5356, 1.5571, 1.5714, 1.5831)  # fmt: skip
LIMIT = 0.1


def ahp_weights(judgements: Floats) -> tuple[Floats, float]:
    """Weights (they add up to 1) and the consistency ratio; CompositeError when the matrix is no set of judgements or CR >= 0.1."""
    _require_judgements(judgements)
    n = len(judgements)
    values, vectors = np.linalg.eig(judgements)
    first = int(np.argmax(values.real))
    vector = np.abs(vectors[:, first].real)
    ratio = 0.0 if n < 3 else (float(values[first].real) - n) / (n - 1) / RANDOM_INDEX[n - 1]
    if ratio >= LIMIT:
        raise CompositeError(
            "层次分析法的判断矩阵不一致",
            where="综合指数的赋权",
            expected=f"一致性比率 CR 小于{LIMIT}",
            found=f"CR 为{ratio:.3f}",
            remedy="核对两两比较中互相矛盾的判断后重新给出",
        )
    return vector / vector.sum(), max(ratio, 0.0)


def _require_judgements(judgements: Floats) -> None:
    square = judgements.ndim == 2 and judgements.shape[0] == judgements.shape[1]
    if not square or not 1 <= len(judgements) <= len(RANDOM_INDEX):
        raise CompositeError(
            "层次分析法的判断矩阵大小不对",
            where="综合指数的赋权",
            expected=f"1至{len(RANDOM_INDEX)}阶方阵",
            found="×".join(map(str, judgements.shape)),
        )
    if not (judgements > 0).all() or not np.allclose(judgements * judgements.T, 1, rtol=1e-6):
        raise CompositeError(
            "层次分析法的判断矩阵不是互反矩阵",
            where="综合指数的赋权",
            expected="全部为正数，对角线为1，两两互为倒数",
            remedy="核对判断矩阵",
        )
