from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("voice", "0005_ways_whys_and_supporters"),
    ]

    operations = [
        migrations.AlterField(
            model_name="influencelink",
            name="from_name",
            field=models.CharField(help_text='Stable name, like "theme:4" or "plan:leven:2027/28:P3"', max_length=300),
        ),
        migrations.AlterField(
            model_name="influencelink",
            name="to_name",
            field=models.CharField(max_length=300),
        ),
        migrations.AlterField(
            model_name="influencelink",
            name="share_of",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="Of the second, how much is owed to the first; empty: an equal part",
                null=True,
            ),
        ),
    ]
