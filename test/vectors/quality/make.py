"""Expected results for core/quality, worked out apart from it: `python3 make.py > vectors.json`. Python's standard library only, from the formulae:
XmR  Wheeler, Understanding Variation: mean +- 3 * mean moving range / 1.128 (2.66 times the mean moving range)
p    Shewhart: p +- 3 sqrt(p (1 - p) / n)
p'   Laney 2002: p +- 3 sqrt(p (1 - p) / n) * (mean moving range of the z scores / 1.128)
funnel  Spiegelhalter 2005, winsorised by 10 %, additive between-variance
"""
import json
import math
import random
import statistics

rng = random.Random(20261130)


def xmr(values):
    base = values[:12]
    middle = statistics.fmean(base)
    spread = 3 / 1.128 * statistics.fmean(abs(b - a) for a, b in zip(base, base[1:]))
    return {"center": middle, "lower": middle - spread, "upper": middle + spread}


def p_chart(points, laney):
    base = points[:12]
    p = math.fsum(a for a, _ in base) / math.fsum(n for _, n in base)
    wide = 1.0
    if laney:
        z = [(a / n - p) / math.sqrt(p * (1 - p) / n) for a, n in base]
        wide = statistics.fmean(abs(y - x) for x, y in zip(z, z[1:])) / 1.128
    limits = []
    for _, n in points:
        spread = 3 * math.sqrt(p * (1 - p) / n) * wide
        limits.append({"center": p, "lower": max(0.0, p - spread), "upper": min(1.0, p + spread)})
    return limits


def funnel(kind, units):
    if kind == "proportion":
        center = math.fsum(a for a, _ in units) / math.fsum(n for _, n in units)
        go, back = (lambda v: math.asin(math.sqrt(v))), (lambda t: math.sin(min(max(t, 0), math.pi / 2)) ** 2)
    else:
        center = 1.0
        go, back = math.sqrt, (lambda t: max(t, 0) ** 2)
    s = [0.5 / math.sqrt(n) for _, n in units]
    z = [(go(a / n) - go(center)) / sd for (a, n), sd in zip(units, s)]
    deciles = statistics.quantiles(z, n=10, method="inclusive")
    low, high = deciles[0], deciles[-1]
    phi = statistics.fmean(max(low, min(high, v)) ** 2 for v in z)
    w = [1 / sd**2 for sd in s]
    k = len(units)
    tau2 = max(0.0, (k * phi - (k - 1)) / (math.fsum(w) - math.fsum(v * v for v in w) / math.fsum(w)))
    points = []
    for (a, n), sd in zip(units, s):
        t = math.sqrt(sd**2 + tau2)
        points.append({
            "score": (go(a / n) - go(center)) / t,
            "warning": [back(go(center) - 1.959964 * t), back(go(center) + 1.959964 * t)],
            "alarm": [back(go(center) - 3.090232 * t), back(go(center) + 3.090232 * t)],
        })
    return {"center": center, "dispersion": phi, "between": tau2, "points": points}


def binomial(n, p):
    return sum(rng.random() < p for _ in range(n))


def units_of(count, spread):
    found = []
    for _ in range(count):
        n = rng.choice([8, 25, 60, 140, 400, 900])
        found.append((binomial(n, min(0.97, max(0.03, rng.gauss(0.8, spread)))), n))
    return found


individuals = [[round(rng.gauss(62, 6), 1) for _ in range(length)] for length in (2, 5, 12, 24)]
proportions = [[(binomial(n, 0.85), n) for n in (rng.randint(15, 60) for _ in range(length))] for length in (3, 12, 24)]
large = [[(binomial(n, min(0.99, rng.gauss(0.9, 0.02))), n) for n in (rng.randint(2000, 6000) for _ in range(length))] for length in (6, 18)]
plain, spread = units_of(40, 0.0), units_of(60, 0.08)
ratios = [(max(0, round(rng.gauss(e, 1.6 * math.sqrt(e)))), round(e, 2)) for e in (rng.uniform(3, 200) for _ in range(50))]

print(json.dumps({
    "individuals": [{"points": v, "limits": xmr(v)} for v in individuals],
    "proportions": [{"points": v, "limits": p_chart(v, False)} for v in proportions],
    "laney": [{"points": v, "limits": p_chart(v, True)} for v in large],
    "funnels": [{"kind": kind, "units": u, "expected": funnel(kind, u)} for kind, u in
                (("proportion", plain), ("proportion", spread), ("ratio", ratios))],
}, indent=1))
