# How dates and amounts are written (CLDR patterns)
format-day = EEE d MMM
format-money = '¥'#,##0.##
format-there = { $at } local
format-yours = { $at } your time
