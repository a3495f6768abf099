"""Whether plain values that somebody hands in have the shape of a plan: every fault, with its place in the file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from locality.foundations import Fault

_MOST_LETTERS = 60
_DO = "Export the plan anew, or mend this place by hand."


def _is_whole(_checker: object, found: object) -> bool:
    # The standard takes 5.0 for a whole number; read as a float it would be written, and so hashed, differently.
    return isinstance(found, int) and not isinstance(found, bool)


_WHOLE = Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_whole)
_Validator: Any = extend(Draft202012Validator, type_checker=_WHOLE)  # type: ignore[no-untyped-call]


def shape_faults(content: Any, schema: dict[str, Any], *, file: str) -> tuple[Fault, ...]:
    """Name everything in which plain values differ from the shape that a schema asks for.

    Args:
        content: What `json.loads` gave.
        schema: The schema, as `plan_schema` gives it.
        file: The file's name, for the words of a fault.

    Returns:
        Faults in the order of the file; none: the values can be read and hashed.
    """
    try:
        errors = [each for error in _Validator(schema).iter_errors(content) for each in _inmost(error)]
        if not errors:
            json.dumps(content, ensure_ascii=False, allow_nan=False).encode()
    except (RecursionError, ValueError):
        # A letter that is no letter, a number that is no number, or brackets without end: JSON can carry all three.
        said = "it holds text, a number or a nesting that cannot be written again as it is"
        return (Fault(file, said, _DO, "plan-shape"),)
    placed = sorted(((_place(error), error) for error in errors), key=lambda each: each[0])
    return tuple(_fault(file, place, error) for place, error in placed)


def _inmost(error: ValidationError) -> Iterator[ValidationError]:
    """Look into a field that may be empty: what is wrong inside says more than that it is neither this nor empty."""
    inside = [each for each in error.context or () if each.validator != "type" or each.path]
    if error.validator == "anyOf" and inside:
        for each in inside:
            yield from _inmost(each)
    else:
        yield error


def _place(error: ValidationError) -> tuple[tuple[int, str], ...]:
    return tuple((step, "") if isinstance(step, int) else (-1, step) for step in error.absolute_path)


def _fault(file: str, place: tuple[tuple[int, str], ...], error: ValidationError) -> Fault:
    where = ".".join(name or str(number) for number, name in place) or "the whole file"
    say = _WORDS.get(str(error.validator), _say_as_it_is)
    return Fault(file, f"{where}: {say(error)}", _DO, "plan-shape")


def _short(found: object) -> str:
    said = json.dumps(found, ensure_ascii=True) if isinstance(found, (str, int, float, bool, type(None))) else ""
    if not said:
        return "a list" if isinstance(found, list) else "a group of fields"
    return said if len(said) <= _MOST_LETTERS else f"{said[:_MOST_LETTERS]} ..."


_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "number": "a number",
    "null": "nothing",
    "object": "a group of fields",
    "array": "a list",
}


def _say_type(error: Any) -> str:
    return f"{_TYPES[str(error.validator_value)]} is needed, not {_short(error.instance)}"


def _say_as_it_is(error: Any) -> str:
    return str(error.message)


def _say_any(error: Any) -> str:
    kinds = " or ".join(_TYPES.get(str(each.get("type")), "a word of the list") for each in error.validator_value)
    return f"{kinds} is needed, not {_short(error.instance)}"


def _say_missing(error: Any) -> str:
    # One error for each missing field; only the message tells which.
    return f"the field {error.message.split(' is a required')[0]} is missing"


def _say_further(error: Any) -> str:
    further = sorted(set(error.instance) - set(error.schema["properties"]))
    return f"a plan has no field {', '.join(_short(each) for each in further)}"


_WORDS: dict[str, Callable[[Any], str]] = {
    "type": _say_type,
    "anyOf": _say_any,
    "required": _say_missing,
    "additionalProperties": _say_further,
    "enum": lambda error: f"{_short(error.instance)} is none of {', '.join(map(str, error.validator_value))}",
    "const": lambda error: f"it says {_short(error.instance)} where {error.validator_value} is needed",
    "minItems": lambda error: f"{error.validator_value} entries are needed, not {len(error.instance)}",
    "maxItems": lambda error: f"{error.validator_value} entries are needed, not {len(error.instance)}",
}
