# Somebody else, another time, called off, nobody came: what is done about it; and what staff do by chat
because-ill = unwell
because-accident = an accident on the way
because-family = a family emergency
because-weather = bad weather
because-safety = safety
because-staffing = too few people
because-wish = the customer's wish
because-other = another reason
because-dropped-out = the worker could not come
because-ill-told = the worker is unwell
because-accident-told = the worker had an accident on the way
because-family-told = the worker has a family emergency
because-wish-told = as you wished
because-other-told = something came up
card-free-now = Moving and cancelling are free until this is settled

owed-refund = , and the { $amount } charged before will be returned
owed-coupon = , and a { $amount } coupon is given
owed-points = , and { $amount } points will be credited
owed-discount = , and { $amount } comes off this visit
owed-nothing-due = no charge{ $owed }
compensation-refund = Owed: refund
compensation-coupon = Owed: coupon
compensation-points = Owed: points
compensation-discount = Owed: discount
compensation-line = { $amount } ({ $why }, { $settled ->
    [settled] settled
   *[owed] still open
})
compensation-for-called-off = called off by us
compensation-for-dropped-out = worker dropped out, customer cancelled
compensation-for-missed = nobody came
compensation-for-late = worker was late
compensation-for-kept = visit kept although late

go-dropping = I can't come
go-agenda = Today's visits
go-ticket = Open
go-unconfirmed = Not confirmed
go-late = Late
go-reassigning = Send another
go-rescheduling = Another time
go-callingoff = Call it off
go-missed = Nobody came

dropping-nothing = You have no visit ahead, so there is nothing to call in for.
dropping-before = You already told us about this one: { $visit }. We are on it and will tell you at once.
dropping-not-yours = This visit is not yours now; you need not go, nor call in.
dropping-visit-label = Visit
dropping-visit-ask = Which visit can't you make?
dropping-visit-help = choose one, or type its reference.
dropping-reason-label = Reason
dropping-reason-ask = What happened? Choose one, or write a sentence.
dropping-reason-help = “unwell”, “a family emergency”.
dropping-agreed-label = Confirmation
dropping-agreed-ask = You really can't come? Then we look for somebody at once.
dropping-agreed-again = Please choose “I can't come” or “I can after all”.
dropping-agreed-yes = I can't come
dropping-agreed-help = choose “I can't come” or “I can after all”.
dropping-cancel = I can after all
dropping-left = Good, nothing changes. Thank you!
dropping-done = Got it, you need not go; somebody takes your place: { $visit }. Look after yourself.
dropping-done-near = Got it, you need not go; somebody takes your place: { $visit }. As it is so close, please also call us on { $phone }.
dropping-done-nobody = Got it: { $visit }. Nobody could be found yet. The customer and the office know, and you will hear at once. Look after yourself.
dropping-done-nobody-near = Got it: { $visit }. Nobody could be found yet and it is very close: please call { $phone } right now. The customer and the office know.
told-reassigned = Please take this one: { $visit } ({ $area }), { $reference }. If you cannot, press “I can’t come” at once.
told-instead = Somebody can't come, please go: { $visit } ({ $area }), reference { $reference }. If you can't either, press “I can't come” right away.
told-nobody-comes = { $name } can't come ({ $reason }): { $visit }, reference { $reference }, and nobody else is free. { $asked ->
    [yes] The customer was offered another time or a free cancellation. Please see what you can do.
   *[no] This visit is not confirmed yet: please send somebody else or decline it.
}
told-nobody-answered = { $visit }, reference { $reference }: nobody is going, and the customer has not answered. { $phone ->
    [none] They left no number.
   *[other] Please call them on { $phone } now.
}

