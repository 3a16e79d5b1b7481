"""A programme with offices, an approved list and a letter, for tests of letters."""

import io
from datetime import date

from keti.documents.rules.sheet import to_xlsx
from keti.letters.actions import (
    OfficeFacts,
    Wording,
    approve_list,
    draft_list,
    enter_office,
    issue_mailing,
    save_mailing,
)
from keti.letters.models import Mailing, Office, RecipientList

BODY = "{称谓}：贵处所在的{所在地}。\n兹寄上《{课题}》报告，请查收。\n{日期}"


def office(cast, name, division="", kind="", **more) -> Office:
    """One office of the programme."""
    kind = kind or ("prefectural" if division else "ministry")
    facts = OfficeFacts(kind, f"{name}（演示）", division, since=date(2030, 1, 1), **more)
    return enter_office(cast.qin.act(), programme=cast.programme, facts=facts)


def approved(cast, *offices, key="offices") -> RecipientList:
    """An approved list of these."""
    made = draft_list(
        cast.qin.act(), programme=cast.programme, key=key, title="各单位", offices=offices
    )
    return approve_list(cast.gao.act(), recipients=made)


def drafted(cast, recipients, **more) -> Mailing:
    """A draft to this list."""
    said = {"title": "关于寄送报告的函", "body": BODY, "series": "函"} | more
    return save_mailing(cast.qin.act(), recipients=recipients, wording=Wording(**said))


def issued(cast, *offices, **more) -> Mailing:
    """An issued letter to these."""
    made = drafted(cast, approved(cast, *offices), **more)
    return issue_mailing(cast.gao.act(), mailing=made)


def sheet_of(*rows, name="offices.xlsx"):
    """A sheet to upload."""
    found = io.BytesIO(to_xlsx("表", rows[0], rows[1:]))
    found.name = name
    return found
