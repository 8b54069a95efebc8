# The topic of each complaint in the staff's group: its name, how it works, and what strangers are told

# The name of a topic: how urgent, then whose and what
room-name-s1 = 🔴 { $number } { $severity } { $customer } { $about }
room-name-s2 = 🟠 { $number } { $severity } { $customer } { $about }
room-name-s3 = 🟡 { $number } { $severity } { $customer } { $about }
room-name-s4 = ⚪ { $number } { $severity } { $customer } { $about }
room-name-resolved = ☑️ { $number } { $customer } { $about }
room-name-closed = ✅ { $number } { $customer } { $about }

room-opened =
    Complaint { $number } is worked on here.
    What you say here only colleagues see. To write to the customer, begin with “reply”: reply We will call you by two.
room-lost = The topic of complaint { $number } was deleted; it goes on here. What happened so far:
room-again = Complaint { $number } can be worked on here now. So far:

room-go-mine = I take it
room-go-remedying = Make good
room-go-resolving = Resolve
room-go-replying = Reply
room-go-complaint = Open

room-taken-label = { $name } has it

room-reply-hint = (Answer by replying to this message; anything else you write is kept as a note for colleagues.)
room-unreadable = I cannot read this kind of message, so I did not write it down. Please type it, or send a photo.

room-stranger = Hello, colleagues of { $company } work on complaints here, and I do not know you yet. If you are one of them, write to me in private and send me the joining code that a manager gave you. Until then I neither keep nor do what you say here.
room-worker = Hello, colleagues work on complaints here, and I neither keep nor do what you say. When we need to hear how you saw something, I ask you in private.
room-anonymous = You are writing anonymously, so I do not know who you are, and neither keep nor do what you say. Please switch that off first.

room-hall-fails = I cannot make topics for complaints in “{ $hall }” now: { $why }. Until that is mended, complaints come to each of you in your own chat.
room-hall-works = Complaints have topics in “{ $hall }” again, and what is still open has been caught up there.
room-overheard = (Somebody who was at the visit is in “{ $hall }”, so this complaint is not told there, but to each of you.)
room-overheard-left = (Somebody who was at the visit is in “{ $hall }”, so this complaint is not told there, but to each of you. I may not delete its topic: please have an administrator do it.)
room-parted =
    { $count ->
        [0] { $name } left “{ $hall }”. If they have left the company, please dismiss them here too.
        [one] { $name } left “{ $hall }”; a complaint of theirs went to somebody else. If they have left the company, please dismiss them here too.
       *[other] { $name } left “{ $hall }”; { $count } complaints of theirs went to somebody else. If they have left the company, please dismiss them here too.
    }
