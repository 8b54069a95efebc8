# Booking
booking-family-label = Kind
booking-family-ask = What kind of help do you need? You can also just say it, for example “deep cleaning”.
booking-family-help = “regular cleaning”, “AC cleaning”, “cook”.
booking-service-label = Service
booking-service-ask = Which one?
booking-service-help = “regular cleaning”, or a number from the list.
service-which = Which one do you mean?
service-line = { $name } { $price }
booking-by-request = For { $name } ({ $price }) we first talk with you about your home and then propose people. I've noted it; a colleague will contact you here by { $by }. Nothing is charged now.
booking-quantity-label = How much
booking-quantity-ask = How much? Choose one or just type a number.
booking-quantity-again = I didn't get the number. Please type one, for example “3”.
booking-quantity-help = “3 hours”, “90 sqm”, “2 units”.
quantity-out-of-range = One visit of this service is { $smallest } to { $largest }. Please choose within that.
quantity-whole = A whole number, please, for example 3.
booking-add_ons-label = Extras
booking-add_ons-ask = Anything extra? Choose as many as you like, then “That's all”, or just “Nothing extra”.
booking-add_ons-none = Nothing extra
booking-add_ons-help = choose one or more, or say “no”.
add-on-line = { $name } { $price }
booking-address-label = Address
booking-address-ask = { $count ->
    [0] Where shall we come? Please give district, street and number, for example “12 Kehua North Road, Wuhou, Building 3, Room 501”.
   *[other] Where shall we come? Choose one, or type a new address.
}
booking-address-again = That doesn't look like an address. Please give district, street and number, for example “12 Kehua North Road, Wuhou, Room 501”.
booking-address-help = “12 Kehua North Road, Wuhou, Building 3, Room 501”.
address-place-unnamed = I have the spot, but not the door. Please type district, street and number.
address-area-unknown = I can't tell the district. We go to { $areas }. Please write the address with its district; we don't go elsewhere yet.
booking-household-label = Your home
booking-household-ask = Is there any of these at home? It helps us send the right person. Choose as many as fit. Choosing means we may note it, encrypted; you can delete it any time.
booking-household-enough = That's all
booking-household-none = None of these
booking-household-help = choose one or more, or say “none”.
home-pets = pets
home-elderly = elderly people
home-infants = small children
home-allergy = allergy to cleaning agents
booking-day-label = Day
booking-day-ask = { $usual_days ->
        [none] Which day suits you?
       *[other] Which day suits you? Your usual time comes first ({ $usual_days }):
    }
booking-day-again = I didn't get the day. Try “tomorrow”, “Saturday” or “3 December”.
booking-day-help = “tomorrow”, “Saturday”, “3 December”.
day-which = Which day exactly?
day-past = { $day } is over already. How about:
day-horizon = I can book up to { $horizon } days ahead; { $day } is too far. Nearer days:
day-closed = We are closed on { $day }. Open days:
day-notice = { $day } is too soon, this service needs notice. The next days are:
day-nobody = Nobody does this service on { $day }. Days that work:
day-full = { $day } is fully booked. Days that are free:
day-by-request = A person of ours arranges this service with you; it has no fixed times.
visit-by-request = A person of ours arranges this service with you; it has no fixed times.
booking-window-label = Time
booking-window-ask = { $usual_hours ->
        [none] These times are free on { $day }. You can also just say when:
       *[other] These times are free on { $day }, your usual time first ({ $usual_hours }). You can also just say when:
    }
