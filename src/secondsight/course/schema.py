"""JSON Schemas of the course's files, made from the model, for editors that complete and check while one types.

An editor reads YAML with its own parser, in which ``20`` is a number and ``true`` is no text. The course's reader keeps
every scalar as text, and the model turns it into what a field takes. So a text may be a number or a truth value here,
and nothing may be null: an empty field is a missing one.

What needs a look at several fields or several files stays with ``secondsight check``.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import BaseModel

from . import fields, items, model
from .reader import FOLDERS, OPTIONAL_FILES, SINGLE_FILES

DIALECT = "http://json-schema.org/draft-07/schema#"
SCALARS = ["string", "number", "boolean"]
DATE = r"^\d{4}-\d{2}-\d{2}$"
Schema = dict[str, Any]


def patterns() -> dict[str, str]:
    """For each schema's file name, the files of a course that it is for, as a pattern from the course's root."""
    single = {name: name for name in (*SINGLE_FILES, *OPTIONAL_FILES)}
    folders = {name: f"{name}/*.yaml" for name in FOLDERS}
    return {f"{Path(name).stem}.schema.json": pattern for name, pattern in (single | folders).items()}


def schemas() -> dict[str, Schema]:
    """The schema of each kind of file, by its file name, such as ``questions.schema.json``."""
    kinds = {**SINGLE_FILES, **OPTIONAL_FILES, **FOLDERS}
    return {f"{Path(name).stem}.schema.json": of(kind) for name, kind in kinds.items()}


def of(kind: type[BaseModel]) -> Schema:
    """The schema of one kind of file, in JSON Schema draft 7, which every editor's YAML support knows."""
    made = kind.model_json_schema(ref_template="#/definitions/{model}")
    parts = made.pop("$defs", {})
    schema = {"$schema": DIALECT, **_part(made)}
    schema["definitions"] = {name: _part(part) for name, part in sorted(parts.items())}
    return schema


def texts() -> dict[str, str]:
    """Each schema as the text of its file."""
    return {name: json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in schemas().items()}


def vscode_settings() -> dict[str, str]:
    """What makes VS Code and JupyterLab's language server use the schemas, by path in the course's folder."""
    mapping = {f"./schemas/{name}": pattern for name, pattern in patterns().items()}
    files = {
        ".vscode/settings.json": {"yaml.schemas": mapping, "[yaml]": {"editor.tabSize": 2, "editor.rulers": [120]}},
        ".vscode/extensions.json": {"recommendations": ["redhat.vscode-yaml"]},
    }
    return {name: json.dumps(settings, indent=2) + "\n" for name, settings in files.items()}


def modeline(file: str) -> str:
    """The first line by which a file of a course leads editors to its schema, in the course's folder ``schemas``.

    The language server for YAML looks for it above everything else in the file.
    """
    path = PurePosixPath(file)
    name = next(name for name, pattern in patterns().items() if path.match(pattern))
    return f"# yaml-language-server: $schema={'../' * (len(path.parts) - 1)}schemas/{name}\n"


def write(folder: Path) -> list[Path]:
    """Write every schema into a folder; the paths of the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in texts().items():
        (folder / name).write_text(text, encoding="utf-8")
        written.append(folder / name)
    return written


def _part(part: Schema) -> Schema:
    """The schema of one model: its fields with their words, each as an editor's parser sees it."""
    kind = _model(part["title"])
    made: Schema = {"title": part["title"]}
    if kind.__dict__.get("__doc__"):
        made["description"] = " ".join(kind.__doc__.split()).replace("``", "'")
    made |= {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _field(kind, name, field) for name, field in part["properties"].items()},
        "required": part.get("required", []),
    }
    return made


def _field(kind: type[BaseModel], name: str, field: Schema) -> Schema:
    return {"description": fields.says(kind, name), **_value(field)}


def _value(value: Schema) -> Schema:
    """One value's schema, for what an editor's parser makes of it."""
    if "anyOf" in value:
        (value,) = (one for one in value["anyOf"] if one != {"type": "null"})
    if "discriminator" in value:
        return _by_kind(value)
    if "$ref" in value:
        # Draft 7 looks at nothing beside a reference.
        return {"allOf": [{"$ref": value["$ref"]}]}
    if "const" in value:
        return {"const": value["const"]}
    if "enum" in value:
        return {"enum": value["enum"]}
    match value.get("type"):
        case "array":
            return {"type": "array", **_only(value, "minItems", "maxItems"), "items": _item(value["items"])}
        case "object":
            levels = value["propertyNames"]["enum"]
            text = _value(value["additionalProperties"])
            return {
                "type": "object",
                "additionalProperties": False,
                "properties": {level: text for level in levels},
                "required": levels,
            }
        case "string" if value.get("format") == "date":
            return {"type": "string", "pattern": DATE}
        case "string" if "pattern" in value:
            # An id may be all digits, which a parser takes for a number.
            digits = re.search(value["pattern"], "1") is not None
            return {"type": ["string", "integer"] if digits else "string", "pattern": value["pattern"]}
        case "string":
            return {"type": SCALARS, "pattern": r"\S", **_only(value, "minLength", "maxLength")}
    return {"type": value["type"], **_only(value, "minimum", "maximum")}


def _item(value: Schema) -> Schema:
    return {"$ref": value["$ref"]} if set(value) == {"$ref"} else _value(value)


def _by_kind(value: Schema) -> Schema:
    """A choice between kinds of item: its kind says which fields it has, so that only their faults are named."""
    refs = value["discriminator"]["mapping"]
    return {
        "type": "object",
        "properties": {"kind": {"description": fields.says(items.Item, "kind"), "enum": list(refs)}},
        "required": ["kind"],
        "allOf": [
            {"if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}, "then": {"$ref": ref}}
            for kind, ref in refs.items()
        ],
    }


def _only(value: Schema, *names: str) -> Schema:
    return {name: value[name] for name in names if name in value}


def _model(title: str) -> type[BaseModel]:
    return getattr(items, title, None) or getattr(model, title)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("python -m secondsight.course.schema FOLDER: name the folder that the schemas go to")
    for path in write(Path(sys.argv[1])):
        print(path)
