"""Run by Alembic inside the transaction that `records.database` has opened."""

from alembic import context

from records import models
from records.agreements import tables  # noqa: F401 - its tables belong to the metadata
from records.catalogue import tables as catalogue_tables  # noqa: F401
from records.citizen_reports import tables as citizen_report_tables  # noqa: F401
from records.drills import tables as drill_tables  # noqa: F401
from records.proposals import tables as proposal_tables  # noqa: F401
from records.uploads import tables as upload_tables  # noqa: F401

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=models.Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
