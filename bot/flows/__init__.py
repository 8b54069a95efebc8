"""Every flow there is, by the name that state, buttons and wording use."""

from bot.flow import Flow
from bot.flows.adding import Adding
from bot.flows.adjusting import Adjusting
from bot.flows.altering import Altering
from bot.flows.appealing import Appealing
from bot.flows.arriving import Arriving, Standing
from bot.flows.asking import Asking
from bot.flows.belonging import Belonging
from bot.flows.booking import Booking
from bot.flows.buying import Buying
from bot.flows.calling_back import CallingBack
from bot.flows.calling_off import CallingOff, Missed
from bot.flows.cancelling import Cancelling
from bot.flows.carding import Carding
from bot.flows.celebrating import Celebrating
from bot.flows.choosing import Choosing
from bot.flows.closing import Closing
from bot.flows.complaining import Complaining
from bot.flows.declining import Declining
from bot.flows.deleting import Deleting
from bot.flows.dropping import Dropping
from bot.flows.enrolling import Enrolling
from bot.flows.entering import Entering
from bot.flows.giving_back import Handback
from bot.flows.going import Delaying, Departing
from bot.flows.intaking import Intaking
from bot.flows.inviting import Inviting, Sharing
from bot.flows.joining import Joining
from bot.flows.leaving import Excluding, Leaving
from bot.flows.lighting import Lighting
from bot.flows.linking import Linking
from bot.flows.mailing import Mailing
from bot.flows.measuring import Measuring
from bot.flows.messaging import Messaging
from bot.flows.moving import Moving
from bot.flows.noting import Noting
from bot.flows.observing import Observing
from bot.flows.omitting import Omitting
from bot.flows.parting import Parting
from bot.flows.passing import Passing
from bot.flows.pausing import Ending, Pausing
from bot.flows.planning import Planning
from bot.flows.profile import Addressing, Forgetting, Naming, Phoning
from bot.flows.queueing import Queueing
from bot.flows.rating import Rating
from bot.flows.reassigning import Reassigning, Rescheduling
from bot.flows.redeeming import Redeeming
from bot.flows.redoing import Redoing
from bot.flows.refunding import Refunding
from bot.flows.remedying import Approving, Remedying
from bot.flows.repeating import Repeating
from bot.flows.replacing import Replacing
from bot.flows.replying import Replying
from bot.flows.reporting import Reporting
from bot.flows.requests import Requests
from bot.flows.resolving import Resolving
from bot.flows.serving import Serving, Transferring
from bot.flows.settling import Settling
from bot.flows.skipping import Skipping
from bot.flows.stating import Stating
from bot.flows.uniting import Uniting
from bot.flows.watching import Watching
from bot.flows.wishes import Household, Wishing

FLOWS: dict[str, type[Flow]] = {
    flow.key: flow
    for flow in (
        Booking,
        Moving,
        Cancelling,
        Buying,
        Refunding,
        Naming,
        Phoning,
        Mailing,
        Addressing,
        Forgetting,
        Household,
        Wishing,
        Linking,
        Uniting,
        Requests,
        Parting,
        Joining,
        Carding,
        Declining,
        Dropping,
        Replacing,
        Reassigning,
        Rescheduling,
        CallingOff,
        Missed,
        Departing,
        Delaying,
        Arriving,
        Standing,
        Adding,
        Reporting,
        Skipping,
        Redoing,
        Closing,
        Messaging,
        Observing,
        Watching,
        Lighting,
        Settling,
        Measuring,
        Complaining,
        Intaking,
        Replying,
        Noting,
        Planning,
        Remedying,
        Approving,
        Resolving,
        Passing,
        Asking,
        Stating,
        Choosing,
        Rating,
        Appealing,
        CallingBack,
        Serving,
        Transferring,
        Handback,
        Repeating,
        Altering,
        Omitting,
        Pausing,
        Ending,
        Queueing,
        Deleting,
        Enrolling,
        Celebrating,
        Redeeming,
        Adjusting,
        Entering,
        Inviting,
        Sharing,
        Belonging,
        Excluding,
        Leaving,
    )
}
