# 上门前后的照应：留言、求助、反馈、关怀灯、每周小结
go-messaging = 发留言
go-messaging-back = 回复
go-messaging-more = 再说一句
messaging-visit-label = 哪次上门
messaging-visit-ask = 是哪一次上门的事？
messaging-visit-help = 选一个，或者写预约号。
messaging-words-label = 留言
messaging-words-ask = 要说什么？直接打字，我来转达。
messaging-words-help = “我五点才到家，门口等我一下”。
messaging-left = 好的，不发了。
messaging-nothing = 现在没有可以留言的上门。有事请打公司电话 { $phone }。
messaging-no-pictures = 照片我还转不过去，麻烦打字说一下。
messaging-no-numbers = 电话号码我不转，双方都在这里留言就好。要说什么？
messaging-hidden = 电话、微信、网址这些我隐去了：在这里留言，双方都不用露号码。
messaging-done = 已经转给{ $name }了，有回复我马上告诉您。
messaging-done-later = { $name }休息了，{ $at } 转过去。急事请说“人工”。
messaging-done-by-call = { $name }现在收不到消息，已经请客服打电话转告。
relay-closed = 这次上门的留言已经关了。有事告诉我们，客服来转达；也可以打 { $phone }。
relay-place = 我在这里（{ $latitude }, { $longitude }）：https://uri.amap.com/marker?position={ $longitude },{ $latitude }&coordinate=wgs84
relay-from-worker = { $name }说：{ $words }
relay-from-customer = { $name }说：{ $words }
    （{ $visit }）
told-relay-unread = { $worker }收不到消息，请打电话转告客户的留言。{ $visit }：{ $words }
story-customer-wrote = 您给师傅留言
story-worker-wrote = 师傅给您留言

go-rescue = 求助
go-rescue-take = 我来处理
go-rescue-open = 看求助
go-settling = 了结求助
go-misfire = 误触，我没事
rescue-comes = { $member ->
    [none] 收到！公司所有同事都已接到您的求助，马上联系您。
   *[other] 收到！{ $member }正在处理，又提醒了所有同事。
    }
    能离开就先离开，到楼下人多的地方。有危险马上打 110。
    公司电话 { $phone }。把您的位置发过来，我们好找您。
rescue-place-passed = 位置收到，已经给同事了。别挂心手上的活，先顾自己。公司电话 { $phone }。
rescue-told = 紧急：{ $worker }在求助！请点“我来处理”，马上联系师傅。
rescue-told-again = 紧急：{ $worker }又求助了一次！
rescue-told-place = { $worker }发来了位置：
rescue-told-untaken = 紧急：{ $worker }的求助还没有人处理！请点“我来处理”。
rescue-told-misfire = { $worker }说刚才是误触。请打个电话核实，再点“了结求助”。
rescue-taken = 好，{ $worker }的求助由您处理，已经告诉对方。处理完点“了结求助”。
rescue-taken-before = { $member }已经在处理{ $worker }的求助了。
rescue-taken-worker = { $member }收到您的求助了，正在处理，马上联系您。公司电话 { $phone }。
rescue-none = 现在没有人求助。
rescue-card-title = 求助 { $number }
rescue-card-worker = 师傅
rescue-card-at = 求助时间
rescue-card-visit = 上门
rescue-card-no-visit = 当时没有上门
rescue-card-way-in = 进门
rescue-card-customer = 客户
rescue-card-phone = 客户电话
rescue-card-place = 最后位置
rescue-card-no-place = 还不知道
rescue-card-taken = 处理人
rescue-place = { $at }：{ $latitude }, { $longitude } https://uri.amap.com/marker?position={ $longitude },{ $latitude }&coordinate=wgs84
misfire-told = 好，没事就好！已经告诉同事是误触，他们会打电话跟您确认一下。
misfire-nothing = 现在没有求助。需要帮忙随时点“求助”。
visit-frozen = 这次上门现在由我们的同事在处理，暂时不能改，处理完会联系您。
alarm-unknown = 没有找到这个求助。
alarm-settled-before = 这个求助已经了结了。
settling-line = { $number } { $worker }（{ $at }）
settling-alarm-label = 求助
settling-alarm-ask = 了结哪一个求助？
settling-alarm-help = 选一个。
settling-outcome-label = 结果
settling-outcome-ask = 人安全了吗？这次上门怎么办？
settling-outcome-help = 选一项。
settling-words-label = 备注
settling-words-ask = 发生了什么？写一句备查，也可以跳过。
settling-words-help = “客户醉酒，已陪同离开”。
settling-left = 好的，先不了结，这次上门还冻结着。
settling-goes-on = 人安全，上门继续
settling-called-off = 人安全，上门到此为止
settling-mistaken = 是误触，上门继续
settling-told-goes-on = 同事已经处理好了，这次上门照常继续。有事随时点“求助”。
settling-told-called-off = 同事已经处理好了，这次上门到此为止，请安心离开。
settling-told-mistaken = 确认是误触，上门照常。有事随时点“求助”。
settling-told-customer = 抱歉，{ $visit }因为意外情况提前结束了。同事会打电话跟您说明和安排，您也可以打 { $phone }。
settling-done = 已了结{ $worker }的求助，并告诉了对方。
desk-alarm = 求助：{ $worker }
desk-called = 有 { $count } 个求助还没了结！
story-alarm = 师傅求助
story-alarm-taken = 同事接手求助
story-alarm-settled = 求助已了结

