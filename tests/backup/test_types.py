"""Whatever type a column gets, a backup can hold it."""

import pytest
from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, MetaData, Table

from app.models import Base
from app.services import backup, restoration


def test_every_column_has_a_type_that_backups_know():
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            assert backup.type_name(column) in restoration._TYPES


def test_a_type_that_backups_do_not_know_would_be_seen():
    table = Table(
        "other", MetaData(), Column("a", JSON), Column("b", Float), Column("c", Boolean), Column("d", BigInteger)
    )
    for name in "ab":
        with pytest.raises(LookupError):
            backup.type_name(table.c[name])
    assert [backup.type_name(table.c[name]) for name in "cd"] == ["bool", "int"]
