# How dates and amounts are written (CLDR patterns)
format-day = EEE d MMM
format-money = '¥'#,##0.##