go-unchanged = 都没有
go-observing = 有，我说说
go-observations = 家里变化
go-observations-yes = 对，记下来
go-observations-no = 不用记
observed-ask = { $visit }做完了，辛苦您！两件小事：
    1、客户家里有变化吗（宠物、宝宝、老人、过敏、进门方式）？
    2、下次来的人要留意什么吗？
unchanged-told = 好，都没有就好。歇一歇吧！
observing-nothing = 最近没有做完的上门可以反馈。
observing-visit-label = 上门
observing-visit-ask = 是哪一次上门？
observing-visit-help = 选一个。
observing-what-label = 变化
observing-what-ask = 家里有什么变化？
observing-what-help = 选一个，没有就跳过。
observing-what-skip = 没有变化
observing-way-label = 有没有
observing-way-ask = 是哪一种？
observing-way-help = 选一个。
observing-how-label = 情况
observing-how-ask = 怎么样？写一句就行。
observing-how-help = “大门换了密码锁”。
observing-later-label = 下次留意
observing-later-ask = 下次来的人要留意什么？没有就跳过。
observing-later-help = “阳台地滑，带防滑鞋套”。
observing-later-skip = 没有了
observing-left = 好的，不说了。
observing-pets = 宠物
observing-infants = 宝宝
observing-elderly = 老人
observing-allergy = 过敏
observing-access = 进门方式
observing-other = 别的
observing-done = 记下了，谢谢您细心！客户点头以后才会写进资料。
observed-pets-there = 家里有宠物了
observed-pets-gone = 家里没有宠物了
observed-infants-there = 家里有宝宝了
observed-infants-gone = 家里没有小宝宝了
observed-elderly-there = 家里有老人了
observed-elderly-gone = 家里没有老人了
observed-allergy = 过敏：{ $words }
observed-access = 进门：{ $words }
observed-other = { $words }
observed-next = 下次留意：{ $words }
observed-source = { $worker }反馈，{ $day }
observations-ask = 对了，{ $worker }上次（{ $visit }）回来说：
    { $noticed }。
    记下来，下次来的人好知道，可以吗？
observations-ask-staff = { $worker }反馈（{ $customer }，{ $visit }）：
    { $noticed }。
observations-confirmed = 记下了，下次就照这个来。
observations-refused = 好的，不记。
observations-none = 没有等着确认的家里变化。
observation-gone = 这件事已经处理好了。
story-observed = 师傅反馈家里变化
story-observation-confirmed = 确认家里变化
story-observation-refused = 家里变化不记
story-observation-expired = 家里变化到期未确认

go-welfare = 关怀灯
go-welfare-stop = 关掉
go-watching = 打开关怀灯
go-watching-change = 改联系人
go-lighting-green = 🟢 都好
go-lighting-yellow = 🟡 有点担心
go-lighting-red = 🔴 有危险
go-lighting-more = 补充情况
welfare-off = 家里有老人或宝宝的话，可以打开“关怀灯”：师傅每次服务完亮一盏灯。绿灯不打扰您；黄灯、红灯马上告诉您和我们的同事。师傅只说看到的，不做诊断。打不打开由您，随时能关。
welfare-on = 关怀灯开着（{ $since } 起）。{ $contact ->
    [none] 黄灯、红灯告诉您和我们的同事。
   *[other] 黄灯、红灯告诉您和我们的同事，同事还会打给{ $contact }。
    }
