go-morning = Morning list
morning-told = Today, { $day }: { $count ->
    [0] no visits
    [one] one visit, at { $first }
   *[other] { $count } visits, the first at { $first }
}. To keep an eye on:
morning-told-plain = Today, { $day }: { $count ->
    [one] one visit, at { $first }
   *[other] { $count } visits, the first at { $first }
}. Nothing else needs your attention.
morning-none = No visits today, and nothing waits for you.
morning-title = Morning list
morning-mark = { ", " }
morning-alone = Nobody to send
morning-unsure = Not confirmed
morning-silent = No answer from the customer
morning-delicate = Handle with care
morning-complaints = Complaints
morning-calls = To call
morning-people = Waiting for a person
morning-approvals = To decide
morning-birthdays = Birthdays today
morning-visit = { $at } { $name } ({ $crew })
morning-visit-alone = { $at } { $name }
morning-count = { $count }
morning-more = { $said } and { $more } more{ $what ->
    [visits] {""}
   *[people] {""}
}
morning-complaint = { $count }. First no. { $number }: { $what ->
    [human] answer by { $by }
    [plan] a plan by { $by }
    [resolved] settle by { $by }
   *[waits] the customer has to answer
}{ $late ->
    [yes] {", "}which is over
   *[no] {""}
}
morning-requests = { $count ->
    [one] { $count } request
   *[other] { $count } requests
}
morning-remedies = { $count ->
    [one] { $count } remedy
   *[other] { $count } remedies
}
morning-adjustments = { $count ->
    [one] { $count } point adjustment
   *[other] { $count } point adjustments
}
morning-appeals = { $count ->
    [one] { $count } rating appeal
   *[other] { $count } rating appeals
}
morning-referrals = { $count ->
    [one] { $count } referral
   *[other] { $count } referrals
}
morning-born = { $name } ({ $tier })
