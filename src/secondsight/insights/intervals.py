"""Intervals of 95 %, and when numbers are small."""

from __future__ import annotations

from math import atanh, hypot, sqrt, tanh
from statistics import NormalDist
from typing import Literal, NamedTuple

Z = NormalDist().inv_cdf(0.975)
SMALLEST = {"share": 20, "mean": 20, "correlation": 100, "alpha": 100}


class Estimate(NamedTuple):
    """A figure with the ends of its 95 % interval; each is None where it is not defined."""

    value: float | None
    low: float | None = None
    high: float | None = None


NOTHING = Estimate(None)


def is_small(n: int, figure: Literal["share", "mean", "correlation", "alpha"] = "share") -> bool:
    """Whether ``n`` is too few to lean on the figure: its 95 % interval can reach 0.2 to either side, or further.

    A share rests on enough from 20 on (Wilson's interval of one half is then 0.2 to either side), a correlation,
    and alpha with it, from 100 on (Fisher's interval of a correlation of nothing is then 0.2 to either side). For a
    mean of trainees the threshold is that of a share.
    """
    return n < SMALLEST[figure]


def share(count: float, of: float) -> Estimate:
    """A share with Wilson's score interval; nothing for a share of nothing.

    With p = count / of and n = of: (p + Z^2/2n -+ Z sqrt(p(1-p)/n + Z^2/4n^2)) / (1 + Z^2/n).
    (E. B. Wilson, JASA 1927;22:209-212.) It stays between 0 and 1 and has a width also where p is 0 or 1.

    Args:
        count: how many of them; a sum of scores from 0 to 1 will do. Their variance is at most that of
            right and wrong, so the interval is then at least as wide as it should be.
    """
    if not of:
        return NOTHING
    p = count / of
    spread = 1 + Z * Z / of
    middle = (p + Z * Z / (2 * of)) / spread
    half = Z / spread * sqrt(p * (1 - p) / of + Z * Z / (4 * of * of))
    return Estimate(p, max(0.0, min(p, middle - half)), min(1.0, max(p, middle + half)))


def design_effect(clusters: int, count: int, of: int, squares: int, products: int, of_squares: int) -> float:
    """By how much answers of the same trainee, which go together, widen the variance of a share; at least 1.

    With x_i of n_i answers of trainee i, x of n in all, m trainees and p = x / n: the variance of p as a ratio,
    m/(m-1) sum (x_i - p n_i)^2 / n^2, over that of independent answers, p (1-p) / n.
    (J. N. K. Rao and A. J. Scott, Biometrics 1992;48:577-585.)

    Args:
        clusters: m. One trainee alone shows nothing of it; then it is 1.
        count: x.
        of: n.
        squares: sum of x_i^2.
        products: sum of x_i n_i.
        of_squares: sum of n_i^2.
    """
    if clusters < 2 or count in (0, of):
        return 1.0
    # Whole numbers as long as possible, so that the order of the trainees changes nothing.
    spread = squares * of * of - 2 * count * of * products + count * count * of_squares  # times n^2
    return max(1.0, clusters / (clusters - 1) * spread / (count * (of - count) * of))


def clustered_share(clusters: int, count: int, of: int, squares: int, products: int, of_squares: int) -> Estimate:
    """A share of answers of several trainees: Wilson's interval of as many answers as would be worth the same alone.

    That number is n over the design effect (Rao and Scott 1992). Arguments as for ``design_effect``.
    """
    effect = design_effect(clusters, count, of, squares, products, of_squares)
    worth = share(count / effect, of / effect)
    return worth._replace(value=count / of) if of else worth


def difference(before: Estimate, after: Estimate) -> Estimate:
    """A difference of two shares with Newcombe's hybrid score interval.

    (R. G. Newcombe, Statistics in Medicine 1998;17:873-890, method 10.)
    """
    if before.value is None or after.value is None:
        return NOTHING
    value = after.value - before.value
    low = value - hypot(after.value - after.low, before.high - before.value)
    high = value + hypot(after.high - after.value, before.value - before.low)
    return Estimate(value, low, high)


def mean(values: list[float]) -> Estimate:
    """A mean with Student's t interval, mean -+ t(0.975, n-1) s / sqrt(n).

    (Student, Biometrika 1908;6:1-25.) One value has no interval, and neither have values that are all the same.
    """
    from scipy.special import stdtrit

    if not values:
        return NOTHING
    n = len(values)
    middle = sum(values) / n
    squares = sum((value - middle) ** 2 for value in values)
    if n < 2 or max(values) == min(values):
        return Estimate(middle)
    half = float(stdtrit(n - 1, 0.975)) * sqrt(squares / (n - 1) / n)
    return Estimate(middle, middle - half, middle + half)


def correlation(n: int, x: int, y: int, xx: int, yy: int, xy: int) -> Estimate:
    """Pearson's r from sums, with Fisher's interval, tanh(atanh r -+ Z / sqrt(n-3)).

    r = (n xy - x y) / sqrt((n xx - x^2) (n yy - y^2)). (R. A. Fisher, Metron 1921;1:3-32.) r is nothing where one of
    the two does not vary; its interval is nothing for three pairs or fewer, and where r is 1 or -1.

    Args:
        n: pairs.
        x, y, xx, yy, xy: sums of the one, the other, their squares and their products, in whole numbers.
    """
    vary_x, vary_y = n * xx - x * x, n * yy - y * y
    if vary_x <= 0 or vary_y <= 0:
        return NOTHING
    r = max(-1.0, min(1.0, (n * xy - x * y) / sqrt(vary_x) / sqrt(vary_y)))
    if n <= 3 or abs(r) > 1 - 1e-12:
        return Estimate(r)
    half = Z / sqrt(n - 3)
    return Estimate(r, tanh(atanh(r) - half), tanh(atanh(r) + half))


def alpha(items: int, n: int, item_variances: float, total_variance: float) -> Estimate:
    """Cronbach's alpha with Feldt's interval; nothing for one item, one trainee, or a total that does not vary.

    alpha = k/(k-1) (1 - sum of the items' variances / variance of the total)
    (L. J. Cronbach, Psychometrika 1951;16:297-334). Its ends are 1 - (1 - alpha) F(0.975) and 1 - (1 - alpha) F(0.025)
    with n-1 and (n-1)(k-1) degrees of freedom (L. S. Feldt, Psychometrika 1965;30:357-370).

    Args:
        items: k.
        n: trainees who answered all of them.
        item_variances, total_variance: or both of them times the same number.
    """
    from scipy.special import fdtri

    if items < 2 or n < 2 or total_variance <= 0:
        return NOTHING
    value = items / (items - 1) * (1 - item_variances / total_variance)
    degrees = n - 1, (n - 1) * (items - 1)
    low, high = (1 - (1 - value) * float(fdtri(*degrees, p)) for p in (0.975, 0.025))
    return Estimate(value, low, high)
