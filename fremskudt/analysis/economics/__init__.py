"""The economics of outreach casework, one concept a module.

administration  what the casework itself cost, and what a case cost
assumptions     what a calculation rests on: discount rate, strength, what is left in or out
shares          who pays a service in which month; refund rules
additions       what the reports leave out, as lines that can be switched on
needs           what a line meets: the pairs of a citizen and a need
streams         from a delivery's lines to kroner by line, payer and month
sides           what is avoided and what is added
gains           who gains and who pays: by payer, area, year and month
valuation       the same costs for other quantities and prices than the likely ones
simulation      how uncertain the gain is: Monte Carlo and bootstrap
drivers         the assumptions that can be moved, and the gain when they are
sensitivity     which assumptions matter most, and what is needed for zero gain
calculator      the gain for other numbers of cases, costs, strengths and rates
trajectories    the selected citizens' courses, and how they differ from all cases
"""
