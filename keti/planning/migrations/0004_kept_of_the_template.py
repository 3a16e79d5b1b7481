from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('planning', '0003_draft_steps'),
    ]

    operations = [
        migrations.AddField(
            model_name='charterdraft',
            name='kept',
            field=models.JSONField(editable=False, null=True),
        ),
    ]
