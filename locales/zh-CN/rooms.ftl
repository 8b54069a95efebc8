# 员工群里每个投诉的话题：标题、说明、对陌生人说的话

# 话题的标题：先看得出多急，再看是谁的什么事
room-name-s1 = 🔴 { $number } { $severity } { $customer } { $about }
room-name-s2 = 🟠 { $number } { $severity } { $customer } { $about }
room-name-s3 = 🟡 { $number } { $severity } { $customer } { $about }
room-name-s4 = ⚪ { $number } { $severity } { $customer } { $about }
room-name-resolved = ☑️ { $number } { $customer } { $about }
room-name-closed = ✅ { $number } { $customer } { $about }

room-opened =
    投诉 { $number } 号在这里一起处理。
    在这里说的话只有同事看得到；要发给客户，用“回复 ”开头，比如：回复 我们两点前给您答复。
room-lost = 投诉 { $number } 号的话题被删掉了，这里接着处理。之前的经过：
room-again = 投诉 { $number } 号可以在这里一起处理了。到现在为止：

room-go-mine = 我来
room-go-remedying = 补偿
room-go-resolving = 办结
room-go-replying = 回复客户
room-go-complaint = 查看

room-taken-label = 已由{ $name }接手

room-reply-hint = （请长按这条消息选“回复”来答；直接发的话只记作内部备注。）
room-unreadable = 这种消息我看不了，没有记下来。请打字，或者发照片。

room-stranger = 您好，这里是{ $company }同事处理投诉的地方，我还不认识您。如果您是公司同事，请先私聊我，把经理给您的加入码发给我；在那之前，您在这里说的话我不会记，也不会照办。
room-worker = 师傅您好，这里是同事处理投诉的地方，您说的话我不会记，也不会照办。需要您说明情况的时候，我会私下问您。
room-anonymous = 您现在是匿名发言，我不知道您是谁，所以不会记，也不会照办。请先关掉“匿名”再说。

room-hall-fails = “{ $hall }”群里现在不能给投诉开话题：{ $why }。在修好之前，投诉会发到各位自己的聊天里。
room-hall-works = “{ $hall }”群又能给投诉开话题了，没办完的都补进去了。
room-overheard = （去过这次服务的人也在“{ $hall }”群里，所以这件投诉不在群里说，只发给各位自己。）
room-overheard-left = （去过这次服务的人也在“{ $hall }”群里，所以这件投诉不在群里说，只发给各位自己。原来的话题我没有权限删，请群管理员删一下。）
room-parted =
    { $count ->
        [0] { $name }离开了“{ $hall }”群。要是离职了，请把加入的身份也停掉。
       *[other] { $name }离开了“{ $hall }”群，名下 { $count } 件投诉已经转给别的同事。要是离职了，请把加入的身份也停掉。
    }
