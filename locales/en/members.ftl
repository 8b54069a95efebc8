# Members: joining, points, tiers, what points are good for, and changes by staff
go-enrolling = Become a member
go-points = My points
go-ledger = Where they came from
go-redeem = Use points
go-redeeming = Use points
go-redeem-goods = Get { $goods }
go-adjusting = Change points
go-adjustments = Points to approve
go-adjustyes = Approve
go-adjustno = Refuse
go-redemptions = Goods to hand over
go-handedover = Handed over
go-nothanded = Give points back

tier-basic = member
tier-silver = silver member
tier-gold = gold member
tier-diamond = diamond member

member-card = Member's card
member-number = Number
member-tier = Tier
member-tier-until = { $tier } (until { $day })
member-companion = Looks after you
member-points = Points to use
member-points-line = { $points }
member-pending = On their way
member-pending-line = { $points } (from { $day } on)
member-expiring = First to expire
member-expiring-line = { $points } (good until { $day })
member-ways =
    Three ways to earn points:
    · 1 for each yuan you pay for a visit; { $rate } are worth 1 yuan
    · { $times } times as many for visits on day { $day } of a month
    · { $profile } once your record is complete, { $rating } for a rating in words, { $birthday } on your birthday
benefit-discount = { $percent }% off { $services }
benefit-everything = everything
benefit-factor = { $factor } points for each yuan
benefit-seniors = our most experienced workers first
benefit-access = booking { $hours } hours early in the busy season
benefit-manager = a person of ours who looks after you
member-gap = { $visits ->
    [0] { $spend } more and you are a { $tier }.
    [one] { $spend } or one visit more and you are a { $tier }.
   *[other] { $spend } or { $visits } visits more and you are a { $tier }.
    }
member-earned = This visit brings you { $points } points, to be used from { $day } on.
member-kept = { $points } points that were about to expire are good until { $day } now.
member-risen = Congratulations, you are a { $tier } now!
member-benefits = From now on: { $benefits }.
member-offered = Would you like points for that? Become a member now: { $sign_up } points at once, and the { $points } of this visit as well.
member-taken = { $points ->
    [0] The points of this visit had expired or been taken before, so none are taken now.
   *[other] { $points } points of this visit have gone with the refund; you have { $now } to use.
    }
member-profile-done = Your record is complete: { $points } points for you.
member-rated = { $points } points for your words.
told-paid-thanks = Received { $amount } ({ $way }) for { $visit }. Thank you!
told-paid-look = If you have not looked at the work yet, now is a good time:
member-no-number = To become a member, please leave a telephone number first.

enrolling-phone-label = Number
enrolling-phone-ask = What is your mobile number? Your card goes by it.
enrolling-phone-again = I couldn't read that number. Please type it again, for example “13800001234”.
enrolling-phone-help = “13800001234”.
enrolling-agreed-label = Join
enrolling-agreed-ask = It costs nothing, there is nothing to fill in, and { $sign_up } points are yours at once.
enrolling-agreed-again = Choose “Become a member”, or “Cancel”.
enrolling-agreed-yes = Become a member
enrolling-agreed-help = choose “Become a member”, or “Cancel”.
enrolling-left = All right, not now. Say “become a member” whenever you like.
enrolling-already = You are a member already, number { $number }. Say “my points” to see your points.
enrolling-done = { $name ->
    [none] Welcome! This is your card; say “my points” to see it.
   *[other] Welcome, { $name }! This is your card; say “my points” to see it.
    }

points-told = { $points ->
    [0] You have no points to use just now.
   *[other] You have { $points } points to use, worth { $yuan }.
    }
member-day = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
    } { $year }
points-owed = After a refund you owe { $points } points. The next ones you earn pay for that; until then none can be used.
points-no-member = { $points ->
    [0] You aren't a member yet. It costs nothing and brings { $sign_up } points at once.
   *[other] You have { $points } points but aren't a member yet. Joining costs nothing, brings { $sign_up } more at once, and points for each visit.
    }
