"""Where does the likelihood of a log or logit model peak? Fisher scoring, many models at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, gammaln, logit, xlogy

from evenhand.stats.columns import Floats, Mask

# Fisher scoring settles in 4 to 10 steps; coefficients still moving after 50 are running away.
_MOST_STEPS = 50
_SETTLED = 1e-10  # relative change of the deviance (R's glm stops at 1e-8)
# A column that others explain to within this share of its length cannot have its own coefficient.
_COLLINEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Family:
    """A distribution with its link, as functions of the linear predictor and the cell's size."""

    name: str
    mean: Callable[[Floats, Floats], Floats]
    variance: Callable[[Floats, Floats], Floats]
    link: Callable[[Floats], Floats]
    deviance: Callable[[Floats, Floats, Floats], Floats]
    log_likelihood: Callable[[Floats, Floats, Floats], Floats]


def _poisson_deviance(count: Floats, mean: Floats, size: Floats) -> Floats:
    del size
    return np.asarray(2 * (xlogy(count, count / safe(mean)) - (count - mean)))


def _binomial_deviance(count: Floats, mean: Floats, size: Floats) -> Floats:
    rest, other = size - count, size - mean
    seen = xlogy(count, count / safe(mean))
    return np.asarray(2 * (seen + xlogy(rest, rest / safe(other))))


def _binomial_log_likelihood(count: Floats, mean: Floats, size: Floats) -> Floats:
    ways = gammaln(size + 1) - gammaln(count + 1) - gammaln(size - count + 1)
    share = mean / safe(size)
    return np.asarray(ways + xlogy(count, safe(share)) + xlogy(size - count, safe(1 - share)))


def safe(value: Floats) -> Floats:
    """The value with 1 in place of 0, for logarithms and quotients that do not count there."""
    return np.asarray(np.where(value > 0, value, 1.0))


POISSON = Family(
    "Poisson regression",
    mean=lambda predictor, size: size * np.exp(np.clip(predictor, -300.0, 300.0)),
    variance=lambda mean, size: mean,  # noqa: ARG005 - one signature for both families
    link=np.log,
    deviance=_poisson_deviance,
    log_likelihood=lambda y, mean, size: xlogy(y, safe(mean)) - mean - gammaln(y + 1),  # noqa: ARG005
)
BINOMIAL = Family(
    "logistic regression",
    mean=lambda predictor, size: size * expit(predictor),
    variance=lambda mean, size: mean * (1 - mean / safe(size)),
    # Only a start is taken from it: of 10⁹ in 10⁹ the share is 1 to the last digit.
    link=lambda share: logit(np.minimum(share, 1 - 1e-12)),
    deviance=_binomial_deviance,
    log_likelihood=_binomial_log_likelihood,
)


def predictor(x: Floats, beta: Floats) -> Floats:
    """Each cell's terms times the coefficients."""
    return np.asarray(np.einsum("...ij,...j->...i", x, beta))


def solvable_terms(x: Floats, used: Mask) -> Mask:
    """Whether the terms, over the cells used, are as many different directions."""
    rows = np.where(used[..., None], x, 0.0)
    length = np.sqrt((rows**2).sum(axis=-2, keepdims=True))
    scaled = rows / np.where(length > 0, length, 1.0)
    if x.shape[-2] < x.shape[-1]:
        return np.zeros(rows.shape[:-2], dtype=bool)
    singular = np.linalg.svd(scaled, compute_uv=False)
    return np.asarray(singular[..., -1] > _COLLINEAR)


def _information(family: Family, parts: tuple[Floats, Floats], x: Floats, solvable: Mask) -> Floats:
    """X'WX, or the identity where there is nothing to solve; a ridge of 1e-13 keeps it so."""
    n, mean = parts
    weight = family.variance(mean, n)
    information = np.einsum("...ki,...k,...kj->...ij", x, weight, x)
    identity = np.eye(x.shape[-1])
    diagonal = np.einsum("...ii->...i", information)
    information = information + 1e-13 * identity * np.maximum(diagonal, 1e-300)[..., None]
    return np.where(solvable[..., None, None], information, identity)


def scored(
    family: Family, units: tuple[Floats, Floats], system: tuple[Floats, Mask]
) -> tuple[Floats, Mask]:
    """Fisher scoring from the crude rate; whether the deviance has settled."""
    (y, n), (x, solvable) = units, system
    beta, before = _start(family, units, system), np.full(solvable.shape, np.inf)
    settled = np.zeros(solvable.shape, dtype=bool)
    for _ in range(_MOST_STEPS):
        mean = family.mean(predictor(x, beta), n)
        after = family.deviance(y, mean, n).sum(axis=-1)
        settled = np.abs(after - before) <= _SETTLED * (np.abs(after) + 0.1)
        if settled.all():
            break
        score = np.einsum("...ki,...k->...i", x, y - mean)
        information = _information(family, (n, mean), x, solvable)
        step = np.linalg.solve(information, score[..., None])[..., 0]
        beta = beta + np.where(solvable[..., None], np.clip(step, -5.0, 5.0), 0.0)
        before = after
    return beta, settled


def _start(family: Family, units: tuple[Floats, Floats], system: tuple[Floats, Mask]) -> Floats:
    """Least squares on the link scale, weighted by size: near enough to begin from."""
    (y, n), (x, solvable) = units, system
    crude = y.sum(axis=-1, keepdims=True) / np.maximum(n.sum(axis=-1, keepdims=True), 1e-300)
    share = (y + crude + 1e-9) / (np.where(n > 0, n, 1.0) + 1 + 2e-9)
    link = family.link(share)
    weight = np.where(n > 0, np.maximum(family.variance(n * share, n), 0.0), 0.0)
    gram = np.einsum("...ki,...k,...kj->...ij", x, weight, x)
    identity = np.eye(x.shape[-1])
    gram = gram + 1e-10 * identity * np.maximum(np.einsum("...ii->...i", gram), 1e-300)[..., None]
    gram = np.where(solvable[..., None, None], gram, identity)
    right = np.einsum("...ki,...k->...i", x, weight * link)
    return np.asarray(np.linalg.solve(gram, right[..., None])[..., 0])


def model_covariance(
    family: Family, parts: tuple[Floats, Floats, Floats], system: tuple[Floats, Mask]
) -> Floats:
    """The inverse of the information at the fitted means: errors if the model holds."""
    _, n, mean = parts
    return np.asarray(np.linalg.inv(_information(family, (n, mean), *system)))
