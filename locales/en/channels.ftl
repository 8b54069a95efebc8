# One person, several chats: the code, link or confirmed number that joins them
link-told = Your code: { $code }
    Before { $until }, tell me “I have a code” in the other chat and type these six digits there. Both chats then share your details and visits. It works once; please don't give it to anybody.
linking-code-label = Code
linking-code-ask = Please type the six-digit code from your other chat. If you have none yet, say “link another chat” there.
linking-code-again = The code is six digits. Could you have another look?
linking-code-help = “482913”. You get one by saying “link another chat” in the other chat.
linking-joined-label = Put together
linking-joined-ask = This chat has details or visits too; they would go to the chat that gave you the code. Only if both are you, choose “Put together”.
linking-joined-help = “put together” or “leave them”.
linking-joined-yes = Put together
linking-joined-no = Leave them
linking-left = All right, nothing is linked and nothing has changed.
linking-done = There you are, { $name }. Your visits are all here.
linking-done-unnamed = There you are. Your visits are all here.
told-linked = Another chat was just linked to you with your code or link; both now share your details. Wasn't that you? Choose “That's not me” right away.
link-doors = Or open a link there and choose “Put together”. A link works once too; please don't pass it on:
door-telegram = Telegram: { $link }
door-web = Web page (another phone or computer): { $link }
linking-opened-label = Put together
linking-opened-ask = This link comes from your other chat. Choose “Put together” and this chat, with any details and visits it has, goes to that one; both are then the same. If you didn't make the link yourself, choose “Leave them”.
linking-opened-help = “put together” or “leave them”.
linking-link-gone = This link doesn't work: its ten minutes are over, a newer one took its place, or a piece of it is missing. Say “link another chat” there to get a new one.
linking-link-used = This link has been used, and each one works once. To link one more chat, say “link another chat” and get a new one.
linking-link-same = This link is this chat's own. Please open it in your other chat or on another device.

uniting-other-label = Other chat
uniting-both-label = Same person
uniting-both-ask = This number has been confirmed in another chat as well. Is that you too? If so, I'll put both together, details and visits. If not, choose “Not me”: nothing changes, and I won't ask again.
uniting-both-help = “both are me” or “not me”.
uniting-both-yes = Both are me
uniting-both-no = Not me
uniting-left = All right, the two stay apart and nothing has changed; I won't ask again. Should you ever want to, say “link another chat”.
uniting-nothing = No other chat has confirmed the same number, so nothing has changed.
binding-proof-gone = Something has just changed (a number, or the two are together already), so nothing was put together now. If you'd still like to, say “link another chat” in the other chat and use the code.
told-united = Another chat has just confirmed your number and is now linked to you; both share your details. Wasn't that you? Choose “That's not me” right away.

mistaken-told = I see. A colleague is looking into { $reference } and will answer you here. Nothing is changed until then; if it's urgent, call { $phone }.
mistaken-nothing = No other chat was linked to you in the last day. If something looks wrong, choose “Talk to a person” and a colleague will have a look.

# Staff: undo a merge
told-mistaken = Somebody in { $name }'s chats says the record there isn't theirs (merge { $reference }). Please check; if it was put together by mistake, choose “Undo a merge”.
told-parted = Your record and the other chat's are separate again, each as it was before. If something looks wrong, just say “talk to a person”.
proof-code = code
proof-link = link
proof-phone = confirmed number
proof-login = login
parting-nothing = There is no merge to undo.
parting-line = { $reference } · { $at } · { $name } · { $proof }
parting-merge-label = Merge
parting-merge-ask = These are the latest merges. Which one is to be undone?
parting-merge-help = choose one, or type its number, like “#12”.
parting-agreed-label = Yes
parting-agreed-ask = Both go back to what they were before; what is newer than the merge stays with the one that was kept. Both will be told.
parting-agreed-again = Please answer “yes”, or choose “Cancel”.
parting-agreed-yes = Undo it
parting-agreed-help = choose “Undo it” or “Cancel”.
parting-left = All right, nothing was undone.
parting-card-title = Merge { $reference }
parting-card-at = When
parting-card-proof = Proof
parting-card-kept = Kept
parting-card-given = Put into it
parting-done = Merge { $reference } is undone, and both have been told.
merge-undone = This merge was undone before; there is nothing left to do.
merge-further = The one that was kept has been put together with somebody else since. Please undo that one first, then this one.
told-proven = Somebody just logged in on our web page with your WeChat; that chat now shares your details. Wasn't that you? Choose “That's not me” right away.
proven-not-customer = That WeChat belongs to one of our colleagues, so it can't be used as a customer's. If you need help, choose “Talk to a person”.

binding-wrong = That code isn't right. { $left ->
    [one] Have another look, you can try once more.
   *[other] Have another look, you can try { $left } more times.
}
binding-expired = That code has run out. Please get a new one there.
binding-used = That code has been used, and each one works once. Please get a new one there.
binding-same = That code is this chat's own. Please type it in your other chat.
binding-tries = That was a few wrong codes too many. Please try again in { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}, or choose “Talk to a person” and a colleague will link your chats.
binding-two-verified = The two chats have different confirmed phone numbers, so I won't put them together on my own. Choose “Talk to a person” and a colleague will check it with you.
