# Complaints at work: staff look, answer, note, offer and settle; customers choose; workers say how it was
case-number = Complaint { $number }
case-line = { $level } { $about } · { $name } · { $what ->
    [human] answer
    [plan] plan
    [resolved] done
   *[waits] waits for the customer
    }{ $left ->
    [none] {""}
   *[other] , { $left }
    }
case-queue = { $count ->
    [one] One complaint to see to
   *[other] { $count } complaints to see to
    }{ $own ->
    [0] {""}
   *[other] , { $own } of them yours
    }. The most urgent first{ $more ->
    [0] .
   *[other] ; { $more } more are not listed.
    }
case-queue-title = Complaints
case-queue-none = There are no complaints to see to.
case-state = Complaint { $number }: { $status ->
    [waiting] waiting for the customer
    [resolved] done, as we see it; the customer will be asked
    [closed] closed
   *[open] open
    }.{ $acknowledged ->
    [over] {""}
    [yes] {" "}{ $owner } has it.
   *[no] {" "}{ $owner } has been asked, but has not taken it yet.
    }
case-no-words = (no words)
case-photos = { " " }(photos or recordings: { $count })
complaint-card-why = Why this level
case-follows = Continues
case-reach = Can be written to
case-worker = Worker
case-offers = Offers
case-statement-due = { $name }: no word yet, due by { $by }
case-statement = { $name }: “{ $words }”{ $photos ->
    [0] {""}
   *[other] {" "}(photos: { $photos })
    }
case-authority = You may promise up to { $most }, or { $points } points

case-window-none = No chat; by phone only
case-window-free = { $channel }, at any time
case-window-open = { $channel }{ $until ->
    [none] , { $left } more messages
   *[other] , until { $until }, { $left } more messages
    }
case-window-closed = { $channel } is closed to us until they write; ring them if it is urgent
case-channel-web = Web chat
case-channel-telegram = Telegram
case-channel-wechat = WeChat
case-channel-wecom = WeCom
case-channel-kf = WeChat customer service
case-channel-console = Terminal

case-step-opened = { $words ->
    [none] Customer complained
   *[other] Customer: { $words }
    }
case-step-added = Customer added: { $words ->
    [none] (no words)
   *[other] { $words }
    }
case-step-asked = { $who ->
    [none] The head of the company
   *[other] { $who }
    } asked to take it
case-step-raised = Raised; { $who ->
    [none] the head of the company
   *[other] { $who }
    } asked to take it
case-step-called = Asked once more
case-step-acknowledged = { $who } took it
case-step-passed = { $who } passed it to { $to }: { $words }
case-step-note = 🔒 { $who } noted: { $words }
case-step-said = { $who } → customer: { $words }
case-step-heard = Customer: { $words ->
    [none] (a photo or recording)
   *[other] { $words }
    }
case-step-planned = { $who } → customer, plan: { $words }
case-step-proposed = { $who } added: { $remedy }
case-step-drafted = { $who } asked for: { $remedy }
case-step-approved = { $who } approved: { $remedy }{ $words ->
    [none] {""}
   *[other] {" "}({ $words } agreed)
    }
case-step-withdrawn = { $who } refused: { $remedy }{ $words ->
    [none] {""}
   *[other] {" "}({ $words })
    }
case-step-offered = { $who } asked the customer to choose
case-step-chosen = Customer chose: { $remedy }
case-step-refused = Customer wants none of it{ $words ->
    [none] {""}
   *[other] : { $words }
    }
case-step-redone = Customer booked the visit that does it again
case-step-resolved = { $who } → customer, outcome: { $words }
case-step-solved = Customer says it is solved
case-step-reopened = Opened again
case-step-closed = Closed
case-step-closed-silent = Closed: the customer never answered
case-step-closed-settled = Closed: asked twice, no answer
case-step-stated = { $worker } says: { $words }
case-step-manager = Customer wants the manager
case-step-worse = Judged worse: { $words }
case-step-human-missed = Missed: nobody answered
case-step-plan-missed = Missed: no plan
case-step-resolved-missed = Missed: not done
case-step-follow-up = Asked the customer whether it is solved
case-step-nudge = Reminded the customer
case-step-other = { $what }{ $words ->
    [none] {""}
   *[other] : { $words }
    }

case-said = { $member }: { $words }
case-reply-sent = Sent to { $name }: “{ $words }”{ $phone ->
    [known] {""}
    [none] 
        But they can be reached nowhere, and left no number.
   *[other] 
        But they can be reached nowhere; please ring { $phone }
    }
    { $window }
case-noted = 🔒 Noted, for our eyes only: “{ $words }”
case-planned = { $member }: { $words }
    Done by { $until }.
