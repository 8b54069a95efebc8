# My data, terms and consents

go-mydata = My data
go-terms = Read the terms
go-takealong = Take a copy along
go-deleting = Delete my data
go-keepdata = Keep everything
go-tellmeoffers = Tell me of offers
go-nooffers = No offers, please

data-title = What we keep
data-told = This is what we keep for you, to serve you well and for nothing else. You can take a copy, change it or have it deleted.
data-leaving = You asked us to delete your data. That happens on { $at }. Say “keep my data” before then and all of it stays.
data-line-you = Name, phone, addresses
data-you =
    { $name ->
        [none] No name yet
       *[other] { $name }
    }, { $homes ->
        [one] one address
       *[other] { $homes } addresses
    }: to come to you
data-line-home = Your home
data-home = Elders, children, pets, allergies: to send who suits; kept encrypted
data-line-visits = Visits and payments
data-visits = { $count ->
        [one] One visit
       *[other] { $count } visits
    }: for the books and for your claims, as the law wants
data-line-words = What you write
data-words = To see to your matters; deleted after { $months } months
data-line-photos = Photos and recordings
data-photos = { $count }: deleted when their time is over; say “delete my photos” to do it now
data-line-agreed = You agreed to
data-agreed-line = { $what } ({ $day })
data-purpose-terms = the terms of service
data-purpose-service = keeping what serving you takes
data-purpose-sensitive = noting elders, children, allergies
data-purpose-photos = photos
data-purpose-marketing = news of offers

consent-text-terms = Terms of service ({ $company })
    1. When you confirm, we agree on the service, time, address and price on the card. Nothing else is charged; for anything more we ask you first.
    2. Moving or cancelling costs what the card says. If we are late or cannot come, you do not pay for that, and we make it good.
    3. Whoever comes has been checked. Please put valuables away. If something breaks, tell us the same day; we look into it and answer for it.
    4. Not happy? Say so within 24 hours and we come back and put it right. Complain any time here or at { $phone }; a person answers within a day.
    5. Please keep your home safe for whoever comes; in danger they may leave.
consent-text-service = How we use your data ({ $company })
    1. We keep your name, number, addresses, visits, payments and chats, to plan, to settle and to put things right.
    2. Whoever comes sees your address from the day before until 2 hours after, and never your number.
    3. Chats are kept for 24 months, photos for 90 days (two years with a complaint), visits and payments as the law wants.
    4. Say “my data” any time: read it, take it along, change it, have it deleted.
consent-text-sensitive = You told us of elders, infants or an allergy at home. We keep that encrypted, to send who suits and to warn whoever comes. You can delete it any time under “my data”.
consent-text-photos = Photos may be taken at this one visit: only of the work, a few before and after, deleted when their time is over. You can take this back any time.
consent-text-marketing = You may tell me of offers, once a week at most. I can say “no offers” any time.

offers-on = All right, we tell you of offers, once a week at most. Say “no offers” to stop.
nooffers-none = We send no advertising without your consent, and you have not given it. News of your visits comes as before. You can change this under “My data”.
offers-off = All right, no offers. News of your visits comes as before.

takealong-link =
    Here is your data: one archive, with a copy to read and one for programs.
    { $link }
    It opens once, until { $at }. Please do not pass it on.
takealong-here = Above are your details and visits. For the whole file with all that was said, call { $phone }; we check that it is you and hand it over.

deleting-sure-label = Delete
deleting-sure-ask =
    Shall we delete your data?
    What goes: name, number, addresses, home facts, photos, everything written, and that this chat is yours.
    What the law makes us keep: day, service and amount of visits and payments, without your name, number or address.
    It cannot be brought back; next time you are a new customer.
deleting-sure-help = “Delete it” or “Not now”.
deleting-sure-yes = Delete it
deleting-sure-no = Not now
deleting-left = All right, everything is kept.
deleting-word-label = Confirmation
deleting-word = delete my data
deleting-word-ask = So that nobody does this by mistake, please type “delete my data”.
deleting-word-help = Type “delete my data”, or say “cancel”.
deleting-word-again = Please type “delete my data”, or say “cancel”.
deleting-not-the-word = That is not “{ $word }”, so nothing was deleted.
deleting-not = All right, nothing was deleted.
deleting-done = Noted. We delete it on { $at }. If you change your mind before then, say “keep my data”. Afterwards this chat does not know you any more, so you hear nothing further of it.
deleting-asked = It is planned already: { $at }. Say “keep my data” if you changed your mind.
deleting-open =
    It cannot be deleted yet, because this is still open: { $what }
    Once that is over or cancelled, say “delete my data” again; a day later it is done.
deleting-complaint = complaint { $number }
erasure-still-open = There are visits or complaints that are still open, so it cannot be deleted yet.
told-deleting-open =
    The data you wanted deleted is still here, because something is open again: { $what }
    When that is over, just say “delete my data” again.
