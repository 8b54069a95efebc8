given-up-told = Something that was due { $due } could not be said, however often it was tried: { $kind } ({ $about }). Please see whether somebody should be called; others of its kind are not told again today.

go-messages = Message settings
messages-worker = Only what your work needs comes here, so it can't be turned off. From { $peace } to { $morning } we leave you in peace, but for a visit under way. If you want some days off, tell the company and no work comes on those days.
messages-staff = Somebody has to see to customers and to what is waiting, so it can't be turned off. When you are off duty, say “off duty”: waiting customers and new complaints then go to whoever is on duty first, except for emergencies.
messages-title = What we send
messages-told = Tap what you want changed. Care and offers come by day only; from { $peace } to { $morning } we leave you in peace, but for a visit under way and your safety.
messages-line-service = Visits, complaints, safety
messages-line-care = Care (what expires, good wishes)
messages-line-marketing = Offers
messages-line-here = In this chat
messages-line-email = By e-mail, when no chat shows it
messages-line-pace = How much
messages-line-alone = Left alone
messages-alone = { $days } (no care, no offers)
messages-line-zone = Your clock
messages-zone = { $place }, now { $now }
messages-footer = In another time zone? Say “I'm in New Zealand”. Days to be left alone? Say “don't message me at weekends”.
messages-always = always
messages-on = yes
messages-off = no
messages-elsewhere = yes, but not in this chat
messages-email-is-on = yes
messages-email-is-off = no
messages-email-is-care = care only
messages-email-is-marketing = offers only
messages-pace-usual = as usual: care { $care }, offers { $offers } a week at most
messages-pace-fewer = less: care and offers together, { $most ->
    [one] one message
   *[other] { $most } messages
} a month at most
messages-pace-digest = one digest on the 1st of the month, nothing else

messages-go-care-off = No care messages
messages-go-care-on = Care messages
messages-go-offers-off = No offers
messages-go-offers-on = Tell me of offers
messages-go-fewer = Fewer messages
messages-go-usual = As usual
messages-go-digest = Monthly digest
messages-go-here-off = Not in this chat
messages-go-here-on = In this chat too
messages-go-where = Where they come
messages-go-mailing = Give my e-mail
messages-go-email-off = Not by e-mail
messages-go-email-on = E-mail is fine
messages-go-none = None of these
messages-cancel-visit = I meant my visit

messages-care-off = Done, no more care messages. News of visits, complaints and safety still comes.
messages-care-on = Done, we remind you of points and packages that expire, { $care } messages a week at most.
messages-offers-off = Done, no more offers. News of visits, complaints and safety still comes.
messages-offers-on = Done, we tell you of offers, { $offers } a week at most and only between { $begins } and { $ends }. Say “unsubscribe” to stop.
messages-none = Done, no more offers or care messages. Only news of visits, complaints and safety still comes, so that nothing goes wrong.
messages-here-off = Done, no offers or care messages in this chat. News of visits, complaints and safety still comes.
messages-here-on = Done, they come in this chat too.
messages-where = Tap to change where they come:
messages-email-never = We send no care messages or offers by e-mail. When no chat reaches you, we find a way for what matters.
messages-email-off = Done, no care messages or offers by e-mail. News of your visits still goes there when no chat reaches you.
messages-email-on = Done, when no chat shows it to you, what you want of care messages and offers comes by e-mail.
messages-email-first = Done. I need your e-mail address first, and a quick proof that it is yours.
messages-fewer = Done, fewer messages: care and offers together, { $most } a month at most. News of visits, complaints and safety still comes. Would you rather have one digest on the 1st of the month?
messages-usual = Done, messages as usual.
messages-digest = Done, one digest on the 1st of each month, before { $digest }, and nothing else. News of visits, complaints and safety still comes.

digest-title = This month
digest-told = A new month: this is what you have with us.
digest-line-visit = Next visit
digest-line-points = Points
digest-line-coupons = Coupons
digest-line-packages = Packages
digest-points = { $count } to use
digest-coupons = { $count } to use
digest-packages = { $count } visits or hours left

