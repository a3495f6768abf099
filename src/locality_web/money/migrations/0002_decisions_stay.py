"""The database itself refuses to change or delete a budget decision."""

from django.db import migrations

from locality_web.core.append_only import keep_as_written


class Migration(migrations.Migration):
    dependencies = [("money", "0001_what_there_is_to_spend")]
    operations = [
        keep_as_written(
            "money_budgetdecision",
            "A budget decision does not change; record a new one.",
            unique=[("partnership_id", "year", "number")],
        )
    ]
