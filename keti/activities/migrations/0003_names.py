
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0002_frozen'),
    ]

    operations = [
        migrations.AlterField(
            model_name='activity',
            name='kind',
            field=models.CharField(choices=[('charity', '公益活动'), ('regional', '地方研讨')], max_length=10),
        ),
    ]
