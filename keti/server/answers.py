"""What the server itself answers, before any page of the house is asked, in both languages."""

from html import escape

from waitress.utilities import Error

HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
]
PAGE = """<!doctype html>
<html lang="zh-hans"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{zh}</h1><p lang="en">{en}</p></body></html>
"""
SAID = {
    400: (
        "Bad Request",
        "请求无法读取，没有办理。请返回上一页再试一次。",
        "The request cannot be read, so nothing was done. Go back one page and try again.",
    ),
    413: (
        "Content Too Large",
        "内容太大，没有接收，也没有留存。文件每个不超过 50 MB；上传前请先登录。",
        "Too large: nothing was received or kept. A file may have up to 50 MB; sign in before you "
        "upload.",
    ),
    431: (
        "Request Header Fields Too Large",
        "网址或请求头太长，没有办理。请核对链接，或清除本站的 Cookie 后再试。",
        "The address or the headers are too long, so nothing was done. Check the link, or clear "
        "this site's cookies and try again.",
    ),
    500: (
        "Internal Server Error",
        "系统出错，没有办理。请过几分钟再试；急事请联系秘书处。",
        "The system failed and nothing was done. Try again in a few minutes, or call the "
        "secretariat if it is urgent.",
    ),
    501: (
        "Not Implemented",
        "请求的传输方式不受支持，没有办理。",
        "This way of transfer is not supported, so nothing was done.",
    ),
    503: (
        "Service Unavailable",
        "正在接收的文件太多，请几分钟后再上传。",
        "Too many files are being received just now. Upload again in a few minutes.",
    ),
    507: (
        "Insufficient Storage",
        "服务器磁盘已满，没有接收。请联系系统管理员，空间腾出后再提交一次。",
        "The server's disk is full, so nothing was received. Tell the administrator and send it "
        "again when there is space.",
    ),
}


class Answer(Error):  # type: ignore[misc]
    """One of the sentences above, as the server sends it."""

    def __init__(self, code: int) -> None:
        self.code = code if code in SAID else 500
        self.reason, self.zh, self.en = SAID[self.code]
        super().__init__(self.en)

    def to_response(self, ident: object = None) -> tuple[str, list[tuple[str, str]], bytes]:
        """Status, headers and page."""
        title = escape(f"{self.code} {self.reason}")
        page = PAGE.format(title=title, zh=escape(self.zh), en=escape(self.en))
        return f"{self.code} {self.reason}", list(HEADERS), page.encode()
