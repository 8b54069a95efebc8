# E-mail and text messages: the last way when no chat is open
mailing-off = We don't send e-mail at the moment. If something important changes and no chat reaches you, we'll ring you. To change your number, say “change my number”; for anything else call { $phone }.
mailing-address-label = E-mail
mailing-address-ask = What is your e-mail address? News of your visits goes there when no chat reaches you.
mailing-address-again = That doesn't look like an e-mail address. Please write it once more, with the @.
mailing-address-help = “mary@example.com”.
mailing-address-slip = Is there a slip in { $address }? Did you mean { $meant }? Please write the right address once more.
mailing-code-label = Code
mailing-code-ask = A code is on its way to { $address }. Please send me its 6 digits within 10 minutes.
mailing-code-again = The code has 6 digits. If it hasn't come, look in the spam folder; if the address was wrong, say “back”.
mailing-code-help = Open the inbox of { $address }, find the e-mail we just sent, and send me its 6 digits, such as “482913”.
mailing-code-wrong = That code is wrong. You can try { $left } more { $left ->
    [one] time
   *[other] times
}.
mailing-code-gone = That code has run out. Please write your address once more and we'll send a new one.
mailing-too-many = Too many codes have been sent, so let's leave it here. Please say “change my e-mail” again in an hour.
mailing-done = Your e-mail address is saved: { $address }. We'll still write to you in the chat; only when that fails does news of your visits go by e-mail, and care messages too, until you say stop.
mailing-left = All right, nothing was changed. We keep no address that was not proved.
mailing-lost-line = { $address } (nothing arrives there lately, please change it)
mailing-code-subject = { $company }: the code for your e-mail address
mailing-code-told = Your code: { $code }
    Please send it in our chat before { $until }. Wasn't this you? Then just ignore this e-mail; your address won't be kept.
mailing-code-lost = The code for { $address } came back. Please check the address and say “change my e-mail” again.
unmailing-done = { $address } is deleted. No e-mail goes there any more.
unmailing-nothing = You never gave us an e-mail address, so there is nothing to delete.
go-mailing = Change e-mail
go-unmailing = Delete e-mail
notify-subject = { $reference ->
    [none] { $company }: news for you
   *[other] { $company }: your visit { $reference }
}
notify-foot = No chat reaches you just now, so we sent this e-mail. Nobody reads replies to this address: to move or cancel a visit, or to ask something, please write in the chat or call { $phone }. To get no more e-mail, say “delete my e-mail” in the chat.
story-emailed = no chat reached them, sent by e-mail
story-texted = no chat reached them, sent by text message
story-call-asked = reached nowhere, staff asked to call
email-subject = { $company }: { $about }
email-foot = There is nothing to tap in an e-mail, and nobody reads replies to this address. To book, to change something or just to say so, write in our chat{ $page ->
    [none] {""} or call { $phone }.
   *[other] , call { $phone }, or find us on the web: { $page }
}
email-foot-care = No more care messages like this by e-mail: { $link }
email-foot-marketing = No more offers by e-mail: { $link }
unsubscribe-care = care messages
unsubscribe-marketing = offers
unsubscribe-on = No more { $what } by e-mail?
unsubscribe-on-more = One tap and they stop. News of your visits is not affected and still comes.
unsubscribe-off = Done: no more { $what } by e-mail.
unsubscribe-off-more = Where a chat reaches you, they still come there. To get them by e-mail again, say “message settings” in the chat.
unsubscribe-nowhere = Done: no more { $what }, in any place.
unsubscribe-nowhere-more = Only news of visits, complaints and safety still comes, so that nothing goes wrong. To change that, say “message settings” in the chat.
unsubscribe-go = No more by e-mail
unsubscribe-go-all = Not in chats either: no care, no offers
unsubscribe-gone = This link no longer works. It may have been cut off, or is too old.
unsubscribe-otherwise = To stop our messages, say “message settings” in the chat or call { $phone }, and we stop at once.
