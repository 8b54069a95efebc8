# Complaints: how they are made, taken down and looked up
go-complaining = Complain
go-mycomplaint = My complaint
go-intaking = Enter a complaint
complaining-own = Complaint { $number }

complaining-opened = I'm sorry for the trouble.
complaining-visit-label = Visit
complaining-visit-ask = Which visit is it about?
complaining-visit-again = I couldn't tell which visit. Choose one or type its reference; it may be about none of them.
complaining-visit-help = Choose a visit, or say for example “yesterday's cleaning”.
complaining-visit-none = Not about a visit
complaining-visit-unknown = That reference is not among your visits, please check it. You can also choose below, or call { $phone }.
complaining-what-label = What happened
complaining-what-ask = What went wrong? Choose, or just write:
complaining-what-again = What went wrong? One sentence will do:
complaining-what-help = The cleaner broke my vase.
complaining-kind-quality = Badly done, left out
complaining-kind-late = Late or never came
complaining-kind-damage = Something broken
complaining-kind-attitude = Rude
complaining-more-label = Photos and more
complaining-more-ask = If you have photos, send them, as many as you like; you can also write more.
complaining-more-again = Send photos or write more; if there is nothing else, choose below.
complaining-more-help = Send photos, or write a few more words.
complaining-more-more = Got it. Send more if you have any, then choose “That's all”.
complaining-more-none = No photos
complaining-wish-label = What you wish
complaining-wish-ask = What would you like us to do? Choose, or just write:
complaining-wish-again = What would you like us to do? One sentence will do:
complaining-wish-help = Do it again.
complaining-begun-label = Begun
complaining-source-label = How it came
complaining-left = All right, no complaint for now. Say “complaint” whenever you want to.
way-send = Send it now

wish-redo = Do it again
wish-refund = Money back
wish-replace = Somebody else
wish-apology = An apology
wish-told = Just letting you know

complaining-photo-kept = I have your photo.
complaining-owner = The head of the company
complaining-promised = { $owner } is on it. Somebody contacts you by { $human }; by { $plan } you hear what we will do.
complaining-promised-plan = { $owner } is on it. By { $plan } you hear what we will do.
complaining-done = { $kind ->
    [suggestion] Thank you for telling us. It is noted, number { $number }{ $about }.
    [flaw] Sorry it wasn't quite right. It is noted, complaint { $number }{ $about }.
   *[other] Your complaint is in, number { $number }{ $about }.
}
complaining-joined = I've added this to your complaint { $number }{ $about }.
complaining-about-visit = : { $visit }
complaining-about-photos = , { $photos ->
    [one] 1 photo
   *[other] { $photos } photos
}
complaining-meanwhile = Meanwhile you can send photos or add to it here; to see how it stands, say “my complaint”.
complaining-added = Noted, I've added it to complaint { $number }.
complaining-photo-added = Got your photo, I've added it to complaint { $number }.
complaining-worse = This is serious: complaint { $number } is urgent now.
complaining-withdrawn = All right. The colleague in charge of complaint { $number } knows, and will check with you before closing it.
complaining-visit-strange = The reference you wrote is not among your visits; we will look into it.
complaining-not = All right, no complaint. Ask me whatever you like, or talk to a person.
complaining-line = For complaints call { $phone }; or tell me here, with a number and a time for the answer at once:
complaining-offered = I'm sorry, that sounds wrong. Shall I take it down as a complaint? It gets a name and a time for the answer.
complaining-back-to-form = Back to the form

complaining-danger-injury = People first: if anyone is badly hurt, call 120 now. If somebody is violent and still there, call 110.
complaining-danger-endangered = People first: please stay with them. If they are unwell call 120; if somebody is missing call 110.
complaining-danger-theft = Please leave everything as it is. For valuables you can call the police on 110 right away.
complaining-danger-harassment = Please get to a safe place first. If you are in danger, call 110.
complaining-danger-leak = Shut the valve, open the windows, touch no switch and light nothing, and go outside. For gas or fire call 119 from there.
complaining-danger-other = If anyone is in danger call 110 now; if hurt, 120; for a fire, 119.
complaining-danger-taken = This is taken down as an urgent complaint, number { $number }. There is nothing to fill in.
complaining-danger-meanwhile = Write here whatever you want to add. To speak to somebody now, call { $phone }, at any hour.

anger-heard = I'm very sorry we have made you this angry. Would you like to complain, or talk to a person?
anger-person = I'm very sorry. I've asked a colleague to take over from me. You can also call { $phone }, or complain right away:

