# My visits, progress, moving, cancelling
visits-title = Visits ahead
visits-several = You have { $count ->
    [one] 1 visit
   *[other] { $count } visits
} ahead. Open one to see it:
visits-none = You have no visits ahead. Shall we book one?
visits-none-but-last = You have no visits ahead. The last one was { $visit }. The same again?
visit-shown = This is your visit:
visit-unknown = I can't find that visit. Please open it from “My visits”.
visit-move-not-allowed = This visit is “{ $status ->
    [requested] { status-requested }
    [confirmed] { status-confirmed }
    [on_the_way] { status-on-the-way }
    [arrived] { status-arrived }
    [working] { status-working }
    [finished] { status-finished }
    [cancelled] { status-cancelled }
    [declined] { status-declined }
    [lapsed] { status-lapsed }
    [no_access] { status-no-access }
   *[missed] { status-missed }
}” now, so that can't be changed any more.
visit-nobody-free = Nobody else is free at that time.
visit-too-far = A visit can be moved by at most { $days } days. Please choose another day:

progress-requested = We are still confirming the team and will answer by { $answer_by } at the latest. The visit is planned for { $when }.
progress-confirmed = { $team } will come { $when } ({ $in_ }). Questions: { $phone }.
progress-on-the-way = { $team } is on the way. If you can't reach them, call { $phone }.
progress-arrived = { $team } arrived at { $since }. If nobody is there, tap “Nobody here” or call { $phone }.
progress-working = { $team } is at work, by plan until { $until }. Please check the result together then. Questions: { $phone }.
progress-finished = { $name } is finished. Thank you!
progress-cancelled = This visit was cancelled. You can book again any time.
progress-declined = We could not arrange this visit, sorry. Please try another time.
progress-lapsed = We could not arrange this visit, sorry; nothing was charged. Please try another time.
progress-no-access = The worker came but could not get in, so the visit was closed. Questions: { $phone }.
progress-missed = Nobody came, and we are very sorry. Please call { $phone }; we will put it right at once.
story-placed = booked
story-confirmed = confirmed by us
story-assigned = worker assigned
story-moved = moved
story-on-the-way = worker set out
story-arrived = worker arrived
story-working = work began
story-finished = finished
story-cancelled = cancelled
story-declined = could not be arranged
story-lapsed = not confirmed in time
story-no-access = no access
story-missed = nobody came
story-replaced = another worker
story-offered = worker asked
story-accepted = worker accepted
story-offer-declined = worker declined
story-offer-expired = no answer from the worker
story-unaccepted = nobody took it yet

moving-nothing = You have no visit that can be moved.
moving-visit-label = Visit
moving-visit-ask = Which visit shall I move?
moving-visit-help = choose one, or type its reference.
moving-day-label = Day
moving-day-ask = To which day?
moving-day-again = I didn't get the day. Try “tomorrow”, “Saturday” or “3 December”.
moving-day-help = “tomorrow”, “Saturday”, “3 December”.
moving-window-label = Time
moving-window-ask = These times are free on { $day }. You can also just say when:
moving-window-again = I didn't get the time. Choose one, or say “2 pm”.
moving-window-help = “9 in the morning”, “afternoon”, “14:00”.
moving-fee-label = Fee
moving-total-label = Price
moving-agreed-label = Yes
moving-agreed-ask = Shall I move it like this?
moving-agreed-again = Please reply “confirm”, or choose “Change” or “Leave it”.
moving-agreed-yes = Move it
moving-agreed-help = say “confirm” to move it, choose “Leave it” to keep the time.
moving-cancel = Leave it
moving-left = All right, the time stays as it is.
moving-from = From
moving-to = To
moving-total = New price
moving-done = Moved. The new time is below; nothing was charged.
moving-done-fee = Moved. The new time is below; the fee is { $fee }.

cancelling-nothing = You have no visit that can be cancelled.
cancelling-visit-label = Visit
cancelling-visit-ask = Which visit shall I cancel?
cancelling-visit-help = choose one, or type its reference.
cancelling-reason-label = Reason
cancelling-reason-ask = Would you tell us why? You can skip this.
cancelling-reason-help = choose one, or type a line.
cancelling-reason-plans = The time no longer suits
cancelling-reason-ill = Somebody is ill
cancelling-reason-price = The price
cancelling-reason-worker = I want another worker
cancelling-reason-other = Something else
cancelling-fee-label = Fee
cancelling-agreed-label = Yes
cancelling-agreed-ask = Cancelling now is free. Shall I cancel it?
cancelling-agreed-ask-fee = Cancelling now costs { $fee }. Shall I cancel it?
cancelling-agreed-again = Shall I cancel this visit? Please choose “Yes, cancel it” or “Keep the visit”.
cancelling-agreed-yes = Yes, cancel it
cancelling-cancel = Keep the visit
cancelling-left = All right, the visit stays as it is.
cancelling-agreed-help = choose “Yes, cancel it” to cancel, “Keep the visit” to leave it as it is.
cancelling-done = Cancelled; nothing was charged. I'm here whenever you need me.
cancelling-done-fee = Cancelled; the fee is { $fee }. I'm here whenever you need me.

fee-unassigned = free (nobody was assigned yet)
fee-free = free (until { $free_until })
fee-free-move = free (one of your free moves)
fee-late = { $fee } (after { $free_until }: { $percent }%, at most { $cap })
fee-last-minute = { $fee } (about to start, or on the way: { $percent }%, at most { $cap })
fee-no-access = { $fee } (no access: { $percent }%, at most { $cap })
fee-waived = free (we waive it this time)
visit-fee-changed = A deadline has passed meanwhile and the fee has changed. Please confirm again:
visit-total-changed = The price at the new time has changed. Please confirm again:

near-day = A reminder: your visit is { $when }. If the time no longer suits, you can move it now.
near-hours = Your worker sets out soon: { $when }. Please keep an ear on phone and doorbell.

reminded-of-none = You have no visit ahead. Once you book, we remind you the day before and two hours before, and say when the worker sets out.
reminded-to-come = Yes. For { $when } we remind you { $at }, and say when the worker sets out.
reminded-said = For { $when } we reminded you { $at }. We also say when the worker sets out.
reminded-on-the-way = For { $when } we tell you when the worker sets out, and when to expect them.
