# Plans: the same service, again and again
go-plans = My plan
go-repeating = Come every week
go-omitting = Skip one
go-altering = Change time or worker
go-pausing = Pause
go-resuming = Go on again
go-ending = End the plan
go-plankeep = Yes, come
go-planfine = That's fine
go-planback = Come after all
go-unplaced = Plans without a worker
plan-new = Begin a plan
plan-skip = Skip this one
plan-other-day = Another day

plan-weekday = { $day ->
    [0] Monday
    [1] Tuesday
    [2] Wednesday
    [3] Thursday
    [4] Friday
    [5] Saturday
   *[other] Sunday
}
plan-every-week = Every { $weekday }, { $window }
plan-every-fortnight = Every other { $weekday }, { $window }
plan-every-four-weeks = Every fourth { $weekday }, { $window }
plan-every-month = { $nth ->
    [1] First
    [2] Second
    [3] Third
   *[other] Fourth
} { $weekday } of the month, { $window }
plan-every-month-last = Last { $weekday } of the month, { $window }
plan-often-week = Every week
plan-often-fortnight = Every two weeks
plan-often-four-weeks = Every four weeks
plan-often-month = Every month
plan-line = { $rhythm }: { $name }
plan-mark = { " · " }
plan-rules-mark = { " " }
plan-rhythm = How often
plan-next = Next
plan-none-ahead = none soon
plan-price = Price of each
plan-price-this = Price of this one
plan-price-each = { $total }
plan-costs = { $total } this time
plan-stop = Skip, pause or end it any time, free of charge; a visit that is already set follows the usual rules.
plan-until = How long
plan-until-open = until you stop it
plan-until-day = through { $day }
plan-until-times = { $count } times in all
plan-until-half-year = Half a year (through { $day })
plan-left = { $until }, { $count } left
plan-until-times-odd = Between 2 and { $most } times, please. How often in all?
plan-until-day-odd = The last day has to be after { $first } and within five years. Until which day?
plan-savings = Savings
plan-savings-rule = your member discount and packages are used each time; coupons and points only where you say so
plan-packaged = paid by your package{ $total ->
    [0] {""}
   *[other] , plus { $total }
}
plan-what-saving = Coupon or points for one
plan-no-savings = There is no coupon, package or points you could use for that one.
plan-limited = All right, { $until }; nobody comes after that. These are the next ones:
plan-onward = Good, it goes on until you stop it. These are the next ones:
plan-told-last = { $when } is the last one of “{ $plan }” ({ $until }). If you'd like to go on, choose “Go on”; else “Let it end”, and we won't ask again.
go-planwait = Wait for that day
plan-enough = All right: { $until }, and none comes after that. We won't ask again; if you change your mind, choose “Go on”.
go-planenough = Let it end
go-planonward = Go on
plan-over = This plan has ended.
plan-closed = When we are closed
plan-closed-move = on the nearest day
plan-closed-skip = not that time
plan-from-to = { $first } to { $last }
plan-from-on = from { $first } until you say so
plan-times = { $count ->
    [one] 1 visit
   *[other] { $count } visits
}
plan-left-out = Left out
plan-weeks = { $count ->
    [one] 1 week
   *[other] { $count } weeks
}
plan-what-time = Another time
plan-what-worker = Another worker
plan-what-length = Another length
plan-scope-this = Only this one
plan-scope-following = This and following

plan-fate-swapped = instead of { $day }
plan-fate-moved = instead of { $day }, when we are closed
plan-fate-holiday = { $name }, we ask you first
plan-fate-closed = we are closed, no visit
plan-fate-skipped = no visit
plan-fate-paused = paused
plan-fate-merged = together with another one
plan-state-asked = waits for your answer, until { $by }
plan-state-unplaced = nobody is free then, please choose

