# The work in a home: checklist, photos, extras, problems, the end, acceptance, payment
working-nothing = You have no visit under way.
working-arrive-first = This visit has not begun: { $visit }. When you get there, say “arrived” first.
working-over = This visit is over: { $visit }.
value-photo = a photo

room-home = Whole home
room-bedroom = Bedrooms
room-living-room = Living room
room-kitchen = Kitchen
room-bathroom = Bathroom

checklist-left = { $count ->
    [one] One line left; tap it when it is done:
   *[other] { $count } lines left; tap each when it is done:
}
checklist-none-left = The list is done. If the customer is happy too, tap “Done”.
checklist-room-done = { $room }: all done
checklist-all-done = All of it is done
checklist-ticked = ✓ { $item }
checklist-ticked-several = ✓ { $count } lines ticked.
checklist-ticked-before = That one was ticked already.
checklist-left-out = Not done
checklist-left-out-made = { $item } ({ $why })
howfar-told = { $percent }% is done; it should end at { $ends }.
howfar-percent = { $percent }%

skipping-nothing = Nothing on the list is open any more.
skipping-visit-label = visit
skipping-visit-ask = Which visit?
skipping-visit-help = Choose one, or write its number.
skipping-item-label = line
skipping-item-ask = Which one can't be done?
skipping-item-help = Choose one.
skipping-why-label = reason
skipping-why-ask = Why not? The customer will see it.
skipping-why-help = “The customer does not want it”, “things are in the way”.
skipping-why-asked = Customer does not want it
skipping-why-blocked = Things are in the way
skipping-why-broken = Broken, might get worse
skipping-why-none-here = There is none here
skipping-done = Noted; the customer can see why.
skipping-left = All right, the list stays as it is.

photos-ask = May we take photos before and after? Without your yes none are taken.
photos-no-visit = You have no visit now at which photos could be taken.
photos-visit-over = This visit is over; no more photos will be taken.
photos-allowed = Thank you. The worker may take photos before and after. They are for this visit only and are deleted after { $days } days; tap “No photos” any time to take this back.
photos-refused = All right, no photos this time.
photos-taken-back = { $count ->
    [one] The photo of this visit is deleted; nobody can see it any more, and no more will be taken.
   *[other] All { $count } photos of this visit are deleted; nobody can see them any more, and no more will be taken.
}
photos-none-yet = No photos yet; you will see here how many there are.
photos-none-allowed = No photos. Without your consent none is ever kept.
photos-kept = { $count ->
    [one] One photo
   *[other] { $count } photos
}: { $before } before and { $after } after the work. Kept until { $until }, then deleted.
photos-not-kept = The customer has not agreed to photos, so this one was not kept; it is deleted. Just carry on.
photos-filed-before = Kept as “before”; { $count } so far, deleted after { $days } days.
photos-filed-after = Kept as “after”; { $count } so far, deleted after { $days } days.
told-photos-allowed = The customer agrees to photos: take a few before and after, and just send them here.
told-photos-refused = The customer wants no photos any more: please take none. Those taken are deleted.

quote-overtime = More time
quote-overtime-made = { $each } an hour × { $minutes } minutes = { $amount }
extra-longer = { $minutes } minutes more
extra-what = What
extra-why = Why
extra-ends = Ends
extra-from-to = { $old } → { $new }
extra-proposed = { $worker } would like to add something to this visit. Nothing is done without your yes, which counts until { $until }; if you say no, all stays as it is.
extra-agreed = It is added: { $what }. The visit ends at { $ends } and comes to { $total }. The worker knows.
extra-refused = All right, nothing is added. It still ends at { $ends } and comes to { $total }.
extra-none = Nothing is waiting for your yes.
extra-unknown = That can't be added now; please choose again.
extra-no-room = There is no time for it: another visit follows, or it would be after hours. Price and time are unchanged.
extra-gone = { $status ->
    [agreed] You agreed to this already, and the worker knows.
    [refused] You said no to this; it was not done, and nothing was charged.
    [expired] There was no answer for 15 minutes, so it was not added and nothing was charged. If you would like it, ask the worker to send it again.
   *[withdrawn] The worker took this back; it was not added, and nothing was charged.
}
extra-withdrawn = Taken back: { $what }. Please work as planned.
told-extra-agreed = The customer agrees: { $what }. You can begin; it ends at { $ends }.
told-extra-refused = Not this time, says the customer: { $what }. Please work as planned.
told-extra-expired = The customer has not answered for 15 minutes: { $what }. Please do not start it. Send it again if it matters, or call the company.
told-extra-no-room = The customer agrees, but the time has just been taken by another visit: { $what }. Please do not start it.
told-extra-gone = { $status ->
    [agreed] The customer has agreed to this, so it can't be taken back. Please talk to the office.
    [refused] The customer said no to this; there is nothing to take back.
   *[other] This no longer waits for an answer; there is nothing to take back.
}

