"""YAML files to checked parts, with the line of everything that is wrong.

YAML is read more strictly than its specification allows: no aliases, no tags, no duplicate keys,
and no unquoted value that some YAML reader would silently turn into something other than what was
written.
"""

import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from questionnaires.faults import MOST_FAULTS, Fault, Refused, shortened
from questionnaires.messages import key_path, message_of
from questionnaires.parts import Part

LARGEST_FILE = 5_000_000
"""In bytes."""
DEEPEST = 40
MOST_PARTS = 100_000
"""Keys, values and lists in one file; with DEEPEST it bounds the time that reading takes."""

_PartType = TypeVar("_PartType", bound=Part)
_TAG = "tag:yaml.org,2002:"
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_ELSEWHERE_A_NUMBER = re.compile(r"0o[0-7]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)[eE][-+]?[0-9]+")
"""Words here, and numbers in YAML 1.2."""
_TURNED = {"float": "a binary fraction", "timestamp": "a date", "value": "a default key"}
_QUOTED = ("'", '"', "|", ">")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_COMMA = "; between braces, a text that contains a comma belongs in quotes"
_HINTS = {
    "mapping values are not allowed": "a text that contains “: ” belongs in quotes, and keys side "
    "by side begin in the same column",
    "expected ',' or '}'": "a comma is missing, or a bracket is never closed",
    "expected ',' or ']'": "a comma is missing, or a bracket is never closed",
    "cannot start any token": "indent with blanks, not tabs; a text that begins with @, ` or % "
    "belongs in quotes",
    "expected <block end>": "the indentation differs from the lines above, or a quoted text goes "
    "on after its closing quote",
    "could not find expected ':'": "a key lacks its “: ”, or a quote is missing",
    "unexpected end of stream": "a quote or bracket is opened and never closed",
}


@dataclass(frozen=True)
class Source:
    """A file's content together with the place of each part of it."""

    file: str
    data: Any
    node: yaml.Node

    def line(self, path: tuple[int | str, ...]) -> int:
        """Return the line of the part at this path.

        Steps of the path that the file does not have are passed over.
        """
        node = self.node
        line = _line_of(node)
        for step in path:
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

    def fault(self, path: tuple[int | str, ...], message: str) -> Fault:
        """Return a fault placed at the part with this path."""
        return Fault(self.file, self.line(path), message)


def read_source(path: Path, name: str | None = None) -> Source:
    """Read a YAML file; raise Refused for what is not strict YAML in UTF-8."""
    file = name or str(path)
    try:
        with path.open("rb") as opened:
            raw = opened.read(LARGEST_FILE + 1)
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
        _refuse_what_expands(text, file)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        raise Refused([_not_yaml(error, file)]) from None
    except yaml.reader.ReaderError as error:
        line = text.encode()[: error.position].count(b"\n") + 1
        message = f"not YAML: a character that cannot be printed (U+{error.character:04X})"
        raise Refused([Fault(file, line, message)]) from None
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
        faults = (
            source.fault(key_path(detail), message)
            for detail in error.errors(include_url=False)
            if (message := message_of(detail))
        )
        raise Refused(list(islice(faults, MOST_FAULTS + 1))) from None


def _refuse_what_expands(text: str, file: str) -> None:
    """Refuse anchors, aliases, deep nesting and endless files before anything is built."""
    depth = documents = 0
    for parts, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
        message = ""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message = "anchors and aliases are not allowed; write the part out"
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                message = f"nested more than {DEEPEST} levels deep"
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                message = "one file holds one document"
        if parts > MOST_PARTS:
            message = f"more than {MOST_PARTS:,} keys and values; split the file"
        if message:
            raise Refused([Fault(file, _line_of(event), message)])


def _build(node: yaml.Node, file: str, faults: list[Fault]) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, file, faults)
    if not str(node.tag).startswith(_TAG) or _kind(node) not in ("map", "seq"):
        faults.append(Fault(file, _line_of(node), f"the tag {node.tag} is not allowed"))
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, file, faults) for child in node.value]
    built: dict[str, Any] = {}
    first: dict[str, int] = {}
    for name, child in node.value:
        line = _line_of(name)
        if not isinstance(name, yaml.ScalarNode):
            faults.append(Fault(file, line, "a key must be a plain word"))
            continue
        key = name.value
        _scalar(name, file, faults)
        if key in built:
            message = f"duplicate key “{shortened(key)}”; first given on line {first[key]}"
            faults.append(Fault(file, line, message))
            continue
        first[key] = line
        if getattr(node, "flow_style", False) and _kind(child) == "null" and not child.value:
            faults.append(Fault(file, line, f"“{shortened(key)}” has no value{_COMMA}"))
        else:
            built[key] = _build(child, file, faults)
    return built


def _scalar(node: yaml.ScalarNode, file: str, faults: list[Fault]) -> Any:
    """Return the value; add a fault for what YAML turns into something else."""
    written: str = node.value
    kind = _kind(node)
    message = ""
    if kind == "str":
        if found := _UNPRINTABLE.search(written):
            message = f"a character that cannot be printed (U+{ord(found[0]):04X})"
        elif node.style not in _QUOTED and _ELSEWHERE_A_NUMBER.fullmatch(written):
            message = _number(written)
        else:
            return written
    elif kind == "bool" and written in ("true", "false"):
        return written == "true"
    elif kind == "int" and _INTEGER.fullmatch(written):
        return int(written)
    elif kind == "bool":
        truth = str(written.lower() in ("yes", "true", "on")).lower()
        message = (
            f'YAML reads {written} as {truth}; write "{written}" for the word, '
            f"or {truth} for the truth value"
        )
    elif kind == "null":
        message = (
            f'YAML reads {written} as nothing; leave the key out, or write "{written}" for the word'
            if written
            else "a value is missing here"
        )
    elif kind == "int":
        message = _number(written)
    elif kind == "merge":
        message = "merge keys are not allowed; write the part out"
    elif kind in _TURNED:
        shown = shortened(written)
        message = f'YAML reads {shown} as {_TURNED[kind]}; write it in quotes: "{shown}"'
    else:
        message = f"the tag {shortened(str(node.tag))} is not allowed"
    faults.append(Fault(file, _line_of(node), message))
    return None


def _number(written: str) -> str:
    shown = shortened(written)
    if written.removeprefix("-").isdecimal() and not written.removeprefix("-").startswith("0"):
        return f"{shown} is too long for a number; 18 digits are the most"
    return (
        f"{shown} is a number in another notation; write a number in plain digits, "
        f'or "{shown}" for the word'
    )


def _kind(node: yaml.Node) -> str:
    """Return what YAML takes the node for; a tag of another family is none of it."""
    return str(node.tag).removeprefix(_TAG)


def _line_of(place: yaml.Node | yaml.Event) -> int:
    """Return the line, counted from 1."""
    return place.start_mark.line + 1 if place.start_mark else 1


def _not_yaml(error: yaml.MarkedYAMLError, file: str) -> Fault:
    mark = error.problem_mark or error.context_mark
    problem = str(error.problem or error.context)
    hints = [hint for said, hint in _HINTS.items() if said in problem]
    return Fault(file, mark.line + 1 if mark else 1, "; ".join([f"not YAML: {problem}", *hints]))
