"""The examination of an installation: ``tingbao doctor``.

:func:`examine` runs checks and yields a :class:`Finding` for each; :func:`usual_checks` are those
of the command.
"""

from tingbao.doctor.examination import Check, examine
from tingbao.doctor.findings import Finding, State
from tingbao.doctor.premises import Premises, usual_checks

__all__ = ["Check", "Finding", "Premises", "State", "examine", "usual_checks"]
