# Care around a visit: messages, calls for help, what was noticed, the welfare light, the week
go-messaging = Send a message
go-messaging-back = Reply
go-messaging-more = Say one more thing
messaging-visit-label = Visit
messaging-visit-ask = Which visit is it about?
messaging-visit-help = Choose one, or type its reference.
messaging-words-label = Message
messaging-words-ask = What shall I say? Just type it and I'll pass it on.
messaging-words-help = “I'll be home at five, please wait at the door.”
messaging-left = All right, nothing was sent.
messaging-nothing = There is no visit to write about just now. Please call us at { $phone }.
messaging-no-pictures = I can't pass pictures on yet. Please put it into words.
messaging-no-numbers = I don't pass telephone numbers on; you can both write here. What shall I say?
messaging-hidden = I left out phone numbers, chat names and links: you can both write here without them.
messaging-done = { $name } has your message. I'll tell you at once when there is an answer.
messaging-done-later = { $name } is off duty and gets it at { $at }. If it is urgent, say “person”.
messaging-done-by-call = { $name } can't get messages just now. Our staff will ring them with it.
relay-closed = Messages about this visit are closed. Tell us instead and we'll pass it on, or call { $phone }.
relay-place = I am here ({ $latitude }, { $longitude }): https://uri.amap.com/marker?position={ $longitude },{ $latitude }&coordinate=wgs84
relay-from-worker = { $name } says: { $words }
relay-from-customer = { $name } says: { $words }
    ({ $visit })
told-relay-unread = { $worker } can't get messages. Please ring them with what the customer wrote. { $visit }: { $words }
story-customer-wrote = You wrote to your worker
story-worker-wrote = Your worker wrote to you

go-rescue = Help!
go-rescue-take = I'll see to it
go-rescue-open = Calls for help
go-settling = Settle the call
go-misfire = A slip, I'm fine
rescue-comes = { $member ->
    [none] Got it! Everybody on our staff has your call and will reach you at once.
   *[other] Got it! { $member } is seeing to it, and everybody has been told again.
    }
    If you can, leave now and go where there are people. In danger, dial 110.
    Our number is { $phone }. Send your place so that we can find you.
rescue-place-passed = Your place has reached our staff. Leave the work, look after yourself. Our number is { $phone }.
rescue-told = Urgent: { $worker } is calling for help! Press “I'll see to it” and reach them at once.
rescue-told-again = Urgent: { $worker } has called for help again!
rescue-told-place = { $worker } has sent a place:
rescue-told-untaken = Urgent: nobody has taken { $worker }'s call for help! Press “I'll see to it”.
rescue-told-misfire = { $worker } says it was a slip. Please ring to make sure, then press “Settle the call”.
rescue-taken = { $worker }'s call is yours, and they know. When it is over, press “Settle the call”.
rescue-taken-before = { $member } is already seeing to { $worker }'s call.
rescue-taken-worker = { $member } has your call and is on it. They will reach you at once. Our number is { $phone }.
rescue-none = Nobody is calling for help now.
rescue-card-title = Call for help { $number }
rescue-card-worker = Worker
rescue-card-at = Called at
rescue-card-visit = Visit
rescue-card-no-visit = None at that time
rescue-card-way-in = Way in
rescue-card-customer = Customer
rescue-card-phone = Customer's phone
rescue-card-place = Last place
rescue-card-no-place = Not known yet
rescue-card-taken = Seen to by
rescue-place = { $at }: { $latitude }, { $longitude } https://uri.amap.com/marker?position={ $longitude },{ $latitude }&coordinate=wgs84
misfire-told = Good that you are fine! Our staff know it was a slip and will ring you to make sure.
misfire-nothing = There is no call for help now. If you need us, press “Help!”.
visit-frozen = Our staff are seeing to this visit just now, so it can't be changed. We'll be in touch.
alarm-unknown = I can't find that call for help.
alarm-settled-before = That call for help has been settled.
settling-line = { $number } { $worker } ({ $at })
settling-alarm-label = Call for help
settling-alarm-ask = Which call for help is settled?
settling-alarm-help = Choose one.
settling-outcome-label = Outcome
settling-outcome-ask = Is the worker safe? What about the visit?
settling-outcome-help = Choose one.
settling-words-label = Note
settling-words-ask = What happened? One line for the record, or skip.
settling-words-help = “Customer was drunk; walked her out.”
settling-left = All right, not settled. The visit stays frozen.
settling-goes-on = Safe, the visit goes on
settling-called-off = Safe, the visit ends here
settling-mistaken = A slip, the visit goes on
settling-told-goes-on = Our staff have settled it. The visit goes on. Press “Help!” whenever you need us.
settling-told-called-off = Our staff have settled it. The visit ends here; please leave without worry.
settling-told-mistaken = It was a slip, so the visit goes on. Press “Help!” whenever you need us.
settling-told-customer = Sorry, { $visit } has ended early because of an incident. We'll ring you to explain and arrange the rest, or call { $phone }.
settling-done = { $worker }'s call is settled, and they know.
desk-alarm = Calls for help: { $worker }
desk-called = { $count ->
    [one] 1 call for help is
   *[other] { $count } calls for help are
} not settled yet!
story-alarm = Worker called for help
story-alarm-taken = Staff took the call
story-alarm-settled = Call for help settled

