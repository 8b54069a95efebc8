# Asking for a person, taking over, giving back; calls
go-takeover = Take over
go-takeover-one = Take { $who }
go-takeover-again = Take it again
go-waitmore = Keep waiting
go-callingback = Call me back
go-robot = Never mind, the bot
go-handback = Back to the bot
go-called = Called
go-notreached = No answer
go-transferring = To a colleague
go-serving = Answer { $who }
go-talks = My conversations
go-remark = Note

handoff-unnamed = new customer { $number }
handoff-moment = { $day }, { $time }
handoff-asked = I've called a person; somebody will answer you here by { $by }. If it is urgent, call { $phone }. I'm still here meanwhile.
handoff-asked-closed = Our people have gone home for now; somebody will answer you here by { $by }. If it is urgent, call { $phone }. I'm still here meanwhile.
handoff-still = They know you are waiting and will answer you here by { $by }. If it is urgent, call { $phone }.
handoff-still-open = Nobody has been free yet; you'll be answered here as soon as somebody is. If it is urgent, call { $phone }, or let us call you back.
handoff-stuck = Sorry, I still don't understand, so I've called a person. Somebody will answer you here by { $by }.
handoff-none = You aren't waiting for anybody just now. To talk to a person, press this:
handoff-here = Hello, this is { $member }. I'll take it from here. If you'd rather have the bot back, just say “bot”.
handoff-returned = { $member } had to step away; sorry for the wait. A colleague will go on here by { $by } and can see everything you said, so there is no need to repeat it. If it is urgent, call { $phone }.
handoff-missed = { $by ->
    [none] Sorry, nobody has been free until now, and I don't want to promise another time I can't be sure of. You'll be answered here as soon as somebody is. If it is urgent, call { $phone }, or pick a time for a call.
   *[other] Sorry, the time I gave you is up and nobody has been free. I've told their lead; somebody will answer you here by { $by }. We can also call you back, or you can tell me first.
}
handoff-missed-call = { $by ->
    [none] Sorry, we still haven't called you. We will as soon as somebody is free; if it is urgent, call { $phone }.
   *[other] Sorry, we haven't called you as promised. I've told their lead; you'll be called by { $by }. If it is urgent, call { $phone }.
}
handoff-no-more = { $name } doesn't need a person any more and goes on with the bot.
again-handed-too = I've called a person to help, who will answer you here by { $by }; you can also try again.
again-handed = No need to try again: I've called a person to help, who will answer you here by { $by }. You can still go on if you like.
robot-here = I'm here. What can I do?
robot-here-still = I'm here. There is one thing the company still has to call you about; you can also call { $phone }.
robot-back = All right, no more waiting. I'm listening:

handoff-told = { $name } is waiting for a person ({ $why }): { $words }.{ $by ->
    [none] {""}
   *[other] {" "}Promised an answer by { $by }.
}
handoff-told-call = Please call { $name } ({ $why }): { $words }. { $phone ->
    [none] No number left.
   *[other] Phone { $phone }.
}{ $by ->
    [none] {""}
   *[other] {" "}Promised by { $by }.
}
handoff-told-missed = Still nobody has taken it: { $name } is waiting for a person ({ $why }): { $words }. { $by ->
    [none] The promised times have passed.
   *[other] Now promised by { $by }.
}
handoff-told-missed-call = Still nobody has called: { $name } is waiting for a call ({ $why }): { $words }. { $phone ->
    [none] No number left.
   *[other] Phone { $phone }.
}
handoff-told-returned = { $name } was left in the middle of it, somebody has to go on ({ $why }): { $words }. Promised by { $by }.
handoff-told-returned-call = { $name } was left in the middle of it, somebody has to call: { $words }. Phone { $phone }.
handoff-why-asked = asked for a person
handoff-why-stuck = the bot did not understand
handoff-why-angry = angry
handoff-why-manager = wants the manager
handoff-why-alarm = complaint or danger
handoff-why-callback = wants a call
handoff-why-staff = staff's own wish
handoff-why-call = a message can't be delivered
handoff-why-missed = nobody came to the visit
handoff-why-by-request = wants a service that is talked through first
handoff-why-no-window = no free time found
handoff-why-other = needs a person
handoff-why-in = { $why }, in the middle of “{ $what }”

takeover-done = You have taken { $name }, who knows it.
takeover-before = { $member } has taken { $name } already.
takeover-over = { $name } needs nobody any more.
takeover-unknown = Nobody found for “{ $said }”. Write a customer's name, the last four digits of their phone, or a visit's reference: “take over Ms Wang”.
takeover-which = There are several called “{ $said }”. Which one?
takeover-one = { $name } { $end }
takeover-nobody = Nobody is waiting. To write to a customer yourself, say “take over” with a name, the end of a phone number or a visit's reference.
takeover-whom = These are waiting. Which one do you take?

