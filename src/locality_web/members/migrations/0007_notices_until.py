from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0006_addresses_to_confirm"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="until",
            field=models.DateTimeField(
                blank=True,
                help_text="Not printed any more from then on: the meeting that it is about has begun",
                null=True,
            ),
        ),
    ]
