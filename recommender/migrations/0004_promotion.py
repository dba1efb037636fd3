import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommender', '0003_evidence'),
    ]

    operations = [
        migrations.AddField(
            model_name='release',
            name='replaces',
            field=models.ForeignKey(blank=True, help_text='what served before it was promoted', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='recommender.release'),
        ),
        migrations.AddField(
            model_name='trainingrun',
            name='promotes',
            field=models.BooleanField(default=False, help_text='whether the model serves at once, if it is not worse', verbose_name='promotes'),
        ),
        migrations.AddConstraint(
            model_name='trainingrun',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['pending', 'processing'])), fields=('algorithm',), name='training_one_under_way_an_algorithm'),
        ),
    ]
