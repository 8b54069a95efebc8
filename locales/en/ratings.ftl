# Ratings: asked once, once more; low ones become complaints, middling ones a call, high ones thanks
go-rating = Rate a visit
rating-stars = { $stars ->
    [one] 1 star
   *[other] { $stars } stars
    }
rating-scale = 5 is very happy, 3 is so-so, 1 is very unhappy: then we act at once.
rating-asked = How did { $worker } do? One tap is enough:
rating-asked-unchecked = How did { $worker } do? One tap is enough; 4 or 5 also accepts the work, or ask below for something to be done again:
rating-nudge = { $visit }: we'd still like to hear from you. How many stars for { $worker }? I won't ask again.
rating-option = { $visit }: { $stars }
rating-line = { $stars } ({ $points })
rating-visit-label = Visit
rating-visit-ask = Which visit would you like to rate?
rating-visit-help = Choose one, or type its reference.
rating-stars-label = Stars
rating-before-label = Stars before
rating-stars-ask = { $before ->
    [0] How many stars?
   *[other] You gave { $before } of 5. How many shall it be? You can change it this once.
    } 5 is very happy, 3 is so-so, 1 is very unhappy: then we act at once.
rating-stars-again = I couldn't tell how many stars. Type 1 to 5, for example “5 stars”.
rating-stars-help = “5 stars”, or “three stars”.
rating-beyond = Stars go from 1 to 5, whole ones only; 5 is the best.
rating-promised-label = What we will do
rating-what-label = Good and bad
rating-what-ask = { $stars ->
    [5] Thank you! { $promised }What was good? Choose as many as you like, or none.
    [4] Thank you! { $promised }What was good? Choose as many as you like, or none.
    [3] Thank you for being frank. { $promised }What was not good? Choose as many as you like, or none.
   *[other] I'm sorry that we let you down. { $promised }What was not good? Choose as many as you like, or none.
    }
rating-what-none = None of these
rating-what-help = Tap what fits, then “That's all”; you needn't choose any.
rating-remark-label = In your words
rating-remark-ask = { $stars ->
    [5] Anything you'd like to tell your worker? Type it and I'll pass it on; recordings and photos stay with us.
    [4] Anything you'd like to tell your worker? Type it and I'll pass it on; recordings and photos stay with us.
   *[other] What happened? Type it, record it or send a photo; whoever contacts you will have seen it.
    }
rating-remark-skip = Nothing more
rating-remark-again = Type something, record it or send a photo; if there is nothing, press “Nothing more”.
rating-remark-help = “The kitchen has never been so clean.”
rating-cancel = That's it
rating-left = All right, your stars are noted.
rating-good-punctual = On time
rating-good-quality = Good work
rating-good-attitude = Friendly
rating-good-contact = Easy to talk to
rating-good-careful = Careful
rating-good-more = Did a little more
rating-bad-punctual = Not on time
rating-bad-quality = Poor work
rating-bad-attitude = Unfriendly
rating-bad-contact = Hard to talk to
rating-bad-missed = Left something out
rating-bad-overcharged = Charged wrongly
rating-case = This is complaint { $number } now, and one of us contacts you by { $by } at the latest. Whoever came won't be sent to you again.{" "}
rating-call = The customer gave { $stars } stars: please ring and listen
rating-call-promised = One of us rings you by { $by } at the latest to listen.{" "}
rating-unbarred = { $worker } may come again; about the complaint that was noted one of us still contacts you once.{" "}
rating-done = { $stars ->
    [5] { $more ->
        [yes] Thank you, I've passed it on. That will make their day!
       *[no] Thank you, see you next time!
    }
    [4] { $more ->
        [yes] Thank you, I've passed it on. If we can do better, tell us any time.
       *[no] Thank you. If we can do better, tell us any time.
    }
    [3] { $more ->
        [yes] Noted; whoever rings you will have read it. Within 7 days you can say “change my rating”, once.
       *[no] All right, we'll ring you. Within 7 days you can say “change my rating”, once.
    }
   *[other] { $more ->
        [yes] It is all in the complaint now; whoever contacts you will have read it.
       *[no] All right, we'll be in touch.
    }
    }
rating-refer = If friends or family need help at home too, telling them about us is the best thanks there is.
rating-nothing = There is no visit to rate just now. You can rate one for { $days } days after it.
rating-same = You gave this visit { $stars ->
    [one] 1 star
   *[other] { $stars } stars
    } already, and it is noted. To change it, say “change my rating”; you can do so once.
