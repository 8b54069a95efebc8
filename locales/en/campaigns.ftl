# Campaigns: discounts, draws, bringing a friend, packages

campaign-footer = (An offer. Reply “unsubscribe” to get no more of them.)
campaign-nameless = there
campaign-points = { $points } points
go-draw = Enter the draw
draw-none = There is no draw you can enter now. We tell you of the next if you want to hear of offers.
draw-entered = You are in, with number { $number }. We draw at { $at }; the prize for { $count ->
    [one] one winner
   *[other] each of { $count } winners
    }: { $gift }. If you win we tell you, else we leave you in peace.
    Anybody can check: the smallest SHA-256 of “{ $seed }:number” wins.
draw-entered-before = You are in already, with number { $number }. We draw at { $at }; the prize for { $count ->
    [one] one winner
   *[other] each of { $count } winners
    }: { $gift }. If you win we tell you.
    Anybody can check: the smallest SHA-256 of “{ $seed }:number” wins.
draw-late = This draw could be entered until { $day }; it is closed now.
draw-lost = You did not win this time; thank you for taking part. The winning numbers: { $numbers }, by the smallest SHA-256 of “{ $seed }:number”.
campaign-won-coupon = Congratulations! You won prize { $place } in the draw: { $gift }. It is with your coupons, good until { $day }.
campaign-won-points = Congratulations! You won prize { $place } in the draw: { $gift }. They are with your points.
told-campaign-stopped = Campaign { $name } stopped by itself after { $count ->
    [one] one person
   *[other] { $count } people
    }: { $why }. Nobody else is told. To go on, use menling campaign resume.