adding-nothing = There is nothing to add to this service. Anything else: tap “Problem”.
adding-visit-label = visit
adding-visit-ask = Which visit?
adding-visit-help = Choose one, or write its number.
adding-what-label = what to add
adding-what-ask = What would you like to add? It counts only when the customer agrees:
adding-what-help = Choose one, such as “30 minutes more”.
adding-option = { $name } { $price }
adding-why-label = reason
adding-why-ask = Why? The customer will see it:
adding-why-help = “Dirtier than described”, “the customer asked for it”.
adding-why-dirtier = Dirtier than described
adding-why-asked = The customer asked for it
adding-why-more = More to do than described
adding-why-other = Needed here
adding-left = All right, nothing is added. Please work as planned.
adding-done = Sent to the customer: { $what }. Please do not start it before they agree; if there is no answer in { $minutes } minutes, I'll tell you.
adding-done-by-call = { $what }: the customer can't be written to just now, so the office will call. Please do not start it without their yes.

reporting-visit-label = visit
reporting-visit-ask = Which visit?
reporting-visit-help = Choose one, or write its number.
reporting-kind-label = problem
reporting-kind-ask = What is wrong?
reporting-kind-help = Choose one, such as “something got broken”.
reporting-words-label = what happened
reporting-words-ask = What happened? One sentence will do.
reporting-words-help = “The glass of the coffee table has a crack”.
reporting-photo-label = photo
reporting-photo-ask = Take a photo of the damage; it protects you and the customer. It is proof only, and deleted after two years.
reporting-photo-again = Please send a photo, or choose “No photo”.
reporting-photo-skip = No photo
reporting-photo-help = Just send the photo.
reporting-left = All right, nothing was reported.
reporting-arrive-first = You have not said that you are there. Say “arrived” at the door; if nobody opens then, tap “Problem”.
reporting-inside = You are inside, so this is not a closed door.
reporting-done-no-access = The customer has been asked to open, and the office is calling. Please wait at the door until { $until }; if nobody has opened then, tap “Nobody opens, end it”.
reporting-done-dirtier = Noted; the company knows. If it takes more work or time, tap “Add something”: do it once the customer agrees.
reporting-done-damage = Noted; the company and the customer know, and the insurance case is open. Do not pay anything and do not argue; the office takes over.
reporting-done-unsafe = Leave now; you come first, and it costs you nothing. Wait for our call somewhere safe, or call { $phone }; in an emergency 110.
reporting-done-other = Noted; the office is looking at it.
problem-no-access = Nobody opens
problem-dirtier = Much dirtier than described
problem-damage = Something got broken
problem-unsafe = Not safe here
problem-other = Something else
told-staff-problem = { $worker } reports “{ $kind }”: { $visit }, { $reference }.{ $words ->
    [none] { "" }
   *[other] {" "}“{ $words }”.
}{ $photos ->
    [0] { "" }
   *[other] {" "}Photos: { $photos }.
}{ $phone ->
    [none] {" "}The customer left no number.
   *[other] {" "}Customer: { $phone }.
}
told-at-door = { $worker } is at your door and nobody answers. Please open! If there is no way in by { $until }, the visit ends and the fee in the rules is due.
told-damage = { $worker } reports: “{ $words }”. We are very sorry. The insurance case is open, and we will contact you. Urgent: { $phone }.
noaccess-wait = A little longer, please: if nobody has opened by { $until }, tap “Nobody opens, end it”.
noaccess-may-go = You have waited long enough. If nobody has opened, end the visit below; if somebody has, just carry on.
noaccess-not-now = You are not waiting before a closed door at this visit, so it can't end like that.
noaccess-done = The visit is closed: the customer did not open, and it does not count against you. Thank you for waiting.
told-no-access = The worker waited at the door and could not get in, so { $visit } is closed. Fee: { $fee }. If there was a reason, call { $phone } or choose “Talk to a person”.
told-staff-no-access = No access, closed: { $visit }, { $reference }, fee { $fee }.{ $phone ->
    [none] {" "}The customer left no number.
   *[other] {" "}Customer: { $phone }.
}

incidents-none = No reports are open.
incident-closed = This report was closed before.
incidents-title = Open reports
incidents-told = { $count ->
    [one] One report is open:
   *[other] { $count } reports are open:
}
incidents-line = { $kind } · { $visit } · { $reference }{ $words ->
    [none] { "" }
   *[other] : { $words }
}{ $photos ->
    [0] { "" }
   *[other] {" "}(photos: { $photos })
}
incidents-close = Close { $number }
closing-option = { $number } { $case }
closing-incident-label = report
closing-incident-ask = Which report?
closing-incident-help = Choose one, or write its number, such as “#3”.
closing-reason-label = outcome
closing-reason-ask = What came of it? One sentence, kept in the visit's story.
closing-reason-help = “Settled with the customer, insurance pays ¥200”.
closing-left = All right, the report stays open.
closing-done = { $number } is closed.

