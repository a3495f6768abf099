"""Spreadsheets that go out and come back: the workbook of a locality plan, and the catalogue of services.

What is exported can be edited and loaded. Every fault is named by sheet, row and column; nothing is taken when any is
wrong. Needs the packages of the site (extra `web`).
"""

from locality.plans.workbooks.catalogue_workbook import read_catalogue, write_catalogue_csv, write_catalogue_workbook
from locality.plans.workbooks.plan_reading import PlanStamp, read_plan_stamp, read_plan_workbook
from locality.plans.workbooks.plan_workbook import write_plan_workbook

__all__ = [
    "PlanStamp",
    "read_catalogue",
    "read_plan_stamp",
    "read_plan_workbook",
    "write_catalogue_csv",
    "write_catalogue_workbook",
    "write_plan_workbook",
]
