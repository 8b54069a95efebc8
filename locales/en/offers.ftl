# Offers: asking workers, telling staff when nobody takes a visit, telling customers who comes instead
offers-told = A visit for you, if you like. Please tap one of the two by { $by }.
offers-told-moved = The customer moved this visit. Can you come at the new time? Please tap one of the two by { $by }.
offers-accept = Accept
offers-decline = Decline
offers-card-area = Area
offers-card-team = Together
offers-card-why = Why you
offers-team-lead = you lead, with { $others }
offers-team = { $leader } leads{ $count ->
    [0] { "" }
   *[other] , { $others } too
}
offers-why-favourite = the customer's favourite
offers-why-been-here = { $visits ->
    [one] you know this home
   *[other] you were there { $visits } times
}
offers-why-same-area = you are nearby that day
offers-why-rated = customers give you { $stars }
offers-why-senior = you are experienced
offers-why-pets = you are good with pets
offers-why-elderly = you are good with elderly people
offers-why-infants = you are good with small children
offers-why-allergy = you use mild agents
offers-why-language = you speak the customer's language
offers-why-gender = as the customer wished

offers-accepted = It is yours, thank you! The full address is in “My visits ahead” from the day before.
offers-accepted-near = It is yours, thank you! The address is below. Safe travels.
offers-none = Nothing is waiting for your answer. You'll hear at once when there is something.
offers-several = { $count } visits wait for your answer. Tap one to see it:
offers-title = Waiting for you
offers-by = answer by { $by }
offers-lapsed = We had no answer from you in time, so somebody else is asked: { $visit }. Never mind, you'll be asked again for others.
offers-unknown = There is no such visit on offer.
offers-already-yours = This visit is yours already. If you cannot come, please call { $phone }.
offers-already-declined = You declined this one; that is noted.
offers-elsewhere = Somebody else has this visit by now, so you need not go. You'll be asked again for others.
offers-over = This visit was moved or cancelled, so you need not go.
offers-busy = You have something else at that time by now, so this one is not yours.
go-offers = Waiting for my answer

declining-offer-label = Visit
declining-offer-ask = Which one do you decline?
declining-offer-help = choose one.
declining-reason-label = Reason
declining-reason-ask = All right. Would you tell us why? You can skip this.
declining-reason-help = choose one, or type a line.
declining-cancel = Let me think
declining-left = All right, it is still yours to take: tap “Accept” when you are sure.
declining-done = All right, you need not go. Thank you for telling us.
declining-done-kept = All right, that is noted. We'll look for somebody else and call you if need be.
offers-because-far = Too far
offers-because-full = That day is full
offers-because-ill = I am ill
offers-because-customer = Not to this home
offers-because-other = Something else
offers-because-none = no reason given
offers-because-silent = no answer

offers-refused = { $name } ({ $why })
offers-unaccepted = Nobody took this visit yet: { $visit } ({ $area }), { $reference }. Asked: { $said }. The time stays with { $team } until you decide.
offers-found = { $name } takes this visit after all, so nobody need be found: { $visit }, { $reference }.
offers-call = { $names } cannot be reached by chat. Please call about this visit: { $visit } ({ $area }), { $reference }.
offers-reassign = Send somebody else

offers-changed = { $visit }: { $name } will come instead of { $before }, at the same time. { $name }: { $about }
offers-changed-wanted = Sorry, { $before }, whom you asked for, cannot come this time. { $visit }: { $name } will come, at the same time. { $name }: { $about } You can choose another time with { $before }.
