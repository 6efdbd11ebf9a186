"""A workbook as someone fills it in: cells by the key of their row, sent back as a file."""

import io
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from compliance.assessments.workbooks.layout import ANSWER, COMMENT, KEY
from compliance.spreadsheets import MEDIA_TYPE


class Workbook:
    """A downloaded workbook."""

    def __init__(self, response):
        assert response.status_code == 200
        self.book = load_workbook(io.BytesIO(response.content))

    def places(self):
        """Yield the key of each row with its sheet and number."""
        for sheet in self.book.worksheets:
            if sheet.title.startswith("_"):
                continue
            for row in range(2, sheet.max_row + 1):
                if key := sheet.cell(row, KEY).value:
                    yield key, sheet, row

    def cell(self, key, column=ANSWER):
        sheet, row = next((sheet, row) for found, sheet, row in self.places() if found == key)
        return sheet.cell(row, column)

    def comment(self, key):
        return self.cell(f"answer-{key}", COMMENT)

    def address(self, cell):
        return f"{cell.parent.title}!{cell.coordinate}"

    def fill(self, **values):
        """Enter values by the key of their row: fill(**{"answer-users": 12})."""
        for key, value in values.items():
            self.cell(key).value = value
        return self

    def content(self):
        file = io.BytesIO()
        self.book.save(file)
        return file.getvalue()


def download(browser, assessment, section=None, prefix=""):
    query = f"?section={section}" if section else ""
    return Workbook(browser.get(f"{prefix}/assessments/{assessment.pk}/workbook/{query}"))


def upload(browser, assessment, content, name="填报.xlsx", prefix=""):
    """Send a file, or a workbook; return the answer, with the page that it leads to."""
    content = content.content() if isinstance(content, Workbook) else content
    file = SimpleUploadedFile(name, content, content_type=MEDIA_TYPE)
    address = f"{prefix}/assessments/{assessment.pk}/offline/"
    return browser.post(address, {"file": file}, follow=True)


def preview_address(response):
    """Where the page of a preview is."""
    return response.request["PATH_INFO"]


def taken(response):
    """What the preview would post where nothing is changed on it: name and value of each box."""
    page = response.content.decode()
    boxes = re.findall(r'<input type="checkbox" name="(take-\d+)" value="([^"]+)" checked>', page)
    return dict(boxes)
