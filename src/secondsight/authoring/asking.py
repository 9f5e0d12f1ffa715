"""What is asked of an author for a part of the course: the model says which fields there are and what fits each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from ..course import fields
from .conversation import Conversation, NotThat

# Asks for one field in a way of its own, given what was answered before it; None leaves the field out.
Own = Callable[[Conversation, str, dict[str, Any]], Any]

SAYS = {
    "string_too_long": "this is too long: at most {max_length} characters, and it has {length}",
    "string_too_short": "this is too short: at least {min_length} characters",
    "string_pattern_mismatch": "this is not of the form it takes ({pattern})",
}


class Asker:
    """Asks for the fields of a model, one after another.

    Args:
        talk: where the answers come from.
        own: for ``(model's name, field)``, how that field is asked for where the model alone does not say it, such as
            a name of another part.
        order: for a model's name, which of its fields are asked for, in order; by default all.
    """

    def __init__(self, talk: Conversation, own: Mapping[tuple[str, str], Own], order: Mapping[str, tuple[str, ...]]):
        self.talk = talk
        self.own = own
        self.order = order
        self._explained: set[tuple[str, str]] = set()

    def fields(self, model: type[BaseModel], name: str = "", label: str = "") -> dict[str, Any]:
        """The fields of one part, as they will stand in its file; what is left out is not among them."""
        got: dict[str, Any] = {}
        for field in self.order.get(model.__name__, tuple(model.model_fields)):
            value = self._field(model, field, f"{name}.{field}" if name else field, label, got)
            if not _is_nothing(value):
                got[field] = value
        return {field: got[field] for field in model.model_fields if field in got}

    def _field(self, model: type[BaseModel], field: str, name: str, label: str, got: dict[str, Any]) -> Any:
        info = model.model_fields[field]
        if not (self.talk.knows(name) or self.talk.knows_some(f"{name}.")):
            self._explain(model, field)
        for one in model.__mro__:
            if own := self.own.get((one.__name__, field)):
                return own(self.talk, name, got)
        kind = _without_none(info.annotation)
        prompt = f"{label}, {field}" if label else field
        if get_origin(kind) is list:
            return self._several(model, field, name, info, get_args(kind)[0])
        if get_origin(kind) is dict:
            keys, text = get_args(kind)
            return {
                key: self.talk.text(f"{name}.{key}", f"{field}, {key}", check=_fits(text)) for key in get_args(keys)
            }
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return self.fields(kind, name, field)
        return self._one(name, prompt, kind, info)

    def _one(self, name: str, prompt: str, kind: Any, info: FieldInfo) -> Any:
        if kind is bool:
            return self.talk.yes(name, f"{prompt}? y or n", default=None if info.is_required() else bool(info.default))
        if kind is int:
            return self._number(name, prompt, info)
        if kind is float:
            number = float(self.talk.ask(name, prompt, check=_fits(float)))
            return int(number) if number.is_integer() else number
        if get_origin(kind) is Literal:
            return self.talk.choose(name, prompt, dict.fromkeys(get_args(kind), ""))
        optional = not info.is_required()
        shown = f"{prompt} (Enter to leave it out)" if optional else prompt
        return self.talk.text(name, shown, optional=optional, check=_fits(kind, info))

    def _number(self, name: str, prompt: str, info: FieldInfo) -> int | None:
        least, most = _bound(info, "ge", 0), _bound(info, "le", 1000)
        if info.is_required():
            return self.talk.number(name, prompt, least, most)

        def fits(text: str) -> str:
            if text and not (text.isascii() and text.isdigit() and least <= int(text) <= most):
                raise NotThat(f"type a whole number from {least} to {most}, or Enter to leave it out")
            return text

        text = self.talk.ask(name, f"{prompt} (Enter to leave it out)", default="", check=fits)
        return int(text) if text else None

    def _several(self, model: type[BaseModel], field: str, name: str, info: FieldInfo, inner: Any) -> list[Any]:
        """Entries of a list, until an empty one or as many as it takes."""
        least = _bound(info, "min_length", 1 if info.is_required() else 0)
        most = _bound(info, "max_length", 30)
        singular = {"asks": "question"}.get(field, field.removesuffix("s"))
        got: list[Any] = []
        while len(got) < most:
            number = len(got) + 1
            prompt = f"{singular} {number}" + (" (Enter to end the list)" if number > least else "")
            here = f"{name}.{number}"
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                entry = self._entry(inner, here, f"{singular} {number}", prompt, number > least)
            else:
                entry = self.talk.text(here, prompt, optional=number > least, check=_fits(inner))
            if not entry:
                break
            got.append(entry)
        return got

    def _entry(self, model: type[BaseModel], name: str, label: str, prompt: str, optional: bool) -> dict[str, Any]:
        """A part in a list; its first field says whether there is one."""
        first, *rest = self.order.get(model.__name__, tuple(model.model_fields))
        if not self.talk.knows(f"{name}.{first}"):
            self._explain(model, first)
        info = model.model_fields[first]
        check = _fits(info.annotation, info)
        head = self.talk.text(f"{name}.{first}", prompt, optional=optional, check=check)
        if not head:
            return {}
        got = {first: head}
        for field in rest:
            value = self._field(model, field, f"{name}.{field}", label, got)
            if not _is_nothing(value):
                got[field] = value
        return {field: got[field] for field in model.model_fields if field in got}

    def _explain(self, model: type[BaseModel], field: str) -> None:
        """Say once what a field is for."""
        if (model.__name__, field) not in self._explained:
            self._explained.add((model.__name__, field))
            words = fields.says(model, field)
            self.talk.say(f"\n  {field}: {words}")


def _is_nothing(value: Any) -> bool:
    """Whether a field is left out; a zero is not."""
    return value is None or value is False or value in ("", [], {})


def _fits(kind: Any, info: FieldInfo | None = None) -> Callable[[str], str]:
    """Refuses what the model would refuse, as it is typed."""
    adapter = TypeAdapter(Annotated[(kind, *info.metadata)] if info and info.metadata else kind)

    def fits(text: str) -> str:
        try:
            adapter.validate_python(text)
        except ValidationError as error:
            found = error.errors(include_url=False)[0]
            context = {**found.get("ctx", {}), "length": len(text)}
            raise NotThat(SAYS.get(found["type"], found["msg"]).format(**context)) from None
        return text

    return fits


def _without_none(kind: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        return next(inner for inner in get_args(kind) if inner is not NoneType)
    return kind


def _bound(info: FieldInfo, name: str, otherwise: int) -> int:
    return next((getattr(one, name) for one in info.metadata if hasattr(one, name)), otherwise)