mycomplaint-none = You have no complaint with us now. To make one choose below, or just write what happened.
mycomplaint-unknown = I can't find a complaint of yours with that number.
mycomplaint-title = Complaint { $number }
mycomplaint-shown = { $status ->
    [waiting] Complaint { $number } waits for a word from you; as soon as you answer we go on.
    [resolved] We think complaint { $number } is settled. Is it, for you?
    [closed] Complaint { $number } is closed. If anything is left, just say so and it is opened again.
   *[open] We are working on complaint { $number }.
}
mycomplaint-missed = The time we promised has passed, and we are sorry. Choose “The manager” and somebody sees to it at once.
mycomplaint-manager = The manager
mycomplaint-solved = It is solved
mycomplaint-unsolved = It is not solved
mycomplaint-about = About
mycomplaint-visit = Visit
mycomplaint-who = In charge
mycomplaint-human = Somebody contacts you
mycomplaint-plan = You hear what we do
mycomplaint-resolve = Done
mycomplaint-by = by { $at }
mycomplaint-done = done { $at }
mycomplaint-said = You said
mycomplaint-photos = Photos
mycomplaint-count = { $count }
mycomplaint-wish = You wish
mycomplaint-answered = Last answer
mycomplaint-outcome = Outcome

severity-why-kind = { $value }
severity-why-danger = they said “{ $value }”
severity-why-visit-missed = our record: nobody came
severity-why-visit-late = our record: { $value } minutes late
severity-why-elderly = an elder in the home
severity-why-infants = a small child in the home
severity-why-amount = about { $value } yuan
severity-why-rated = rated { $value } of 5
severity-why-again = second complaint in 30 days

# Typed in by staff: calls, visits to the shop, and what platforms pass on
intaking-who-label = Customer
intaking-who-ask = Which customer? Type a phone number, a name or a visit's reference:
intaking-who-again = I don't see who. Type a phone number (or its last four digits), a name or a reference; for a new customer the whole number.
intaking-who-help = 13800001234
intaking-who-which = There are several. Which one?
intaking-who-new = New customer { $phone }
intaking-who-nobody = No customer is called that. Try the phone number; for a new customer the whole number.
intaking-name-label = Name
intaking-name-ask = A new customer. What are they called?
intaking-name-help = Ms Wang
intaking-visit-label = Visit
intaking-visit-ask = Which visit is it about?
intaking-visit-help = Choose one, or type its reference.
intaking-visit-unknown = This customer has no visit of that reference.
intaking-words-label = What happened
intaking-words-ask = What did the customer say? Write it down:
intaking-words-help = Yesterday's cleaner broke a vase, they want it paid.
intaking-kind-label = Kind
intaking-kind-ask = What kind is it?
intaking-kind-help = Something broken
intaking-source-label = How it came
intaking-source-ask = How did it come?
intaking-source-help = By phone
intaking-source-staff = Phone or shop
intaking-source-outside = 12315, 12345, WeChat Pay
intaking-reference-label = Their reference
intaking-reference-ask = What is their reference? With the platform, such as “12345 case 20261123001”.
intaking-reference-help = 12345 case 20261123001
intaking-by-label = Their deadline
intaking-by-ask = By which day do they want an answer? Type a date, or skip.
intaking-by-again = I can't read that date. For example “25 November” or “tomorrow”.
intaking-by-help = 25 November
intaking-by-past = { $day } is over or too far away. Type a date from today on, within 90 days.
intaking-severity-label = Severity
intaking-severity-ask = What the facts suggest is marked. Choose another to change it:
intaking-severity-suggested = { $name } (suggested: { $reason })
intaking-severity-help = Normal
intaking-why-label = Why changed
intaking-why-ask = Why is it changed? One sentence, kept on record:
intaking-why-help = An elder is at home, they are worried.
intaking-agreed-label = Enter
intaking-agreed-help = Yes
intaking-agreed-yes = Enter it
intaking-summary = Please check, then enter it:
intaking-title = Complaint
intaking-done = Complaint { $number } is entered; { $owner } is in charge. { $reached ->
    [yes] The customer has the number and the times in their chat.
   *[no] The customer has no chat: please tell them on the phone, number { $number }, contact by { $human }, a plan by { $plan }.
}
told-intaken = { $name }, { $company } has taken down what you reported: complaint { $number }, { $kind }.
told-intaken-unnamed = { $company } has taken down what you reported: complaint { $number }, { $kind }.
complaining-when = If you send it now, somebody contacts you by { $by }.
complaining-written =
    { $words ->
        [none] This complaint has no words yet, and is not sent.
       *[other] This complaint is not sent yet. So far: { $words }.
    }{ $photos ->
        [0] {""}
        [one] {" "}1 photo.
       *[other] {" "}{ $photos } photos.
    }
complaining-written-other = Complaint { $number } is being worked on; to see how it stands, say “complaint { $number }”.
