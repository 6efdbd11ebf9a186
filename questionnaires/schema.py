"""JSON Schemas (2020-12) of the files that people write, made from the code that reads them.

`python -m questionnaires.schema` writes them to docs/schema/. A schema helps an editor to complete
and check a file; what it cannot say (that names exist, that points reach 0 and 100, that conditions
can hold) is checked when the file is read.
"""

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from questionnaires.answers import AnswersFile
from questionnaires.document import File
from questionnaires.parts import Part

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "schema"
WRITTEN: dict[str, tuple[type[Part], str]] = {
    "questionnaire.schema.json": (File, "Questionnaire file"),
    "answers.schema.json": (AnswersFile, "Answers file"),
}
"""The part that each schema describes, and its title."""


class _Generator(GenerateJsonSchema):
    """Files leave out what they do not say: null is refused, so no schema offers it."""

    def nullable_schema(self, schema: Any) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        made = super().default_schema(schema)
        if made.get("default", 0) is None:
            del made["default"]
        return made

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schema(name: str) -> str:
    """Return the schema with this file name, as it is checked in."""
    part, title = WRITTEN[name]
    made = part.model_json_schema(schema_generator=_Generator, mode="validation")
    document = {"$schema": _Generator.schema_dialect, "$id": name, **made, "title": title}
    return json.dumps(_on_one_line(document), ensure_ascii=False, indent=2) + "\n"


def _on_one_line(part: Any) -> Any:
    """Return the schema with descriptions that are not broken as the code is."""
    if isinstance(part, list):
        return [_on_one_line(item) for item in part]
    if isinstance(part, dict):
        return {key: _on_one_line(value) for key, value in part.items()}
    return " ".join(part.split()) if isinstance(part, str) else part


def main() -> None:
    """Write every schema."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in WRITTEN:
        (FOLDER / name).write_text(schema(name))


if __name__ == "__main__":
    main()
