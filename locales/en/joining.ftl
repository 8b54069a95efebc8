# Joining the company, roles, and workers' files and cards
role-customer = customer
role-worker = worker
role-staff = member of staff
role-not-yours = That isn't one of your roles. If the company gave you a joining code, choose "I have a joining code".

go-switch = Switch role
go-switch-customer = I'm a customer
go-switch-worker = I'm a worker
go-switch-staff = I'm on the staff
switch-which = You're speaking as a { $role } now. Which would you like to be?
switch-nothing = You're speaking as a { $role }, and there is nothing else to switch to. If the company gave you a joining code, enter it below.
switch-already = You're speaking as a { $role } already.
switch-done = All right, you're speaking as a { $role } now.
switch-and-go = Go on as a { $role }
switch-belongs = This belongs to you as a { $role }. One tap switches and goes on with it.
switch-belongs-form = This belongs to you as a { $role }. One tap switches and goes on with it; what you were filling in will be put away. To finish that first, say "continue".
switch-put-away = What you were filling in has been put away; nothing was submitted.

go-joining = I have a joining code
joining-code-label = Joining code
joining-code-ask = Please send me the joining code the company gave you; it has 8 signs.
joining-code-again = That doesn't look like a joining code. It has letters and figures, capitals or not, such as ACDE-3479.
joining-code-help = ACDE-3479. If you have none, ask the company for one.
joining-opened-label = Is this you
joining-opened-ask = This is a link for somebody new at the company. Are you:
joining-opened-help = If it's you, choose the first; if not, "That's not me".
joining-opened-yes = I'm { $name } ({ $role })
joining-opened-no = That's not me
joining-left = All right, not now. When you have a joining code, just send it to me.
joining-not-them = All right, nobody has joined. Please pass the link on to the person it is for.
joining-done-worker = Welcome to { $company }, { $name }! New visits, moves and cancellations will reach you here. Have a look at your visits and your file first:
joining-done-staff = Welcome to { $company }, { $name }! Customers who want a person and requests to confirm will reach you here. Have a look at what is waiting first:
joining-link-used = This link has been used. If you have a new phone or chat, ask the company for another.
joining-link-gone = This link has expired. Please ask the company for another.
joining-tries = That was a few wrong codes too many. Please try again in { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}. If it's urgent, ask the company for a new code.
invitation-wrong = That code isn't right. Please copy it once more; you have { $left ->
    [one] one try
   *[other] { $left } tries
} left.
invitation-expired = This code has expired. Please ask the company for another.
invitation-used = This code has been used. If you have a new phone or chat, ask the company for another.
told-joined = { $name } ({ $role }) has just joined and will be told things by chat from now on.
told-left = { $name } has left. { $count ->
    [one] One visit ahead needs
   *[other] { $count } visits ahead need
} somebody else:

go-file = My file
file-title = { $name }'s file
file-told = This is what we have on file for you. If something is wrong, call { $phone }.
file-skills = Skills
file-skill = { $name } level { $level }
file-papers = Papers
file-paper-good = good through { $day }, { $left ->
    [one] one day
   *[other] { $left } days
} left
file-paper-over = ended on { $day }; please renew it soon
file-paper-number = { " " }(no. { $number })
file-areas = Areas
file-hours = Hours
file-days = { $first } to { $last }
file-none = none yet
file-list-mark = { "," }{ " " }
weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday

paper-health = health card
paper-height = work-at-height certificate
paper-safety = safety training
paper-appliance = appliance-care certificate
paper-organiser = organiser's certificate
paper-maternity = maternity-care certificate
paper-medical = medical report
paper-insurance = insurance
paper-childcare = childcare certificate
paper-elder-care = elder-care certificate
paper-escort = hospital-company certificate
paper-training = training certificate
skill-cleaning = cleaning
skill-deep = deep cleaning
skill-movein = move-in cleaning
skill-glass = windows
skill-kitchen = kitchens
skill-mite = mite removal
skill-appliance = appliance care
skill-tidy = tidying
skill-cook = cooking
skill-maternity = maternity care
skill-nanny = childcare
skill-elder = elder care
skill-escort = hospital company

told-paper-ends = Your { $kind } ends on { $day }, in { $left ->
    [one] one day
   *[other] { $left } days
}. Please bring us the new one in time; without it we can't send you.
told-paper-ends-for = { $name }: the { $kind } ends on { $day }, in { $left ->
    [one] one day
   *[other] { $left } days
}.
told-paper-over = { $name }: the { $kind } ended on { $day }. { $count ->
    [one] One visit ahead needs
   *[other] { $count } visits ahead need
} somebody else:
told-paper-over-no-visits = { $name }: the { $kind } ended on { $day }. Until it is renewed, no work that needs it will be given. No visit ahead is affected.
paper-reassign = Send another: { $visit }

go-carding = My card
carding-shown-label = Card
carding-shown-ask = This is your card. Customers see it when they choose a worker and when they confirm a visit. May they? You can change it at any time.
carding-shown-help = "Yes" or "rather not".
carding-shown-yes = Yes, they may
carding-shown-no = No, rather not
carding-cancel = Leave it
carding-left = All right, your card stays as it was.
carding-title = My card
carding-with = With your yes, customers see
carding-without = Without it, they only see
carding-mark = { ":" }{ " " }
carding-now = Now
carding-now-shown = customers see your card
carding-now-hidden = customers don't see your card
carding-done-shown = Done: from now on customers see your card. To take it back, say "my card" at any time.
carding-done-hidden = Done: from now on customers only see your name and rating. To show it again, say "my card" at any time.
