"""YAML files to checked parts, with the line of everything that is wrong.

YAML is read more strictly than its specification allows: no aliases, no duplicate keys, and no
unquoted value that YAML would silently turn into something other than what was written.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from questionnaires.faults import Fault, Refused
from questionnaires.parts import Part

LARGEST_FILE = 5_000_000
DEEPEST = 40

_PartType = TypeVar("_PartType", bound=Part)
_INTEGER = re.compile(r"-?(0|[1-9]\d{0,17})")
_TURNED = {
    "bool": "a yes/no value",
    "int": "a number in another notation",
    "float": "a binary fraction",
    "timestamp": "a date",
    "null": "nothing",
    "merge": "a merge key",
    "value": "a default key",
}


@dataclass(frozen=True)
class Source:
    """A file's content together with the place of each part of it."""

    file: str
    data: Any
    node: yaml.Node

    def line(self, path: tuple[int | str, ...], key: str | None = None) -> int:
        """Return the line of the part at this path, or of one key in it.

        Steps of the path that the file does not have are passed over.
        """
        node = self.node
        line = _line_of(node)
        for step in (*path, *((key,) if key is not None else ())):
            if isinstance(node, yaml.MappingNode):
                for name, child in node.value:
                    if name.value == step:
                        node, line = child, _line_of(name)
                        break
            elif (
                isinstance(node, yaml.SequenceNode)
                and isinstance(step, int)
                and step < len(node.value)
            ):
                node = node.value[step]
                line = _line_of(node)
        return line

    def fault(self, path: tuple[int | str, ...], message: str, key: str | None = None) -> Fault:
        """Return a fault placed at the part with this path."""
        return Fault(self.file, self.line(path, key), message)


def read_source(path: Path, name: str | None = None) -> Source:
    """Read a YAML file; raise Refused for what is not strict YAML in UTF-8."""
    file = name or str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Refused([Fault(file, 1, f"cannot be read: {error.strerror}")]) from None
    if len(raw) > LARGEST_FILE:
        raise Refused([Fault(file, 1, f"larger than {LARGEST_FILE:,} bytes; split the file")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Refused([Fault(file, line, "not UTF-8; save the file as UTF-8")]) from None
    return parse_source(text, file)


def parse_source(text: str, file: str) -> Source:
    """Parse strict YAML; raise Refused with every fault found."""
    try:
        _refuse_aliases(text, file)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "not YAML"
        raise Refused([Fault(file, mark.line + 1 if mark else 1, f"not YAML: {problem}")]) from None
    except yaml.YAMLError as error:
        raise Refused([Fault(file, 1, f"not YAML: {error}")]) from None
    if node is None:
        raise Refused([Fault(file, 1, "the file is empty")])
    faults: list[Fault] = []
    data = _build(node, file, faults)
    if faults:
        raise Refused(faults)
    return Source(file, data, node)


def check(source: Source, part: type[_PartType]) -> _PartType:
    """Return the content as that part; raise Refused with the line of every fault."""
    if not isinstance(source.data, dict):
        raise Refused([Fault(source.file, 1, "the file must be a mapping of keys to values")])
    try:
        return part.model_validate(source.data)
    except ValidationError as error:
        raise Refused(_faults(source, error)) from None


def _refuse_aliases(text: str, file: str) -> None:
    """Refuse anchors, aliases and deep nesting before anything is expanded."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = _line_of(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Refused(
                [Fault(file, line, "anchors and aliases are not allowed; write the part out")]
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise Refused([Fault(file, line, f"nested more than {DEEPEST} levels deep")])
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
        if documents > 1:
            raise Refused([Fault(file, line, "one file holds one document")])


def _build(node: yaml.Node, file: str, faults: list[Fault]) -> Any:
    if isinstance(node, yaml.MappingNode):
        built: dict[str, Any] = {}
        first: dict[str, int] = {}
        for name, child in node.value:
            line = _line_of(name)
            if not isinstance(name, yaml.ScalarNode):
                faults.append(Fault(file, line, "a key must be a plain word"))
                continue
            key = name.value
            if _kind(name) not in ("str", "int"):
                faults.append(_turned(name, file))
            if key in built:
                faults.append(
                    Fault(file, line, f"duplicate key “{key}”; first given on line {first[key]}")
                )
                continue
            first[key] = line
            built[key] = _build(child, file, faults)
        return built
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, file, faults) for child in node.value]
    kind = _kind(node)
    if kind == "str":
        return node.value
    if kind == "bool" and node.value in ("true", "false"):
        return node.value == "true"
    if kind == "int" and _INTEGER.fullmatch(node.value):
        return int(node.value)
    faults.append(_turned(node, file))
    return None


def _line_of(place: yaml.Node | yaml.Event) -> int:
    """Return the line, counted from 1."""
    return place.start_mark.line + 1 if place.start_mark else 1


def _kind(node: yaml.Node) -> str:
    return str(node.tag).rpartition(":")[2]


def _turned(node: yaml.Node, file: str) -> Fault:
    line = _line_of(node)
    kind = _TURNED.get(_kind(node))
    if kind is None:
        return Fault(file, line, f"the tag {node.tag} is not allowed")
    if not node.value:
        return Fault(file, line, "a value is missing here")
    return Fault(
        file, line, f'YAML reads {node.value} as {kind}; write it in quotes: "{node.value}"'
    )


def _faults(source: Source, error: ValidationError) -> list[Fault]:
    details = error.errors(include_url=False)
    places = [detail["loc"] for detail in details]
    faults = []
    for detail in details:
        place = detail["loc"]
        if detail["type"] == "too_short" and any(
            other[: len(place)] == place and len(other) > len(place) for other in places
        ):
            continue  # a list that is only short of the entry that is already at fault
        context = detail.get("ctx", {})
        faults.append(
            source.fault(
                place, _message(detail["type"], detail["msg"], context, place), context.get("key")
            )
        )
    return faults


def _message(kind: str, said: str, context: dict[str, Any], place: tuple[int | str, ...]) -> str:
    name = next((step for step in reversed(place) if isinstance(step, str)), "")
    match kind:
        case "missing":
            if name in ("zh", "en"):
                return f"translation missing: give the words in “{name}” too"
            return f"“{name}” is missing"
        case "union_tag_not_found":
            return f"{context['discriminator']} is missing; it says what kind of question this is"
        case "union_tag_invalid":
            return f"“{context['tag']}” is none of {context['expected_tags']}"
        case "string_type":
            return f"“{name}” must be a text; write numbers and yes/no in quotes"
        case "string_too_short":
            return f"“{name}” is empty"
        case "literal_error":
            return f"“{name}” must be {context['expected']}"
        case "string_pattern_mismatch":
            return f"“{name}” must look like {context['pattern']}"
        case "tuple_type" | "list_type":
            return f"“{name}” must be a list"
        case "model_type" | "dict_type" | "model_attributes_type":
            return f"“{name}” must be a mapping of keys to values"
        case "condition" | "unknown_key":
            return said
        case _:
            return f"“{name}”: {said[0].lower()}{said[1:]}" if name else said