replacing-nothing = None of your visits has changed, so there is nothing to choose.
replacing-settled = That is settled: { $when }, { $team } will come.
replacing-offered = We are sorry: { $who } can't come. { $instead } ({ $about }) can come instead, { $when }, at the same time and price. If we don't hear from you by { $by }, { $instead } will come. Moving the visit is free; so is cancelling{ $owed }.
replacing-nobody = We are very sorry: { $who } can't come, and nobody else is free { $when }. These times are free of charge to move to; cancelling is free too{ $owed }.
replacing-nobody-no-time = We are very sorry: { $who } can't come, and nobody else is free { $when } or on the days around it. Moving to a later day is free; so is cancelling{ $owed }.
replacing-agree = Fine with me
replacing-other-time = Another time
replacing-cancel-free = Cancel for free
replacing-agreed = Thank you for bearing with us! { $team } will come { $when }.
replacing-kept = We did not hear from you, so { $instead } will come as planned: { $when }. Please watch your phone and doorbell.
replacing-kept-so-far = All right, nothing is cancelled.
replacing-cancelled = Cancelled, no charge{ $owed }. We are sorry for the trouble. “Same again” books it anew with everything filled in.
replacing-visit-label = Visit
replacing-visit-ask = Which visit is it about?
replacing-visit-help = choose one, or type its reference.
replacing-way-label = What to do
replacing-way-ask = What shall we do? You can also say “another time for it”.
replacing-way-help = choose one, or say “reschedule”.
replacing-sure-label = Confirmation
replacing-sure-ask = Really cancel? There is no charge.
replacing-sure-help = choose “Yes, cancel” or “Don't cancel”.
replacing-sure-yes = Yes, cancel
replacing-sure-no = Don't cancel
replacing-cancel = Not yet
replacing-left = No hurry, you can choose until then.

callingoff-visit-label = Visit
callingoff-visit-ask = Which visit do we call off? Choose one, or type its reference.
callingoff-visit-help = choose one, or type its reference.
callingoff-reason-label = Reason
callingoff-reason-ask = Why? The customer will read it. Choose one, or write a sentence.
callingoff-reason-help = “bad weather”, or a sentence for the customer.
callingoff-gets = Customer gets
callingoff-agreed-label = Confirmation
callingoff-agreed-ask = Call it off? The customer and the worker hear at once.
callingoff-agreed-yes = Yes, call it off
callingoff-agreed-help = choose “Yes, call it off” or “Keep it”.
callingoff-cancel = Keep it
callingoff-left = All right, nothing changes.
callingoff-done = { $reference } is called off: no charge{ $owed }. { $phone ->
    [known] The customer and the worker know.
    [none] The customer can be reached nowhere and left no number.
   *[other] The customer can be reached nowhere by chat: please call { $phone }.
}
told-called-off = We are very sorry: we can't come for { $visit } ({ $reason }). There is no charge{ $owed }. You get the first choice of a new time: press “Same again”, everything is filled in.

missed-early = It has not begun yet: { $when }. If nobody comes then, tell me again.
missed-visit-label = Visit
missed-visit-ask = To which visit did nobody come? Choose one, or type its reference.
missed-visit-help = choose one, or type its reference.
missed-reason-label = Reason
missed-reason-ask = Do you know why? The customer will read it. Choose one, or write a sentence.
missed-reason-help = “a family emergency”, or a sentence.
missed-agreed-label = Confirmation
missed-agreed-ask = Really nobody came? The visit ends, and the customer gets our apology at once.
missed-agreed-yes = Yes, nobody came
missed-agreed-help = choose “Yes, nobody came” or “Wait a little”.
missed-cancel = Wait a little
missed-left = All right, nothing changes.
missed-words = Nobody came: { $visit } ({ $reason })
missed-done = { $reference }: nobody came. No charge{ $owed }. It is on the desk, please get in touch with the customer. { $phone ->
    [known] They have our apology.
    [none] They can be reached nowhere and left no number.
   *[other] They can be reached nowhere by chat: please call { $phone }.
}
told-missed = We are truly sorry: nobody came for { $visit } ({ $reason }). There is no charge{ $owed }. A person of ours will be in touch; if it is urgent, call { $phone }. For another time press “Same again”, everything is filled in.