case-plan-sent = { $name } has been told: “{ $words }”, by { $until }.{ $phone ->
    [known] {""}
    [none] 
        But they can be reached nowhere, and left no number.
   *[other] 
        But they can be reached nowhere; please ring { $phone }
    }
case-passed = Complaint { $number } goes to { $to }, who has been asked to take it.
case-passed-gone = Complaint { $number } has been passed to { $owner }.
case-passed-told = { $giver } passes complaint { $number } to you{ $reason ->
    [none] {""}
   *[other] : “{ $reason }”
    }. Please press “I'll take it” by { $by }.
case-customer-wrote = Complaint { $number }, { $name }: { $words ->
    [none] {""}
   *[other] “{ $words }”
    }{ $photos ->
    [0] {""}
   *[other] {" "}(photos or recordings: { $photos })
    }
case-heard = { $member ->
    [none] Got it; passed on to whoever looks after it
   *[other] Got it; { $member } will read it
    }{ $by ->
    [none] .
   *[other] {" "}and answer by { $by }.
    }
case-so-solved = Thank you! So is this settled now?
case-told-solved = Complaint { $number }: { $name } says it is solved. Closed.
case-reassign = Replace on { $day }
case-resolved = { $member }: your complaint { $number } has been seen to. { $outcome }
    We'll ask you once more in two days; if anything is not right, just write here.

case-remedy-apology = A proper apology
case-remedy-redo = Done again within { $hours } hours, free
case-remedy-replace = Somebody else comes from now on
case-remedy-refund = { $amount } back
case-remedy-coupon = { $amount } coupon
case-remedy-points = { $amount } points
case-remedy-insurance = Insurance claim
case-remedy-stands = { $remedy } ({ $status ->
    [drafted] needs a yes
    [offered] on offer
    [chosen] ✓ chosen
    [refused] not wanted
   *[withdrawn] taken back
    })
case-remedy-proposed = Ready for the customer to choose: { $offers }
case-remedy-drafted = { $remedy } is more than you may promise. { $rung ->
    [lead] A lead has been asked.
    [manager] A manager has been asked.
   *[owner] It takes the head of the company: { $phone }. After the call a manager approves it.
    }
case-remedy-asked = { $giver } would like to offer the customer of complaint { $number }: { $remedy }. Please approve.
case-offered = { $member }: { $count ->
    [1] this is what we would like to do for you. Is that all right?
   *[other] this is what we can do for you. Please choose:
    }
case-offers-sent = { $name } has been asked to choose: { $offers }. You'll hear.{ $phone ->
    [known] {""}
    [none] 
        But they can be reached nowhere, and left no number.
   *[other] 
        But they can be reached nowhere; please ring { $phone }
    }
remedy-gone = That is not on offer any more.
remedy-too-many = At most { $most } offers at a time.
remedy-unfit = That does not fit this complaint.

case-cause-skill = Skill
case-cause-conduct = Conduct
case-cause-process = Process
case-cause-dispatch = Dispatch
case-cause-information = Not said clearly
case-cause-price = Price
case-cause-expectation = Expectation
case-cause-material = Material or tools
case-cause-third-party = Third party
case-cause-unfounded = Unfounded

