# What tiers, packages, coupons and points take off a price; coupons, packages and telling friends
quote-tier = { $tier ->
    [silver] Silver discount
    [gold] Gold discount
    [diamond] Diamond discount
   *[other] Member discount
}
quote-percent-off = { $base } × { $percent }% = −{ $amount }
quote-capped = { $made } (together at most { $most }% off)
quote-package = Package
quote-package-made = { $unit ->
    [hour] { $count ->
        [one] 1 hour of it
       *[other] { $count } hours of it
    }
   *[visit] { $count ->
        [one] 1 visit of it
       *[other] { $count } visits of it
    }
}, covers { $amount }
quote-coupon = Coupon
quote-coupon-made = −{ $amount }
quote-coupon-hours = { $each } × { $count } hours = −{ $amount }
quote-points = Points
quote-points-made = { $points } points, { $rate } for ¥1 = −{ $amount }
card-saved = Taken off
saved-part = { $what } { $amount }

booking-saving-label = Savings
booking-saving-ask = What shall we take off this time? The total goes by what you choose.
booking-saving-help = choose one; to keep things for later, choose “No coupon or package”.
booking-saving-change = Other savings
booking-used-label = Savings used
saving-option = { $what }: { $total } in all
saving-none = No coupon or package
saving-coupon = Coupon, { $amount } off
saving-package = Package, { $unit ->
    [hour] { $count } h
   *[visit] { $count ->
        [one] 1 visit
       *[other] { $count } visits
    }
}
saving-and-points = { $plain ->
    [yes] { $points } points
   *[no] { $what } + { $points } points
}
saving-chosen-best = whatever saves most
saving-chosen-none = no coupon or package
saving-chosen-coupon = a coupon
saving-chosen-package = a package
saving-chosen-points = { $what } + points
saving-tier-instead = Your tier's discount and a coupon don't go together. This time the discount saves more, so you keep the coupon.
saving-coupon-instead = Your tier's discount and a coupon don't go together. This time it is the coupon.
saving-gone-coupon = Sorry, that coupon has just been used for another visit. This is the price without it. Is it all right?
saving-gone-package = Sorry, the package has just been used for another visit, or is not shared with you any more. This is the price without it. Is it all right?
saving-gone-points = Sorry, the points have just been spent elsewhere. This is the price without them. Is it all right?

coupon-fen = { $amount } off
coupon-percent = { $percent }% off{ $most ->
    [none] {""}
   *[other] {" "}(up to { $most })
}
coupon-add-on = { $name } free
coupon-hours = { $count ->
    [one] 1 hour free
   *[other] { $count } hours free
}
coupon-least = from { $least }
coupon-only = only { $names }
coupon-days-all = any day
coupon-days-work = Monday to Friday
coupon-days-weekend = weekends
coupon-window = for visits that start { $days } { $begins }–{ $ends }
coupon-until = book before { $at }
coupon-mark = {", "}
go-coupons = My coupons
coupons-title = Your coupons
coupons-told = { $count ->
    [one] You have 1 coupon. The one that saves most is used when you book.
   *[other] You have { $count } coupons. The one that saves most is used when you book.
}
coupons-none = You have no coupons at the moment. If you have a code, send me “coupon code” and the code; telling a friend about us earns you one too.
coupons-held = { $count ->
    [one] 1 more is
   *[other] { $count } more are
} kept for visits ahead; if you cancel, it comes back.
couponcode-ask = Please send the code as well, for example: coupon code SPRING20
couponcode-done = You have a coupon: { $what }, { $limits }. The one that saves most is used when you book.
code-unknown = There is no code { $code }. Please check the spelling; capitals don't matter.
code-not-now = { $ended ->
    [yes] The code { $code } ended on { $ends_at }.
   *[no] The code { $code } starts on { $begins_at }.
}
code-exhausted = Sorry, all coupons of the code { $code } have been taken.
code-had = { $each ->
    [one] You have had your coupon of the code { $code } already.
   *[other] You have had your { $each } coupons of the code { $code } already.
}