reassigning-nobody = { $visit }: nobody else is free then. Give it another time, or call it off.
reassigning-visit-label = Visit
reassigning-visit-ask = Which visit gets somebody else? Choose one, or type its reference.
reassigning-visit-help = choose one, or type its reference.
reassigning-leaving-label = Instead of
reassigning-leaving-ask = Instead of whom?
reassigning-leaving-help = choose one, or type the name.
reassigning-worker-label = Who goes
reassigning-worker-ask = Who shall go? The best come first; you can also type a name.
reassigning-worker-help = choose one, or type the name.
reassigning-reason-label = Reason
reassigning-reason-ask = Why? The customer will read it. Choose one, or write a sentence.
reassigning-reason-help = “unwell”, or a sentence.
reassigning-done = { $reference }: { $team } goes, { $when }. Both workers know. { $phone ->
    [known] So does the customer.
    [none] The customer can be reached nowhere and left no number.
   *[other] The customer can be reached nowhere by chat: please call { $phone }.
}
told-replaced = Somebody else comes for your visit ({ $reason }): { $team }, { $when }. Time and price stay the same.

rescheduling-nothing = There is no free time soon. You can call the visit off, or send somebody else.
rescheduling-visit-label = Visit
rescheduling-visit-ask = Which visit gets another time? Choose one, or type its reference.
rescheduling-visit-help = choose one, or type its reference.
rescheduling-day-label = Day
rescheduling-day-ask = To which day?
rescheduling-day-help = “tomorrow”, “Saturday”, “3 December”.
rescheduling-window-label = Time
rescheduling-window-ask = Free times on { $day }; you can also type one:
rescheduling-window-help = “9 am”, “14:00”.
rescheduling-reason-label = Reason
rescheduling-reason-ask = Why? The customer will read it. Choose one, or write a sentence.
rescheduling-reason-help = “the customer's wish”, or a sentence.
rescheduling-agreed-label = Confirmation
rescheduling-agreed-ask = Move it like this? It costs nothing and is not counted as the customer's move.
rescheduling-agreed-yes = Yes, move it
rescheduling-agreed-help = choose “Yes, move it” or “Leave it”.
rescheduling-cancel = Leave it
rescheduling-left = All right, the time stays.
rescheduling-done = { $reference } is moved: { $when }, { $team }. The worker knows. { $phone ->
    [known] So does the customer.
    [none] The customer can be reached nowhere and left no number.
   *[other] The customer can be reached nowhere by chat: please call { $phone }.
}
told-rescheduled = Your visit has a new time ({ $reason }): { $when }, { $team } will come. There is no charge; if it doesn't suit you, move it again.

agenda-title = Visits
agenda-told = Visits { $day }:
agenda-none = No visits { $day }.
agenda-line = { $name } · { $team } · { $status } · { $reference }
agenda-late = ⚠ { $minutes } min late · { $name } · { $team } · { $status } · { $reference }
agenda-open = { $hours } { $team }
agenda-more = Further down
agenda-next-day = Next day
unconfirmed-none = The workers have confirmed every visit of today and tomorrow.
unconfirmed-told = { $count ->
    [one] 1 visit of today and tomorrow is not confirmed by its worker yet:
   *[other] { $count } visits of today and tomorrow are not confirmed by their workers yet:
}
late-none = Nobody is late.
late-told = { $count ->
    [one] 1 visit should have begun, and nobody is there:
   *[other] { $count } visits should have begun, and nobody is there:
}
found-none = No visits found for “{ $said }”.
found-told = { $count ->
    [one] “{ $said }” has 1 visit ahead:
   *[other] “{ $said }” has { $count } visits ahead:
}
desk-visit = { $visit } · { $team }
ticket-told = How it stands:
ticket-customer = Customer
ticket-phone = Phone
ticket-open = Replacement
ticket-choosing = the customer may choose until { $by }; without an answer the new worker goes
ticket-nobody = nobody goes; waiting for the customer or for you
ticket-replaced = { $came } for { $left }, { $why }
ticket-story = { $has ->
    [why] { $what } ({ $who }: { $why })
   *[none] { $what } ({ $who })
}
story-dropped-out = worker can't come
story-agreed = agreed to somebody else
story-went-ahead = new worker comes as planned
