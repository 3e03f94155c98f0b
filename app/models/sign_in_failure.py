"""Failed sign-ins, to make the next attempt wait."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class SignInFailure(Base):
    """Kept by the hash of the login, for logins that exist and logins that do not alike; apart for known browsers."""

    __tablename__ = "sign_in_failure"

    login_hash: Mapped[bytes] = mapped_column(primary_key=True)
    failures: Mapped[int]
    failed_at: Mapped[datetime] = mapped_column(index=True)
