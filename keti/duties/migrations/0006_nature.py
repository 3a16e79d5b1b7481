from datetime import UTC, datetime

import django.db.models.deletion
from django.db import migrations, models

from keti.kernel.triggers import without


class Migration(migrations.Migration):
    """Why something is owed, who may answer where no single seat does, and when something is said of
    it next. The refusal of the table
    goes first and comes back with 0008: new columns make the table anew on SQLite."""

    dependencies = [
        ("duties", "0005_claims"),
        ("groups", "0003_recusal"),
        ("programmes", "0001_initial"),
    ]
    operations = [
        without(name="duties_obligation_due_stays", table="duties_obligation"),
        migrations.AddField(
            model_name="obligation",
            name="about_path",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="obligation",
            name="caused_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="groups.seat",
            ),
        ),
        migrations.AddField(
            model_name="obligation",
            name="nature",
            field=models.CharField(
                choices=[
                    ("charter", "方案规定"),
                    ("promise", "办理中产生"),
                    ("response", "等候回应"),
                ],
                default="charter",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="obligation",
            name="pool",
            field=models.CharField(
                blank=True,
                choices=[
                    ("managers", "秘书处"),
                    ("leads", "上级组各组长"),
                    ("commissioner", "委托方"),
                    ("watchers", "秘书处或监控员"),
                    ("role", "担任该职务者"),
                ],
                default="",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="obligation",
            name="pool_group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="groups.group",
            ),
        ),
        migrations.AddField(
            model_name="obligation",
            name="next_word_at",
            field=models.DateTimeField(default=datetime(1970, 1, 1, tzinfo=UTC)),
        ),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(fields=["state", "next_word_at"], name="obligation_next_word"),
        ),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(
                condition=models.Q(("pool", ""), _negated=True),
                fields=["programme", "pool"],
                name="obligation_of_pool",
            ),
        ),
    ]
