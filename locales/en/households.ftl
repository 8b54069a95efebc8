# Households and companies: inviting, joining, leaving
go-family = My household
go-family-share = Share it
go-inviting = Invite
go-inviting-home = Invite family
go-inviting-company = Company account
go-belonging = I was invited
go-sharing = Add an office
go-excluding = Remove someone
go-leaving = Leave
go-family-alone = { $contact ->
    [me] Tell only me
   *[other] Tell only { $contact }
 }
go-family-both = Tell both of us
family-none = You don't share with anyone yet. Once you do, packages and addresses are for everybody, and news of visits to your parents can reach you too.
family-title = { $company ->
    [none] My household
   *[other] { $company }
 }
family-told = { $count ->
    [1] It's only you so far. Invite someone to join you.
   *[other] There are { $count } of you:
 }
family-line = { $part }{ $owner ->
    [yes] , made it
   *[no] {""}
 }{ $contact ->
    [none] {""}
   *[other] { $alone ->
        [yes] , news of visits goes to { $contact } only
       *[no] , { $contact } hears of visits too
     }
 }
family-company = All right, a company account: colleagues book to your offices, and the company gets the bill.
kin-unnamed = somebody without a name
kin-part-home-payer = pays too
kin-part-home-user = uses what you share
kin-part-home-elder = a parent
kin-part-home-contact = helps look after you
kin-part-company-payer = pays
kin-part-company-user = may book

inviting-kind-label = Family or company
inviting-kind-ask = Who do you want to share with?
inviting-kind-help = “Family” or “Company”.
inviting-kind-home = Family
inviting-kind-company = Company
inviting-company-label = Company name
inviting-company-ask = What is the company's full name? The bill is made out to it.
inviting-company-help = For example “Jinjiang Design Ltd”.
inviting-company-again = Please write the company's full name, 60 characters at most.
inviting-office-label = Office
inviting-office-ask = Where is the company? Colleagues can book straight to this address.
inviting-office-help = For example “199 Tianfu 3rd Street, floor 8, Wuhou”.
inviting-called-label = Name
inviting-called-ask = What shall we call you? The invitation says it.
inviting-called-again = Please tell me what to call you, for example “Ms Wang”.
inviting-called-help = For example “Ms Wang”.
inviting-part-label = As what
inviting-part-ask = What will they do?
inviting-part-help = Choose one. You can remove somebody at any time.
inviting-part-home-user = Use packages and addresses
inviting-part-home-elder = A parent I look after
inviting-part-home-payer = Pay together with me
inviting-part-home-contact = Help look after me
inviting-part-company-user = Colleague who books
inviting-part-company-payer = Pays with me
inviting-left = All right, no invitation was made.
inviting-done = Invitation code: { $code } ({ $what })
    Pass it on. They send it to me in their own chat, read what it means and agree. It is good once, until { $until }, and I'll tell you when they join.
inviting-links = Or pass on a link:

sharing-office-label = Office
sharing-office-ask = Which address shall I add?
sharing-office-help = Choose one, or write a new address.
sharing-left = All right, no address was added.
sharing-done = Added: { $address }. Colleagues can book there from now on.

belonging-code-label = Invitation code
belonging-code-ask = Please send me the code you were given.
belonging-code-again = That doesn't look like an invitation code. It has ten letters and figures, for example ACDE3-479FG.
belonging-code-help = For example ACDE3-479FG. Whoever invited you can send it again.
belonging-called-label = Name
belonging-called-ask = What shall we call you? Those you share with will see it.
belonging-called-again = Please tell me what to call you, for example “Mrs Chen”.
belonging-called-help = For example “Mrs Chen”.
belonging-agreed-label = Agree
belonging-agreed-ask = Please read this and agree if you like. If you don't know them, choose “Don't join”.
belonging-agreed-help = “Agree” or “Don't join”.
belonging-agreed-yes = { $company ->
    [none] Agree, share with { $name }
   *[other] Agree, join { $company }
 }
belonging-agreed-no = Don't join
belonging-left = All right, you didn't join, and nothing has changed.
belonging-card-title = Invitation
belonging-card-by = From
belonging-by = { $company ->
    [none] { $name }
   *[other] { $name } ({ $company })
 }
belonging-card-can = What it means
belonging-card-sees = What they'll know
belonging-card-out = Getting out
belonging-out = Say “my household” and leave whenever you like.
belonging-can-home-user = You can use { $name }'s packages and book to the family's addresses.
belonging-can-home-elder = You can use { $name }'s packages and book to the family's addresses. { $name } hears of visits at your home too, and can move or cancel them for you.
belonging-can-home-payer = The family can use your packages and addresses, and you hear what they book and its price. You can use { $name }'s.
belonging-can-home-contact = You hear of { $name }'s visits, and can move or cancel them.
belonging-can-company-user = You can book to the company's addresses, and { $company } gets the bill.
belonging-can-company-payer = You hear what colleagues book and its price, and can book to the company's addresses.
belonging-sees-home-user = Whoever pays knows the reference, day and price of what you book on the family's account. Nobody sees your details, complaints or points.
belonging-sees-home-elder = { $name } sees the plans for visits at your home, and whether there was a complaint. Nobody sees your health notes, what you complained of, or your points. The family can book to your address.
belonging-sees-home-payer = The family sees your name and addresses. Nobody sees your details, complaints or points.
belonging-sees-home-contact = The family sees your name, and nothing else.
belonging-sees-company-user = Whoever pays knows the reference, day and price of what you book on the company's account. Visits to your own home are not told.
belonging-sees-company-payer = Colleagues see your name. Visits to your own home are not told.
belonging-done-books = Welcome, you share with { $name } now. To book, just say when and what.
belonging-done-hears = Welcome. I'll tell you at once when there is news of { $name }'s visits.

