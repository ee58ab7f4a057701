"""Addresses of this room."""

from django.urls import path

from commonweal.leaders.views import (
    alone,
    beginning,
    board,
    candidates,
    chains,
    known,
    listed,
    listing,
    my_chain,
    proposals,
    proposed,
    sheets,
    taking_back,
    tosses,
)
from commonweal.leaders.views.ties_map import ties_map
from commonweal.leaders.views.wall_chart import wall_chart

HERE = "campaigns/<uuid:campaign>/"
HER = HERE + "people/<uuid:person>/"

app_name = "leaders"
urlpatterns = [
    path("leaders/wall_chart/", wall_chart, name="wall_chart"),
    path("leaders/ties_map/", ties_map, name="ties_map"),
    path("board/", board.board, name="board"),
    path("campaigns/begin/", beginning.begin, name="begin_campaign"),
    path("my-chain/", my_chain.my_chain, name="my_chain"),
    path(HERE + "board/", board.board, name="board_of"),
    path(HERE + "board/print/", board.board_print, name="board_print"),
    path(HERE + "read/", board.read_again, name="read_again"),
    path(HERE + "names/", candidates.candidates, name="candidates"),
    path(HER + "known/", known.known, name="known"),
    path(HER + "veto/", known.veto, name="veto"),
    path(HER + "put-on/", listing.put_her_on, name="put_her_on"),
    path(HER + "chain/", chains.chain, name="chain"),
    path(HER + "chain/add/", chains.add_follower, name="add_follower"),
    path(HER + "walks/", chains.move_follower, name="move_follower"),
    path(HER + "sheet/", sheets.print_sheet, name="print_sheet"),
    path(HERE + "put-on/", listing.put_on, name="put_on"),
    path(HERE + "list/", listed.listed, name="listed"),
    path(HERE + "list/<uuid:listed>/", listed.one, name="listed_one"),
    path(HERE + "list/<uuid:listed>/move/", listed.move, name="move_stage"),
    path(HERE + "list/<uuid:listed>/entrust/", listed.entrust, name="entrust"),
    path(HERE + "list/<uuid:listed>/pin/", listed.pin, name="pin"),
    path(HERE + "list/<uuid:listed>/off/", listed.take_off, name="take_off"),
    path(HERE + "list/<uuid:listed>/back/", taking_back.put_back, name="put_back"),
    path(HERE + "list/<uuid:listed>/step-back/", taking_back.take_back, name="take_back_step"),
    path(HERE + "shortest/", proposed.proposed, name="proposed"),
    path(HERE + "shortest/accept/", proposed.accept, name="accept_names"),
    path(HERE + "chains/", chains.chains, name="chains"),
    path(HERE + "chains/proposals/", proposals.proposals, name="proposals"),
    path(HERE + "chains/proposals/decide/", proposals.decide, name="decide_proposals"),
    path(HERE + "chains/contested/", proposals.contested, name="contested"),
    path(HERE + "alone/", alone.alone, name="alone"),
    path(HERE + "alone/<uuid:unit>/", alone.alone_in, name="alone_in"),
    path(HERE + "coins/", tosses.tosses, name="tosses"),
    path(HERE + "coins/<uuid:first>/<uuid:second>/", tosses.toss, name="toss"),
    path(HERE + "sheets/", sheets.sheets, name="sheets"),
    path(HERE + "sheets/<uuid:sheet>/", sheets.sheet, name="sheet"),
    path(HERE + "sheets/<uuid:sheet>/back/", sheets.give_back, name="give_back"),
]
