from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_newest_events"),
        ("members", "0005_posted_views"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="member",
            name="an_erased_member_has_no_name",
        ),
        migrations.AddField(
            model_name="member",
            name="email_to_confirm",
            field=models.EmailField(
                blank=True,
                help_text="Somebody without an account gave it: no notice goes there until its owner says yes",
                max_length=254,
            ),
        ),
        migrations.AddField(
            model_name="practice",
            name="missing_since",
            field=models.DateField(
                blank=True,
                help_text="The day on which a newer release came without it; empty: nobody has to look",
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at__isnull", True),
                    models.Q(
                        ("address", ""),
                        ("email", ""),
                        ("email_to_confirm", ""),
                        ("name", ""),
                        ("notices", "none"),
                        ("person__isnull", True),
                        ("telephone", ""),
                    ),
                    _connector="OR",
                ),
                name="an_erased_member_has_no_name",
            ),
        ),
    ]