go-unchanged = Nothing
go-observing = Yes, I'll tell
go-observations = Changes at home
go-observations-yes = Yes, note it
go-observations-no = Don't note it
observed-ask = { $visit } is done, thank you! Two small things:
    1. Has anything changed in the home (pets, baby, elders, allergy, way in)?
    2. Anything the next person should know?
unchanged-told = Fine, nothing then. Have a rest!
observing-nothing = There is no recent visit to report on.
observing-visit-label = Visit
observing-visit-ask = Which visit was it?
observing-visit-help = Choose one.
observing-what-label = Change
observing-what-ask = What has changed in the home?
observing-what-help = Choose one, or skip.
observing-what-skip = Nothing changed
observing-way-label = There or not
observing-way-ask = Which of the two?
observing-way-help = Choose one.
observing-how-label = How
observing-how-ask = What is it? One line will do.
observing-how-help = “The front door has a code lock now.”
observing-later-label = Next time
observing-later-ask = What should the next person know? Skip if nothing.
observing-later-help = “The balcony is slippery, bring shoe covers.”
observing-later-skip = Nothing else
observing-left = All right, nothing noted.
observing-pets = Pets
observing-infants = Baby
observing-elderly = Elders
observing-allergy = Allergy
observing-access = Way in
observing-other = Something else
observing-done = Noted, thank you for looking! It goes into the record once the customer says yes.
observed-pets-there = There is a pet now
observed-pets-gone = There is no pet any more
observed-infants-there = There is a baby now
observed-infants-gone = There is no baby any more
observed-elderly-there = An elder lives there now
observed-elderly-gone = No elder lives there any more
observed-allergy = Allergy: { $words }
observed-access = Way in: { $words }
observed-other = { $words }
observed-next = Next time: { $words }
observed-source = told by { $worker }, { $day }
observations-ask = By the way, after the last visit ({ $visit }) { $worker } told us:
    { $noticed }.
    May we note it, so that the next person knows?
observations-ask-staff = { $worker } noticed ({ $customer }, { $visit }):
    { $noticed }.
observations-confirmed = Noted. Next time we'll go by it.
observations-refused = All right, not noted.
observations-none = No changes are waiting for a yes.
observation-gone = That has been settled already.
story-observed = Worker noticed a change
story-observation-confirmed = Change confirmed
story-observation-refused = Change not kept
story-observation-expired = Change never confirmed

go-welfare = Welfare light
go-welfare-stop = Turn it off
go-watching = Turn it on
go-watching-change = Change the contact
go-lighting-green = 🟢 All well
go-lighting-yellow = 🟡 A little worried
go-lighting-red = 🔴 In danger
go-lighting-more = Say more
welfare-off = If an elder or a baby lives with you, you can turn on the welfare light: after each visit the worker gives a light. Green doesn't disturb you; yellow and red reach you and our staff at once. Workers say what they saw, no diagnosis. It is your choice, and you can turn it off any time.
welfare-on = The welfare light is on (since { $since }). { $contact ->
    [none] Yellow and red reach you and our staff.
   *[other] Yellow and red reach you and our staff, who also ring { $contact }.
    }
