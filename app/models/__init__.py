"""The rows, one noun a file. `Base.metadata` is whole once this package is imported."""

from app.models.access_log import AccessLog
from app.models.base import Base
from app.models.bulk_change import BulkChange
from app.models.caseworker import Caseworker
from app.models.destroyed_report import DestroyedReport
from app.models.draft import Draft
from app.models.duty import Duty
from app.models.epoch import Epoch
from app.models.figure import FigureCount, FigureStanding, PublishedMonth
from app.models.invitation import Invitation
from app.models.junk import Junk
from app.models.keeping import Keeping
from app.models.keyring import Keyring, KeyringCopy, LostRing
from app.models.legal_hold import LegalHold
from app.models.log_review import LogReview
from app.models.message import Message
from app.models.notice import Notice
from app.models.one_time_code import OneTimeCode
from app.models.organisation import Organisation
from app.models.passed_on import PassedOn
from app.models.passkey import Passkey
from app.models.pending_step import PendingStep
from app.models.portal import Portal
from app.models.public_notice import PublicNotice
from app.models.referral import Referral
from app.models.referral_item import ReferralItem
from app.models.report import Report
from app.models.shred_standing import ShredStanding
from app.models.sign_in_failure import SignInFailure
from app.models.staff_session import StaffSession
from app.models.summary import Summary
from app.models.tick import Tick
from app.models.told import Told
from app.models.unknown_sign_in import UnknownSignIn
from app.models.viewing import Viewing
from app.models.work_record import WorkRecord

__all__ = [
    "AccessLog",
    "Base",
    "BulkChange",
    "Caseworker",
    "DestroyedReport",
    "Draft",
    "Duty",
    "Epoch",
    "FigureCount",
    "FigureStanding",
    "Invitation",
    "Junk",
    "Keeping",
    "Keyring",
    "KeyringCopy",
    "LegalHold",
    "LogReview",
    "LostRing",
    "Message",
    "Notice",
    "OneTimeCode",
    "Organisation",
    "PassedOn",
    "Passkey",
    "PendingStep",
    "Portal",
    "PublicNotice",
    "PublishedMonth",
    "Referral",
    "ReferralItem",
    "Report",
    "ShredStanding",
    "SignInFailure",
    "StaffSession",
    "Summary",
    "Tick",
    "Told",
    "UnknownSignIn",
    "Viewing",
    "WorkRecord",
]
