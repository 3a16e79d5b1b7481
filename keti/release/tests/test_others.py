"""Before closing the first of what else is owed is listed, and how much there is in all."""

import re

from keti.duties.enums import Nature
from keti.duties.models import Obligation
from keti.kernel.ids import new_id
from keti.release.views import steps


def test_a_hundred_are_listed_and_the_rest_is_counted(cast, monkeypatch):
    monkeypatch.setattr(steps, "OTHERS", 3)
    like = Obligation.objects.filter(nature=Nature.CHARTER, group=cast.group("cell.red")).first()
    for number in range(5):
        like.pk, like.public_id, like.key = None, new_id(), f"more-{number}"
        like._state.adding = True
        like.save()
    duty = Obligation.objects.get(programme=cast.programme, form="closing")
    owed = Obligation.objects.filter(programme=cast.programme).apart_from_responses().open()
    there = owed.exclude(pk=duty.pk).count()
    page = cast.qin.client.get(f"/p/cast/release/closing/{duty.public_id}/")
    text = page.content.decode()
    assert page.status_code == 200
    assert f"另有 {there} 项应办事项未办" in text
    shown = text.split("<details>")[1].split("</details>")[0]
    listed = re.findall(r'<li><a href="([^"]+)"', shown)
    assert len(listed) == 4
    assert f"还有 {there - 3} 项，见应办事项" in text
    assert listed[-1] == "/p/cast/duties/list/"
