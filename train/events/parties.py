"""Who of all that are spoken of are parties of an act: models/parties.tsv."""
from .common import scorer


def slots(reports):
    """Two slots (actors, recipients) for every act that pairs with a gold event."""
    found = []
    for n, (_, gold, events, paired, answer) in enumerate(reports):
        entities = {e["id"]: e for e in answer["entities"]}
        seen = {t["event"]: t for t in answer["training"]["acts"]}
        for i, j in paired:
            g, act = gold[i], seen.get(events[j]["record"]["id"])
            if act is None or not g.get("sure", True):
                continue
            reciprocal = g["type"] in scorer["RECIPROCAL"]
            for side, candidates in zip(("actors", "recipients"), act["slots"]):
                wanted = g["actors"] + g["recipients"] if reciprocal else g[side]
                judged = []
                for entity, told, features in candidates:
                    party = {k: entities[entity][k] for k in ("name", "country", "sector")}
                    hits = [k for k, w in enumerate(wanted) if scorer["same_party"](w, party)]
                    judged.append((told, features, hits, entity, party["country"]))
                found.append({"report": n, "reciprocal": reciprocal, "candidates": judged, "wanted": wanted})
    return found


def pick(candidates, p, limits, taken, reciprocal):
    """The same choice as `dateline_events::picker::pick`: indices of the candidates that are taken.

    `taken` are the entities of the other side with their countries."""
    countries = set(taken.values()) - {None} if reciprocal else set()
    may_join = lambda c: c[3] not in taken and (c[0] or c[4] not in countries)
    order = [k for k in range(len(candidates)) if may_join(candidates[k])]
    order.sort(key=lambda k: (-p[k], not candidates[k][0]))
    told = [k for k in order if candidates[k][0]]
    others = [k for k in order if not candidates[k][0]]
    picked = [k for k in told if p[k] >= limits["told"]]
    if not picked and others and not (reciprocal and len(taken) > 1) and p[others[0]] >= limits["open"]:
        picked = others[:1]
    return picked


def share_right(found, likelihoods, limits):
    """The share of acts whose parties are all right."""

    def agrees(wanted, hits):
        if not wanted or not hits:
            return not wanted and not hits
        return all(hits) and len({k for h in hits for k in h}) == len(wanted)

    right = 0
    for k in range(0, len(found), 2):
        actors, recipients = found[k], found[k + 1]
        a = pick(actors["candidates"], likelihoods[k], limits, {}, False)
        taken = {actors["candidates"][x][3]: actors["candidates"][x][4] for x in a}
        r = pick(recipients["candidates"], likelihoods[k + 1], limits, taken, actors["reciprocal"])
        a, r = [actors["candidates"][x][2] for x in a], [recipients["candidates"][x][2] for x in r]
        if actors["reciprocal"]:
            right += agrees(actors["wanted"], a + r)
        else:
            right += agrees(actors["wanted"], a) and agrees(recipients["wanted"], r)
    return 2 * right / len(found)