booking-window-again = I didn't get the time. Choose one, or say “2 pm”.
booking-window-help = “9 in the morning”, “afternoon”, “14:00”.
window-taken = That time has just been taken. The nearest ones left:
window-which = These times are free then. Which one?
window-not-free = { $wanted } isn't free. The nearest times:
window-not-free-part = Nothing is free then. The nearest times:
booking-worker-label = Worker
booking-worker-ask = Who would you like? Choose “Anyone” and we send whoever suits best.
booking-worker-skip = Anyone
booking-worker-help = a name, or “anyone”.
worker-last-time = came last time
worker-rating = ★{ NUMBER($stars, maximumFractionDigits: 1) }
worker-new = new
worker-line = { $count ->
    [0] { $name } { $rating }
   *[other] { $name } { $rating } · { $reasons }
}
worker-intro = { $name }: { $about }
worker-about = { $visits ->
    [0] { $rating }. { $bio }
    [one] { $rating }, 1 visit. { $bio }
   *[other] { $rating }, { $visits } visits. { $bio }
}
worker-later = we'll tell you when it is confirmed
worker-taken = That worker has just been taken. Please choose another:
reason-favourite = your favourite
reason-been-here = has been to your home { $visits ->
    [one] once
   *[other] { $visits } times
}
reason-same-area = nearby that day
reason-rated = rated { $stars } ({ $times } times)
reason-senior = senior
reason-pets = good with pets
reason-elderly = good with elderly people
reason-infants = good with small children
reason-allergy = uses mild agents
reason-language = speaks your language
reason-gender = as you wished
booking-contact-label = Contact
booking-contact-ask = What may we call you?
booking-contact-again = Please tell me what to call you, for example “Ms Wang”.
booking-contact-help = “Ms Wang”, “Li Ming”.
booking-phone-label = Phone
booking-phone-ask = A mobile number, so that the worker can reach you at the door. It is used for this service only.
booking-phone-again = That doesn't look like a phone number. Please give the 11 digits of a mobile, or one with + and country code.
booking-phone-help = “138 0000 1234”.
phone-too-short = That number is too short. Please check it.
phone-too-long = That number is too long. Please check it.
phone-invalid = That number isn't right. Please check it.
booking-note-label = Note
booking-note-ask = Anything the worker should know? If not, choose “Nothing”.
booking-note-skip = Nothing
booking-note-help = “the key is with the porter”, “there is a shy cat”.
booking-total-label = Price
booking-agreed-label = Yes
booking-agreed-ask = Please have a look. If it is right, choose “Confirm”. The time is kept for you for { $minutes } minutes. Confirming means you agree to our terms; say “terms” to read them.
booking-agreed-again = Please reply “confirm”, or choose “Change” or “Cancel”.
booking-agreed-yes = Confirm
booking-agreed-help = say “confirm” to book, “change” to change something, “cancel” to drop it.
booking-placed = Booked! Here are the details. To move or cancel it, just tell me.
booking-requested = Got it! We need to confirm the team and will answer by { $answer_by } at the latest. The time is kept for you.
visit-too-many-open = You have { $limit ->
    [one] a visit ahead already, and one is the limit for now
   *[other] { $limit } visits ahead already, and that is the limit
}. You can move or cancel one first; if it is urgent, call { $phone }.

# How prices are made
quote-product = { $each } × { $quantity } = { $amount }
quote-minimum = up to the minimum
quote-minimum-made = minimum { $minimum }, adds { $amount }
quote-travel = travel
quote-percent = plus { $percent }% = { $amount }
quote-early-late = early or late
quote-spring-festival = around Spring Festival
quote-holiday = public holiday
quote-total = Total

# Cards
card-title = Visit { $reference }
card-status = Status
card-what = Service
card-what-made = { $name }, { $quantity }
card-add-ons = Extras
card-when = When
card-where = Where
card-team = Who can come
card-who = Who
card-contact = Contact
card-note = Note
card-price = Price
card-fee = Fee
card-includes = Includes
card-excludes = Not included
card-acceptance = Checked at the end
card-free-until = Free to move or cancel until { $at }
card-fee-now = Moving or cancelling may cost a fee now; you will see it first
card-answer-by = You will have our answer by { $at }
rules-line = Free to move or cancel until { $free_until }; later { $percent }% (at most { $most }), within { $hours } hours of the start { $last_percent }% (at most { $last_most }). By confirming you agree.
visit-line = { $name }, { $when }
status-requested = waiting for confirmation
status-confirmed = confirmed
status-on-the-way = on the way
status-arrived = arrived
status-working = at work
status-finished = finished
status-cancelled = cancelled
status-declined = could not be arranged
status-lapsed = could not be arranged
status-no-access = no access
status-missed = nobody came
day-none = Sorry, { $name } is fully booked where you are. I've noted it and a colleague will contact you here by { $by } with a way; if it is urgent, call { $phone }.