excluding-who-label = Who
excluding-who-ask = Who is to be removed?
excluding-who-help = Choose one.
excluding-agreed-label = Confirm
excluding-agreed-ask = { $name } will not be able to use your packages and addresses any more. What is booked stays. They will be told.
excluding-agreed-yes = Remove
excluding-agreed-again = Please answer “yes”, or choose “Cancel”.
excluding-agreed-help = Choose “Remove”, or “Cancel”.
excluding-left = All right, nobody was removed.
excluding-done = { $name } was removed, and has been told.
excluding-not-owner = Only whoever made it can remove others. To go yourself, say “leave the household”.
excluding-nobody = It's only you, so there is nobody to remove.

leaving-agreed-label = Confirm
leaving-agreed-ask = You won't be able to use the shared packages and addresses any more. What is booked stays. Leave?
leaving-agreed-ask-owner = { $name } takes over when you leave. What is booked stays. Leave?
leaving-agreed-ask-all = { $count ->
    [0] This ends the account. Your packages stay yours. Leave?
   *[other] Nobody else pays, so when you leave { $count } more can't share any longer. What is booked stays. Leave?
 }
leaving-agreed-yes = Leave
leaving-agreed-again = Please answer “yes”, or choose “Cancel”.
leaving-agreed-help = Choose “Leave”, or “Cancel”.
leaving-left = All right, you stay, and nothing has changed.
leaving-done = You have left. What is booked stays as it is.

household-code-wrong = That code isn't right. Please look again; you have { $left } more tries.
household-code-expired = That invitation is no longer good. Please ask for a new one.
household-code-used = That invitation has been used, and each is good once. Please ask for a new one.
household-code-own = This is the code you made yourself. Pass it on, so that they can send it from their own chat.
household-already-in = You share with another family or company already, and can only be in one. To change, say “leave the household” first, then use this code.
household-in-this = You have joined already. Say “my household” to see everybody.
household-not-theirs = Only somebody who pays can invite. Please ask them to.
household-not-in = They are not in the household any more.
household-full = There are { $most } of you already, and no room for more. Remove somebody first.
household-home-gone = You can't use that address any more. Please choose another.

# What the others hear
kin-joined = { $name } has joined you. Don't know them? Say “my household”, and whoever made it can remove them.
kin-removed = { $name } removed you from the household. Your own visits and details stay as they are.
kin-left = { $name } has left and no longer shares with you.
kin-yours = { $name } has left, and it is yours now. Inviting and removing is under “my household”.
kin-ended = { $name } has left. Nobody else pays, so the account is over. Your own visits and details stay as they are.
kin-news-alone = All right, from now on only { $contact } hears of visits at { $elder }'s.
kin-news-both = All right, from now on { $elder } and { $contact } both hear of visits at { $elder }'s.
kin-about = { $home ->
    [own] About visit { $reference } at your home:
    [none] About your family's visit { $reference }:
   *[other] About visit { $reference } at { $home }'s:
 }
kin-visit-line = { $home ->
    [own] { $visit } (your home)
    [none] { $visit } (family)
   *[other] { $visit } ({ $home })
 }
kin-placed = { $by } has booked it. Here are the details.
kin-moved = { $by } has changed the time. This is how it stands now.
kin-cancelled = { $by } has cancelled it.
kin-complained = { $by } told us that something was wrong (complaint { $number }). We are seeing to it and will get back to { $by }.
kin-bill = Bill to
payer-placed = { $kind ->
    [company] { $by } booked on { $company }'s account: { $reference }, { $day }, { $price }.
   *[home] { $by } booked on the family's account: { $reference }, { $day }, { $price }.
 }
payer-used = { $by } used { $count } { $unit ->
    [hour] { $count ->
        [1] hour
       *[other] hours
     }
   *[visit] { $count ->
        [1] visit
       *[other] visits
     }
 } of your { $package }; { $left } { $left ->
    [1] is
   *[other] are
 } left.
payer-cancelled = { $by }'s visit { $reference } ({ $day }) was cancelled{ $due ->
    [yes] {""}. { $price } is due.
   *[no] {""}. Nothing is due.
 }
payer-finished = { $by }'s visit { $reference } ({ $day }) is done{ $due ->
    [yes] {""}. { $price } is due.
   *[no] {""}. Nothing more is due.
 }
kin-visit-shown = { $home ->
    [own] This is the visit at your home:
    [none] This is your family's visit:
   *[other] This is the visit at { $home }'s:
 }
kin-package = { $package } ({ $owner }'s)
kin-done = { $worker } has finished. If anything is not right, choose “Talk to a person”.
