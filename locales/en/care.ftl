# Care: the next visit, the first one, seasons, festivals, who stays away; stages and calls for staff
care-next-told = { $name ->
    [none] It is
   *[other] { $name }, it is
    } { $days } days since your { $service }. { $when ->
    [none] Your usual time is taken these days; shall we find another?
   *[other] Same again: { $when }, { $quantity }{ $worker ->
        [none] {""}
       *[other] , with { $worker }
        }? { $taps ->
            [no] Say “book a visit” to see the price; nothing is booked until you confirm.
           *[yes] Tap to see the price; nothing is booked until you confirm.
        }
    }
care-risk-told = { $name ->
    [none] We
   *[other] { $name }, we
    } have not seen you for { $days } days; we hope all is well. { $when ->
    [none] If you would like your { $service }, just pick a time.
   *[other] Your usual time is free: { $when }, { $service }, { $quantity }{ $worker ->
        [none] {""}
       *[other] , with { $worker }
        }. { $taps ->
            [no] Say “book a visit” to see the price; nothing is booked until you confirm.
           *[yes] Tap to see the price; nothing is booked until you confirm.
        }
    }
care-go-book = Book this one
care-go-other = Another time
care-go-time = Pick a time
care-go-later = Not this time
care-go-stop = Stop these
care-go-service = Book { $service }
care-go-wrong = Something is wrong
care-go-record = See the record
go-carefine = All fine
go-caredone = Reached
go-carenone = Not reached
go-carecalls = Care calls
care-later-told = All right, not this time. { $days ->
    [0] Just write when you need us.
   *[other] We will ask again in about { $days } days; to book sooner, just write.
    }
care-later-peace = All right, we will not ask again. Whenever you need us, just write.
care-nothing-open = All right. Nothing is waiting for your answer; to book, just write.
care-fine-told = Glad to hear it, thank you. We are here if anything comes up.

care-check-told = { $name ->
    [none] Yesterday
   *[other] { $name }, yesterday
    } was our first { $service } at your home. Is all well? If something is out of place or was missed, { $taps ->
    [no] tell us
   *[yes] tap “Something is wrong”
    } and we will see to it. If not, we will look for the same time again in a few days.
care-return-told = { $name ->
    [none] Just
   *[other] { $name }, just
    } checking in: are you happy with our visits? If not, { $taps ->
    [no] tell us
   *[yes] tap “Something is wrong”
    } and a person sees to it at once.

care-festival-told = { $wishes }{ $name ->
    [none] {""}
   *[other] {" "}To you, { $name }, and yours.
    } All of us at { $company }.
care-festival-new-year = Happy New Year! May it be a good and peaceful one.
care-festival-spring-festival = Happy Spring Festival! Health and peace in the new year.
care-festival-lantern = Happy Lantern Festival! Have a sweet evening.
care-festival-labour-day = Happy Labour Day! Have a good rest.
care-festival-dragon-boat = A peaceful Dragon Boat Festival!
care-festival-mid-autumn = Happy Mid-Autumn! Enjoy the full moon together.
care-festival-national-day = Happy National Day! Enjoy the holidays.

care-season-cooling = { $name ->
    [none] Air
   *[other] { $name }, air
    } conditioners run a lot at this time, with a season of dust in their filters. { $service }: { $price }. If you would like it, { $taps ->
    [no] say “book a visit”
   *[yes] tap below
    } and pick a time.
care-season-mites = { $name ->
    [none] Mites
   *[other] { $name }, mites
    } thrive as it gets warm; a treated mattress lets you sleep well. { $service }: { $price }. If you would like it, { $taps ->
    [no] say “book a visit”
   *[yes] tap below
    } and pick a time.
care-season-new-year-clean = { $name ->
    [none] Spring
   *[other] { $name }, Spring
    } Festival is near, and times get scarce towards it. For a bright home in good time: { $service }, { $price }. If you would like it, { $taps ->
    [no] say “book a visit”
   *[yes] tap below
    } and pick a time.
care-season-moved = { $name ->
    [none] You
   *[other] { $name }, you
    } told us that you are moving. A thorough clean before you move in saves much trouble: { $service }, { $price }. If you would like it, { $taps ->
    [no] say “book a visit”
   *[yes] tap below
    } and pick a time.
