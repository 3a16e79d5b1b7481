from django.db import migrations


class Migration(migrations.Migration):
    """Consents have a room of their own; it took over the rows."""

    dependencies = [("accounts", "0008_units_once"), ("consents", "0003_frozen")]
    operations = [migrations.DeleteModel("Consent")]
