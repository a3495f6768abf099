"""The documentation, and the program that writes its generated pages.

What is written of the site is asked of the site itself, so Django is set up before anything else: with a folder of its
own that is thrown away, unless somebody (like the tests) has set it up before.
"""

import atexit
import os
import shutil
import tempfile

import django
from django.conf import settings

if not settings.configured and "DJANGO_SETTINGS_MODULE" not in os.environ:
    home = tempfile.mkdtemp(prefix="locality-docs-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ |= {"LOCALITY_HOME": home, "DJANGO_SETTINGS_MODULE": "locality_web.config.settings"}
django.setup()
