"""The door: accounts, sign-in, second factors, roles, and what each role may see.

Words: account, role, invitation, sign-in link, device, second factor, scope.
Leaves in the hall: nothing.
Takes from the hall: units and chains, to say what somebody may see.
Not here: what happened (ledger), who people are (people).
"""
