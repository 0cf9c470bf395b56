"""The examination of an installation: ``tingbao doctor``.

:func:`examine` runs checks and yields a :class:`Finding` for each; :func:`usual_checks` are those
of the command.
"""

from tingbao.doctor.examination import Check, Environment, Finding, State, examine, usual_checks

__all__ = ["Check", "Environment", "Finding", "State", "examine", "usual_checks"]
