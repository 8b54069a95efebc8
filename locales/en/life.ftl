# What happened at home: moving, renovation, somebody new

life-noted = Noted: { $events }.
life-moving-what = you are moving
life-renovated-what = your home was just renovated
life-baby-what = there is a baby at home
life-elder-what = somebody elderly lives with you
life-pet-what = you have a pet
life-moving-told = Congratulations on the new home! Tell me the new address whenever you know it. Shall we clean it once before you move in?
life-moving-ahead = Visits already booked still go to the old address; to change that, ask for a person.
life-renovated-told = Noted, the renovation is done. A new home cleaning usually comes first; choose below if you want one.
life-baby-told = Congratulations! Noted. When you book next, I'll ask whether to send somebody used to small children.
life-elder-told = Noted. When you book next, I'll ask whether to send somebody used to elderly people.
life-pet-told = Noted. When you book next, I'll ask whether to send somebody who is fine with pets.
life-forgotten = All right, I won't keep it.
life-you-said = You told us
go-unhappened = Don't keep it
go-booking-new-home = New home cleaning
booking-told-label = You told us
booking-first-label = Which first
booking-first-ask = You said your home was just renovated; a new home cleaning usually comes first. Which one now?
booking-first-help = choose “New home cleaning”, or the one you named.
booking-moved-label = Moved
booking-moved-ask = You said you are moving. Have you left this address?
booking-moved-help = “I have left”, or “Still there”.
booking-moved-yes = I have left
booking-moved-no = Still there
booking-address-left = You have moved away from there. Please give the new address.
booking-joined-label = New at home
booking-joined-ask = Shall we choose people with that in mind? “Yes” means we may keep it, encrypted; you can delete it any time.
booking-joined-help = “yes”, or “no”.
booking-joined-yes = Yes, keep it in mind
booking-joined-no = No, don't keep it

# Ways and taboos: when they are free, what not to use, what to do at the door

booking-usual_days-label = Usual times
booking-usual_hours-label = Usual times
go-habits = My ways
go-habit-off = Remove: { $what }
habit-title = My ways
habit-shown = This is what you told us. To change any of it, just say it anew.
habit-none = Nothing kept so far. Say it any time, for example “I'm usually free on weekend afternoons”, “shoes off please”, “don't use bleach”.
habit-gone = All right, removed.
habit-kept = { $value } (told { $day })
habit-when = { $days ->
        [any] { $when ->
            [any] any time
           *[other] { $when }
        }
       *[other] { $days }{ $when ->
            [any] {""}
           *[other] , { $when }
        }
    }
habit-part-morning = in the morning
habit-part-afternoon = in the afternoon
habit-part-evening = in the evening
habit-hours = { $first }:00 to { $last }:00
habit-weekend = at the weekend
habit-workdays = on weekdays
habit-weekday-1 = Monday
habit-weekday-2 = Tuesday
habit-weekday-3 = Wednesday
habit-weekday-4 = Thursday
habit-weekday-5 = Friday
habit-weekday-6 = Saturday
habit-weekday-7 = Sunday
habit-day-of-year = { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $day }
habit-times = Usual times
habit-products = Not to be used
habit-manners = At the door
habit-quiet = Quiet days
habit-birthday = Birthday
habit-products-told = Noted: { $value }. Whoever comes is told before each visit.
habit-manners-told = Noted: { $value }. Whoever comes is told before each visit.
habit-times-told = Noted, your usual time: { $value }. From now on I list those times first.
habit-quiet-told = Noted, we leave you alone on: { $value }. News of your visits comes as usual.
habit-birthday-told = Noted, your birthday is { $value }.
job-asked = Please heed
