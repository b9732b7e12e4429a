"""One file for each page: its routes, and what they show."""

from voicerehearsal.studio.rooms import (
    acts,
    answer,
    calibrate,
    compare,
    history,
    left_behind,
    notes,
    packs,
    player,
    practise,
    settings,
    today,
    trends,
)

ROUTES = [
    *today.routes,
    *practise.routes,
    *left_behind.routes,
    *notes.routes,
    *acts.routes,
    *answer.routes,
    *player.routes,
    *compare.routes,
    *history.routes,
    *trends.routes,
    *packs.routes,
    *calibrate.routes,
    *settings.routes,
]
