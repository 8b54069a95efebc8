# After complaints: customers to call in time, the monthly report, measures
go-forewarnings = Customers to call
go-forewarned = Open it
go-forewarned-open = Open { $who }
go-forewarned-mine = I'll call
go-forewarned-visit = Open the visit
go-forewarned-done = I have called
go-forewarned-given = It was given
forewarning-told = Please call before the customer has to. { $why }
forewarning-care = A customer to look after. { $why }
forewarnings-told = { $count } customers to call. Open one for the number and the reason:
forewarnings-waiting = { $count ->
    [one] One customer is still to be called:
   *[other] { $count } customers are still to be called:
    }
forewarnings-none = Nobody to call: every customer is looked after.
forewarnings-title = To call
forewarning-title = To call #{ $number }
forewarning-shown = { $why }
forewarning-late-new = First-time customer, and nobody is there after { $minutes } minutes.
forewarning-changed = We have now changed this one visit { $times } times.
forewarning-dropouts = Workers dropped out of { $times } visits to this customer within { $days } days.
forewarning-silent = They usually say how it was. This time: no look at the work, no word.
forewarning-owed = Promised { $days } days ago and still not given.
forewarning-care-before = This is the first visit since their complaint ({ $number }); experienced workers were put first for it. Please ask what matters most to them this time.
forewarning-care-after = Their first visit since the complaint was yesterday. Please ask how it went.
forewarning-card-customer = Customer
forewarning-card-phone = Phone
forewarning-card-visit = Visit
forewarning-card-owed = Still owed
forewarning-card-taken = Who calls
forewarning-owed-refund = refund of { $amount }
forewarning-owed-coupon = coupon of { $amount }
forewarning-owed-points = { $amount } points
forewarning-taken = Good, { $name } is yours to call. Press the button when you have.
forewarning-taken-before = { $member } is calling { $name } already.
forewarning-done = Noted: { $name } is looked after.
forewarning-done-before = { $member } has seen to { $name } already.
forewarning-unknown = There is none of that number. Maybe a slip?

learning-month = { $year }-{ NUMBER($month, minimumIntegerDigits: 2) }
go-causes = Complaint report
go-causes-month = { $month }
causes-title = Complaints { $month }
causes-told = { $month }: { $count ->
    [one] one complaint
   *[other] { $count } complaints
    } ({ $before } the month before), { $visits ->
    [one] one visit
   *[other] { $visits } visits
    } finished{ $compared ->
    [yes] , { $rate } for a hundred visits ({ $rate_before } the month before)
   *[no] {""}
    }.
causes-none = { $month }: no complaints ({ $before } the month before).
causes-unknown = { $count } of them have no cause yet and are not among those below.
causes-ahead = That month has not begun. This month's instead?
causes-count = { $count } (before: { $before })
causes-upheld = { $percent }% upheld
causes-money = { $money } promised
causes-points = { $points } points
causes-severity = { $severity } in time
causes-kept = first answer { $human }; plan { $plan }; solved { $resolved }
causes-kept-of = { $kept } of { $due }
causes-not-due = not due yet
causes-recovery = Booked again in 90 days
causes-again = { $again } of { $customers } customers
causes-again-so-far = { $again } of { $customers } customers so far; complete on { $until }

go-measures = Measures
go-measuring = Add a measure
measures-none = No measure has been noted yet.
measures-more = The latest is on top. Add one, or see the report:
measure-told = A measure and what came of it:
measure-title = Measure #{ $number }
measure-cause = About
measure-what = What is done
measure-from = Since
measure-line = { $what }: { $words }
measure-span = { $days } days before and after
measure-mixed = Something else was done about the same cause around then, so nobody can tell which of them helped.
effect-early = too early, ask again on { $ends }
effect-undecided = too early, { $undecided } complaints have no cause yet
effect-few = too few to tell ({ $before_count } in { $before_visits } visits → { $after_count } in { $after_visits })
effect-better = { $before } → { $after } for a hundred visits: it helped
effect-worse = { $before } → { $after } for a hundred visits: more than before
effect-chance = { $before } → { $after } for a hundred visits: may be chance
measuring-cause-label = Cause
measuring-cause-ask = About which cause? This month's commonest come first.
measuring-cause-help = Choose one, or "Another cause" for the rest.
measuring-other-label = Cause
measuring-other-ask = Which of these?
measuring-other-help = Choose one.
measuring-what-label = Kind
measuring-what-ask = What kind of measure?
measuring-what-help = Choose one.
measuring-training = Training
measuring-checklist = New checklist item
measuring-wording = Better wording
measuring-price = Clearer price text
measuring-other = Something else
measuring-words-label = Words
measuring-words-ask = What exactly is done? One sentence.
measuring-words-help = "Show the customer a photo of the wiped kitchen top".
measuring-since-label = Since
measuring-since-ask = From which day on?
measuring-since-help = Press "Today", or write "next Monday" or "1 December".
measuring-today = Today
measuring-day-far = That is too far from today: a day within a year, please.
measuring-complaint-label = Complaint
measuring-complaint-ask = Of which complaint does it come?
measuring-complaint-help = The complaint's number.
measuring-left = Fine, nothing was noted.
measuring-done = Noted, about "{ $cause }". After 30, 60 and 90 days the complaints before and after are compared.

complaint-card-outside = Passed on by
outside-12315 = 12315
outside-12345 = 12345 hotline
outside-wechat-pay = WeChat Pay
outside-reference = { $body } { $number }
outside-until = { $who }, to be done by { $by } at the latest
outside-named = Passed on by { $who }.
