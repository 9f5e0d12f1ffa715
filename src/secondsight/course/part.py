"""What every part of a course shares: its forms of id and text, and how it says what does not fit."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
Level = Literal[
    "same-day-emergency", "contact-team-within-days", "discuss-if-beyond-1-2-weeks", "reassure-and-safety-net"
]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def unfit(says: str) -> PydanticCustomError:
    """An error whose sentence follows the name of the part: "item 'x' *has no key; add one*"."""
    return PydanticCustomError("unfit", "{says}", {"says": says})
