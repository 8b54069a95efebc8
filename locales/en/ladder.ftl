# Complaints: whose they are, what is promised until when, and how they move up
complaint-unknown = I can't find a complaint of that number.
complaint-moved = { $status ->
    [closed] That complaint is closed already.
    [resolved] That complaint is done, and waits for the customer's word.
   *[other] That can't be done with this complaint now.
    }
complaint-witness = You were at that visit yourself, so you are a witness: a colleague handles this complaint.
complaint-taken = { $name } has taken this complaint.
complaint-beyond = This is for { $rung ->
    [desk] the complaint desk
    [lead] a team lead
    [manager] a manager
   *[owner] the head of the company
    } to decide.

severity-s1 = urgent
severity-s2 = serious
severity-s3 = normal
severity-s4 = minor
rung-desk = customer service
rung-lead = team lead
rung-manager = manager
rung-owner = head of the company
complaint-kind-injury = somebody is hurt
complaint-kind-endangered = an elder or child is not safe
complaint-kind-theft = something is gone
complaint-kind-harassment = harassment
complaint-kind-leak = water, power or gas
complaint-kind-damage = damage
complaint-kind-no-show = nobody came
complaint-kind-overcharged = charged too much
complaint-kind-privacy = privacy
complaint-kind-drunk = drunk at work
complaint-kind-quality = not done well
complaint-kind-late = late
complaint-kind-attitude = attitude
complaint-kind-missed = something left out
complaint-kind-flaw = small flaw
complaint-kind-suggestion = suggestion
complaint-kind-other = something else

complaint-today = { $at }
complaint-day = { $day }, { $at }
complaint-span-minutes = { $low } min
complaint-span-hours = { $high } h{ $low ->
    [0] {""}
   *[other] {" "}{ $low } min
    }
complaint-span-days = { $high ->
    [one] 1 day
   *[other] { $high } days
    }{ $low ->
    [0] {""}
   *[other] {" "}{ $low } h
    }
complaint-left = { $span } left
complaint-over = { $span } over
complaint-now = due now
complaint-by = by { $by }, { $left }
complaint-done = ✓ { $at }
complaint-clock-human = A person answers
complaint-clock-plan = Plan told
complaint-clock-resolved = Resolved
complaint-next = { $what } by { $by } ({ $left })
complaint-status-open = in hand
complaint-status-waiting = waits for the customer, clock stopped
complaint-status-resolved = done, waits for the customer's yes
complaint-status-closed = closed
complaint-owner = { $name } ({ $rung })
complaint-owner-asked = { $owner }, to press “I'll take it” by { $by }
complaint-quoted = “{ $words }”
complaint-photos = { $count }
complaint-card-title = Complaint { $number } · { $severity } · { $kind }
complaint-card-customer = Customer
complaint-card-visit = Visit
complaint-card-words = They said
complaint-card-wish = They want
complaint-card-photos = Photos, recordings
complaint-card-owner = Owner

ladder-mine = I'll take it
ladder-open = Open complaint { $number }
ladder-asked = Complaint { $number } is yours. Please press “I'll take it” by { $by }, or it goes to the next person.
ladder-handed = Complaint { $number } is in your name now. It is done and only waits for the customer's yes, so there is nothing to do yet.
ladder-call = Complaint { $number } is still not seen to. Please call the head of the company at once, and press “I'll take it” when you got through. If nobody does, I ask again at { $again }.
ladder-call-untaken = Nobody has taken complaint { $number } yet. Please call the head of the company at once, and press “I'll take it” when you got through. If nobody does, I ask again at { $again }.
ladder-urgent = Urgent complaint { $number } has just come in; { $owner } has it. Please call the head of the company at once:
ladder-head = { $name } { $phone }
ladder-head-unknown = The company: { $phone }
ladder-hopped = Nobody pressed “I'll take it” in time, so complaint { $number } has gone to { $owner }.
ladder-moved = Complaint { $number } is past what we promised the customer, and is { $owner }'s now. Please tell them what you know.
ladder-missed-human = Complaint { $number } is overdue: no person has answered the customer. Please answer now.
ladder-missed-plan = Complaint { $number } is overdue: the customer has no plan yet. Please give one now.
ladder-missed-resolved = Complaint { $number } is overdue: it is not resolved in the time we promised. Please see to it now.
ladder-warn-human = Complaint { $number }: a person has to answer the customer by { $by }, { $left }.
ladder-warn-plan = Complaint { $number }: the customer has to hear a plan by { $by }, { $left }.
ladder-warn-resolved = Complaint { $number }: it has to be resolved by { $by }, { $left }.
ladder-call-customer = Complaint { $number }: the customer can be written to nowhere. Please call { $phone ->
    [none] (they left no number)
   *[other] { $phone }
    } and tell them: “{ $words }”
