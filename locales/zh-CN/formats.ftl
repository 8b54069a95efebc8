# 日期与金额的写法（CLDR 模式）
format-day = M月d日EEE
format-money = '¥'#,##0.##
format-there = 当地 { $at }
format-yours = 您那边 { $at }
