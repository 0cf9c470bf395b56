"""``python -m tingbao``: the same as the ``tingbao`` command."""

import sys

from tingbao.cli import main

sys.exit(main())
