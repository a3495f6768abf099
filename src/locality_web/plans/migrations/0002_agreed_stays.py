"""What was agreed and what was published stays as it is."""

from django.db import migrations

from locality_web.core.append_only import keep_as_written


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]
    operations = [
        keep_as_written("plans_snapshot", "an agreed plan does not change", unique=[("sha256",)]),
        keep_as_written("plans_publishedfile", "a published file does not change", unique=[("publication_id", "name")]),
    ]