go-referral = Tell a friend
go-invited = A friend's code
go-referrals = Referrals to look at
go-referralyes = Give the reward
go-referralno = Don't
referral-told = Send your friends this code: { $code }. Their first visit from { $least } costs { $off } less. { $days } days after they have had it and paid, you get { $points } points and a { $coupon } coupon.
referral-links = Or one of these links, which carry the code:
referral-came = { $count ->
    [one] 1 friend has
   *[other] { $count } friends have
} used your code so far; { $rewarded ->
    [one] 1 reward has
   *[other] { $rewarded } rewards have
} been credited.
referral-invited = Welcome to { $company }! { $by ->
    [none] A friend sent you
   *[other] { $by } sent you
}: your first visit from { $least } costs { $off } less. The coupon is with your coupons and used by itself when you book.
referral-code-ask = Please send the code as well, for example: referral code 7KQ2MX
referral-unknown = There is no such referral code. Please check the spelling.
referral-own = That is your own code; it is for your friends.
referral-before = { $by ->
    [none] Another friend has
   *[other] { $by } has
} already sent you; the first code is the one that counts.
referral-not-new = A referral code is for a first visit, and you have booked with us before. You can send your own code to friends.
rating-refer-how = “Tell a friend” has your code: their first visit from { $least } costs { $off } less, and you get { $points } points and a { $coupon } coupon.
told-referral-waiting = { $friend ->
    [none] The friend you sent
   *[other] { $friend }, whom you sent,
} has paid for a first visit. Thank you! { $points } points and a { $coupon } coupon will be credited on { $due }.
told-referral-rewarded = Thank you for sending { $friend ->
    [none] a friend
   *[other] { $friend }
}: { $points } points and a { $coupon } coupon have been credited. The coupon is good until { $until }.
told-referral-capped = Thank you for sending { $friend ->
    [none] another friend
   *[other] { $friend }
}! There are at most { $month } rewards a month and { $year } a year, and you have had them, so there is none this time.
told-referral-refunded = { $friend ->
    [none] Your friend's
   *[other] { $friend }'s
} first visit was refunded in full, so the reward for it ({ $points } points and { $coupon } off) doesn't come. The next friend counts again.
told-referral-taken-back = { $friend ->
    [none] Your friend's
   *[other] { $friend }'s
} first visit was refunded in full, so the reward for it ({ $points } points and a { $coupon } coupon) has been taken back. Please ask us if that seems wrong.
referral-doubted = A referral to look at (doubt { $score } of 100): { $referrer } sent { $friend }; { $why }.
referral-doubt-phone = both have the same phone number
referral-doubt-address = the visit was at the referrer's own address
referral-doubt-payer = the visit was left under the referrer's number
referral-doubt-device = both wrote from the same account or browser
referral-doubt-hurry = many friends within a day
referral-doubt-cheap = the first visit cost less than the coupon asks for
referrals-none = There are no referrals to look at.
referral-decided = That referral is settled: { $state ->
    [rewarded] rewarded
    [refused] refused
    [capped] over the limit
    [taken_back] taken back
   *[other] not due yet
}.
referral-decided-rewarded = Done: the reward is credited and the referrer hears of it.
referral-decided-refused = Done: no reward for this one.
referral-decided-capped = The referrer has had as many rewards as there are; none was given, and they hear of it.

