"""A page's form as a browser without JavaScript has it: fields to fill in, and to send."""

from html.parser import HTMLParser


class Form(HTMLParser):
    """The fields of one form, by name, as they stand on the page."""

    def __init__(self, response, form_id=None):
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.buttons: list[tuple[str, str]] = []
        self._form_id, self._inside, self._textarea = form_id, False, None
        self._disabled = 0
        self.feed(response.content.decode().replace("\r\n", "\n"))  # as browsers read a page

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "form":
            self._inside = self._form_id is None or found.get("id") == self._form_id
        if tag == "fieldset" and (self._disabled or "disabled" in found):
            self._disabled += 1
        if not self._inside or self._disabled or "name" not in found:
            return
        ticked = found.get("type") in ("radio", "checkbox")
        name, value = found["name"], found.get("value", "on" if ticked else "")
        if tag == "button":
            self.buttons.append((name, value))
        elif tag == "textarea":
            self._textarea = name
            self.fields[name] = [""]
        elif tag == "input" and (not ticked or "checked" in found):
            self.fields.setdefault(name, []).append(value)

    def handle_endtag(self, tag):
        if tag == "form":
            self._inside = False
        elif tag == "textarea" and self._textarea:
            # The line break right after the tag is not part of the text.
            text = self.fields[self._textarea][0]
            self.fields[self._textarea] = [text.removeprefix("\n").replace("\n", "\r\n")]
            self._textarea = None
        elif tag == "fieldset" and self._disabled:
            self._disabled -= 1

    def handle_data(self, data):
        if self._textarea:
            self.fields[self._textarea][0] += data

    def value(self, name):
        values = self.fields.get(name)
        return values[-1] if values else None

    def fill(self, **entered):
        """Enter values; a key's hyphens and full stops are written by hand: fill(**{"a-b": 1})."""
        for name, value in entered.items():
            if value is None:
                self.fields.pop(name, None)
            else:
                self.fields[name] = value if isinstance(value, list) else [value]
        return self


def section_form(client, assessment, section, prefix=""):
    return Form(client.get(section_address(assessment, section, prefix)), "section")


def section_address(assessment, section, prefix=""):
    return f"{prefix}/assessments/{assessment.pk}/sections/{section}/"
