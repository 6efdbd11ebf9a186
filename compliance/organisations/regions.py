"""Regions by their codes of GB/T 2260: who lies within whom, what they are called.

A code has six digits: two for the province, two for the prefecture, two for the county; zeros
stand for the whole. 000000 is the whole country.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from stdnum import numdb

from compliance.language import page_language
from questionnaires.parts import Part
from questionnaires.reading import check, read_source

COUNTRY = "000000"
FILE = Path(__file__).with_name("provinces.yaml")
# "[1986-1992]東郊,[1993-]…": the list keeps former names with their years.
NAME = re.compile(r"(?:\[\d*-(?P<until>\d*)\])?(?P<name>[^\[\]]+)")
# In the list without an end, though no code of today: Shennongjia and Suizhou have others, and the
# forestry districts of Daxing'anling never were in the standard.
FORMER = ("4229", "429001", "23276")
GROUPS = ("市辖区", "县", "省直辖县级行政单位", "自治区直辖县级行政单位")


class ProvinceTable(Part):
    """The English names of the provinces by their two digits."""

    provinces: dict[str, str]


@dataclass(frozen=True)
class Region:
    """A place: its code, and its own name in Chinese."""

    code: str
    own_name: str

    def __str__(self) -> str:
        """Return the name with all that it lies in: 北京市朝阳区, or Beijing 朝阳区 (110105)."""
        if page_language() == "zh":
            return self.full_name
        return " ".join(filter(None, [self.province, self.within_province, f"({self.code})"]))

    @property
    def full_name(self) -> str:
        """Its name in Chinese with all that it lies in, whatever the language of the page."""
        return "".join(self._names)

    @property
    def province(self) -> str:
        """The name of its province, or of the country, in the language of the page."""
        return self._names[0] if page_language() == "zh" else english_names()[self.code[:2]]

    @property
    def within_province(self) -> str:
        """What comes after the province: prefecture and county, in Chinese on every page."""
        return "".join(self._names[1:])

    @property
    def exact(self) -> bool:
        """Whether no other region lies in it: a county, or a city without counties."""
        return not has_parts(self.code)

    @property
    def _names(self) -> list[str]:
        """The Chinese names of what it lies in, the widest first, and its own."""
        above = [regions()[code] for code in reversed(wider(self.code)[1:]) if code != COUNTRY]
        return [name for name in above if name not in GROUPS] + [self.own_name]


def wider(code: str) -> list[str]:
    """Return the codes of all regions that a region lies in, itself first, the country last."""
    return list(dict.fromkeys([code, code[:4] + "00", code[:2] + "0000", COUNTRY]))


def last_within(code: str) -> str:
    """Return the last code that can lie in a region: those from `code` to it are its parts."""
    if code == COUNTRY:
        return "999999"
    if code.endswith("0000"):
        return code[:2] + "9999"
    return code[:4] + "99" if code.endswith("00") else code


def covers(wide: str, narrow: str) -> bool:
    """Whether a region lies in another, or is it: 110000 covers 110105."""
    return wide <= narrow <= last_within(wide)


def region(code: str) -> Region | None:
    """Return the region with this code of today; None where there is none."""
    name = regions().get(code)
    return None if name is None else Region(code, name)


def regions_called(text: str) -> list[Region]:
    """Return the regions with this code or Chinese name; the name may say what they lie in.

    朝阳区 finds two, 北京市朝阳区 one.
    """
    text = re.sub(r"\s", "", text)
    if found := region(text):
        return [found]
    named = [Region(code, name) for code, name in regions().items() if text.endswith(name)]
    return [each for each in named if each.own_name not in GROUPS and each.full_name.endswith(text)]


def exact_within(code: str) -> list[Region]:
    """Return the counties, and cities without counties, that lie in a region."""
    parts = (Region(part, name) for part, name in regions().items() if covers(code, part))
    return [part for part in parts if part.exact]


@cache
def regions() -> dict[str, str]:
    """Return the names of all regions of today by their codes."""
    found = {COUNTRY: "全国"}
    for _length, province, _high, _words, parts in numdb.get("cn/loc").prefixes:
        for _part_length, rest, _part_high, words, _none in parts:
            code = f"{province}{rest}"
            latest = NAME.fullmatch(words["county"].split(",")[-1])
            assert latest is not None, code
            group_of_districts = latest["name"] == "市辖区" and not code.endswith("00")
            if not (latest["until"] or group_of_districts or code.startswith(FORMER)):
                found[code] = latest["name"]
    return found


@cache
def has_parts(code: str) -> bool:
    """Whether other regions of today lie in this one."""
    return any(other != code and covers(code, other) for other in regions())


@cache
def english_names() -> dict[str, str]:
    """Return the English names of the provinces, and of the country, by their two digits."""
    return check(read_source(FILE, FILE.name), ProvinceTable).provinces
