"""Scenes of letters to offices: entered, listed, written to, followed, corrected."""

from datetime import date

from keti.documents.actions import keep_upload
from keti.letters.actions import (
    ContactFacts,
    Happening,
    OfficeFacts,
    correct_passage,
    drop_mailing,
    hide_reach,
    import_offices,
    mend_office,
    note_contact,
    note_passage,
    note_passages,
    show_reach,
    withdraw_contact,
    withdraw_list,
    withdraw_office,
)
from keti.letters.models import RecipientList
from keti.letters.rules.sheets import OfficeLine
from keti.letters.tests.scene import drafted, issued, office
from tests.acts.undoing import Scene
from tests.cast import Cast


def offices(cast: Cast) -> None:
    """An office is entered, mended, spoken with, withdrawn; more come by a sheet."""
    one = office(cast, "甲市政府办公室", "130100")
    facts = OfficeFacts("prefectural", "甲市办（演示）", "130100", since=date(2030, 2, 1))
    mend_office(cast.qin.act(), office=one, facts=facts)
    said = ContactFacts("call", date(2030, 2, 20), "同意接收。")
    made = note_contact(cast.qin.act(), office=one, facts=said)
    withdraw_contact(cast.qin.act(), contact=made, reason="记到别家了。")
    act = cast.qin.act()
    file = keep_upload(act, programme=cast.programme, name="o.csv", data=b"a,b\n")
    lines = [OfficeLine(2, "乙部（演示）", "ministry")]
    import_offices(act, programme=cast.programme, file=file, lines=lines)
    withdraw_office(cast.qin.act(), office=one, reason="已合并。")


def letters(cast: Cast) -> None:
    """A letter is issued to two, followed, corrected, shown; another is dropped, its list too."""
    first, second = office(cast, "丙市政府办公室", "130200"), office(cast, "丁部办公厅")
    made = issued(cast, first, second)
    one, other = made.pieces.order_by("serial")
    note_passage(cast.qin.act(), piece=one, what=Happening("sent", tracking="EX1"))
    correct_passage(cast.qin.act(), piece=one, reason="扫错了。")
    note_passages(cast.qin.act(), mailing=made, what={other.pk: Happening("sent")})
    show_reach(cast.gao.act(), mailing=made)
    hide_reach(cast.gao.act(), mailing=made)
    recipients = RecipientList.objects.get()
    drop_mailing(cast.qin.act(), mailing=drafted(cast, recipients), reason="不发了。")
    withdraw_list(cast.gao.act(), recipients=recipients, reason="单位有变。")


WRITING: dict[Scene, set[str]] = {
    offices: {
        "letters.enter_office",
        "letters.import_offices",
        "letters.mend_office",
        "letters.note_contact",
        "letters.withdraw_contact",
        "letters.withdraw_office",
    },
    letters: {
        "letters.approve_list",
        "letters.correct_passage",
        "letters.draft_list",
        "letters.drop_mailing",
        "letters.hide_reach",
        "letters.issue_mailing",
        "letters.note_passage",
        "letters.note_passages",
        "letters.save_mailing",
        "letters.show_reach",
        "letters.withdraw_list",
    },
}