points-not-enough = Not enough points: you have { $usable } to use, it takes { $wanted }.
ledger-none = No points have come or gone yet.
ledger-title = Your points
ledger-told = { $pending ->
    [0] The newest first; you have { $usable } to use:
   *[other] The newest first; you have { $usable } to use and { $pending } on their way:
    }
ledger-more = Earlier ones
ledger-line = { $points } { $why }
ledger-pending = { $points } { $why } (from { $day } on)
ledger-earned = earned
ledger-earned-visit = for visit { $about }
ledger-earned-sign-up = for becoming a member
ledger-earned-profile = for a complete record
ledger-earned-rating = for a rating in words
ledger-earned-birthday = for your birthday
ledger-earned-compensation = with our apologies
ledger-spent = used for { $about }
ledger-spent-goods = used for goods
ledger-given-back = back, as { $about } didn't need them
ledger-given-back-goods = back, as the goods were not to be had
ledger-expired = expired
ledger-extended = { $points } are good until { $day } now
ledger-taken-back = gone with the refund of { $about }
ledger-adjusted = changed by us: { $note }

redeem-told = { $points ->
    [0] You have no points to use just now. They are good for:
   *[other] You have { $points } points to use. They are good for:
    }
redeem-title = What points are good for
redeem-order = Money off
redeem-money = when you book: { $rate } points are 1 yuan, from { $least } points on, up to { $percent }% of an order
redeem-price = { $points } points (instead of { $price })
goods-hour = an hour of regular cleaning
goods-add-on = the windows, inner side
redeeming-done-coupon = It's yours: { $goods }, as a coupon for your next booking. { $points } points are left.
benefit-quarterly = { $add_on } free once a quarter
goods-cloths = a set of cloths
goods-descaler = a bottle of descaler
goods-cleaning-kit = a cleaning kit
redeeming-too-few = You have { $points } points to use; goods begin at { $least }.
redeeming-unknown = That can't be had for points any more. Say “use points” to see what can.
redeeming-goods-label = Goods
redeeming-goods-ask = What would you like?
redeeming-goods-help = choose one.
redeeming-agreed-label = Use points
redeeming-agreed-ask = { $goods }: { $points } points (instead of { $price }). { $left } will be left.
redeeming-agreed-again = Choose “Use points”, or “Cancel”.
redeeming-agreed-yes = Use points
redeeming-agreed-help = choose “Use points”, or “Cancel”.
redeeming-left = All right, your points stay as they are.
redeeming-done = It's yours: { $goods }. Your worker brings it with the next visit. { $points } points are left.
redemption-told = Redemption { $number }: { $name } used { $points } points for { $goods }. Please have it taken along to the next visit.
redemption-settled = Somebody has seen to that already.
redemption-given = Noted: { $name } has { $goods }.
redemption-cancelled = Noted: { $name } got the points back and was told.
redemptions-none = There is nothing to hand over.
told-not-handed = Sorry, { $goods } is not to be had just now. Your { $points } points are back; you have { $now } to use.

told-expiring = { $points } of your points are good until { $day }. They take money off your next booking, or get you goods.
told-expiring-longer = {" "}Have a visit done and paid for by then, and { $part ->
    [part] up to { $points } of what is left last
   *[all] what is left lasts
    } another { $months } months, once.
told-birthday = { $late ->
    [yes] A few days late, but from the heart: happy birthday
   *[no] Happy birthday
    }{ $name ->
    [none] {""}
   *[other] , { $name }
    }! { $points } points are yours; you have { $now } to use.
told-tier-ends = You are a { $tier } until { $day }. { $visits ->
    [0] { $spend } more by then
    [one] { $spend } or one visit more by then
   *[other] { $spend } or { $visits } visits more by then
    } and you keep it for another year.
told-tier-grace = Your year as a { $tier } is over; we keep it for you until { $day }. { $visits ->
    [0] { $spend } more by then
    [one] { $spend } or one visit more by then
   *[other] { $spend } or { $visits } visits more by then
    } and it is yours for another year.