replying-case-label = Complaint
replying-case-ask = Which complaint's customer do you answer?
replying-case-help = Its number, such as “12”.
replying-message-label = Reply
replying-message-ask = Write to the customer; each message is sent as it is:
replying-message-help = “Hello Ms Wang, this is Zhou Min of Anxin. I have read what happened.”
replying-done = Done
replying-wait = Done, wait for them
replying-only-words = Pictures and recordings can't be passed on yet; please write it.
replying-left = All right, nothing more was sent.
replying-cancel = Don't send
replying-ended-done = All right. What { $name } answers comes to you at once.
replying-ended-wait = All right, waiting for { $name }; the clock stands still. If there is no word by tomorrow, they are reminded.
noting-case-label = Complaint
noting-case-ask = A note on which complaint? For our eyes only.
noting-case-help = Its number, such as “12”.
noting-words-label = Note
noting-words-ask = 🔒 Your note, for our eyes only; it never goes to the customer:
noting-words-help = “Saw the photos; it really was not wiped.”
noting-left = All right, nothing noted.
planning-case-label = Complaint
planning-case-ask = A plan for which complaint?
planning-case-help = Its number, such as “12”.
planning-words-label = Plan
planning-words-ask = What will be done? The customer gets this sentence:
planning-words-help = “Wang will do the kitchen again tomorrow morning, free.”
planning-until-label = Until
planning-until-ask = Done by when? Choose, or write “tomorrow at 3 pm”.
planning-until-help = “Tomorrow at 3 pm”.
planning-until-past = That time is over.
planning-left = All right, nothing was sent.
remedying-case-label = Complaint
remedying-case-ask = An offer for which complaint?
remedying-case-help = Its number, such as “12”.
remedying-kind-label = Offer
remedying-kind-ask = What do you offer?
remedying-kind-help = Choose one; you may also write “apology”.
remedying-amount-label = How much
remedying-amount-ask = How much? Choose, or write a figure (money in yuan).
remedying-amount-help = “50”.
remedying-amount-unlikely = That can't be right. Money in yuan, such as “50”.
remedying-points = { $amount } points
remedying-money = { $amount }
remedying-kind-redo = Do it again, free
remedying-kind-coupon = Coupon
remedying-kind-points = Points
remedying-kind-refund = Money back
remedying-kind-replace = Somebody else
remedying-kind-insurance = Insurance
remedying-kind-apology = Apology
remedying-left = All right, no offer added.
approving-case-label = Complaint
approving-case-ask = Approve an offer of which complaint?
approving-case-help = Its number, such as “12”.
approving-remedy-label = Offer
approving-remedy-ask = Which one?
approving-remedy-help = Choose one.
approving-verdict-label = Verdict
approving-verdict-ask = Do you approve?
approving-verdict-help = “Approve” or “Refuse”.
approving-verdict-yes = Approve
approving-verdict-no = Refuse
approving-word_of-label = On whose word
approving-word_of-ask = This takes the head of the company. Who agreed on the phone? A name:
approving-word_of-help = “Mr Li”.
approving-reason-label = Reason
approving-reason-ask = Why not? One line; whoever asked will read it:
approving-reason-help = “Do it again free first, then we'll see.”
approving-what = Offer
approving-who = Asked by
approving-none = No offer waits for a yes.
approving-before = { $status ->
    [offered] Somebody approved that before.
    [withdrawn] That was taken back.
   *[other] The customer has chosen already.
    }
approving-left = All right, undecided; it still waits.
approving-told-yes = Complaint { $number }: { $by } approved { $remedy }. The customer can choose now.
approving-told-no = Complaint { $number }: { $by } refused { $remedy }: “{ $reason }”
approving-done-yes = Approved: { $remedy }. { $name } knows.
approving-done-no = Refused: { $remedy }. { $name } knows.
resolving-case-label = Complaint
resolving-case-ask = Which complaint is done?
resolving-case-help = Its number, such as “12”.
resolving-cause-label = Cause
resolving-cause-ask = Why did it come to it?
resolving-cause-help = Choose the main one.
resolving-cause-more = Another cause
resolving-other-label = Cause
resolving-other-ask = Another cause:
resolving-other-help = Choose one.
resolving-upheld-label = Was the customer right
resolving-upheld-ask = As you found it: was the customer right?
resolving-upheld-help = Choose one.
resolving-upheld-yes = Yes, our fault
resolving-upheld-no = Not our fault
resolving-outcome-label = Outcome
resolving-outcome-ask = What came of it? The customer gets this sentence:
resolving-outcome-help = “The kitchen has been done again, and a ¥20 coupon is yours.”
resolving-left = All right, not settled yet.
resolving-done = Complaint { $number } is done; { $name } has been told: “{ $outcome }”
    At { $at } they'll be asked whether it is solved.{ $phone ->
    [known] {""}
    [none] 
        But they can be reached nowhere, and left no number.
   *[other] 
        But they can be reached nowhere; please ring { $phone }
    }
passing-case-label = Complaint
passing-case-ask = Pass on which complaint?
passing-case-help = Its number, such as “12”.
passing-to-label = To
passing-to-ask = To whom?
passing-to-help = Choose somebody, or write the name.
passing-reason-label = Reason
passing-reason-ask = Why? They will read it:
passing-reason-help = “The customer wants to talk money with a lead.”
passing-nobody = There is nobody else to take it now.
passing-member = { $name } ({ $rank ->
    [clerk] clerk
    [lead] lead
   *[manager] manager
    }{ $duty ->
    [on] , on duty
   *[off] {""}
    })
