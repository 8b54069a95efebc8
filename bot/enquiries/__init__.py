"""Questions that are answered at once, without a form, also in the middle of one."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.enquiries import (
    about_acceptance,
    about_arrival,
    about_care,
    about_cases,
    about_causes,
    about_channels,
    about_checklist,
    about_company,
    about_complaints,
    about_day,
    about_duty,
    about_extras,
    about_files,
    about_finish,
    about_forewarnings,
    about_handoffs,
    about_incidents,
    about_jobs,
    about_ladder,
    about_media,
    about_offers,
    about_payment,
    about_photos,
    about_ratings,
    about_rescue,
    about_roles,
    about_visits,
    about_work,
)
from bot.flow import Turn
from bot.messages import Outbound
from core.identities import Role

CUSTOMER = frozenset({Role.CUSTOMER})
WORKER = frozenset({Role.WORKER})
STAFF = frozenset({Role.STAFF})
EVERYBODY = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Enquiry:
    """`tell` gets the turn and what the button carried, "" when it was asked in words."""

    tell: Callable[[Turn, str], list[Outbound]]
    roles: frozenset[Role] = CUSTOMER
    ends_forms: frozenset[Role] = frozenset()
    """For whom it ends whatever they were filling in: there is no going on with that now."""


ENQUIRIES: dict[str, Enquiry] = {
    "visits": Enquiry(about_visits.upcoming),
    "visit": Enquiry(about_visits.one),
    "progress": Enquiry(about_visits.progress),
    "catalogue": Enquiry(about_company.catalogue),
    "prices": Enquiry(about_company.prices),
    "scope": Enquiry(about_company.scope),
    "rules": Enquiry(about_company.rules),
    "hours": Enquiry(about_company.hours),
    "areas": Enquiry(about_company.areas),
    "profile": Enquiry(about_visits.profile),
    "erasing": Enquiry(about_media.take_back),
    "link": Enquiry(about_channels.code),
    "mistaken": Enquiry(about_channels.mistaken),
    "person": Enquiry(about_company.person),
    "waitmore": Enquiry(about_handoffs.wait),
    "robot": Enquiry(about_handoffs.robot),
    "takeover": Enquiry(about_handoffs.takeover, STAFF),
    "remark": Enquiry(about_handoffs.remark, STAFF),
    "notreached": Enquiry(about_handoffs.not_reached, STAFF),
    "talks": Enquiry(about_handoffs.mine, STAFF),
    "thanks": Enquiry(about_company.thanks, EVERYBODY),
    "greeting": Enquiry(about_company.greeting, EVERYBODY),
    "switch": Enquiry(about_roles.switch, EVERYBODY),
    "file": Enquiry(about_files.file, WORKER),
    "offers": Enquiry(about_offers.waiting, WORKER),
    "accepting": Enquiry(about_offers.accept, WORKER),
    "round": Enquiry(about_work.visits_ahead, WORKER),
    "desk": Enquiry(about_work.desk, STAFF),
    "agenda": Enquiry(about_day.agenda, STAFF),
    "ticket": Enquiry(about_day.ticket, STAFF),
    "found": Enquiry(about_day.found, STAFF),
    "unconfirmed": Enquiry(about_day.unconfirmed, STAFF),
    "late": Enquiry(about_day.late, STAFF),
    "forewarnings": Enquiry(about_forewarnings.waiting, STAFF),
    "causes": Enquiry(about_causes.causes, STAFF),
    "measures": Enquiry(about_causes.measures, STAFF),
    "forewarned": Enquiry(about_forewarnings.one, STAFF),
    "notthere": Enquiry(about_arrival.not_there),
    "foundthem": Enquiry(about_arrival.found),
    "waiting": Enquiry(about_arrival.wait),
    "keepwaiting": Enquiry(about_arrival.keep),
    "story": Enquiry(about_arrival.story, frozenset({Role.STAFF})),
    "today": Enquiry(about_jobs.today, WORKER),
    "tomorrow": Enquiry(about_jobs.tomorrow, WORKER),
    "job": Enquiry(about_jobs.one, WORKER),
    "confirmday": Enquiry(about_jobs.confirm_day, WORKER),
    "starting": Enquiry(about_jobs.start, WORKER),
    "checklist": Enquiry(about_checklist.open_lines, WORKER),
    "tick": Enquiry(about_checklist.tick, WORKER),
    "howfar": Enquiry(about_checklist.how_far),
    "allowphotos": Enquiry(about_photos.allow),
    "nophotos": Enquiry(about_photos.refuse),
    "photos": Enquiry(about_photos.kept),
    "extrayes": Enquiry(about_extras.agree),
    "extrano": Enquiry(about_extras.refuse),
    "withdraw": Enquiry(about_extras.withdraw, WORKER),
    "noaccess": Enquiry(about_finish.nobody_opened, WORKER),
    "finishing": Enquiry(about_finish.finish, WORKER),
    "accept": Enquiry(about_acceptance.accept),
    "later": Enquiry(about_acceptance.put_off),
    "redone": Enquiry(about_acceptance.redone, WORKER),
    "paying": Enquiry(about_payment.ask, WORKER | STAFF),
    "paid": Enquiry(about_payment.settle, WORKER | STAFF),
    "unpaid": Enquiry(about_payment.unpaid, STAFF),
    "incidents": Enquiry(about_incidents.open_ones, STAFF),
    "earnings": Enquiry(about_care.income, WORKER),
    "unchanged": Enquiry(about_care.unchanged, WORKER),
    "rescue": Enquiry(about_rescue.rescue, WORKER | STAFF, ends_forms=WORKER),
    "misfire": Enquiry(about_rescue.misfire, WORKER),
    "welfare": Enquiry(about_care.light),
    "complaints": Enquiry(about_cases.queue, STAFF),
    "nextcomplaint": Enquiry(about_cases.most_urgent, STAFF),
    "complaint": Enquiry(about_complaints.one, CUSTOMER | STAFF),
    "offering": Enquiry(about_cases.put, STAFF),
    "solved": Enquiry(about_cases.solved),
    "unsolved": Enquiry(about_cases.unsolved),
    "myscore": Enquiry(about_ratings.score, WORKER),
    "appeals": Enquiry(about_ratings.appeals_open, STAFF),
    "coaching": Enquiry(about_ratings.talks_due, STAFF),
    "observations": Enquiry(about_care.answer, CUSTOMER | STAFF),
    "mine": Enquiry(about_ladder.mine, STAFF),
    "manager": Enquiry(about_ladder.manager),
    "onduty": Enquiry(about_duty.come, STAFF),
    "offduty": Enquiry(about_duty.go_home, STAFF),
    "leave": Enquiry(about_duty.leave, STAFF),
    "duties": Enquiry(about_duty.everybody, STAFF),
}