rating-not-now = { $state ->
    [unfinished] This visit isn't over yet. You can rate it when it is.
    [edited] You have changed this rating once already, so it stays. If there is more to say, talk to a person and we'll see to it.
   *[other] The time for rating this visit is over. If something is wrong, talk to a person and we'll see to it.
    }
told-rating-added = Complaint { $number }: the customer has added to it in the rating.
story-rated = Rated by the customer
story-rated-anew = Rating changed by the customer
story-appealed = Worker objected to the rating
story-appeal-upheld = Objection upheld, rating not counted
story-appeal-refused = Objection not upheld
ticket-rating = Rating
ticket-rating-words = In the customer's words
ticket-rating-media = Recordings, photos
ticket-rating-count = { $count }
ticket-rating-excluded = { $rating } (not counted for the worker)
told-barred = { $customer } gave few stars, so { $worker } won't go there again. { $count ->
    [one] 1 visit is
   *[other] { $count } visits are
    } booked already; please send somebody else:
told-to-ring = Please ring: { $customer } gave { $rating } for { $visit } ({ $reference }). { $words ->
    [none] They said no more.
   *[other] They said: “{ $words }”
    }
    { $phone ->
    [none] They left no number, so write to them in the chat,
   *[other] Their number is { $phone },
    } by { $by } at the latest.
told-praise = The customer of { $visit } gave you { $rating }! { $words ->
    [none] Thank you for taking such care.
   *[other] They said: “{ $words }”
    }

go-myscore = My score
myscore-told = Your score is { $stars } now, from { $times } customers. The last 50 count, the newest the most.
myscore-lately = In the last 30 days you had { $count ->
    [one] 1 rating
   *[other] { $count } ratings
    }{ $full ->
    [0] {""}
   *[other] , { $full } of 5 stars
    }.
myscore-talk = The office would like a chat with you; until then you get visits with customers you have been to before.
myscore-too-few = Fewer than { $least } customers have rated you so far, so there is no score to see yet: one rating alone shouldn't decide.
weekly-score = Your score is { $stars } ({ $times } customers).

go-appealing = Object to a rating
appealing-rating-label = Rating
appealing-rating-ask = Which rating do you object to?
appealing-rating-help = Choose one.
appealing-why-label = Reason
appealing-why-ask = Why isn't it fair? Write a few words; our staff will look into it, and the customer won't know.
appealing-why-help = “The customer changed the time, and I came at the new one.”
appealing-left = All right, nothing was sent.
appealing-nothing = There is no rating of the last { $days } days to object to.
appealing-done = Got it: { $rating }. Our staff will look into it, and I'll tell you at once what they find.
appeal-not-now = You can't object to this rating any more. If there is more to say, please call us.
appeal-settled-before = { $member ->
    [none] This has been decided already.
   *[other] { $member } has decided this already: { $upheld ->
        [yes] upheld.
       *[no] not upheld.
    }
    }
appeal-card-visit = Visit
appeal-card-customer = Customer
appeal-card-rating = Rating
appeal-card-words = In the customer's words
appeal-card-why = The worker's reason
go-appeals = Objections
go-appeals-yes = Uphold: don't count it
go-appeals-no = Not upheld
told-appeal = { $worker } objects to a rating. Please look into it and tap; there is no need to ask the customer.
told-appeal-upheld = { $visit }: you were right. This rating doesn't count, and your score isn't touched.
told-appeal-refused = { $visit }: our staff looked into it, and the rating stands. Don't take it to heart; if you'd like to talk about it, call us.
appeals-none = No objections are waiting.
appeals-upheld = All right, the rating of { $visit } doesn't count, and { $worker } knows.
appeals-refused = All right, the rating of { $visit } stands, and { $worker } knows.

go-coaching = Talks that are due
go-coaching-done = We talked
go-coaching-done-with = Talked to { $worker }
told-coaching = { $worker }. Until somebody talks to them they get no new customers; those they know go on. Please find a moment, then press “We talked”.
coaching-line = { $name } ({ $stars }): { $why }, since { $since }
coaching-score = low score
coaching-low = two bad ratings in a month
coaching-complaints = complaints that were upheld
coaching-title = Talks that are due
coaching-told = Somebody must talk to them; until then they get no new customers. Press when it is done:
coaching-none = No talks are due.
coaching-done = All right, you talked to { $name }, who gets new customers again.
coaching-unknown = I can't find that.
coaching-done-before = { $member ->
    [none] No talk with { $name } is due any more.
   *[other] { $member } has talked to { $name } already.
    }
