"""What the tests of insights share."""

from __future__ import annotations

import pytest

from insights.a_class import AClass


@pytest.fixture
def a_class(small_read, tmp_path) -> AClass:
    """A class of the small course, with nobody in it yet."""
    return AClass(small_read, tmp_path / "class")
