"""The report of an archive's run: a row an edition while it runs, a page with plots at its end."""

from tingbao.archive.report.writing import report_folder, reporting

__all__ = ["report_folder", "reporting"]
