"""`python -m channels.demoday [YYYY-MM-DD]`: hold the day after that eve and print how it went, as JSON.

What was said on the three phones is in `messages`, what did not hold in `wrong`.
"""

import json
import logging
import sys
from datetime import date

from channels import logbook
from channels.demoday import day
from core import clock, company

logbook.keep(sys.stderr, level=logging.ERROR)
house = company.load()
held = day.hold(house, date.fromisoformat(sys.argv[1]) if sys.argv[1:] else clock.today(house.zone))
told = {**held.record, "wrong": held.wrong, "summary": held.summary}
sys.stdout.write(json.dumps(told, ensure_ascii=False))