ladder-daily = { $count ->
    [one] One complaint is past what we promised the customer, and still open:
   *[other] { $count } complaints are past what we promised the customer, and still open:
    }
ladder-daily-title = Overdue complaints
ladder-daily-number = No. { $number }

ladder-nothing = There is no complaint for you to take now.
ladder-taken = Right, complaint { $number } is yours.
ladder-taken-lost = { $owner } has taken complaint { $number }.
ladder-taken-above = Complaint { $number } has gone up to { $owner }, who has to take it.
ladder-taken-customer = { $owner } has your complaint { $number } and will { $next ->
    [human] answer you
    [plan] tell you what we will do
   *[resolved] have it put right
    } by { $by }.
ladder-sorry-human = I'm sorry, nobody has answered your complaint { $number } yet. { $owner } { $moved ->
    [yes] has it now
   *[no] is on it
    } and will get in touch by { $by }. If it can't wait, call { $phone }.
ladder-sorry-plan = I'm sorry, you should have heard by now what we will do about complaint { $number }. { $owner } { $moved ->
    [yes] has it now
   *[no] is on it
    } and will tell you by { $by }. If it can't wait, call { $phone }.
ladder-sorry-resolved = I'm sorry, we haven't put complaint { $number } right in time. { $owner } { $moved ->
    [yes] has it now
   *[no] is on it
    } and will get back to you by { $by }. If it can't wait, call { $phone }.
ladder-nudge = Complaint { $number } is waiting for a word from you.{ $words ->
    [none] {""}
   *[other] {" "}We asked: “{ $words }”
    }
ladder-nudge-again = We can't go on with complaint { $number } without a word from you.{ $words ->
    [none] {""}
   *[other] {" "}We asked: “{ $words }”
    } If we hear nothing by tomorrow, we close it for now; just write and it is open again.
ladder-silent = We haven't heard from you, so complaint { $number } is closed for now. Just write here and it is open again at once.
ladder-silent-told = The customer didn't answer three times, so complaint { $number } is closed. It opens again as soon as they write.
ladder-follow-up = Complaint { $number } was dealt with two days ago. Is it solved?
ladder-follow-up-again = Just to make sure: is complaint { $number } solved?
follow-up-solved = Yes, solved
follow-up-unsolved = No

manager-nothing = I've passed that on, and somebody will get back to you here. If something went wrong at a visit, tell me which one: you get a number and a time for the answer right away.
manager-complain = Make a complaint
manager-promised = { $owner }, who has your complaint { $number }, knows that you want the manager. We promised that by { $by } { $next ->
    [human] a person answers you
    [plan] you hear what we will do
   *[resolved] it is put right
    }; if that passes, a manager takes over at once.
manager-raised = I'm sorry, we didn't keep our word. { $owner } has complaint { $number } now and will get in touch by { $by }. If it can't wait, call { $phone }.
manager-has-it = { $owner } has complaint { $number } already, will get in touch by { $by }, and has just been reminded. If it can't wait, call { $phone }.
manager-settled = Complaint { $number } has been dealt with. If it isn't solved for you, press “No” and a manager takes over at once.
manager-wanted = The customer of complaint { $number } wants the manager.

duty-on = Right, you are on duty until { $until }. Complaints come to you first.
duty-off = Right, you are off duty{ $back ->
    [none] {""}. Say “on duty” when you are back.
   *[other] {" "}until { $back }.
    }{ $count ->
    [0] {""}
    [one] {" "}One complaint of yours is still open: pass it on first?
   *[other] {" "}{ $count } complaints of yours are still open: pass them on first?
    }
duty-leave = Right, your leave is noted{ $back ->
    [none] {""}
   *[other] : you are on duty again from { $back }
    }.{ $count ->
    [0] {""}
    [one] {" "}One complaint of yours is still open: pass it on first?
   *[other] {" "}{ $count } complaints of yours are still open: pass them on first?
    }
duty-theirs = My complaints
duty-leave-when = Until which day? For example “on leave until Wednesday”, Wednesday included.
duty-leave-past = That day is over. Until which day? For example “on leave until Wednesday”.
duty-title = Who is on duty
duty-none = There is nobody on the staff yet.
duty-told = { $count ->
    [0] Nobody is on duty now: complaints go to anybody who is in the chat.
    [one] One person is on duty now.
   *[other] { $count } people are on duty now.
    }
duty-line-on = on duty{ $until ->
    [none] {""}
   *[other] {" "}until { $until }
    }
duty-line-off = off duty{ $until ->
    [none] {""}
   *[other] {" "}until { $until }
    }
duty-no-chat = { $line }, not reached by chat
duty-name = { $name } ({ $rung })
go-onduty = I'm on duty
go-offduty = I'm off duty
go-duties = Who is on duty
story-complaint-opened = Complaint made
