# The list of the evening before, setting out, arriving, being late, following
daylist-sent = { $day }: you have { $count ->
    [one] 1 visit
   *[other] { $count } visits
}. Please have a look and tap “Seen it all”:
daylist-changed = { $day } has changed: you now have { $count ->
    [one] 1 visit
   *[other] { $count } visits
}. Please have another look and tap “Seen it all”:
daylist-today = You have { $count ->
    [one] 1 visit
   *[other] { $count } visits
} today:
daylist-today-none = Nothing today. Have a good rest.
daylist-tomorrow = You have { $count ->
    [one] 1 visit
   *[other] { $count } visits
} tomorrow:
daylist-tomorrow-none = Nothing for tomorrow yet. I'll tell you as soon as there is.
daylist-other = You have { $count ->
    [one] 1 visit
   *[other] { $count } visits
} on { $day }:
daylist-other-none = Nothing on { $day }.
daylist-title = Visits of { $day }
daylist-line = { $name }, { $quantity }, { $where }
daylist-open = { $at } { $name }
confirmday-done = Thank you, noted for { $day }. I'll remind you to set out an hour before each visit.
confirmday-again = You have confirmed that already.
confirmday-none = You have no visits on { $day } now; nothing to confirm.
told-unconfirmed = { $day }: { $count ->
    [one] 1 visit has
   *[other] { $count } visits have
} not been confirmed by the worker. Please get in touch:
unconfirmed-line = { $name }: { $visit } ({ $reference })
unconfirmed-more = And { $count } more.
job-agenda = Visits of that day
job-shown = This visit:
job-home = The home
job-with = With you
job-checklist = Checklist
job-map = Map
job-way-in = Way in
job-prove-again = Prove it again
job-cancel-free = Cancel free
job-replace = Send somebody else
job-call-off = Call it off
jobs-none = You have no visit to go to now.
jobs-not-yours = This visit is not yours now; no need to go.
jobs-over = { $visit } is “{ $status }” now; nothing more to do.
go-today = Today
go-tomorrow = Tomorrow
go-job = This visit
go-confirmday = Seen it all
go-departing = On my way
go-departing-in = Off now, { $minutes } min
go-arriving = I'm here
go-delaying = Running late
go-delaying-in = { $minutes } min more
go-standing = Say where I stand
go-starting = Start work
go-notthere = Nobody here
go-foundthem = We have met
go-waiting = I'll wait
go-keepwaiting = Keep it, pay less
go-story = Whole story

set-out = Nearly time to set out: { $when }. When you leave, tap how long you need:
minutes = { $minutes } min
minutes-unlikely = Please give 1 to { $most } minutes, or the time you'll be there.
departing-visit-label = Visit
departing-visit-ask = Which visit are you going to?
departing-visit-help = tap the visit, or type its reference.
departing-minutes-label = Minutes
departing-minutes-ask = How long do you need? Tap one, or type “20 minutes” or “half past 2”.
departing-minutes-again = I didn't get how long. Tap one, or type minutes or a time.
departing-minutes-help = “20”, “twenty minutes”, “half past 2”.
departing-done = Thank you. The customer knows that you'll be there at { $at }. Take care, and tap “I'm here” at the door.
departing-done-too = Thank you, noted: you'll be there at { $at }. Take care, and tap “I'm here” at the door.
departing-left = All right, tell me when you set out.
delaying-visit-label = Visit
delaying-visit-ask = Which visit will you be late for?
delaying-visit-help = tap the visit, or type its reference.
delaying-minutes-label = Minutes
delaying-minutes-ask = How long from now? Tap one, or type “20 minutes” or “half past 2”.
delaying-minutes-again = I didn't get how long. Tap one, or type minutes or a time.
delaying-minutes-help = “20”, “twenty minutes”, “half past 2”.
delaying-done = Noted: you'll be there at { $at }. No rush, stay safe.
delaying-done-told = Noted. The customer knows that it will be { $at }. No rush, stay safe.
delaying-left = All right, the time stays as it is.
attendance-too-soon = It's too early to set out for { $visit }. Any time from { $since } is fine.
attendance-on-the-way = You've said so already. Tap “I'm here” at the door, or “Running late” if it takes longer.
attendance-too-early = You are early for { $visit }. You can check in from { $since }; please tap “I'm here” then.
attendance-there = It is noted that you were there at { $at }; no need to tap again.

arriving-visit-label = Visit
arriving-visit-ask = Which visit are you at?
arriving-visit-help = tap the visit, or type its reference.
arriving-proof-label = Proof
arriving-proof-ask = Good. One of three will do: the customer's 4-digit code, your place, or a photo of the door.
arriving-proof-again = That doesn't show it yet. Please type the 4-digit code, share your place, or send a photo of the door.
arriving-proof-help = the 4-digit code on the customer's phone, such as “4821”; or your place, or a photo of the door.
arriving-done = Noted, and the customer knows. Tap “Start work” when you are ready.
arriving-done-too = Noted.
arriving-settled = That is the code; everybody knows now. Tap “Start work” when you are ready.
arriving-proved-again = Thank you, passed on to the office. They are calling the customer; please wait at the door.
arriving-left = All right, tell me when you are there.
attendance-wrong-code = That is not the code. Please check with the customer; { $left ->
    [one] 1 try is
   *[other] { $left } tries are
} left. Your place or a photo of the door will do as well.
attendance-no-more-codes = Too many wrong codes. Please share your place, or send a photo of the door.
attendance-not-there = You haven't checked in yet; tap “I'm here” first.
attendance-disputed = The customer says that they haven't seen you. Please settle that first: prove it again, or say where you stand.
place-old = That place is { $minutes } minutes old; at most { $most } count. Please share it again at the door, or use the code or a photo of the door.
place-unknown = Thank you, but we have no map point for this home to compare with. Please add the code or a photo of the door.
place-far = That is { $metres } m from the home ({ $most } m at most count). Please check the way; if you are there, use the code or a photo of the door.
standing-visit-label = Visit
standing-visit-ask = Which visit?
standing-visit-help = tap the visit, or type its reference.
standing-words-label = Place
standing-words-ask = Where do you stand? One line; the customer reads it at once.
standing-words-help = “below building 3, by the east gate”.
standing-done = The customer and the office have it. Please stay where you are.
first-arriving = First you need to be there: tap “I'm here”, then “Start work”, and say when it is done.
first-starting = You are there; one thing first: tap “Start work”.
first-working = Work has begun already; take your time.
starting-done = Started; it is planned until { $until }. The checklist is below. Thank you!
are-you-there = Your visit of { $at } has begun. Are you there? Tap “I'm here”, or how long you still need:
told-turn-back = The customer has moved the visit, please turn back. New time: { $visit } ({ $area }), reference { $reference }.
told-not-there = The customer says that they haven't seen you. Please check the door: { $where }. If you are there, prove it again, or say where you stand.
told-met = The customer says that you have met. Tap “Start work” when you are ready.

