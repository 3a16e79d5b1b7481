from django.db import migrations, models
import django.db.models.deletion

STATES = [
    ("waiting", "待发"), ("sent", "已发出"), ("uncertain", "不确定"), ("failed", "未送达"),
    ("no_address", "无地址，请当面或电话告知"), ("recalled", "已撤回"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("notify", "0005_fixed_address")]
    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("way", models.CharField(choices=[("box", "站内信箱"), ("mail", "邮件")], max_length=12)),
                ("state", models.CharField(choices=STATES, default="waiting", max_length=12)),
                ("rank", models.PositiveSmallIntegerField(default=1)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_attempt_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("fault", models.CharField(blank=True, max_length=60)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("message", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="notify.message")),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["way", "state", "next_attempt_at"], name="delivery_due")],
                "constraints": [models.UniqueConstraint(fields=("message", "way"), name="delivery_once_per_way")],
            },
        ),
        migrations.AddField(model_name="message", name="by_id", field=models.CharField(blank=True, default="", max_length=26)),
        migrations.AddField(model_name="message", name="held_until", field=models.DateTimeField(blank=True, null=True)),
        migrations.AddField(model_name="message", name="recalled_at", field=models.DateTimeField(blank=True, null=True)),
    ]