finishing-not-yet = { $count ->
    [one] Not yet: one line that must be done is open.
   *[other] Not yet: { $count } lines that must be done are open.
} If one can't be done, tap “One can't be done” and say why.
finishing-done = Well done! The customer has been asked to check the work. { $amount } is due; how was it paid?
finishing-before = You said so already. Due: { $amount }.
told-finished = Your colleague has said that this is done: { $visit }. Well done!
ending-soon = { $worker } will be done at about { $ends }. Please come and look at the work together; anything missed is put right at once:
overdue-asked = The time is up: { $visit }. Is it done?
overdue-told = Past its end and nobody said it is done: { $visit }, { $reference }, { $worker }. Please call.{ $phone ->
    [none] {" "}The customer left no number.
   *[other] {" "}Customer: { $phone }.
}

acceptance-asked = { $worker } is done. Please look at these and choose one:
acceptance-accepted = Thank you! The worker knows, and will be glad.
acceptance-later = Take your time; you can tell us within { $hours } hours.
acceptance-nothing = There is nothing to check just now.
acceptance-not-now = { $state ->
    [accepted] You have accepted this visit, thank you! If something new comes up, choose “Talk to a person”.
    [redo] It is being put right; you will be asked to look again.
    [unchecked] The time for this has passed, so we do not ask any more. If something is wrong, choose “Talk to a person”; we will see to it all the same.
   *[none] The work is not done yet; you will be asked when it is.
}
told-accepted = The customer is content: { $visit }. Well done!
redoing-nothing = There is no visit that could be put right here. If you are not happy, choose “Talk to a person” or call { $phone }.
redoing-visit-label = visit
redoing-visit-ask = Which visit?
redoing-visit-help = Choose one, or write its number.
redoing-where-label = where
redoing-where-ask = What was missed? Choose a place, or write a sentence:
redoing-where-help = “The stove is still greasy”.
room-elsewhere = Somewhere else
redoing-photo-label = photo
redoing-photo-ask = A photo helps the worker to see what you mean, if you like.
redoing-photo-again = Please send a photo, or choose “No photo”.
redoing-photo-skip = No photo
redoing-photo-help = Just send a photo, or choose “No photo”.
redoing-left = All right, nothing is sent back. Tell me when you have looked.
redoing-done = We are sorry about that. { $worker } has been asked to put it right at once, and the office knows. You will be asked to look again.
told-redo = The customer asks you to do this again: { $place } ({ $visit }). If you are still there, please do it now and tap “Put right”; if you have left, wait for a call from the office.
told-staff-redo = To be done again: { $place }. { $visit }, { $reference }.{ $photos ->
    [0] { "" }
   *[other] {" "}Photos: { $photos }.
}{ $phone ->
    [none] {" "}The customer left no number.
   *[other] {" "}Customer: { $phone }.
}
told-redone = { $worker } has put it right: { $place }. Please look again:
redone-done = Good; the customer has been asked to look again.
redone-before = Nothing is waiting to be put right at this visit.

payment-not-due = This visit is not done yet; payment comes after that.
payment-paid = This visit is paid. To correct it, call { $phone }.
paying-due = { $amount } is due. How was it paid?
paying-paid = This visit is paid: { $amount }.
paying-amount = Due
paying-how = Paid
paying-done = Noted: { $way }, { $amount }. The customer has the receipt. Thank you!
paying-later = Noted: { $amount } is still to be paid, and the office takes over. You can go. Thank you!
paid-by-cash = Cash
paid-by-wechat = WeChat
paid-by-alipay = Alipay
paid-by-transfer = Bank transfer
paid-by-later = Not yet
told-paid = Received { $amount } ({ $way }) for { $visit }. Thank you, and see you again!
told-paid-and-check = Received { $amount } ({ $way }) for { $visit }. Thank you! If you have not looked at the work yet, now is a good time:
unpaid-none = Everything is paid.
unpaid-title = Not paid
unpaid-told = { $count ->
    [one] One visit is not paid; open it to note how it was:
   *[other] { $count } visits are not paid; open one to note how it was:
}
unpaid-line = { $visit }, { $name }, { $amount }

story-left-out = one line could not be done
story-photos-allowed = photos allowed
story-photos-refused = no photos
story-extra-proposed = an extra was proposed
story-extra-agreed = the extra was agreed
story-extra-refused = the extra was declined
story-extra-expired = the extra had no answer
story-extra-withdrawn = the extra was taken back
story-no-answer = worker at the door, nobody answered
story-problem-damage = damage reported
story-approved = accepted
story-redo = to be done again
story-redone = put right
story-not-paid-yet = not paid yet
story-paid = paid

go-checklist = Checklist
go-finishing = Done
go-adding = Add something
go-reporting = Problem
go-skipping = One can't be done
go-howfar = How far is it?
go-photos = Photos
go-allowphotos = Photos are fine
go-nophotos = No photos
go-nophotos-back = Take back and delete
go-extrayes = Yes, add { $amount }
go-extrano = No
go-withdraw = Take it back
go-noaccess = Nobody opens, end it
go-accept = All good
go-redoing = Do it again
go-later = I'll look later
go-redone = Put right
go-paying = Payment
go-incidents = Reports
go-unpaid = Not paid