told-on-the-way = { $name } has set out and should be with you at { $at }.
told-later = { $name } is held up and will now be with you at { $at }. Sorry for the wait.
told-arrived = { $name } is at the door.
told-nobody = If nobody is there, tap “Nobody here”.
told-arrived-late = { $name } is at the door, { $minutes } minutes late. We are very sorry and will add { $points } points for you.
told-discount = As you had to wait so long, you pay { $amount } less this time.
told-late = We are very sorry: { $team } is not there yet and hasn't said why; we are finding out. You can wait, or move or cancel free. Urgent? Call { $phone }.
told-late-eta = We are very sorry: { $team } is late and says { $at }. You can wait, or move or cancel free. Urgent? Call { $phone }.
told-very-late = We are truly sorry: it has been { $minutes } minutes, and the office is dealing with it. If you keep the visit, you pay { $percent }% less; or move or cancel it free.
told-stands = { $name } says: “{ $words }”. Please tap “We have met” when you see them.
notthere-asked = We are on it: the worker and the office were asked at once, and the worker will say where they are. Tap “We have met” when you see them, or “Nobody here” again.
notthere-still = Understood. The office is contacting the worker and will call you; or call { $phone }.
notthere-not-now = This is how it stands:
foundthem-done = Good that you have met.
waiting-done = Thank you. You'll hear from us as soon as there is news, and again after { $minutes } minutes. Urgent? Call { $phone }.
keepwaiting-done = Thank you for waiting. You pay { $less } less: { $due }. You'll hear from us as soon as there is news.
late-not-now = There is nothing to choose now. This is how it stands:
card-code = Arrival code
code-said = { $code }, for when you meet the worker
code-tell = Arrival code { $code }: tell it when you meet the worker.
card-free-late = The worker is late: moving or cancelling is free now
progress-on-the-way-eta = { $team } is on the way and should be there at { $at }. If you can't reach them, call { $phone }.
progress-late = { $team } should have been there at { $since }, and there is no news yet. We are very sorry and are finding out. Urgent? Call { $phone }.
progress-late-eta = { $team } is late, and we are very sorry; they say { $at }. Urgent? Call { $phone }.
progress-disputed = { $team } says they are there, and you haven't seen them; the office is on it. Tap “We have met” when you do. Urgent? Call { $phone }.

told-staff-late = Nobody there after { $minutes } minutes: { $visit } ({ $reference }). Worker: { $team }, { $at ->
    [none] no word
   *[other] says { $at }
}. Customer: { $customer } { $phone }; they had an apology and their choices.
told-staff-very-late = Nobody there after { $minutes } minutes; please replace them or call it off now: { $visit } ({ $reference }). Worker: { $team }, { $at ->
    [none] no word
   *[other] says { $at }
}. Customer: { $customer } { $phone }.
told-staff-nobody-came = No arrival on record, and the time is over; please find out: { $visit } ({ $reference }). Worker: { $team }. Customer: { $customer } { $phone }.
told-staff-not-there = The worker says they are there, the customer sees nobody; both were asked: { $visit } ({ $reference }). Worker: { $team }. Customer: { $customer } { $phone }.
told-staff-still-not-there = The customer still sees nobody; please call now: { $visit } ({ $reference }). Worker: { $team }. Customer: { $customer } { $phone }.
told-staff-proved-again = The worker has proved it again; the customer's word is missing: { $visit } ({ $reference }). Worker: { $team }. Customer: { $customer } { $phone }.
told-staff-stands = { $team } stands at “{ $words }”: { $visit } ({ $reference }). Customer: { $customer } { $phone }.
told-staff-met = Customer and worker have met: { $visit } ({ $reference }). Worker: { $team }. Customer: { $customer } { $phone }.
story-which = Which visit? Please add its reference, such as “story K7M2QP”.
story-told = { $visit } is “{ $status }” now:
story-line = { $what } ({ $actor })
story-line-because = { $what } ({ $actor }): { $reason }
story-set-out = another worker set out
story-eta = worker changed the time
story-checked-in = another worker arrived
story-proved-again = arrival proved again
story-disputed = customer saw nobody
story-still-disputed = customer still saw nobody
story-stands = worker said where they stand
story-met = customer and worker met
story-is-late = late, apology sent
story-is-very-late = very late, office deals with it
story-late = points for being late
story-kept = customer waits, pays less
actor-customer = customer
actor-worker = worker
actor-staff = office
actor-bot = automatic
