# What is said everywhere
welcome-customer = Hello, welcome to { $company }! Book a visit, move it, ask where it stands or what things cost: just type, or choose one:
welcome-worker = Hello! Here you can see your visits ahead.
welcome-staff = Hello! Here you can see who waits for a person and which requests wait for an answer.
greeting-told = Hello, this is { $company }. Just tell me what you need, for example “regular cleaning on Saturday morning, 3 hours”.
thanks-told = You're welcome. I'm here whenever you need me.
nodded-yes = All right. Just write when you need something.
nodded-no = No problem. Just write when you need something.
menu-ask = What would you like to do?
menu-while-form = Sure. What you filled in is kept: say “continue” to go on with it. Or have a look around:
not-understood = I didn't quite get that. You could say “regular cleaning on Saturday morning, 3 hours”, or choose one:
not-understood-worker = I didn't quite get that. You could say “today”, “Friday”, “on my way” or “done”, or choose one:
not-understood-staff = I didn't quite get that. You could type a visit's number, a customer's name, the end of their phone number or “tomorrow”, or choose one:
not-understood-person = Sorry, I still don't understand. Would you like a person to help? Choose “Talk to a person”, or choose something else:
not-for-you = I can't do that for you here, but I can do this:
help-outside = Just type what you need: book, move, cancel, where is my cleaner, how much. If it is urgent, call { $phone }.
language-name = English
language-now = Sure, English from now on.

again-choice = I couldn't match that. Please choose one, or reply with its number or name.
again-text = I didn't understand. Could you put it another way?
again-example = No problem. For example: { $example }
again-stuck = No problem. For example: { $example } Or choose “Talk to a person”.
change-ask = What would you like to change?
change-line = { $label }: { $value }
change-or-cancel = All right, nothing is booked yet. What would you like to change? If you don't want it any more, choose “Cancel”.
choice-picked = ✓ { $label }
value-said = { $value }
value-none = none
value-yes = yes
value-no = no

way-skip = Skip
way-back = Back
way-enough = That's all
way-none = None
way-person = Talk to a person
way-cancel = Cancel
way-change = Change
way-keep = Leave it as it is

form-still-here = You haven't finished this yet, let's go on:
form-welcome-back = Welcome back! You haven't finished this yet, let's go on:
form-resumed = Back to what you were filling in:
form-dropped = All right, nothing was changed.
form-cancelled = All right, I dropped it. Nothing is booked and nothing is charged.
form-restarted = Sure, from the start.
back-first = This is already the first step.
cannot-skip = I do need this one to arrange the visit.
help-form = For example: { $example }

stale-question = That button is from before; that step is done. This is where we are:
stale-done = That step is already done. This is how things stand:
stale-menu = That button is from before and no longer works. You can:
offer-gone = That one is no longer available. Please choose again:

error-unsupported = I received it, but I can't read this kind of message yet. Could you type it, please?
error-unsupported-contact-of-another = That card isn't your own. Please share your own number with the button, or just type it.
error-unsupported-photo-lost = The picture didn't reach me, the connection may have dropped. Could you send it again in a minute, please?
error-unsupported-photo-refused = I can't keep that picture: it is too large or of an unusual kind. Please send another one, or tell me in words.
error-unsupported-voice-lost = Your recording didn't reach me, the connection may have dropped. Could you send it again in a minute, or type it, please?
error-voice = I've kept your voice message, but I can't listen to it yet. Could you type it, please?
media-kept = Pictures and recordings you send are used only to serve you, and deleted after { $days } days. To delete them sooner, say “delete my photos”.
media-none = I have no photo or recording of yours, so there is nothing to delete.
media-sure = { $count ->
    [one] Shall I delete the photo or recording you sent me? It can't be brought back. If so, reply just “delete my photos”.
   *[other] Shall I delete all { $count } photos and recordings you sent me? They can't be brought back. If so, reply just “delete my photos”.
}
media-taken-back = { $count ->
    [one] Done: the photo or recording you sent is deleted. Nobody can see it any more.
   *[other] Done: all { $count } photos and recordings you sent are deleted. Nobody can see them any more.
}
error-empty = That message was empty. Please type what you'd like to say.
error-too-long = That is { $length } characters, a bit too long for me. Please say it in { $most } or fewer. Your message is kept.
error-not-now = Received and kept. What would you like to do?
error-ours = Sorry, something went wrong on our side. Your message is kept; a colleague will see it and get back to you. If it is urgent, call { $phone }.
error-no-such-number = There is only 1 to { $most }. Please choose again.
error-rule = That won't work. Please choose something else.

person-not-for-you = Please call the company: { $phone }.

day-today = today, { $day }
day-tomorrow = tomorrow, { $day }
day-after-tomorrow = { $day }
day-and-window = { $day }, { $window }
in-now = now
in-minutes = in { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}
in-hours = in about { $hours ->
    [one] 1 hour
   *[other] { $hours } hours
}
in-days = in { $days ->
    [one] 1 day
   *[other] { $days } days
}
duration = { $hours ->
    [one] 1 hour
   *[other] { $hours } hours
}

unit-hour = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
unit-square-metre = { $count } m²
unit-item = { $count ->
    [one] 1 unit
   *[other] { $count } units
}
unit-room = { $count ->
    [one] 1 room
   *[other] { $count } rooms
}
unit-bed = { $count ->
    [one] 1 bed
   *[other] { $count } beds
}
unit-meal = { $count ->
    [one] 1 meal
   *[other] { $count } meals
}
unit-half-day = { $count ->
    [one] 1 half day
   *[other] { $count } half days
}
unit-day = { $count ->
    [one] 1 day
   *[other] { $count } days
}
unit-month = { $count ->
    [one] 1 month
   *[other] { $count } months
}
per-hour = hour
per-square-metre = m²
per-item = unit
per-room = room
per-bed = bed
per-meal = meal
per-half-day = half day
per-day = day
per-month = month
price-each = { $price }/{ $unit }

family-cleaning = Cleaning
family-appliances = Appliance care
family-household = Tidying and cooking
family-care = Care and company

wechat-menu-more = More
go-booking = Book a visit
go-booking-again = Same again
go-booking-this = Book { $name }
go-visits = My visits
go-visit = Show
go-progress = Where is it?
go-prices = Prices
go-profile = My details
go-person = Talk to a person
go-moving = Move it
go-cancelling = Cancel the visit
go-naming = Change name
go-phoning = Change number
go-addressing = Add an address
go-forgetting = Remove an address
go-household = Change home facts
go-wishing = Favourites
go-erasing = Yes, delete
go-link = Link another chat
go-linking = I have a code
go-mistaken = That's not me
go-round = My visits ahead
go-desk = What is waiting
go-requests = Answer requests
go-parting = Undo a merge
form-noted = Noted: { $values }.
list-mark = { "; " }
form-any = All right, { $choice } then.
form-noted-later = I'll keep that in mind for the next step.

# Being told in time, once people agree
consents-offer = Shall we tell you in time? Allow it here, once for each message: { $page }
consents-thanks = { $count ->
    [one] Thank you! We can now send you { $count } message when it matters.
   *[other] Thank you! We can now send you { $count } messages when they matter.
}
