"""What people are told when a file cannot be taken as evidence, or as a scan."""

from django.utils.translation import gettext_lazy as _

WORDINGS = {
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than %(limit)s MB."),
    "name_too_long": _("The file's name has more than %(limit)s characters. Shorten it."),
    "name_unreadable": _("The file's name holds characters that cannot be shown. Rename it."),
    "no_extension": _("The file's name has no ending such as .pdf. Add the right one."),
    "unknown": _(
        "A file of this kind (%(kind)s) is not taken. Accepted are PDF, OFD, .docx, .xlsx, .pptx,"
        " PNG, JPEG, WebP, .txt and .csv."
    ),
    "wrong_extension": _(
        "The file's name ends in “%(extension)s”, but its content is of the kind %(kind)s."
        " Rename it, or choose the file that you mean."
    ),
    "archive": _("Archives are not taken. Send the files in it one by one."),
    "program": _("Programs are not taken as evidence."),
    "old_format": _(
        "This is the format of old Office versions. Save the document as .docx, .xlsx or .pptx."
    ),
    "encrypted": _("The file is protected with a password. Save it without one."),
    "broken": _("The file is damaged or incomplete and cannot be read. Save it anew."),
    "disguised": _(
        "The file can be read as a file of another kind as well, or holds data behind its end."
        " Save or export it anew."
    ),
    "macros": _("The document contains macros or other program code. Save a copy without them."),
    "embedded": _(
        "The document contains embedded files or objects. Take them out and send them one by one."
    ),
    "remote": _(
        "The document loads content from elsewhere, such as a template, a picture or another"
        " workbook. Save a copy that contains everything itself."
    ),
    "too_much_inside": _("Unpacked, the file would become far too large."),
    "picture_too_large": _("The picture has more than %(limit)s million pixels. Make it smaller."),
    "not_text": _("This is not plain text in UTF-8 or GB18030."),
    "code_in_text": _("The text contains program code, a web page or spreadsheet commands."),
    "quota": _(
        "Your company's evidence takes up all of its %(limit)s GB. Remove what is no longer needed."
    ),
    "in_use": _("It stands behind an answer. Take it from there first."),
    "there_already": _("The same file has been added again since."),
    "no_scan": _("A scan of the sealed page is taken as PDF, PNG or JPEG only."),
    "too_many_scans": _("A submission has at most %(limit)s scans."),
    "too_many": _("An answer has at most %(limit)s pieces of evidence."),
}


class Refused(Exception):
    """A file cannot be taken; `code` says why, as in WORDINGS."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params

    def __str__(self) -> str:
        return str(WORDINGS[self.code]) % self.params
