# Prices, scope, rules, details, and what workers and staff are told
prices-which = Prices of what?
prices-list = Here is the price list. Choose one to see what it includes:
question-gone = A person can answer that: just choose below.
prices-ahead = Your visits ahead come to this:
prices-ahead-title = To pay
prices-one = { $name }:
price-from = { $each }, at least { $minimum }
price-example-label = Example
price-example = { $quantity }: { $total } (without extras and surcharges)
scope-which = Which service would you like to know about?
rules-told = Moving and cancelling is free until { $hour }:00 the day before (or 24 hours ahead); later it costs { $percent }%, at most { $most }; within { $hours } hours of the start, or once the worker is on the way, { $last_percent }%, at most { $last_most }. { $moves } moves are free, and your first late cancellation is forgiven. You always see the amount first.
hours-told = Today we work { $hours }. You can book here around the clock; our number is { $phone }.
hours-closed = We don't visit today. You can still book other days here; our number is { $phone }.
areas-told = We go to { $areas }.

profile-title = My details
profile-shown = This is what we have. What would you like to change?
profile-language = Language
profile-home = { $address } ({ $size } m²)
naming-called-label = Name
naming-called-ask = What may we call you?
naming-called-again = Please tell me what to call you, for example “Ms Wang”.
naming-called-help = “Ms Wang”, “Li Ming”.
naming-done = All right, { $called } it is.
phoning-phone-label = Phone
phoning-phone-ask = What is the new number?
phoning-phone-again = That doesn't look like a phone number. Please give the 11 digits of a mobile, or one with + and country code.
phoning-phone-help = “138 0000 1234”.
phoning-done = Your number is now { $phone }.
addressing-address-label = Address
addressing-address-ask = Please give district, street and number, for example “12 Kehua North Road, Wuhou, Room 501”.
addressing-address-again = That doesn't look like an address. Please give district, street and number.
addressing-address-help = “12 Kehua North Road, Wuhou, Room 501”.
addressing-size-label = Size
addressing-size-ask = How big is your home? If you know the square metres, quoting is easier.
addressing-size-again = I didn't get that. A number, please, for example “90”.
addressing-size-help = “90 sqm”.
addressing-done-ahead = Address saved for your next booking: { $address }. Visits already booked still go to the old one; to change that, ask for a person.
addressing-done = Address saved: { $address }.
size-unlikely = Homes are usually { $smallest } to { $largest } m². Please check the number.
forgetting-nothing = There is no saved address yet.
forgetting-home-label = Address
forgetting-home-ask = Which address shall I remove?
forgetting-home-help = choose an address.
forgetting-agreed-label = Yes
forgetting-agreed-ask = Remove this address? Visits already booked stay as they are.
forgetting-agreed-again = Please reply “confirm”, or choose “Cancel”.
forgetting-agreed-yes = Remove it
forgetting-agreed-help = choose “Remove it”, or “Cancel”.
forgetting-done = Removed.
address-unknown = That address is no longer there. Please choose again.
unknown-service = We no longer offer that. Please choose another.
unknown-add-on = That extra doesn't go with this service.
too-many-add-ons = At most { $most } of that extra, please.
unknown-area = We don't go there yet.
visit-out-of-area = We don't go there yet.

why-counted = the platform lets us write no more
why-absent = no page of the chat was open
why-nowhere = nothing can be written to them on any channel
why-staff-talk = on WeChat customer service a colleague is talking to them, or the session is over
told-unreachable = { $name } can't be reached any more ({ $why }). What didn't arrive: “{ $said }”. { $phone ->
    [none] They left no number.
   *[other] Please call { $phone }.
}
told-unreachable-ahead = { $name } can't be reached any more ({ $why }), but has a visit ahead: { $visit }. What didn't arrive: “{ $said }”. { $phone ->
    [none] They left no number.
   *[other] Please call { $phone }.
}
told-account-down = Nothing can be sent on { $channel } since { $since }: { $why }. Every message is kept and will be sent when it works again. Please tell whoever runs the system.
customer-unnamed = A customer
told-trouble = A message (number { $number }) could not be handled. The customer has an apology; please have a look.
told-request = A new request: { $visit }. Please answer by { $by }.
told-request-confirmed = Your visit is confirmed. Here are the details.
told-request-declined = Sorry, we could not arrange it: { $reason }. Nothing was charged. Shall we try another time?
told-request-lapsed = Sorry, we could not confirm the team in time, so this visit did not come about. Nothing was charged. Shall we try another time?
told-visit-cancelled = Cancelled: { $visit } ({ $area }), { $reference }.
told-visit-elsewhere = You need not go to this one any more: { $visit } ({ $area }), { $reference }.

round-title = Visits ahead
round-none = No visits in the next { $days } days. You'll hear at once when there is one.
round-told = { $count ->
    [one] 1 visit
   *[other] { $count } visits
} in the next { $days } days:
round-line = { $name }, { $where }
desk-title = Waiting
desk-none = Nobody is waiting. You'll hear at once when somebody is.
desk-told = Waiting for a person: { $waiting }. Requests to answer: { $requests }.
desk-unnamed = new customer
desk-no-words = (no words left)
desk-line = { $name }: { $words }
request-line = { $visit }, answer by { $by }
requests-nothing = There is no request waiting.
requests-visit-label = Visit
requests-visit-ask = Which one?
requests-visit-help = choose one, or type its reference.
requests-verdict-label = Answer
requests-verdict-ask = Can we do it?
requests-verdict-yes = Yes, confirm
requests-verdict-no = No
requests-verdict-help = choose “Yes, confirm” or “No”.
requests-reason-label = Reason
requests-reason-ask = Please write a line that the customer will read.
requests-reason-help = “no team free that day, the weekend would work”.
requests-done-confirm = { $phone ->
    [known] { $reference } is confirmed and the customer knows.
    [none] { $reference } is confirmed. Nothing can be written to the customer, and they left no number.
   *[other] { $reference } is confirmed, but nothing can be written to the customer. Please call { $phone }.
}
requests-done-decline = { $phone ->
    [known] { $reference } is declined and the customer knows.
    [none] { $reference } is declined. Nothing can be written to the customer, and they left no number.
   *[other] { $reference } is declined, but nothing can be written to the customer. Please call { $phone }.
}
handoff-gone = Somebody has dealt with that already.

household-facts-label = Your home
household-facts-ask = Which of these are so? Then choose “That's all”, or “None of these”.
household-facts-none = None of these
household-facts-help = choose one or more, or say “none”.
household-done = Noted: { $facts }. We'll mind it when we choose who comes.
home-female = a woman should come
wishing-nobody = Nobody has been to your home yet. After a visit you can choose your favourites.
wishing-worker-label = Worker
wishing-worker-ask = Which worker do you mean?
wishing-worker-help = the worker's name, or a number.
wishing-wish-label = Wish
wishing-wish-ask = How shall we plan from now on? Only you see this, the worker does not.
wishing-wish-help = “first choice”, “never again”, “no wish”.
wishing-wish-favourite = First choice
wishing-wish-blocked = Not again, please
wishing-wish-neither = No wish
wishing-favourite = { $name } (first choice)
wishing-blocked = { $name } (not again)
wishing-done-favourite = All right, { $name } comes first from now on.
wishing-done-blocked = All right, we won't send { $name } again. You can change that any time.
wishing-done-neither = All right, no special wish about { $name }.
profile-wishes = Wishes
catalogue-title = Our services
catalogue-told = All of these can be booked. Name one to hear more:
