"""Makes as_sent.xlsx and as_sent.ods: workbooks as councils and police forces send them.

Needs openpyxl and odfpy; run in this folder. The figures are made up.
"""
import datetime
import zipfile

import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P


def xlsx():
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = datetime.datetime(2022, 7, 1)
    cover = book.active
    cover.title = "Cover"
    cover["A1"] = "Offences with an alcohol marker"
    cover["A3"] = "Published 1 July 2022"

    contents = book.create_sheet("Contents")
    for row in (["Sheet", "What it holds"], ["By ward", "Counts and rates by ward"], ["Notes", "How it was made"]):
        contents.append(row)

    data = book.create_sheet("By ward")
    data["A1"] = "Table 3: violence with injury, by ward"
    data["A2"] = "Source: West Midlands Police"
    data["B4"], data["D4"] = "YT June 2021", "YT June 2022"
    data.merge_cells("B4:C4")
    data.merge_cells("D4:E4")
    for column, name in enumerate(["Ward", "Offences", "Rate", "Offences", "Rate"], 1):
        data.cell(5, column, name)
    rows = [
        ["Bablake", 31, 183.7, "32", 189.6],
        ["St Michael\u2019s", "1,189", 2910.6, 155, 379.4],
        ["Binley & Willenhall", "[c]", "[c]", "*", "-"],
        ["Westwood", None, None, 40, 198.25],
        ["TOTAL", 1220, 321.6, 227, 59.8],
    ]
    for row in rows:
        data.append(row)
    data["A12"] = "1. [c] is a count under five."
    data["A13"] = "2. Contact the analyst."

    words = book.create_sheet("Lookup")
    for row in (["LSOA", "Ward"], ["E01009522", "Bablake"], ["E01009523", "Wyken"]):
        words.append(row)

    months = book.create_sheet("Months")
    months.append(["Ward", datetime.date(2022, 5, 1), datetime.date(2022, 6, 1)])
    months.append(["Bablake", 3, 4])
    months.append(["Wyken", 5, 6])
    book.save("as_sent.xlsx")


def ods():
    book = OpenDocumentSpreadsheet()

    def cell(row, value=None, **more):
        if value is None:
            row.addElement(TableCell(**more))
        elif isinstance(value, str):
            made = TableCell(valuetype="string", **more)
            made.addElement(P(text=value))
            row.addElement(made)
        else:
            made = TableCell(valuetype="float", value=value, **more)
            made.addElement(P(text=f"{value:,}"))
            row.addElement(made)

    sheet = Table(name="Finds")
    book.spreadsheet.addElement(sheet)

    def row(*values):
        made = TableRow()
        for value in values:
            cell(made, value)
        sheet.addElement(made)

    title = TableRow()
    cell(title, "Needle finds by ward", numbercolumnsspanned=3)
    title.addElement(CoveredTableCell())
    title.addElement(CoveredTableCell())
    sheet.addElement(title)
    sheet.addElement(TableRow(numberrowsrepeated=2))
    row("Ward", "YT July 2021", "YT July 2022")
    row("Bablake", 1, 0)
    row("Foleshill", 1052, "\u2013")
    row("Total", 1053, 0)
    sheet.addElement(TableRow(numberrowsrepeated=3))
    row("Note: reported by the public")
    book.save("as_sent.ods")


def same_time_every_time(path):
    """Rewrites the zip with fixed times, so that making it again changes nothing."""
    with zipfile.ZipFile(path) as old:
        parts = [(info.filename, old.read(info)) for info in old.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts:
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, kind)


xlsx()
ods()
same_time_every_time("as_sent.xlsx")
same_time_every_time("as_sent.ods")
