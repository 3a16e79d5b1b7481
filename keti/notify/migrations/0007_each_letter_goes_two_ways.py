"""Every letter of before has a delivery by mail, as it stood, and one in the box, where it lay."""

from django.db import migrations

AS_IT_STOOD = """
INSERT INTO notify_delivery
    (message_id, way, state, rank, attempts, next_attempt_at, sent_at, fault, error)
SELECT id, 'mail', state, 1, attempts, next_attempt_at, sent_at, fault, error FROM notify_message
"""
IN_THE_BOX = """
INSERT INTO notify_delivery
    (message_id, way, state, rank, attempts, next_attempt_at, sent_at, fault, error)
SELECT id, 'box', 'sent', 1, 0, created_at, created_at, '', '' FROM notify_message
"""


class Migration(migrations.Migration):
    dependencies = [("notify", "0006_deliveries")]
    operations = [
        migrations.RunSQL(AS_IT_STOOD, migrations.RunSQL.noop),
        migrations.RunSQL(IN_THE_BOX, migrations.RunSQL.noop),
    ]
