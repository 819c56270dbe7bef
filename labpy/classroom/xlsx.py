"""A workbook of plain tables, as spreadsheets read it (Office Open XML, ECMA-376).

Cells are numbers or texts and never formulas. A library that does more would be larger than all of
what the lab loads of its own.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from html import escape  # all that XML asks for; the browser's Python has no package xml
from typing import Any

from labpy.state.ledger import plain
from labpy.state.ledger.text import readable_lines

LONGEST = 32_767  # characters of a cell, by Excel's specifications
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# XML 1.0 has neither these nor halves of a pair, which JSON may bring.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Row = Sequence[Any]


def write_xlsx(sheets: Mapping[str, Iterable[Row]]) -> bytes:
    """Write sheets by name, each as rows of cells; the first row is kept in view.

    Parameters
    ----------
    sheets : by name, of at most 31 characters. A cell is None, a bool, a number or a text.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in _frame(list(sheets)).items():
            archive.writestr(path, _HEAD + text)
        for number, table in enumerate(sheets.values(), 1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", _HEAD + _sheet(table))
    return out.getvalue()


def _frame(names: list[str]) -> dict[str, str]:
    """Give the files that say which sheets there are."""
    numbers = range(1, len(names) + 1)
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_SHEET}.worksheet+xml"/>'
        for n in numbers
    )
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, names, strict=True)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" '
        f'Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    xml = "application/vnd.openxmlformats-package.relationships+xml"
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{xml}"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET}.sheet.main+xml"/>'
        f"{types}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
        f"<sheets>{sheets}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{relations}</Relationships>",
    }


def _sheet(table: Iterable[Row]) -> str:
    rows = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in table)
    view = (
        '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/>'
        "</sheetView>"
    )
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews>{view}</sheetViews>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float) and math.isfinite(value):
        return f"<c><v>{value!r}</v></c>"
    if value is None:
        return "<c/>"
    lines = "\n".join(readable_lines(str(plain(value))))[:LONGEST]
    text = escape(_NOT_IN_XML.sub("\ufffd", lines))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
