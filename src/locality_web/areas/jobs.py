"""Background jobs of the areas room."""

from locality_web.areas.boundary_proposing import PROPOSE, look_for_options
from locality_web.areas.shape_background import LOAD, load_sent
from locality_web.core.jobs import job

job(PROPOSE, whole=False)(look_for_options)
job(LOAD, whole=False)(load_sent)
