# A customer asks: why did you send me this
reason-none = We haven't written to you unasked lately. You can change what we send at any time.
reason-service = The message of { $day } is about a visit, a complaint or your account. Such news always comes, so that nothing goes wrong.
reason-care = The message of { $day } is a care message. { $reason } One tap stops them.
reason-marketing = The message of { $day } is an offer. { $reason } One tap stops them.

reason-birthday = You told us your birthday, so we send a wish that day and sell nothing.
reason-care-check = After a first visit we always ask how it was.
reason-care-next = { $days ->
    [0] It has been a while, so we ask whether you would like another visit.
   *[other] You usually have a visit every { $days } days or so, and then we ask about the next.
}
reason-care-risk = { $days ->
    [0] It has been longer than usual, so we asked.
   *[other] You usually have a visit every { $days } days or so; this time it has been longer, so we asked.
}
reason-care-why = We hadn't seen you for long, so we asked once whether something was wrong.
reason-care-last = We hadn't seen you for long; that was our last hello.
reason-care-return = Now and then we ask whether something needs doing at home.
reason-care-festival = It was a festive greeting, with nothing to buy.
reason-care-season = It is the season for it; we suggest one thing at a time at most.
reason-digest = You chose one digest a month.
reason-package-warns = A package of yours is about to expire, and we didn't want you to lose it.
reason-points-expiring = Points of yours are about to expire, and we didn't want you to lose them.
reason-tier = Your member tier is about to change, so we told you first.
reason-campaign = You agreed to hear of offers{ $since ->
    [none] .
   *[other] {" "}on { $since }.
}
