from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0002_audit_stays")]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="role_ends",
            field=models.DateField(blank=True, help_text="Last day of the role that is offered", null=True),
        ),
    ]