why-visit-near = Reminding the customer of the visit
why-visit-ending = Asking the customer to look at the work
why-visit-overdue = Nobody said it is over
why-visit-unchecked = Waiting for the customer's judgement
why-visit-no-access = Waited long enough at a closed door
why-set-out = Asking the worker to set out
why-late-watch = Whether the worker is there
why-visit-observed = Asking the worker what they saw
why-rating = Asking how it was
why-relay = Passing on the customer's words
why-replacing = Waiting for the customer's choice
why-forewarning = Whether the customer is discontent
why-said = { $what }: { $reason }
why-not-said = { $what }: not said ({ $reason })

go-expected = See you then
story-expected = customer expects us
expected-noted = Good, see you { $when }. On the day you hear from us again about 2 hours before.
expected-not-yet = We have it: { $visit }. It is not settled yet; you hear at once when it is.
expected-nothing = You have no visit coming. Shall we set one?
unanswered-told = { $count ->
    [one] One customer
   *[other] { $count } customers
} did not answer the reminder of their visit; please call:
unanswered-line = · { $name }, { $phone ->
    [none] no number
   *[other] { $phone }
}: { $visit }
unanswered-more = { $count } more, in the schedule of the day.
story-reminded = customer reminded

zone-set = Done, from now on we go by the clock of { $place }, where it is { $now }. We leave you in peace at night there and say by when we answer in your time; visits are said in the time at the home. Both are marked.
zone-home = Done, we go by our own clock again; here it is { $now }.
zone-shown = We go by the clock of { $place }, where it is { $now }. If you are elsewhere, just say “I'm in Berlin”.
zone-shown-home = We go by our own clock ({ $place }), where it is { $now }. If you are in another time zone, just say “I'm in New Zealand”.
zone-which = There are several time zones there. Which is yours?
zone-go = { $place }, { $now }
zone-go-home = Your own clock

came-they-sleep = the customer sleeps
came-workers-rest = the worker rests
came-what-it-was-about-changed-or-is-over = what it was about changed or is over
came-a-call-for-help-is-open = a call for help is open
came-everybody-is-on-the-way = everybody is on the way
came-it-was-given = it was given
came-nobody-has-the-visit-any-more = nobody has the visit any more
came-nobody-is-at-work-or-the-end-has-come = nobody is at work, or the end has come
came-nothing-new = nothing new
came-raised-before = raised before
came-somebody-is-there-or-nobody-is-to-be = somebody is there, or nobody is to be
came-somebody-opened-or-the-visit-is-over = somebody opened, or the visit is over
came-the-customer-can-be-written-to-nowhere = the customer can be written to nowhere
came-the-customer-can-be-written-to-nowhere-staff-call = the customer can be written to nowhere, staff call
came-the-customer-has-chosen-or-something-else-happened = the customer has chosen, or something else happened
came-the-customer-spoke-or-never-does = the customer spoke, or never does
came-the-customer-thinks-otherwise-by-now-or-the-worker-can-be-written-to-nowhere = the customer thinks otherwise by now, or the worker can be written to nowhere
came-the-visit-is-gone = the visit is gone
came-the-visit-is-not-ahead-any-more = the visit is not ahead any more
came-the-visit-is-not-finished = the visit is not finished
came-the-visit-is-over = the visit is over
came-the-visit-is-over-or-never-began = the visit is over, or never began
came-the-visit-lasts-longer-now = the visit lasts longer now
came-the-worker-called-for-help-staff-see-to-it = the worker called for help, staff see to it
came-the-worker-can-be-written-to-nowhere = the worker can be written to nowhere
came-they-have-said-when-they-will-be-there = they have said when they will be there
came-they-were-asked-already = they were asked already
came-too-late-the-next-step-is-due = too late, the next step is due
came-too-long-ago-to-be-asked = too long ago to be asked
came-it-is-so-late-that-only-the-reminder-shortly-before-is-worth-saying = it is so late that only the reminder shortly before is worth saying
came-stale = too late to be of use
came-cancelled = cancelled
came-held = waiting for a better hour
came-given-up = given up after several tries
came-said = said
came-still-to-come = still to come
came-being-looked-at-just-now = being looked at just now
came-done = done
