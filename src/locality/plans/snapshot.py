"""Agreed things do not change: a plan as JSON, its SHA-256, and the way back.

The JSON is canonical (sorted keys, no spaces, UTF-8), so that the same plan has the same hash on every machine and
anybody can verify it with a text tool. Its schema is made from the classes of `content`.
"""

from __future__ import annotations

import hashlib
import json
import types
import typing
from dataclasses import Field, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, cast

from locality.foundations import InputRefused
from locality.plans.content import LocalityPlan, StrategicPlan
from locality.plans.shape import shape_faults

Plan = TypeVar("Plan", LocalityPlan, StrategicPlan)

PlanKind = type[LocalityPlan] | type[StrategicPlan]

_SCHEMA_NAMES: dict[type, str] = {LocalityPlan: "locality-plan", StrategicPlan: "strategic-plan"}


def plan_as_json(plan: LocalityPlan | StrategicPlan) -> dict[str, Any]:
    """Give a plan as plain values, with the name of its schema.

    Args:
        plan: The plan.

    Returns:
        Plain values that JSON can hold; `plan_from_json` gives the same plan back.
    """
    return {"schema": f"{_SCHEMA_NAMES[type(plan)]}/1", **cast(dict[str, Any], plain_values(plan))}


def plain_values(found: Any) -> Any:
    """Give anything that a plan is made of as plain values."""
    if is_dataclass(found):
        pairs = ((each, getattr(found, each.name)) for each in fields(found))
        kept = ((each.name, value) for each, value in pairs if not (_is_later(each) and value == each.default))
        return {name: plain_values(value) for name, value in kept}
    if isinstance(found, dict):
        return {key: plain_values(each) for key, each in found.items()}
    return [plain_values(each) for each in found] if isinstance(found, (list, tuple)) else found


def _is_later(one: Field[Any]) -> bool:
    """A field that came after plans were agreed is left out where it is empty, so that their hashes stay."""
    return "later" in one.metadata


def canonical_bytes(content: Any) -> bytes:
    """Write plain values in the one form that is hashed: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def hash_plan(plan: LocalityPlan | StrategicPlan) -> str:
    """Give the SHA-256 of a plan's canonical JSON, in hexadecimal digits.

    Args:
        plan: The plan.

    Returns:
        64 hexadecimal digits; the same for the same content, wherever and whenever it is computed.
    """
    return hashlib.sha256(canonical_bytes(plan_as_json(plan))).hexdigest()


def plan_schema(kind: PlanKind) -> dict[str, Any]:
    """Give the JSON schema of `LocalityPlan` or `StrategicPlan`, made from the classes themselves.

    Args:
        kind: The class.

    Returns:
        A JSON schema (draft 2020-12) that allows nothing but the declared fields.
    """
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_schema_of_class(kind, top=True)}


def plan_from_json(content: Any, kind: type[Plan], *, file: str) -> Plan:
    """Read a plan from plain values.

    Args:
        content: What `json.loads` gave.
        kind: `LocalityPlan` or `StrategicPlan`.
        file: The file's name, for the words of a fault.

    Returns:
        The plan.

    Raises:
        InputRefused: Its shape is wrong; every fault is named with its place in the file.
    """
    faults = shape_faults(content, plan_schema(kind), file=file)
    if faults:
        raise InputRefused(faults)
    return cast(Plan, _build(kind, {key: each for key, each in content.items() if key != "schema"}))


_PLAIN_TYPES = {str: "string", int: "integer", bool: "boolean", float: "number", type(None): "null"}


def _schema_of(kind: Any) -> dict[str, Any]:
    origin = typing.get_origin(kind)
    if is_dataclass(kind):
        return _schema_of_class(cast(type, kind), top=False)
    if origin is typing.Literal:
        return {"enum": list(typing.get_args(kind))}
    if origin in (types.UnionType, typing.Union):
        return {"anyOf": [_schema_of(each) for each in typing.get_args(kind)]}
    if origin is tuple:
        return _schema_of_tuple(typing.get_args(kind))
    return {"type": _PLAIN_TYPES.get(kind, "object")}


def _schema_of_tuple(inner: tuple[Any, ...]) -> dict[str, Any]:
    if inner[-1] is Ellipsis:
        return {"type": "array", "items": _schema_of(inner[0])}
    items = [_schema_of(each) for each in inner]
    return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}


def _schema_of_class(kind: type, *, top: bool) -> dict[str, Any]:
    hints = _hints(kind)
    names = [each.name for each in fields(cast(Any, kind))]
    properties = {name: _schema_of(hints[name]) for name in names}
    if top:
        properties = {"schema": {"const": f"{_SCHEMA_NAMES[kind]}/1"}, **properties}
    later = {each.name for each in fields(cast(Any, kind)) if _is_later(each)}
    needed = [name for name in properties if name not in later]
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


@cache
def _hints(kind: Any) -> dict[str, Any]:
    # Reading them anew for every line of a plan took most of the time of reading a plan.
    return typing.get_type_hints(kind)


def _build(kind: Any, found: Any) -> Any:
    origin = typing.get_origin(kind)
    if is_dataclass(kind):
        hints = _hints(cast(Any, kind))
        return cast(Any, kind)(**{name: _build(hints[name], each) for name, each in found.items()})
    if origin is tuple:
        inner = typing.get_args(kind)
        each_kind = [inner[0]] * len(found) if inner[-1] is Ellipsis else inner
        return tuple(_build(one, each) for one, each in zip(each_kind, found, strict=True))
    if origin in (types.UnionType, typing.Union):
        some = [each for each in typing.get_args(kind) if each is not type(None)]
        return None if found is None else _build(some[0], found)
    return found
