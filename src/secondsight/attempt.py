"""One answer given to one item: the shape that is kept, given out and taken in everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    TypeAdapter,
    ValidationError,
    model_serializer,
)

Name = Annotated[str, Field(min_length=1, max_length=200)]

# The clocks of two machines may differ by so much, a time zone be set wrong. What is further ahead is in the future.
CLOCKS_DIFFER = timedelta(days=1)


def _to_utc(at: datetime) -> datetime:
    try:
        return at.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("the time has no year in UTC") from error


class Attempt(BaseModel):
    """One answer given to one item.

    Attributes:
        item_version: hash of the item's wording when it was answered.
        answer: what was chosen, as the kind of item writes it (see the components in
            ``frontend/src/activities``).
        score: from 0 to 1, as the frontend scored it, None for what is never scored; Python never
            scores an answer.
        certainty: None where the item does not ask for it.
        hints: hints opened before answering.
        seconds: from first sight of the item to the answer.
        at: when, in UTC.
        text: a trainee's own words, for items that are answered in writing.
        sitting: the sitting of a final check that it belongs to.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Name
    item: Name
    item_version: Name
    lesson: Name
    answer: list[Name] = Field(max_length=50)
    score: Annotated[float, Field(ge=0, le=1)] | None
    certainty: Literal["guessing", "fairly-sure", "sure"] | None
    hints: int = Field(ge=0, le=2**53)  # up to here JavaScript counts, and SQLite has room for it
    seconds: float = Field(ge=0, allow_inf_nan=False)
    at: Annotated[AwareDatetime, AfterValidator(_to_utc)]
    place: Literal["jupyter", "page"]
    text: Annotated[str, Field(max_length=4000)] | None = None
    sitting: Name | None = None

    @model_serializer(mode="wrap")
    def _without_empty_fields(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """An attempt without words or sitting has no field for them, in Python as in the frontend."""
        data = dump(self)
        if self.text is None:
            del data["text"]
        if self.sitting is None:
            del data["sitting"]
        return data


_ATTEMPTS = TypeAdapter(list[Attempt])


def in_order(attempt: Attempt) -> tuple[datetime, str]:
    """The key by which attempts are sorted: when they were made, then their id."""
    return attempt.at, attempt.id


def read_lines(lines: Iterable[bytes]) -> list[Attempt | None]:
    """The attempt in each line of JSON, None for a line that holds none."""
    lines = list(lines)
    try:
        # Much faster than line by line. Where lines are JSON only together, their number tells.
        attempts: list[Attempt | None] = [*_ATTEMPTS.validate_json(b"[" + b",\n".join(lines) + b"]")]
    except ValidationError:
        attempts = []
    return attempts if len(attempts) == len(lines) else [_read_line(line) for line in lines]


def _read_line(line: bytes) -> Attempt | None:
    try:
        return Attempt.model_validate_json(line)
    except ValidationError:
        return None