# Begin a plan
repeating-family-label = Kind
repeating-family-ask = What should come regularly? You can also just say it, for example “regular cleaning every Wednesday morning”.
repeating-family-help = “regular cleaning”, “windows”, “cooking”.
repeating-service-label = Service
repeating-service-ask = Which one?
repeating-service-help = “regular cleaning”, or a number from the list.
repeating-quantity-label = Quantity
repeating-quantity-ask = How much each time? Choose one, or just write a number.
repeating-quantity-again = I couldn't read that as a quantity. Please write a number, for example “3”.
repeating-quantity-help = “3 hours”, “90 m²”.
repeating-add_ons-label = Extras
repeating-add_ons-ask = Anything extra each time? Choose as many as you like, then “That's all”, or just “Nothing extra”.
repeating-add_ons-none = Nothing extra
repeating-add_ons-help = Choose one or more, or reply “none”.
repeating-address-label = Address
repeating-address-ask = { $count ->
    [0] Where to? Please give district, street and door, for example “12 Kehua North Road, Wuhou, Building 3, Room 501”.
   *[other] Where to? Choose one, or write a new address.
}
repeating-address-again = That doesn't look like an address. Please give district, street and door, for example “12 Kehua North Road, Wuhou, Room 501”.
repeating-address-help = “12 Kehua North Road, Wuhou, Building 3, Room 501”.
repeating-household-label = At home
repeating-household-ask = Is there any of these at home? It helps us send the right person. Choose as many as fit. Choosing means we may note it, encrypted; you can delete it any time.
repeating-household-enough = That's all
repeating-household-none = None of these
repeating-household-help = Choose one or more, or reply “none”.
repeating-first-ask = { booking-first-ask }
repeating-first-help = { booking-first-help }
repeating-first-label = { booking-first-label }
repeating-joined-ask = { booking-joined-ask }
repeating-joined-help = { booking-joined-help }
repeating-joined-label = { booking-joined-label }
repeating-moved-ask = { booking-moved-ask }
repeating-moved-help = { booking-moved-help }
repeating-moved-label = { booking-moved-label }
repeating-told-label = { booking-told-label }
repeating-usual_days-label = { booking-usual_days-label }
repeating-usual_hours-label = { booking-usual_hours-label }
repeating-every-label = How often
repeating-every-ask = How often should we come?
repeating-every-again = I didn't get that. Please choose one, or write “every week”, “every two weeks” or “every month”.
repeating-every-help = “every week”, “every other week”, “monthly”.
repeating-day-label = First time
repeating-day-ask = From which day on? It will be that weekday from then on.
repeating-day-again = I couldn't read that as a day. Try “Wednesday”, “next Saturday” or “3 December”.
repeating-day-help = “Wednesday”, “next Saturday”, “3 December”.
repeating-window-label = Time
repeating-window-ask = { $day }, these times are free. You can also just name one:
repeating-window-again = I couldn't read that as a time. Please choose one, or write “2 pm”.
repeating-window-help = “9 am”, “afternoon”, “14:00”.
repeating-worker-label = Worker
repeating-worker-ask = Who should come each time? Choose “Anyone” and we send whoever suits best.
repeating-worker-skip = Anyone
repeating-worker-help = a worker's name, or “anyone”.
repeating-until-label = How long
repeating-until-ask = For how long? You can also say it, for example “until the end of June” or “ten times”.
repeating-until-again = I couldn't read that. Try “until the end of June” or “ten times”, or choose “Until I stop it”.
repeating-until-skip = Until I stop it
repeating-until-help = “until the end of June”, “ten times”, or “until I stop it”.
repeating-if_closed-label = When we are closed
repeating-if_closed-ask = What shall we do on days when we are closed?
repeating-if_closed-help = “on the nearest day”, “not that time”.
repeating-contact-label = Name
repeating-contact-ask = What may we call you?
repeating-contact-again = Please tell me what to call you, for example “Anna Lee”.
repeating-contact-help = “Anna Lee”, “Mr Smith”.
repeating-phone-label = Phone
repeating-phone-ask = A mobile number, so that the worker can reach you at the door. It is used for the service only.
repeating-phone-again = That doesn't look like a phone number. Please write all its digits.
repeating-phone-help = “138 0000 1234”.
repeating-note-label = Note
repeating-note-ask = Anything the worker should know each time? If not, choose “Nothing”.
repeating-note-skip = Nothing
repeating-note-help = “the key is with the porter”, “a shy cat”.
repeating-total-label = Price
repeating-used-label = Savings used
repeating-agreed-label = Confirmation
repeating-agreed-ask = Please have a look. If it is right, choose “Agreed”. The first time is kept for you for { $minutes } minutes; later ones need no confirming. Confirming means you agree to our terms; say “terms” to read them.
repeating-agreed-again = Please reply “yes”, or choose “Change” or “Cancel”.
repeating-agreed-yes = Agreed
repeating-agreed-help = reply “yes” to begin, “change” to change something, “cancel” to drop it.
repeating-left = All right, no plan was made and nothing is charged.

