"""Other people's shapes: files that come in, files that go out.

Words: import (a file being brought in), row, mapping (which column is what), export.
Leaves in the hall: people, placements, contact points, ties, nominations, evidence, each with its line as source.
Takes from the hall: what a scope may see, for export.
Not here: what the rows mean once they are in; that is the hall's.
"""