told-tier-lower = Your time as a { $before } is over; you are a { $after } now. { $gap }

adjusting-nobody = I found nobody. Type the full name, the number, or its last four digits.
adjusting-several = There are several. Who is it?
adjusting-customer = { $name } { $phone }
adjusting-beyond = { $most } points at once at most.
adjusting-customer-label = Customer
adjusting-customer-ask = Whose points? Type the name, the number, or its last four digits.
adjusting-customer-again = Type the customer's name, number, or its last four digits.
adjusting-customer-help = “Ms Wang”, or “1234”.
adjusting-amount-label = Points
adjusting-amount-ask = How many more, or fewer?
adjusting-amount-again = Type a number, such as “+200” or “-100”.
adjusting-amount-help = “+200”, or “-100”.
adjusting-reason-label = Why
adjusting-reason-ask = Why? The customer reads this.
adjusting-reason-again = Type the reason; the customer reads it.
adjusting-reason-help = “One hour was not counted last time”.
adjusting-agreed-label = Yes
adjusting-agreed-ask = { $alone ->
    [yes] { $name } (now { $now } to use): { $points } points. The customer reads: “{ $reason }”.
   *[no] { $name } (now { $now } to use): { $points } points. The customer reads: “{ $reason }”. This many takes the yes of another lead or manager.
    }
adjusting-agreed-again = Choose “Do it”, or “Cancel”.
adjusting-agreed-yes = Do it
adjusting-agreed-help = choose “Do it”, or “Cancel”.
adjusting-left = All right, the points stay as they are.
adjusting-too-few = The customer has { $usable } points to use, so that many can't be taken.
adjusting-done = Done: { $points } points for { $name }, who has been told.
adjusting-asked = { $count ->
    [0] Noted: { $points } points for { $name } take another lead's or manager's yes, and none of them is in a chat. Ask one to say “points to approve”.
   *[other] Put to { $members }: { $points } points for { $name }. They count as soon as one says yes, and I'll tell you.
    }
adjustment-told = { $member } would like to change { $name }'s points by { $points }: “{ $reason }”. Do you approve?
adjustment-settled = { $approved ->
    [yes] Somebody has approved that already.
   *[no] Somebody has refused that already, or it isn't there.
    }
adjustment-same = Another lead or manager has to approve what you asked for yourself.
adjustment-rank = That takes a lead or a manager.
adjustment-agreed = Approved: { $points } points for { $name }, who has been told.
adjustment-refused = Refused: { $name }'s points stay as they are ({ $points } was asked for).
adjustment-answered = { $agreed ->
    [yes] { $member } approved: { $points } points for { $name }, who has been told.
   *[no] { $member } refused: { $name }'s points stay as they are ({ $points } was asked for).
    }
adjustments-none = No points wait for approval.
told-adjusted = { $given ->
    [yes] We added { $points } points ({ $reason }). You have { $now } to use.
   *[no] We took { $points } points away ({ $reason }). You have { $now } to use. If that seems wrong, say “a person, please”.
    }
day-member-day = { $day } is a member day. We take only as many visits as we can do well, and it is full. The next one is { $next }{ $since ->
    [now] {""}
   *[other] {" "}(open from { $since } on)
    }. These days can be booked:
day-member-day-queue = { $day } is a member day. We take only as many visits as we can do well, and it is full. The next one is { $next }{ $since ->
    [now] {""}
   *[other] {" "}(open from { $since } on)
    }. You can wait for that day, or take one of these:

celebrating-born-label = Birthday
celebrating-born-ask = One last thing: which day is your birthday? You get points on it, and a happy birthday. Skip it if you'd rather not say; we won't ask again.
celebrating-born-help = “3 May”; the year doesn't matter.
celebrating-why = Only to give you { $points } points on that day and say happy birthday. Nobody else is told, and “my ways” takes it away at any time.
celebrating-done = Noted: { $value }. You get { $points } points on that day.
celebrating-passed = All right. If you ever want to tell us, say “my birthday is 3 May”.