go-packages = My packages
go-buying = Buy a package
go-packagepause = Pause it
go-packageresume = Use it again
go-refunding = Give it up
go-packagedrop = I don't want it
go-packagepaid = Package paid
go-packageback = Sent back
go-unpaidpackages = Unpaid packages
package-offer = { $name }: { $price }, saves { $saves }
package-covers = Covers
package-covers-visit = { $name }, { $count } visits of { $covers }
package-covers-hour = { $name }, { $count } hours, used by the hour
package-each = List price each
package-price = Price
package-price-made = { $each } × { $count }{ $percent ->
    [100] {""}
   *[other] {" "}× { $percent }%
}{ $free ->
    [0] {""}
   *[other] {" "}(and { $free } free)
} = { $price }
package-lasts = Good for
package-lasts-made = { $months } months from the payment
package-terms = Rules
package-terms-made = may be paused once, up to { $days } days; may be given up at any time, what was used then counts { $each } each.
package-left = { $unit ->
    [hour] { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }
   *[visit] { $count ->
        [one] 1 visit
       *[other] { $count } visits
    }
} left, good through { $until }{ $paused ->
    [yes] , paused until { $again }
   *[no] {""}
}
package-last-day = { $day } { $year }
package-pending = to be paid: { $price }
packages-title = Your packages
packages-told = { $count ->
    [0] It can be used as soon as it is paid.
   *[other] A package is used by itself when you book; to keep it, choose “Other savings”.
}
packages-none = You have no package at the moment. If you book often, one saves money.
packages-not-sold = We sell no packages at the moment.
package-paused = { $name } is paused until { $until }, and good for so much longer.
package-resumed = { $name } can be used again: { $left }.
package-paused-before = This package was paused once already; that is as often as it goes.
package-not-now = This package { $state ->
    [pending] is not paid yet
    [ended] has ended and can't be refunded
    [refunded] was given up
    [withdrawn] was dropped
   *[active] is in use
}.
package-dropped = All right, no { $name }. You were charged nothing.
package-drop-late = { $name } is paid already. To give it up, choose “Give it up” in “My packages”.
buying-product-label = Package
buying-product-ask = Which one would you like?
buying-product-help = choose one, or type its name.
buying-contact-label = Name
buying-contact-ask = What is your name?
buying-contact-help = for example “Ms Wang”.
buying-phone-label = Phone
buying-phone-ask = At which number can we reach you about the payment?
buying-phone-help = for example 138 0000 1234.
buying-agreed-label = Yes
buying-agreed-ask = Please have a look. If it is right, choose “Buy it”.
buying-agreed-again = Please reply “confirm”, or choose “Change” or “Cancel”.
buying-agreed-yes = Buy it
buying-agreed-help = say “confirm” to buy it, “cancel” to drop it.
buying-done = Noted: { $name }, { $price }. We will be in touch about the payment, or you pay the worker at the next visit. It can be used as soon as it is paid; you will hear at once.
told-package-wanted = { $customer } wants { $name }, { $price }. { $phone ->
    [none] They left no number.
   *[other] Phone { $phone }.
} Once it is paid, say how:
told-package-paid = { $name } is paid and can be used: { $left }.
package-paid-done = Done: { $name } of { $customer } can be used, and they know.
package-paid-before = { $name } of { $customer } was paid before.
packages-unpaid-none = No package is waiting to be paid.
packages-unpaid-title = Packages to be paid
packages-unpaid = { $count ->
    [one] 1 is
   *[other] { $count } are
} waiting to be paid. How did { $first } pay?
packages-unpaid-line = { $name }, { $price }
refunding-nothing = You have no package that could be given up.
refunding-package-label = Package
refunding-package-ask = Which one?
refunding-package-help = choose one.
refunding-back-label = Refund
refunding-paid = You paid
refunding-used = Used, at the list price
refunding-used-made = { $each } × { $unit ->
    [hour] { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }
   *[visit] { $count ->
        [one] 1 visit
       *[other] { $count } visits
    }
} = { $amount }
refunding-back = You get back
refunding-agreed-label = Yes
refunding-agreed-ask = What is left can't be used afterwards. Give it up?
refunding-agreed-ask-nothing = What you used comes to more than you paid, so nothing goes back; what is left can still be used. Give it up all the same?
refunding-agreed-again = Please reply “confirm”, or choose “Cancel”.
refunding-agreed-yes = Give it up
refunding-agreed-help = say “confirm” to give it up, “cancel” to keep it.
refunding-changed = It was used once more just now, so the amount changed. Please look again:
refunding-done = { $name } is given up. We send you { $refund } the way you paid, and tell you when it is done.
refunding-done-nothing = { $name } is given up.
told-package-refund = { $customer } gave up { $name }. Please send { $refund } back, and say so:
told-package-back = { $refund } for { $name } has been sent back to you.
package-back-done = Done: { $refund } sent back, and they know.
told-package-ends = Your { $name } ends soon: { $left }. Book a visit with it, or pause it or give it up.
told-package-ended = Your { $name } has ended; { $unit ->
    [hour] { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }
   *[visit] { $count ->
        [one] 1 visit
       *[other] { $count } visits
    }
} of it { $count ->
    [one] was
   *[other] were
} not used.

paying-nothing = Done and noted. There is nothing to collect this time.

returned-told = You have back: { $what }.
returned-coupon = 1 coupon
returned-package = { $unit ->
    [hour] { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }
   *[visit] { $count ->
        [one] 1 visit
       *[other] { $count } visits
    }
} of the package
returned-points = { $count } points
referral-again = You have used that code before. The coupon for your first visit was given to you then; “My coupons” shows whether it is still there.

cheaper-told = Our prices are the same for everybody, with nothing added later, so we don't bargain. { $count ->
    [0] These are the ways to pay less; whatever saves most is used when you book:
    [one] You have 1 coupon, which is used when you book. More ways to pay less:
   *[other] You have { $count } coupons; the one that saves most is used when you book. More ways to pay less:
}

ways-to-pay = You pay the worker after the visit, with no deposit, and we send you a note of it. We take { $ways }. Packages are paid first; we contact you for that.
invoice-asked = Sure. A colleague writes the invoice and answers you here by { $by }. Please have the name, tax number and e-mail for it at hand.