care-season-other = { $name ->
    [none] This
   *[other] { $name }, this
    } is a good time for { $service }: { $price }. If you would like it, { $taps ->
    [no] say “book a visit”
   *[yes] tap below
    } and pick a time.

care-why-told = { $name ->
    [none] We
   *[other] { $name }, we
    } have not seen you for three months. May we ask what it was? { $taps ->
    [no] The price, the times, the work: one word will do
   *[yes] One tap will do
    }, and we ask only this once.{ $gift }
care-why-coupon = {" "}There is also a coupon for you, { $what }, good until { $until }, whenever you come back.
care-why-price = Too expensive
care-why-time = No time that suits
care-why-quality = Not happy with it
care-why-unneeded = Not needed now
care-because-price = Understood, thank you for saying so.{ $coupon ->
    [yes] {" "}Your coupon comes off by itself with the next booking.
   *[no] {""}
    }
care-because-time = Understood. Tell us which times suit you; if they are taken, we can put you on the list and call you when one opens.
care-because-quality = We are sorry. A colleague will be in touch by { $by } to hear what went wrong; to say it right now, tap below.
care-because-unneeded = All right, we will leave you in peace. If you need us, just write.
care-last-told = { $name ->
    [none] It
   *[other] { $name }, it
    } has been a long time, and this is the last time that we ask. Whenever you need a hand, write here or call { $phone }. We wish you all the best.

care-contract-told = Your contract ({ $service }) ends on { $day }, in { $left ->
    [one] { $left } day
   *[other] { $left } days
    }. How shall we go on? { $taps ->
    [no] Go on, let it end or change something: tell us
   *[yes] One tap
    }, and we arrange it.
care-go-renew = Go on
care-go-end = Let it end
care-go-talk = Change or talk
care-contract-ends = All right, your { $service } ends on { $day }; a colleague will see to the handover. If you change your mind, tell us before then.
care-contract-goes-on = { $said ->
    [renew] All right, your { $service } goes on
   *[other] All right, let us talk about your { $service }
    }. A colleague will call you by { $by } to settle the rest.
told-contract-ends = { $name } wants { $service } to end on { $day }. Please arrange the handover.

care-call = Please call { $name }: { $why }. { $stage ->
    [none] {""}
   *[other] { $stage }.{" "}
    }Until { $by }{ $tries ->
    [0] .
    [one] {" "}(tried once).
   *[other] {" "}(tried { $tries } times).
    }
care-call-return = a regular call, how they are
care-call-first = after their first visit; there is no chat left
care-call-left = they have not come for long, ask why
care-call-contract = { $about } ends soon, and they have not said how to go on
care-call-contract-renew = { $about } is to go on, settle the new contract
care-call-contract-talk = before { $about } ends they want a change or a talk
care-calls-none = No care calls are waiting.
care-task-gone = A colleague has seen to that call already.
care-call-done = Noted: { $name } was reached.
care-call-again = Noted: { $name } was not reached; try again by { $at }.
care-call-given-up = Noted: { $name } was not reached after several tries, and is called no more.

stage-label = Stage
stage-prospect = prospect (no visit yet)
stage-line = { $stage }: { $why }
stage-new = new
stage-active = active
stage-loyal = loyal
stage-at-risk = at risk
stage-dormant = dormant
stage-lost = lost
stage-why-first = just had the first visit
stage-why-ahead = a visit is ahead
stage-why-lately = came { $days } days ago, usually every { $interval }
stage-why-late = silent for { $days } days, usually { $interval }; later than usual
stage-why-loyal = { $visits } visits in a year, { $stars } stars on average
stage-why-silent = silent for { $days } days
stage-why-silent-own = silent for { $days } days, usually { $interval }
stage-why-complaint = a complaint is not solved
stage-why-rating = gave { $stars } stars lately
stage-why-cancelled = cancelled { $times } times in { $days } days
segment-label = Value
segment-line = { $segment } (recency { $recency }, frequency { $frequency }, money { $money }, friends { $friends }, potential { $potential })
segment-small = small
segment-middle = middle
segment-high = high
segment-top = highest
rhythm-label = Own rhythm
rhythm-line = about every { $days } days
