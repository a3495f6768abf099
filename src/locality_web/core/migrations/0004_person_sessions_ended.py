from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0003_invitation_role_ends")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="sessions_ended",
            field=models.PositiveIntegerField(
                default=0, help_text="How often all sessions of the person were ended; a session is bound to the number"
            ),
        ),
    ]
