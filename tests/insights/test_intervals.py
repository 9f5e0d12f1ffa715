"""Intervals, against other programs and worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from secondsight.insights.intervals import (
    alpha,
    clustered_share,
    correlation,
    design_effect,
    difference,
    is_small,
    mean,
    share,
)
from secondsight.insights.spotting import clusters


@given(st.integers(0, 300), st.integers(1, 300))
def test_a_share_has_wilsons_interval(count, of):
    count = min(count, of)
    value, low, high = share(count, of)
    assert (low, high) == pytest.approx(proportion_confint(count, of, method="wilson"), abs=1e-9)
    assert 0 <= low <= value <= high <= 1


def test_a_share_of_nothing_is_none():
    assert share(0, 0) == clustered_share(*clusters([])) == (None, None, None)


@given(st.integers(0, 40), st.integers(1, 40), st.integers(0, 40), st.integers(1, 40))
def test_a_difference_has_newcombes_interval(a, n, b, m):
    a, b = min(a, n), min(b, m)
    value, low, high = difference(share(a, n), share(b, m))
    theirs = confint_proportions_2indep(b, m, a, n, method="newcomb", compare="diff")
    assert (low, high) == pytest.approx(theirs, abs=1e-9) and value == pytest.approx(b / m - a / n)


def test_answers_of_one_trainee_go_together_worked_out_by_hand():
    """1 of 2 and 4 of 4: p = 5/6. Deviations 1 - 2p = -2/3 and 4 - 4p = 2/3, squares 8/9.

    Variance 2/1 x 8/9 / 36 = 4/81, of independent answers 5/36 / 6 = 5/216; effect 32/15. Six answers are worth
    6 / (32/15) = 2.8125.
    """
    sums = clusters([(1, 2), (4, 4)])
    assert design_effect(*sums) == pytest.approx(32 / 15)
    value, low, high = clustered_share(*sums)
    assert value == pytest.approx(5 / 6)
    assert (low, high) == pytest.approx(proportion_confint(5 / 6 * 2.8125, 2.8125, method="wilson"))


def test_the_interval_of_a_class_is_never_narrower_than_that_of_independent_answers():
    # All alike: less spread than chance would have.
    assert design_effect(*clusters([(1, 2)] * 10)) == 1
    # Each trainee all or nothing: ten answers of one say no more than one.
    assert design_effect(*clusters([(10, 10), (0, 10)] * 5)) == pytest.approx(10 / 9 * 10)
    # One alone shows nothing of it.
    assert clustered_share(*clusters([(3, 7)])) == share(3, 7)


@given(st.lists(st.floats(-1, 1), min_size=2, max_size=20).filter(lambda values: max(values) - min(values) > 1e-3))
def test_a_mean_has_students_interval(values):
    _, low, high = mean(values)
    assert (low, high) == pytest.approx(tuple(stats.ttest_1samp(values, 0).confidence_interval(0.95)), abs=1e-9)


def test_a_mean_of_one_or_of_none_or_of_the_same_has_no_interval():
    assert mean([]) == (None, None, None)
    assert mean([0.5]) == mean([0.5, 0.5]) == (0.5, None, None)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=4, max_size=30))
def test_a_correlation_has_fishers_interval(pairs):
    x, y = zip(*pairs, strict=True)
    found = correlation(
        len(x), sum(x), sum(y), sum(a * a for a in x), sum(b * b for b in y), sum(a * b for a, b in pairs)
    )
    if len({*x}) == 1 or len({*y}) == 1:
        assert found.value is None
        return
    theirs = stats.pearsonr(x, y)
    assert found.value == pytest.approx(theirs.statistic, abs=1e-9)
    if abs(found.value) < 1 - 1e-9:
        assert (found.low, found.high) == pytest.approx(tuple(theirs.confidence_interval()), abs=1e-7)


def test_alpha_of_too_little_is_none():
    assert alpha(1, 30, 1, 1).value is alpha(5, 1, 1, 2).value is alpha(5, 30, 0, 0).value is None


def test_small_is_where_an_interval_can_reach_a_fifth_to_either_side():
    for figure, half in (
        ("share", lambda n: share(n / 2, n).high - 0.5),
        ("correlation", lambda n: correlation(n, 0, 0, 10**6, 10**6, 0).high),
    ):
        least = next(n for n in range(1, 1000) if not is_small(n, figure))
        assert half(least) == pytest.approx(0.2, abs=5e-3), figure
        assert half(0.95 * least) > 0.2, figure
