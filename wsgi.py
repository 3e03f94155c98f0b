"""What gunicorn serves: `gunicorn wsgi:application`."""

import os

from app import create_app
from config import Settings

application = create_app(Settings.from_env(os.environ))
