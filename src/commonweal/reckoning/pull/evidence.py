"""What is known of people before anybody is asked: it steadies the estimates of those with few rows."""

from __future__ import annotations

import numpy as np

from commonweal.reckoning.pull.records import AskRecords, Floats, Ints

OWN_RECORD = -1


def about_people(records: AskRecords, member: Ints, row_member: Ints) -> Floats:
    """What foretells whether a person comes, asked or not; every column standardised over the members.

    How often anybody asked her (Mundlak's device: the willing are asked more), whether nobody ever did,
    whether she asks others, how often she is named, her ties, and the organizer's score where given.

    Shapes: `member` the people with rows, `row_member` for each row the place of its person; one line per member.
    Units and ranges: every column with mean 0 and spread 1, or all 0 where everybody is equal; no score counts as
    the middle.
    Cost: O(rows + members).
    Source: Mundlak 1978 for the first column; the choice of the others is ours.
    """
    times = np.bincount(row_member)
    asked = np.bincount(row_member, records.asker >= 0)
    never = asked == 0
    share = asked / times
    share[never] = share[~never].mean() if (~never).any() else 0.0
    columns = [share, never, records.asked[member] > 0]
    columns += [np.log1p(records.nominations[member]), np.log1p(records.degree[member])]
    if records.score is not None:
        columns.append(_judged(records.score[member]))
    return np.column_stack([_standardised(np.asarray(column, dtype=float)) for column in columns])


def about_askers(records: AskRecords, member: Ints, people: Ints) -> Floats:
    """What foretells pull, measured against the members: 1, nominations (within the unit), ties, score.

    The last column (`OWN_RECORD`) is how ready she is herself; it is filled while fitting.

    Shapes: `member` as above, `people` the askers; one line per asker.
    Units and ranges: logarithms of counts, as distance from the mean of her unit or of all members; score as
    distance from 3.
    Cost: O(people).
    Source: ours.
    """
    named = np.log1p(records.nominations)
    unit = records.unit + 1
    count = np.bincount(unit[member], minlength=unit.max() + 1)
    mean = np.bincount(unit[member], named[member], minlength=unit.max() + 1) / np.maximum(count, 1)
    ties = np.log1p(records.degree)
    columns = [np.ones(len(people)), (named - mean[unit])[people], (ties - ties[member].mean())[people]]
    if records.score is not None:
        columns.append(_judged(records.score)[people])
    return np.column_stack([*columns, np.zeros(len(people))])


def _judged(score: Floats) -> Floats:
    """Distance from the middle of the scale; nobody's judgement counts as the middle."""
    return np.nan_to_num(score - 3.0, nan=0.0)


def _standardised(values: Floats) -> Floats:
    spread = values.std()
    return (values - values.mean()) / spread if spread > 1e-12 else np.zeros_like(values)
