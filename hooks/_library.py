"""The one place that makes the library importable for hooks, wherever MkDocs was started from.

MkDocs puts the folder of a hook on the path while that hook is loaded, and takes it off again. So a hook imports its
siblings and, through this module, ``bitext`` at its top; what is imported once stays.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The project's folder."""

DATA = ROOT / "data"
"""What people know: topics, tags, the words of the site."""

sys.path.insert(0, str(ROOT / "scripts"))