keepdata-kept = All right, everything stays. Nothing was deleted.
keepdata-nothing = Nothing was to be deleted; all of your data is here.

data-file-title = What { $company } keeps of you, { $at }
data-mark = {" · "}
data-file-rest = { $count } more kinds of small records are in { $file }.
data-part-customer = You
data-part-address = Addresses
data-part-home_profile = Your home
data-part-consent = What you agreed to
data-part-visit = Visits
data-part-payment = Payments
data-part-rating = Ratings
data-part-complaint = Complaints
data-part-compensation = Compensations
data-part-handoff = When you asked for a person
data-part-message = What was said
data-direction-in = You
data-direction-out = We
data-page-ready = Your data is ready
data-page-take = Download (once only)
data-page-gone = This link has been used, or its time is over. Say “my data” in the chat for a new one.

# The record of a customer, and my record

go-myrecord = My record
go-customer = The record
go-customer-back = Back to the record
go-showphone = Show the number
go-showphone-of = Number of { $customer }
go-record-older = Earlier
record-title = Customer { $number }
record-known = This is what we know, with who said so and when.
record-source =
    { $who ->
        [customer] said by the customer
        [worker] seen by a worker
        [staff] noted by staff
       *[other] from a list
    }, { $day }{ $sure ->
        [100] {""}
       *[other] , { $sure } % sure
    }{ $old ->
        [old] , old: asked again before it is used
       *[fresh] {""}
    }
record-story = What happened
record-happened = What happened, the latest first:
record-empty = Nothing has happened yet.
record-nobody = No such customer. Say “customer” with a name, or with the last four digits of a number.
record-which = There are { $count }. Which one?
record-phone = The number of { $name }: { $phone }. That you looked is written down.
record-visit = Visit { $reference }: { $name }, { $status }, { $total }
record-rating = Rating of { $reference }: { $stars } stars
record-complaint = Complaint { $number }: { $kind }, { $status }
record-case-open = under way
record-case-waiting = waiting for the customer
record-case-resolved = resolved
record-case-closed = closed
record-compensation =
    Compensation: { $kind ->
        [points] { $amount } points
        [coupon] a coupon of { $amount }
        [discount] { $amount } off
       *[refund] { $amount } back
    }{ $given ->
        [given] , given
       *[owed] , still owed
    }
record-points =
    Points { $points }{ $what ->
        [spent] , spent
        [given-back] , given back
        [expired] , expired
        [taken-back] , taken back with a refund
        [adjusted] , adjusted by us
       *[earned] {""}
    }{ $about ->
        [none] {""}
       *[other] {" "}({ $about })
    }
record-coupon =
    { $what }{ $state ->
        [held] , kept for a visit
        [used] , used
        [void] , taken back
       *[open] , given
    }
record-package =
    Package: { $name }, { $price }{ $state ->
        [pending] , not paid yet
        [ended] , over
        [refunded] , refunded
        [withdrawn] , not bought
       *[active] {""}
    }
record-consent =
    { $result ->
        [withdrawn] No longer agreed: { $what }
       *[given] Agreed: { $what }
    }
record-notification =
    { $way ->
        [sms] Text message
       *[email] E-mail
    }: { $about ->
        [care] care
        [campaign] an offer
       *[visit] visit { $about }
    }{ $result ->
        [sent] {""}
        [undelivered] , did not arrive
        [expired] , was not sent
       *[waiting] , on its way
    }
record-talk =
    Asked for a person{ $status ->
        [closed] , seen to
       *[other] , under way
    }

booking-still-label = Your home
booking-still-ask = You told us this some time ago. Is it still so?
booking-still-help = “Still so”, or “Something changed”.
booking-still-yes = Still so
booking-still-no = Something changed

# How to get in

go-entering = How to get in
entering-way-label = Way in
entering-way-ask = How does one get in? For example “door code 4471#, ring twice”. It is kept encrypted, and shown only from the day before.
entering-way-help = Write the code, where the key is, or how to ring.
entering-lasts-label = For how long
entering-lasts-ask = For this visit only, or from now on?
entering-lasts-help = “This visit only” or “From now on”.
entering-lasts-once = This visit only
entering-lasts-always = From now on
entering-done = Noted: from now on this is the way in at { $address }. Tell me again any time to change it.
entering-done-once = Noted for this visit only; it is deleted on { $until }.
entering-no-home = I have no address of yours yet. Say “add an address” first, then how to get in.

# Looking at changed numbers

go-phonefine = It is fine
go-phoneback = Change it back
told-phone-changed = { $name } changed their number from { $was } to { $became }, and nobody has confirmed it. If that is fine, leave it; if it looks wrong, change it back.
review-accepted = All right, the new number of { $name } stays.
review-undone = Changed back: { $name } has the former number again.
review-decided = Somebody has seen to this already, or the number was changed again.
