from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0002_register"),
    ]

    operations = [
        migrations.AddField(
            model_name="advice",
            name="public",
            field=models.BooleanField(default=False, help_text="Everybody may read what it said and what became of it"),
        ),
    ]
