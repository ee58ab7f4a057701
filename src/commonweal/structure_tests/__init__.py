"""Structure tests: acts that show who was delivered, each a little harder than the last.

Words: ladder, rung, structure test, roll, eligible, chain as it was when the test opened, mark (what somebody
recorded), outcome, prediction, signature line, hole, forecast.
Leaves in the hall: occasions, asks with an outcome seen, bare yeses.
Takes from the hall: people, placements, chain links, assessments, asks.
Not here: who is on the list (leaders); conversations that a hole calls for (listening); the arithmetic (reckoning).
"""
