"""What axe-core finds on the page that a browser shows."""

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

EVERYTHING = {"resultTypes": ["violations"]}
COLOURS = {"runOnly": ["color-contrast"], **EVERYTHING}
"""The dark scheme changes nothing but colours."""


def findings(page: Page) -> str:
    """Return what axe finds in the light scheme and in the dark one; empty for nothing."""
    reports = []
    for scheme, rules in (("light", EVERYTHING), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        if found := findings_as_shown(page, rules):
            reports.append(f"{scheme}: {found}")
    return "\n".join(reports)


def findings_as_shown(page: Page, rules: dict[str, list[str]] = EVERYTHING) -> str:
    """Return what axe finds in the scheme that the page is shown in; empty for nothing."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    # Only the violations leave the browser: sending all that axe has looked at takes as long again.
    found = page.evaluate("rules => axe.run(rules).then(all => all.violations)", rules)
    return AxeResults({"violations": found}).generate_report() if found else ""
