"""`python -m channels.demoday`: hold the day and print what was said on the three phones, as JSON."""

import json
import logging
import sys

from channels import logbook
from channels.demoday import day
from core import clock, company

logbook.keep(sys.stderr, level=logging.ERROR)
house = company.load()
held = day.hold(house, clock.today(house.zone))
sys.stdout.write(json.dumps(held.record, ensure_ascii=False))