plan-begun = Agreed! Each visit is set two weeks ahead, and I remind you the day before. These are the next ones:
plan-begun-requested = Received! Each of these needs a yes from us; the first gets its answer by { $by }. These are the next ones:
plan-shown = Your plan. These are the next ones:
plans-none = You have no plan yet. If somebody should come every week or month, just say so, for example “regular cleaning every Wednesday morning”.
plans-several = You have { $count } plans. Which one?
plan-none = You have no plan yet.
plan-no-dates = Nothing of this plan is ahead soon; it may be paused.
plan-no-such-date = The one of { $day } cannot be changed any more. Have a look at the next ones.
plan-unknown = I can't find that plan. Say “my plan” to see what there is.
plan-ended = This plan has ended.
plan-too-many = You have { $limit } plans already. Please end one before you add another.
plan-day-taken = There is one on { $day } already. Another day, please:
plan-day-unfit = { $day } will not do: we are closed, it is paused, or it is too far from the usual day. Another day, please:
plan-day-full = Nothing that long is free on { $day }. These days near it will do:
plan-nobody-else = Nobody else is free at that time. To change the time instead, say “another time”.
plan-too-late = That visit ({ $reference }) is too near to be changed free of charge. You can still move or cancel it; I show you the fee first:
plan-staying = { $visit } is too near to be cancelled free of charge, so it stays. If you don't want it, cancel or move it; I show you the fee first:
plan-settled = That one is settled already. These are the next ones:
plan-kept = All right, we come on { $day }. These are the next ones:
plan-fine = Fine, that's settled. These are the next ones:

# Skip, change, pause, end
omitting-plan-label = Plan
omitting-plan-ask = Which plan?
omitting-plan-help = a number from the list.
omitting-which-label = Which one
omitting-which-ask = Which one shall we skip?
omitting-which-help = “next Wednesday”, or a number from the list.
omitting-left = All right, everything stays as it was.
plan-omitted = All right, nobody comes on { $day }, and nothing is charged. These are the next ones:
altering-plan-label = Plan
altering-plan-ask = Which plan?
altering-plan-help = a number from the list.
altering-what-label = What
altering-what-ask = What would you like to change?
altering-what-help = “another time”, “another worker”, “another length”.
altering-which-label = Which one
altering-which-ask = From which one on?
altering-which-help = “next Wednesday”, or a number from the list.
altering-scope-label = For
altering-scope-ask = Only this one, or this and following?
altering-scope-help = “only this one”, “this and following”.
altering-service-label = Service
altering-day-label = Day
altering-day-ask = To which day?
altering-day-again = I couldn't read that as a day. Try “Thursday” or “3 December”.
altering-day-help = “Thursday”, “3 December”.
altering-window-label = Time
altering-window-ask = { $day }, these times will do. You can also just name one:
altering-window-again = I couldn't read that as a time. Please choose one, or write “2 pm”.
altering-window-help = “9 am”, “14:00”.
altering-worker-label = Worker
altering-worker-ask = Who should come instead?
altering-worker-help = a worker's name, or a number from the list.
altering-quantity-label = Length
altering-quantity-ask = How much should it be? Choose one, or just write a number.
altering-quantity-again = I couldn't read that. Please write a number, for example “4”.
altering-quantity-help = “4 hours”, “100 m²”.
altering-total-label = Price
altering-agreed-label = Confirmation
altering-agreed-ask = Shall I change it like this?
altering-agreed-again = Please reply “yes”, or choose “Change” or “Cancel”.
altering-agreed-yes = Change it
altering-agreed-help = reply “yes” to change it, “cancel” to leave it.
altering-left = All right, everything stays as it was.
plan-altered-this = Done, for this one only. These are the next ones:
plan-altered-following = Done, from there on. These are the next ones:
pausing-plan-label = Plan
pausing-plan-ask = Which plan?
pausing-plan-help = a number from the list.
pausing-first-label = Pause
pausing-first-ask = From which day on?
pausing-first-again = I couldn't read that as a day. Try “next Monday” or “1 February”.
pausing-first-help = “next Monday”, “1 February”.
pausing-last-label = Until
pausing-last-ask = For how long? You can also name the last day.
pausing-last-skip = Until I say so
pausing-last-again = I couldn't read that. Try “two weeks”, or the last day, for example “20 February”.
pausing-last-help = “two weeks”, “20 February”, or “until I say so”.
plan-pause-odd = A pause ends after { $first } and within a year. Until which day, please?
pausing-agreed-label = Confirmation
pausing-agreed-ask = Nobody comes in that time. Is that right?
pausing-agreed-again = Please reply “yes”, or choose “Change” or “Cancel”.
pausing-agreed-yes = Pause it
pausing-agreed-help = reply “yes” to pause, “cancel” to leave it.
pausing-left = All right, everything stays as it was.
plan-paused = All right, nobody comes in that time and nothing is charged; then it goes on by itself. These are the next ones:
plan-paused-open = All right, it is paused and nothing is charged. Say “resume my plan” whenever it should go on.
plan-resumed = It goes on again. These are the next ones:
plan-not-paused = This plan is not paused. These are the next ones:
ending-plan-label = Plan
ending-plan-ask = Which plan shall we end?
ending-plan-help = a number from the list.
ending-until-label = How long
ending-until-ask = Until when? For example “until the end of June” or “ten times”.
ending-until-help = “until the end of June”, “ten times”, or “now”.
ending-until-again = I couldn't read that. Try “until the end of June” or “ten times”.
ending-later-ask = Nobody comes after that; everything before stays. Is that right?
altering-saving-label = Savings
altering-saving-ask = What shall we use for this one?
altering-saving-help = choose one.
ending-agreed-label = Confirmation
ending-agreed-ask = None of these will come any more; nothing is charged. Are you sure?
ending-agreed-again = Please reply “yes”, or choose “Cancel”.
ending-agreed-yes = End it
ending-agreed-help = reply “yes” to end it, “cancel” to leave it.
ending-left = All right, everything stays as it was.
plan-ended-now = { $count ->
    [0] The plan has ended; nothing more is arranged and nothing is charged. To begin again, just tell me.
    [one] The plan has ended, and the visit that was set is cancelled; nothing is charged. To begin again, just tell me.
   *[other] The plan has ended, and the { $count } visits that were set are cancelled; nothing is charged. To begin again, just tell me.
}

