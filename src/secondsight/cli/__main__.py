"""``python -m secondsight.cli``."""

import sys

from . import main

sys.exit(main())
