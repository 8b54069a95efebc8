# 家里发生的事：搬家、装修、添人添宠物

life-noted = { $events }，记下了。
life-moving-what = 要搬家
life-renovated-what = 家里刚装修完
life-baby-what = 家里添了宝宝
life-elder-what = 老人搬来同住
life-pet-what = 养了宠物
life-moving-told = 恭喜乔迁，记下了。新地址定了，告诉我就行；交房后要不要安排一次开荒？
life-moving-ahead = 已经约好的还是去老地址；要换地址，说“找客服”。
life-renovated-told = 装修完了，记下了。入住前一般先做一次开荒保洁，要约的话点下面。
life-baby-told = 恭喜！记下了。下次预约时问您一句，要不要按有宝宝来安排。
life-elder-told = 记下了。下次预约时问您一句，要不要按有老人来安排。
life-pet-told = 记下了。下次预约时问您一句，要不要派不怕宠物的师傅。
life-forgotten = 好的，不记了。
life-you-said = 您说过的
go-unhappened = 不用记
go-booking-new-home = 约开荒保洁
booking-told-label = 您说过的
booking-first-label = 先做哪个
booking-first-ask = 您说过家里刚装修完，入住前一般先做开荒。这次约哪个？
booking-first-help = 选“开荒保洁”，或者选您刚才说的。
booking-moved-label = 搬家
booking-moved-ask = 您说过要搬家。这个地址搬走了吗？
booking-moved-help = “已经搬走”，或者“还住着”。
booking-moved-yes = 已经搬走
booking-moved-no = 还住着
booking-address-left = 这个地址您已经搬走了，请写新地址。
booking-joined-label = 家里添了
booking-joined-ask = 按这个来安排人吗？选“好的”就是同意我们加密记下，随时可删。
booking-joined-help = “好的”，或者“不用”。
booking-joined-yes = 好的，照这个安排
booking-joined-no = 不用，别记

# 习惯和忌讳：什么时候方便、不要用什么、进门的规矩

booking-usual_days-label = 常用的时间
booking-usual_hours-label = 常用的时间
go-habits = 习惯和忌讳
go-habit-off = 删掉：{ $what }
habit-title = 习惯和忌讳
habit-shown = 这是您说过的习惯和忌讳。要改，直接说新的就行。
habit-none = 还没记您的习惯。想到就说，比如“我一般周末下午方便”“进门请换鞋”“不要用漂白水”。
habit-gone = 好的，删掉了。
habit-kept = { $value }（{ $day }说的）
habit-when = { $days ->
        [any] { $when ->
            [any] 都方便
           *[other] { $when }
        }
       *[other] { $days }{ $when ->
            [any] {""}
           *[other] { $when }
        }
    }
habit-part-morning = 上午
habit-part-afternoon = 下午
habit-part-evening = 晚上
habit-hours = { $first } 点到 { $last } 点
habit-weekend = 周末
habit-workdays = 工作日
habit-weekday-1 = 周一
habit-weekday-2 = 周二
habit-weekday-3 = 周三
habit-weekday-4 = 周四
habit-weekday-5 = 周五
habit-weekday-6 = 周六
habit-weekday-7 = 周日
habit-day-of-year = { $month } 月 { $day } 日
habit-times = 常用的时间
habit-products = 不能用的
habit-manners = 进门的规矩
habit-quiet = 不打扰的日子
habit-birthday = 生日
habit-products-told = 记下了：{ $value }。每次上门前都会告诉师傅。
habit-manners-told = 记下了：{ $value }。每次上门前都会告诉师傅。
habit-times-told = 记下了：您一般{ $value }方便，以后按这个先列时间。
habit-quiet-told = 记下了：{ $value }不打扰您。上门的通知照常。
habit-birthday-told = 记下了，您的生日是 { $value }。
job-asked = 客户的习惯