welfare-stopped = 关怀灯关了，师傅不会再被问到。以前记的只有您和我们的同事能看。
welfare-not-watched = 这家没有开关怀灯，不用报。有危险请点“求助”，或打 120。
watching-nobody = 关怀灯是给家里有老人或宝宝的。有的话，先在“改家里情况”里告诉我。
watching-contact-label = 另一位家人
watching-contact-ask = 亮黄灯、红灯时，除了在这里告诉您，还要打电话给哪位家人？写称呼；只告诉您就跳过。
watching-contact-help = “儿子小陈”。
watching-contact-number = 先写怎么称呼，号码下一步再问。
watching-contact-skip = 只告诉我
watching-phone-label = 家人电话
watching-phone-ask = 这位家人的电话是多少？
watching-phone-help = “138 0000 1234”。
watching-agreed-label = 同意
watching-agreed-ask = 请您确认：我同意师傅在服务后就家里老人或宝宝的状况亮一盏灯、写一句看到的情况；只给我、下面这位家人和公司同事看，不给别人，也不是诊断。我可以随时关掉。
watching-agreed-yes = 我同意，打开
watching-agreed-help = 回复“我同意，打开”就打开；不想开就选“取消”。
watching-left = 好的，关怀灯没有打开。
watching-card-title = 关怀灯
watching-card-chat = 告诉您
watching-card-here = 在这里
watching-card-contact = 打电话给
watching-contact = { $name }（{ $phone }）
watching-done = 关怀灯打开了。绿灯不打扰您，黄灯、红灯马上告诉您。
lighting-visit-label = 上门
lighting-visit-ask = 是哪一次上门？
lighting-visit-help = 选一个。
lighting-light-label = 灯
lighting-light-ask = 老人或宝宝今天怎么样？
lighting-light-help = 选一盏灯。
lighting-words-label = 情况
lighting-words-ask = 您看到了什么？只说看到的，写一句就行。
lighting-words-help = “奶奶今天没怎么吃饭，走路要扶”。
lighting-left = 好的，这次没有报。
lighting-done-green = 好，绿灯记下了。
lighting-done-yellow = 收到，已经告诉家人和同事了，谢谢您留心。
lighting-done-red = 已经马上告诉家人和同事。人有危险先打 120，陪着等到有人来。公司电话 { $phone }。
lighting-done-before = 这盏灯已经记过了，不用再报。
light-ask = { $visit }做完了，辛苦您！家里老人或宝宝今天怎么样？
light-no-words = 还没有写情况
light-told-yellow = { $worker }做完服务，想请您留意家里：{ $words }
    这是师傅看到的，不是诊断。方便的话今天打个电话、回去看看。我们的电话 { $phone }。
light-told-red = 紧急：{ $worker }觉得您家里老人或宝宝可能有危险：{ $words }
    请马上联系家里；人有危险先打 120。我们的同事也在处理，电话 { $phone }。
light-staff-yellow = 黄灯：{ $worker }，{ $customer }（{ $visit }）：{ $words }
    { $heard ->
    [yes] 家人已在聊天里收到。
   *[no] 家人在聊天里收不到，请打电话。
    }{ $contact ->
    [none] 客户电话 { $phone }。
   *[other] 请再打给{ $contact } { $contact_phone }。
    }
light-staff-red = 红灯：{ $worker }，{ $customer }（{ $visit }，{ $address }）：{ $words }
    马上打给师傅和家人；人有危险先打 120。{ $contact ->
    [none] 客户电话 { $phone }。
   *[other] 家人{ $contact } { $contact_phone }，客户电话 { $phone }。
    }
story-light-green = 关怀灯：绿
story-light-yellow = 关怀灯：黄
story-light-red = 关怀灯：红

go-earnings = 我的收入
weekly-none = 这周还没有做完的上门。{ $end } 给您小结。
weekly-told = { $name }，这周辛苦了！您做完 { $visits } 次上门，共 { $hours } 小时，收入 { $income }（按公司规定的 { $percent }%，几个人一起去就平分）。
weekly-so-far = { $name }，这周到现在您做完 { $visits } 次上门，共 { $hours } 小时，收入 { $income }（按公司规定的 { $percent }%，几个人一起去就平分）。
weekly-in-time = { $late ->
    [0] { $timed } 次都准时到，客户很放心。
   *[other] { $timed } 次里有 { $late } 次到晚了。
    }
weekly-thanks = 客户说：“{ $words }”
weekly-lesson-late = 下周试试：出门前看一眼路况，要晚就点一下“发留言”告诉客户，客户就不着急了。
weekly-lesson-1 = 小提醒：进门先问一句“今天最想先做哪里”，客户最放心。
weekly-lesson-2 = 小提醒：走之前陪客户看一圈，有漏的当场补上。
weekly-lesson-3 = 小提醒：先干后湿、先上后下，省力也不返工。
weekly-lesson-4 = 小提醒：干一小时喝口水、直直腰，身体是自己的。