passing-left = All right, it stays with you.
asking-case-label = Complaint
asking-case-ask = Ask the worker about which complaint?
asking-case-help = Its number, such as “12”.
asking-worker-label = Worker
asking-worker-ask = Which worker?
asking-worker-help = Choose one.
asking-nobody = This complaint is about no visit, so there is no worker to ask.
asking-done = { $name } has been asked how it was, by { $by }. Only about the visit; nothing of what the customer wrote.
asking-said = { $name } has said already: “{ $words }”
stating-asked-label = Visit
stating-asked-ask = About which visit?
stating-asked-help = Choose one.
stating-words-label = What happened
stating-words-ask = Please tell us how it was: when you came, what you did, anything unusual. Just as it was.
stating-words-help = “Came at nine, the customer said to leave the kitchen, did two bedrooms.”
stating-photo-label = Photo
stating-photo-ask = If you have a photo, send it; else choose “No photo”.
stating-photo-again = Please send a photo, or choose “No photo”.
stating-photo-skip = No photo
stating-photo-help = Send the photo, or choose “No photo”.
stating-nothing = Nothing is asked of you now.
stating-done = Got it, thank you. If there is a question, we'll ask.
stating-told = Complaint { $number }: { $name } says: “{ $words }”{ $photos ->
    [0] {""}
   *[other] {" "}(photos: { $photos })
    }
stating-left = All right, later is fine too.
choosing-case-label = Complaint
choosing-case-ask = Which complaint?
choosing-case-help = Choose one.
choosing-remedy-label = Offer
choosing-remedy-ask = Which would you like?
choosing-remedy-help = Choose one; if none will do, “None of these”.
choosing-none = None of these
choosing-time-label = Time
choosing-time-ask = When would suit you? It's free, nothing to pay.
choosing-time-help = Choose a time.
choosing-time-later = None of these times
choosing-words-label = Your wish
choosing-words-ask = I see. What would you like us to do? One line, and I'll pass it on.
choosing-words-help = “Half of the money back, or somebody else to do it again.”
choosing-words-skip = Please ring me
choosing-left = All right, choose whenever you like.
choosing-nothing = There is nothing to choose now. If you have something to say, just write it; we'll read it.
choosing-chosen = You chose: { $remedy }. To change it, just write here.
choosing-done-none = All right, { $member ->
    [none] we
   *[other] { $member }
    } will talk it over with you{ $by ->
    [none] .
   *[other] {" "}and be in touch by { $by }.
    }
choosing-done-apology = We are truly sorry. This was our fault, and we are glad you told us.
choosing-done-redo = { $when ->
    [none] All right, { $member } will find a time with you. There is nothing to pay for it.
   *[other] Booked: { $when }. The price below is on us; there is nothing to pay.
    }
choosing-done-replace = All right, that worker will not come to you again. For what is booked already we'll find somebody else and tell you.
choosing-done-refund = All right: { $remedy }. It is noted. We'll tell you here once it has been paid.
choosing-done-coupon = All right: { $remedy }. It has been credited to you.
choosing-done-points = All right: { $remedy }. They have been credited to you.
choosing-done-insurance = All right, we'll report it to our insurance. { $member } will tell you what is needed{ $by ->
    [none] .
   *[other] {" "}by { $by }.
    }
choosing-told = Complaint { $number }: { $name } chose: { $remedy }. { $kind ->
    [redo] { $when ->
        [none] No time was found; please agree on one.
       *[other] Booked for { $when }, free of charge.
        }
    [replace] That worker will not be sent again.
    [refund] Please have it paid, and tell the customer.
    [insurance] Please report it, and tell the customer what is needed.
    [apology] Please say it in person.
   *[other] It has been credited.
    }
choosing-told-none = Complaint { $number }: { $name } wants none of the offers. { $words ->
    [none] They would like a call.
   *[other] “{ $words }”
    }
solved-thanks = Glad to hear it, thank you. Complaint { $number } is closed; write here within seven days, and it is opened again.
unsolved-told = We are sorry it is not settled yet. Complaint { $number } is open again, and { $owner } has it now{ $by ->
    [none] .
   *[other] {" "}and will answer by { $by }.
    } Tell us here what is still missing.
statement-asked = { $visit }: something was said about it ({ $about }), and we'd like to hear your side. Please tell us by { $by } how it was.
statement-asked-again = We are still waiting to hear how { $visit } was ({ $about }), by { $by }. Without your word we only hear one side.
statement-missing = Complaint { $number }: { $name } has not said how it was. Please ring them.
statement-unreachable = Complaint { $number }: { $name } can't be reached by chat. Please ring them and ask how it was.

go-case = Open
go-case-back = Back to complaint { $number }
go-complaint-number = Complaint { $number }
go-complaints = Complaints
go-nextcomplaint = Next most urgent
go-offering = Let them choose
go-replying = Reply
go-noting = Note (internal)
go-planning = Tell the plan
go-remedying = Offer
go-remedying-more = Add another
go-approving = Approve an offer
go-resolving = Settle
go-passing = Pass on
go-asking = Ask the worker
go-stating = Say how it was
go-stating-more = Add something
compensation-for-complaint = after a complaint