welfare-stopped = The welfare light is off; workers are not asked any more. What was noted before only you and our staff can see.
welfare-not-watched = The welfare light is not on for this home, so there is nothing to report. In danger press “Help!” or dial 120.
watching-nobody = The welfare light is for homes with an elder or a baby. If that is yours, tell me under “Home facts” first.
watching-contact-label = Other relative
watching-contact-ask = On yellow and red we tell you here. Whom else in the family shall we ring? Type a name, or skip.
watching-contact-help = “My son Chen”.
watching-contact-number = The name first, please; I ask for the number next.
watching-contact-skip = Only tell me
watching-phone-label = Relative's phone
watching-phone-ask = What is their phone number?
watching-phone-help = “138 0000 1234”.
watching-agreed-label = Consent
watching-agreed-ask = Please confirm: I agree that after a visit the worker gives a light for the elder or the baby in my home and writes a line on what they saw; only I, the relative below and your staff see it, and it is no diagnosis. I can turn it off any time.
watching-agreed-yes = I agree, turn it on
watching-agreed-help = Reply “I agree, turn it on”, or choose “Cancel”.
watching-left = All right, the welfare light stays off.
watching-card-title = Welfare light
watching-card-chat = We tell you
watching-card-here = here
watching-card-contact = We ring
watching-contact = { $name } ({ $phone })
watching-done = The welfare light is on. Green won't disturb you; yellow and red reach you at once.
lighting-visit-label = Visit
lighting-visit-ask = Which visit was it?
lighting-visit-help = Choose one.
lighting-light-label = Light
lighting-light-ask = How was the elder or the baby today?
lighting-light-help = Choose a light.
lighting-words-label = What you saw
lighting-words-ask = What did you see? Only what you saw, one line will do.
lighting-words-help = “Grandma hardly ate and needed an arm to walk.”
lighting-left = All right, nothing was reported.
lighting-done-green = Good, green is noted.
lighting-done-yellow = The family and our staff know now. Thank you for looking.
lighting-done-red = The family and our staff know already. In danger dial 120 first, and stay until somebody comes. Our number is { $phone }.
lighting-done-before = That light has been noted already.
light-ask = { $visit } is done, thank you! How was the elder or the baby today?
light-no-words = nothing written yet
light-told-yellow = { $worker } has finished and would like you to look in: { $words }
    This is what was seen, no diagnosis. If you can, ring or go home today. Our number is { $phone }.
light-told-red = Urgent: { $worker } thinks that the elder or the baby in your home may be in danger: { $words }
    Please reach home at once; in danger dial 120 first. Our staff are on it too: { $phone }.
light-staff-yellow = Yellow light: { $worker }, { $customer } ({ $visit }): { $words }
    { $heard ->
    [yes] The family has it in their chat.
   *[no] The family has no chat with us, so please ring them.
    } { $contact ->
    [none] Customer's phone: { $phone }.
   *[other] Please also ring { $contact }, { $contact_phone }.
    }
light-staff-red = Red light: { $worker }, { $customer } ({ $visit }, { $address }): { $words }
    Ring the worker and the family at once; in danger dial 120 first. { $contact ->
    [none] Customer's phone: { $phone }.
   *[other] Relative { $contact }, { $contact_phone }; customer's phone { $phone }.
    }
story-light-green = Welfare light: green
story-light-yellow = Welfare light: yellow
story-light-red = Welfare light: red

go-earnings = My income
weekly-none = No visit finished this week yet. I'll sum it up for you at { $end }.
weekly-told = Thank you for this week, { $name }! You finished { $visits ->
    [one] 1 visit
   *[other] { $visits } visits
}, { $hours } hours, and earned { $income } (the company's { $percent }%, shared equally where several went).
weekly-so-far = { $name }, this week so far you finished { $visits ->
    [one] 1 visit
   *[other] { $visits } visits
}, { $hours } hours, and earned { $income } (the company's { $percent }%, shared equally where several went).
weekly-in-time = { $late ->
    [0] In time every time ({ $timed } of { $timed }): customers rely on you.
   *[other] Late { $late } of { $timed } times.
    }
weekly-thanks = A customer wrote: “{ $words }”
weekly-lesson-late = Next week: look at the traffic before you leave, and if you will be late press “Send a message”, so that nobody worries.
weekly-lesson-1 = A tip: ask at the door what they would like done first.
weekly-lesson-2 = A tip: walk through with the customer before you leave and fix what was missed.
weekly-lesson-3 = A tip: dry before wet, top before bottom, and nothing is done twice.
weekly-lesson-4 = A tip: drink some water and stretch every hour. Your back is your own.
