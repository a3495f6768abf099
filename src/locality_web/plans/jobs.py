"""Background jobs of the plans room."""

from locality_web.core.jobs import job
from locality_web.plans.publishing import KIND, publish_files

job(KIND, whole=False)(publish_files)