# Said when the time comes
plan-made-other-worker = { $before } cannot come { $when }; { $name } would come this time instead ({ $plan }). Is that all right?
plan-made-moved = We are closed on { $day }, so this one of “{ $plan }” is on { $when }, with { $name }. Is that all right?
plan-made-closed = We are closed on { $day }, and no day near it will do, so this one of “{ $plan }” is left out, free of charge. If you'd like another day, tell me.
plan-made-holiday = { $day } is { $holiday }. Shall we come as usual ({ $plan })? It is { $total } that day. Without your answer by { $by } we skip this one.
plan-made-price-moved = We are closed on { $day }. “{ $plan }” could be on { $when } this time, for { $total } (usually { $usual }). Shall we come? Without your answer by { $by } we skip this one.
plan-made-price-risen = Our price has changed: from { $when } on, each visit of “{ $plan }” is { $each } (until now { $usual }). Shall we come? One yes is enough for all later ones. Without your answer by { $by } we skip this one.
plan-made-price = “{ $plan }” on { $when } would be { $total } this time (usually { $usual }). Shall we come? Without your answer by { $by } we skip this one.
plan-made-unplaced = { $count ->
    [0] I'm sorry, nobody is free { $when }, so this one of “{ $plan }” is not set yet, and nothing near it is free. A colleague is looking for a way; you can also choose another day or skip it.
   *[other] I'm sorry, nobody is free { $when }, so this one of “{ $plan }” is not set yet. These times will do, please choose; a colleague is looking for a way too.
}
plan-made-lapsed = I had no answer from you, so the one of { $day } ({ $plan }) is skipped, free of charge. All others stay.
plan-told-unplaced = A plan of { $name } has nobody: { $day }, { $plan }. The customer was asked to choose another time; phone { $phone }.
unplaced-none = Every plan has its worker; nothing to do.
unplaced-shown = { $count ->
    [one] 1 date of a plan has nobody. The customer was asked to choose another time; a call may help:
   *[other] { $count } dates of plans have nobody. The customers were asked to choose another time; a call may help:
}
unplaced-title = Plans without a worker
unplaced-line = { $name } { $phone } · { $plan }
plan-for-worker = Regular customer
plan-for-worker-made = { $rhythm }. Once you accept, later ones go straight into your days, without asking each time

