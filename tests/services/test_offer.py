"""What a lead says of languages and support is kept with the hours, all or nothing, and read by reporters."""

import pytest
from sqlalchemy import update

from app.errors import NotAllowed
from app.models import Organisation
from app.services import offer, rota
from app.services.offer import Offer
from app.services.rota import Rota
from tests.making import NOW, rota_of

OFFER = Offer(("en", "vi"), ("sign_language",))


def test_what_was_chosen_stands_and_can_be_taken_back(session, make):
    centre, other = make.organisation(), make.organisation("other")
    lead = make.signed_in(centre, "lead")
    assert rota.standing(session, lead) == rota.Standing(Rota())
    rota.save(session, lead, rota_of(offer=OFFER), NOW)
    assert rota.standing(session, lead).rota == rota_of(offer=OFFER)
    assert rota.standing(session, make.signed_in(other, "lead")).rota == Rota()
    rota.save(session, lead, rota_of(), NOW)
    assert rota.standing(session, lead).rota == rota_of()


def test_only_a_lead_chooses(session, make):
    worker = make.signed_in(make.organisation())
    with pytest.raises(NotAllowed):
        rota.save(session, worker, rota_of(offer=OFFER), NOW)


def test_a_word_that_is_none_of_ours_is_left_out_and_the_order_is_ours(session, make):
    centre = make.organisation()
    session.execute(update(Organisation).values(languages="vi klingon en", disability_support="guide easy_korean"))
    session.commit()
    row = session.get_one(Organisation, centre.organisation_id)
    assert offer.of(row) == Offer(("en", "vi"), ("easy_korean",))
    assert rota.standing(session, make.signed_in(centre, "lead")).rota == Rota(offer=offer.of(row))
