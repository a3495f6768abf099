import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0002_register"),
        ("plans", "0004_parts_of_what_was_put"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="plancomment",
            name="member",
            field=models.ForeignKey(
                blank=True,
                help_text="Of whom it came on paper; their name stands in the register alone",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.member",
            ),
        ),
        migrations.AddField(
            model_name="plancomment",
            name="paper_code",
            field=models.CharField(blank=True, help_text="Code of the paper form; empty: on the site", max_length=20),
        ),
        migrations.AddField(
            model_name="planstance",
            name="member",
            field=models.ForeignKey(
                blank=True,
                help_text="Somebody on a voting seat without an account, who answered on paper",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.member",
            ),
        ),
        migrations.AddField(
            model_name="planstance",
            name="paper_code",
            field=models.CharField(blank=True, help_text="Code of the paper form; empty: on the site", max_length=20),
        ),
        migrations.AlterField(
            model_name="planstance",
            name="name",
            field=models.CharField(help_text="Of a member: the name of the seat, never their own", max_length=200),
        ),
        migrations.AlterField(
            model_name="planstance",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="planstance",
            constraint=models.UniqueConstraint(
                fields=("plan", "version", "member"), name="one_stance_on_paper_on_a_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="planstance",
            constraint=models.CheckConstraint(
                condition=models.Q(("person__isnull", True), ("member__isnull", True), _connector="XOR"),
                name="a_stance_of_a_person_or_a_member",
            ),
        ),
    ]