# Waiting for a window
go-queue = My place in the queue
go-queueing = Tell me if it opens
go-queueyes = Take this time
go-queueno = Keep waiting
go-queueleave = Stop waiting
queue-wait = Wait for { $day }
queue-title = Waitlist
queue-part-morning = morning
queue-part-afternoon = afternoon
queue-part-evening = evening
queue-part-any = any time
queue-line = { $day }, { $part }, { $name }
queue-when = { $day }, { $part }
queue-place = number { $place } in the queue
queue-place-opens = number { $place } in the queue; it opens to you { $opens }
queue-held = { $window } is kept for you until { $by }
queue-leave-one = Not { $what }
queue-joined = You are on the waitlist for { $what }: { $place }. When something opens you are asked in turn, and it is kept for you for { $minutes } minutes; never at night.
queue-shown = What you wait for:
queue-none = You are in no queue. When a day is full, say “tell me if something opens” and you hear first.
queue-offered = Something opened: { $window }, { $name }. It is kept for you until { $by }. Would you like it?
queue-expired = I had no answer in time, so that one went to the next person. You still wait for { $what }, now number { $place }.
queue-dropped = I had no answer twice, so you no longer wait for { $what }. If you still want it, just tell me.
queue-passed = I'm sorry, nothing opened for { $what }. Shall we look at another time?
queue-lost = I'm sorry, that time has just gone. You still wait for { $what }: { $place }.
queue-declined = All right, not that one. You still wait for { $what }: { $place }.
queue-left = All right, you no longer wait for { $what }.
queue-booked = This one is booked already:
queue-day-free = { $day } still has free times, so there is no need to wait: just book it.
waiting-unknown = I can't find that place in a queue. Say “my place” to see what there is.
waiting-too-many = You wait for { $limit } times already. Please leave one queue first.
day-full-queue = { $day } is full. You can wait for that day, or take one of these:
day-early = { $day } is in the busy season before Spring Festival; it opens on { $opens }. These can be booked now:
day-early-queue = { $day } is in the busy season before Spring Festival; it opens to you on { $opens }. You can queue now and are asked in turn, or take one of these:
day-share = { $day } is in the busy season, and what is open now is taken; the rest opens on { $opens }. These can be booked now:
day-share-queue = { $day } is in the busy season, and what is open now is taken; the rest opens on { $opens }. You can queue now and are asked in turn, or take one of these:
queueing-family-label = Kind
queueing-family-ask = What would you like to wait for?
queueing-family-help = “regular cleaning”, “windows”.
queueing-service-label = Service
queueing-service-ask = Which one?
queueing-service-help = “regular cleaning”, or a number from the list.
queueing-quantity-label = Quantity
queueing-quantity-ask = How much? Choose one, or just write a number.
queueing-quantity-help = “3 hours”, “90 m²”.
queueing-add_ons-label = Extras
queueing-add_ons-ask = Anything extra? Choose as many as you like, then “That's all”, or just “Nothing extra”.
queueing-add_ons-none = Nothing extra
queueing-add_ons-help = Choose one or more, or reply “none”.
queueing-address-label = Address
queueing-address-ask = Where to? Choose one, or write the address, for example “12 Kehua North Road, Wuhou, Room 501”.
queueing-address-help = “12 Kehua North Road, Wuhou, Building 3, Room 501”.
queueing-day-label = Day
queueing-day-ask = { $count ->
    [0] Which day? The next two weeks still have free times; you can write another day.
   *[other] These days are full. Which one would you wait for?
}
queueing-day-again = I couldn't read that as a day. Try “Saturday” or “3 December”.
queueing-day-help = “Saturday”, “3 December”.
queueing-part-label = Part of the day
queueing-part-ask = { $day }: any time, or only the morning, afternoon or evening?
queueing-part-help = “morning”, “afternoon”, “any time”.
queueing-contact-label = Name
queueing-contact-ask = What may we call you?
queueing-contact-help = “Anna Lee”, “Mr Smith”.
queueing-phone-label = Phone
queueing-phone-ask = A mobile number, so that the worker can reach you.
queueing-phone-help = “138 0000 1234”.
queueing-agreed-label = Confirmation
queueing-agreed-ask = Shall I put you on the waitlist? When something opens you are asked in turn, members by tier first; it is kept for you for { $minutes } minutes each time. It costs nothing, and you can stop any time.
queueing-agreed-again = Please reply “yes”, or choose “Change” or “Cancel”.
queueing-agreed-yes = Put me on the list
queueing-agreed-help = reply “yes” to wait, “cancel” not to.
queueing-left = All right, you are in no queue.
repeating-still-label = Your home
repeating-still-ask = You told us this some time ago. Is it still so?
repeating-still-help = “Still so”, or “Something changed”.