talk-card-why = Why
talk-card-wants = Wants
talk-card-form = Filling in
talk-card-ahead = Visit
talk-card-complaint = Complaint
talk-card-phone = Phone
talk-card-notes = Notes
talk-card-window = Can be written to
talk-complaint = number { $number }, not settled
talk-form = { $said ->
    [none] { $what }, nothing yet
   *[other] { $what } ({ $said })
}
talk-window-open = { $channel }, at any time
talk-window-left = { $channel }, { $left } more{ $until ->
    [none] {""}
   *[other] {" "}until { $until }
}
talk-window-closed = { $channel }, not now: kept until they write; if it is urgent, call
talk-window-nowhere = in no chat, only by phone
talk-from-customer = { $at } customer
talk-from-us = { $at } we
talk-photo = { $words ->
    [none] (sent a picture, kept in the record)
   *[other] (sent a picture, kept in the record) { $words }
}
talk-voice = (sent a voice message nobody could write down, kept in the record)
talk-tap = { $label ->
    [none] (pressed a button)
   *[other] (pressed “{ $label }”)
}
talk-other = (sent something that can't be shown)
talk-heard = { $name }: { $words }
talk-wish = { $name }: { $words } (their message settings are changed, and they were told so)
talk-danger = ⚠ Danger! { $name }: { $words }
talk-said = { $member }: { $words }
talk-sent = Sent to { $name }.
talk-held = Kept for now: { $name } can't be written to just now and gets it with their next word. { $phone ->
    [none] {""}
   *[other] If it is urgent, call { $phone }.
}
talk-nowhere = Not sent: { $name } has no chat left that can be written to. { $phone ->
    [none] And left no number.
   *[other] Please call { $phone }.
}
talk-refused = Not delivered: “{ $words }”. The platform did not take it ({ $why }). Say it another way, or call.
talks-none = You are talking to no customer just now.
talks-told = { $count ->
    [one] You are talking to one customer. Press to go on:
   *[other] You are talking to { $count } customers. Press to go on:
}

serving-begins = What you type now goes to { $name } as it is. When you are done, say “back to the bot”; “pass to” and a name for a colleague; “note” and words for colleagues only. For anything else put “/” in front, such as “/desk”.
serving-goes-on = What you type still goes to { $name }.
serving-handoff-ask = Which customer do you go on with?
serving-handoff-help = “Ms Wang”.
serving-handoff-label = Customer
serving-words-ask = What do you want to say?
serving-words-help = “Hello, let me have a look”.
serving-words-label = Words
serving-words-again = That can't be sent, please type.
serving-words-only = Pictures and contacts can't be passed on yet; the customer did not get it. Please type.
serving-others = Not sent: { $member } is talking to { $name } now.
serving-over = Not sent: the conversation with { $name } has ended, the bot is talking to them.
serving-waits = { $name } went back to the queue; press “Take over” to go on.
serving-cancel = Put aside
serving-left = All right, put aside. The customer is still yours; press “Answer” to go on.

transferring-handoff-ask = Which customer do you pass on?
transferring-handoff-help = “Ms Wang”.
transferring-handoff-label = Customer
transferring-to-ask = To whom?
transferring-to-help = “Wu”.
transferring-to-label = Colleague
transferring-nobody = There is no colleague to pass it to just now.
transferring-done = { $name } is with { $member } now, and knows it.
transferring-told = { $member } passed { $name } to you:
transferring-left = All right, it stays with you.

handback-handoff-ask = Which conversation do you end?
handback-handoff-help = “Ms Wang”.
handback-handoff-label = Customer
handback-outcome-ask = How did it end?
handback-outcome-help = “Solved”.
handback-outcome-label = Outcome
handback-at-ask = When will we be in touch again? Choose one, or say it, such as “tomorrow at 10”.
handback-at-help = “tomorrow at 10”.
handback-at-label = In touch again
handback-solved = Solved
handback-later = In touch later
handback-complaint = Make it a complaint
handback-left = All right, it goes on.
handback-done-solved = All right, { $name } is back with the bot.
handback-done-later = All right, { $name } is back with the bot for now; whoever is on duty then is reminded.
handback-done-complaint = All right, it is a complaint now; { $name } is back with the bot for now.
handback-done-call = All right, the call to { $name } is noted.
handback-told-solved = { $member } has been talking to you and says it is settled. I am back, so go on with me whenever you like.
handback-told-later = { $member } is seeing to it and will be in touch by { $by }. I'm back meanwhile.
handback-told-complaint = It is now complaint number { $number }; the colleague in charge will be in touch by { $by }. I'm back meanwhile.

callingback-phone-ask = Which number shall we call?
callingback-phone-help = “13800001234”.
callingback-phone-label = Phone
callingback-at-ask = When shall we call? Choose one, or say it, such as “at 3 pm”.
callingback-at-help = “at 3 pm”, “tomorrow morning”.
callingback-at-label = Time
callingback-at-again = I didn't get the time; please say it another way, such as “at 3 pm”.
callingback-soon = As soon as possible (by { $by })
callingback-past = That time has passed, please choose another one:
callingback-closed = Nobody is at work then. The nearest time for a call is:
callingback-done = Noted. We'll call you from { $at }, by { $by } at the latest. It may be a number you don't know.
callingback-left = All right, no call.
callingback-cancel = No call

notreached-done = Noted: no answer from { $name }, time { $count }. You'll be reminded at { $at }; if they can be written to, they know.
notreached-over = That call isn't needed any more.
call-missed = We just tried to call you and will try again at about { $at }. If you can, write a line here, or call { $phone }.

lease-nudge = { $name } has been waiting for your answer since { $since }. If there is none by { $until }, somebody else gets it.
lease-lost = { $name } waited for too long and is back in the queue; somebody else will take it.
lease-rested = Nothing new with { $name } for a long while: the bot has them back.

remark-what = What is to be noted? In one line, such as “note wants an invoice”.
remark-done = Noted, for colleagues only.
remark-line = { $member }: { $words }
handoff-unknown = There is no such thing; it may have been settled.

channel-web = web chat
channel-telegram = Telegram
channel-wechat = WeChat
channel-wecom = WeCom
channel-kf = WeChat customer service
channel-console = console
