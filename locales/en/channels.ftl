# One person, several chats: the code that links them
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
told-linked = Another chat was just linked to you with your code; both now share your details. Wasn't that you? Choose “Talk to a person” right away.
told-proven = Somebody just logged in on our web page with your WeChat; that chat now shares your details. Wasn't that you? Choose “Talk to a person” right away.
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
