"""Draw the sample magazine's pictures: `python assets/pictures/draw.py [NAME ...] [--png FOLDER]`.

One function a picture. They share one palette (paper, ember, ink, sage) and one light: warm, low, from one side.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from multiprocessing import Pool
from pathlib import Path

from studio import (
    BROWN, CREAM, EMBER, GLOW, HAZE, INK, INK2, MIST, NIGHT, PALE, PAPER, PEACH, PINE, RUST, SAGE, SAGE2, SAGE3,
    SAND, SLATE, UMBER, Colour, Point, Sheet, blank, blob, both, ell, faded, halo, hand, hexed, join, less, mix,
    noise, poly, ramp, rect, save, soft, stroke,
)

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "hearthpress" / "sample" / "content" / "pictures"
PICTURES: dict[str, Callable[[], Sheet]] = {}


def picture(draw: Callable[[], Sheet]) -> Callable[[], Sheet]:
    PICTURES[draw.__name__.replace("_", "-")] = draw
    return draw


ALL = blank(255)


# -- things that several pictures hold ---------------------------------------------------------------------


def hills(s: Sheet, y: float, rise: float, colour: Colour, to: Colour, seed: float, light: Colour | None = None) -> None:
    pts: list[Point] = [(-40, 840)]
    for i in range(15):
        x = -40 + i * 92
        pts.append((x, y - rise * (0.5 * math.sin(i * 0.61 + seed) + 0.32 * math.sin(i * 1.37 + seed * 2.3))))
    pts.append((1260, 840))
    from studio import curve

    m = s.fill(poly(pts[0], *curve(pts[1:-1]), pts[-1]), colour, to, (600, y - rise), (600, y + 190))
    if light:
        s.spray(m, light, (600, y + rise * 1.2), (600, y - rise * 1.2), 0.55)


def window(s: Sheet, x0: float, y0: float, x1: float, y1: float, frame: Colour, sky: tuple[Colour, Colour],
           bars: tuple[int, int] = (2, 2), thick: float = 16) -> object:
    """A window with its panes; returns the mask of the glass."""
    s.shadow(rect(x0 - thick, y0 - thick, x1 + thick, y1 + thick), 6, 10, 14, alpha=0.3)
    s.solid(rect(x0 - thick, y0 - thick, x1 + thick, y1 + thick), frame, way=(1, 0.6), depth=0.4, shine=0.3)
    glass = rect(x0, y0, x1, y1)
    s.fill(glass, sky[0], sky[1], wobble=0)
    return glass


def muntins(s: Sheet, x0: float, y0: float, x1: float, y1: float, frame: Colour, across: int = 2, down: int = 2,
            thick: float = 9) -> None:
    for i in range(1, across):
        x = x0 + (x1 - x0) * i / across
        s.fill(rect(x - thick / 2, y0, x + thick / 2, y1), frame)
    for i in range(1, down):
        y = y0 + (y1 - y0) * i / down
        s.fill(rect(x0, y - thick / 2, x1, y + thick / 2), frame)


def cup(s: Sheet, x: float, y: float, w: float, h: float, base: Colour, inside: Colour, handle: int = 1,
        way: Point = (1, 0.3)) -> None:
    """A cup standing at (x, y) on its base, seen from a little above."""
    ry = w * 0.13
    hx = x + handle * w * 0.5
    ring = less(ell(hx, y - h * 0.55, w * 0.27, h * 0.27), ell(hx, y - h * 0.55, w * 0.16, h * 0.17))
    s.solid(ring, base, way=way, depth=0.6)
    body = join(
        poly((x - w / 2, y - h), (x + w / 2, y - h), (x + w * 0.42, y - ry * 0.6), (x - w * 0.42, y - ry * 0.6)),
        ell(x, y - ry * 0.8, w * 0.42, ry),
        ell(x, y - h, w / 2, ry),
    )
    s.solid(body, base, way=way)
    s.fill(ell(x, y - h, w / 2, ry), mix(base, CREAM, 0.35))
    s.fill(ell(x, y - h + 2, w / 2 - 6, ry - 4), inside)


def bowl(s: Sheet, x: float, y: float, w: float, h: float, base: Colour, soup: Colour, way: Point = (1, 0.3)) -> None:
    ry = w * 0.17
    pts = [(x - w / 2, y - h)]
    for i in range(17):
        t = math.pi - i / 16 * math.pi
        pts.append((x + math.cos(t) * w / 2 * (0.45 + 0.55 * (1 - math.sin(t))) ** 0.6, y - h + math.sin(t) * h))
    s.solid(join(poly(*pts), ell(x, y - h, w / 2, ry)), base, way=way)
    s.fill(ell(x, y - h, w / 2, ry), mix(base, CREAM, 0.5))
    s.fill(ell(x, y - h + 3, w / 2 - 11, ry - 7), mix(base, NIGHT, 0.35))
    m = s.fill(ell(x, y - h + 8, w / 2 - 22, ry - 12), soup)
    s.spray(m, GLOW, (x + w * 0.3, y - h + 20), (x - w * 0.4, y - h - 10), 0.7)


def steam(s: Sheet, x: float, y: float, tall: float, colour: Colour = CREAM, alpha: float = 0.35, lean: float = 1) -> None:
    for k, dx in enumerate((-26, 4, 30)):
        pts = [(x + dx + lean * 16 * math.sin(i * 0.9 + k * 1.4) + i * 2 * lean, y - i * tall / 7) for i in range(8)]
        s.lay(both(soft(stroke(pts, 20, 6), 8), ramp((x, y - tall), (x, y - tall * 0.3))), colour, alpha)


def leafy(s: Sheet, x: float, y: float, size: float, turn: float, colour: Colour, dark: Colour) -> None:
    a = math.radians(turn)

    def at(u: float, v: float) -> Point:
        return x + (u * math.cos(a) - v * math.sin(a)) * size, y + (u * math.sin(a) + v * math.cos(a)) * size

    m = s.fill(blob(at(0, 0), at(0.3, -0.26), at(0.62, -0.2), at(1, 0), at(0.62, 0.2), at(0.3, 0.26)), colour,
               wobble=0.6, mottle=0)
    s.spray(m, dark, at(0.5, -0.15), at(0.5, 0.35), 0.6)
    s.lay(stroke([at(0.05, 0), at(0.9, 0)], 2, smooth=False), dark, 0.5)


# -- the pictures ------------------------------------------------------------------------------------------


@picture
def loaves() -> Sheet:
    s = Sheet(mix(INK, UMBER, 0.35), mix(INK, BROWN, 0.5), 3)
    s.lay(halo(240, 250, 760, 620), mix(GLOW, RUST, 0.35), 0.62)
    glass = window(s, 520, 70, 860, 350, mix(BROWN, INK, 0.4), (NIGHT, INK2), thick=18)
    s.stars(glass, 60, 360)
    muntins(s, 520, 70, 860, 350, mix(BROWN, INK, 0.4))
    table = s.fill(rect(-10, 520, 1210, 810), mix(RUST, BROWN, 0.3), UMBER)
    s.spray(table, GLOW, (800, 700), (60, 500), 0.55)
    for y in (566, 640, 735):
        s.lay(rect(-10, y, 1210, y + 3), UMBER, 0.45)
    board = poly((150, 618), (1000, 618), (1070, 706), (90, 706))
    s.shadow(join(board, rect(90, 706, 1070, 734)), 24, 26, 14, alpha=0.55)
    s.solid(rect(90, 700, 1070, 734, 6), BROWN, way=(1, 0))
    s.solid(board, mix(SAND, EMBER, 0.28), mix(BROWN, RUST, 0.3), PEACH, way=(1, 0.2))
    for x, y, w, h in ((690, 640, 330, 190), (300, 652, 340, 200), (505, 690, 360, 196)):
        loaf = blob((x - w / 2, y - h * 0.1), (x - w * 0.44, y - h * 0.5), (x - w * 0.2, y - h * 0.92),
                    (x + w * 0.1, y - h), (x + w * 0.38, y - h * 0.68), (x + w / 2, y - h * 0.2),
                    (x + w * 0.42, y + h * 0.06), (x, y + h * 0.1), (x - w * 0.42, y + h * 0.06))
        s.shadow(loaf, 34, 16, 14, alpha=0.55)
        m = s.solid(loaf, hexed("BE6F34"), hexed("4A261B"), hexed("F0B974"), way=(0.9, 0.6), depth=0.9, shine=0.85)
        s.dust(m, CREAM, faded(halo(x - w * 0.12, y - h * 0.72, w * 0.42, h * 0.42), 0.8), 0.8, 0.75)
        for k in (-0.2, 0.0, 0.2):
            cut = [(x + w * (k - 0.1), y - h * 0.84 + abs(k) * 60), (x + w * k, y - h * 0.62 + abs(k) * 20),
                   (x + w * (k + 0.06), y - h * 0.36)]
            s.lay(hand(both(stroke(cut, 15, 5), m)), hexed("F3D3A0"), 0.9)
            s.lay(both(stroke([(a + 7, b + 3) for a, b in cut], 4, 2), m), hexed("5A2C1C"), 0.75)
    for _ in range(46):
        x, y = s.chance.gauss(330, 200), s.chance.gauss(330, 150)
        s.lay(soft(ell(x, y, s.chance.uniform(1, 3), s.chance.uniform(1, 3)), 0.8), CREAM, 0.5)
    return s


@picture
def casseroles() -> Sheet:
    s = Sheet(mix(PALE, PAPER, 0.45), mix(SAGE, PAPER, 0.3), 4)
    s.lay(soft(poly((60, 0), (430, 0), (700, 530), (330, 530)), 3), CREAM, 0.75)
    s.lay(soft(poly((236, 0), (252, 0), (524, 530), (508, 530)), 3), mix(SAGE, PAPER, 0.4), 0.8)
    s.lay(soft(poly((150, 210), (540, 210), (550, 232), (162, 232)), 3), mix(SAGE, PAPER, 0.4), 0.8)
    counter = s.fill(rect(-10, 560, 1210, 810), SAND, mix(SAND, BROWN, 0.35))
    s.spray(counter, CREAM, (900, 760), (200, 540), 0.6)
    s.lay(rect(-10, 770, 1210, 810), BROWN, 0.55)

    def dish(x: float, y: float, w: float, h: float, c: Colour, lid: Colour, knob: Colour) -> None:
        body = join(rect(x - w / 2, y - h, x + w / 2, y - 24), rect(x - w / 2, y - h, x + w / 2, y, 34))
        grip = rect(x - w / 2 - 38, y - h + 8, x + w / 2 + 38, y - h + 34, 13)
        s.shadow(join(body, grip), 34, 8, 12, alpha=0.32)
        s.solid(grip, c, way=(1, 0.2))
        s.solid(body, c, way=(1, 0.3), depth=0.85)
        cover = less(ell(x, y - h, w / 2 + 8, h * 0.42), rect(0, y - h + 6, 1200, 800))
        s.solid(cover, lid, way=(1, 0.3), depth=0.7)
        if knob != lid:
            s.solid(rect(x - 30, y - h - h * 0.42 - 20, x + 30, y - h - h * 0.42 + 5, 10), knob, way=(1, 0.3))

    def tape(x: float, y: float, w: float, turn: float) -> None:
        m = poly((x, y), (x + w, y + turn), (x + w + 2, y + 36 + turn), (x - 2, y + 36))
        s.solid(m, hexed("F2E3BC"), way=(1, 0.2), depth=0.25)
        pts = [(x + 14 + i * (w - 30) / 12, y + 19 + turn * i / 12 + (6 if i % 2 else -5)) for i in range(13)]
        s.lay(stroke(pts, 3), INK, 0.8)

    dish(470, 668, 470, 150, INK2, mix(INK2, MIST, 0.25), mix(INK2, MIST, 0.25))
    tape(390, 590, 150, 4)
    dish(480, 480, 380, 118, CREAM, mix(CREAM, SAND, 0.25), mix(CREAM, SAND, 0.25))
    tape(430, 404, 120, -4)
    dish(462, 322, 300, 96, EMBER, mix(EMBER, GLOW, 0.25), RUST)
    tape(384, 254, 108, 3)
    page = poly((800, 628), (1010, 604), (1110, 700), (872, 734))
    page2 = poly((640, 660), (800, 628), (872, 734), (690, 772))
    book = join(page, page2)
    s.shadow(book, 14, 14, 8, alpha=0.35)
    s.solid(poly((634, 664), (1012, 602), (1122, 704), (690, 784)), SAGE3, way=(1, 0.3))
    for m in (page, page2):
        s.solid(m, mix(PALE, CREAM, 0.55), way=(1, 0.2), depth=0.25)
    for i in range(1, 7):
        t = i / 7
        s.lay(stroke([(800 + 72 * t, 628 + 106 * t), (1010 + 100 * t, 604 + 96 * t)], 1.6, smooth=False), SAGE2, 0.8)
        s.lay(stroke([(640 + 50 * t, 660 + 112 * t), (800 + 72 * t, 628 + 106 * t)], 1.6, smooth=False), SAGE2, 0.8)
        if i < 6:
            p = [(700 + 62 * t + k * 9, 652 + 105 * t - k * 1.9 + (4 if k % 2 else -3)) for k in range(9)]
            s.lay(stroke(p, 2.4), INK, 0.75)
    s.shadow(stroke([(905, 690), (1060, 640)], 12, smooth=False), 6, 8, 4, alpha=0.4)
    s.solid(stroke([(905, 690), (1060, 640)], 12, smooth=False), EMBER, way=(0.3, 1))
    s.fill(stroke([(893, 694), (907, 689)], 3, 10, smooth=False), UMBER)
    return s


@picture
def night_road() -> Sheet:
    s = Sheet(NIGHT, INK2, 5, stop=(600, 380))
    s.fill(rect(-5, 250, 1205, 520), INK2, EMBER, (600, 270), (600, 480), wobble=0)
    s.fill(both(rect(-5, 390, 1205, 520), ALL), EMBER, GLOW, (600, 400), (600, 500), wobble=0)
    s.lay(halo(760, 500, 620, 190), hexed("F9CE86"), 0.7)
    s.stars(ramp((600, 330), (600, 60)), 150, 330)
    hills(s, 470, 50, mix(INK2, RUST, 0.4), mix(INK, RUST, 0.2), 1.0)
    hills(s, 520, 64, INK, NIGHT, 2.4, mix(INK2, RUST, 0.25))
    ground = s.fill(poly((-10, 590), (420, 545), (800, 540), (1210, 600), (1210, 810), (-10, 810)), mix(INK, NIGHT, 0.4), NIGHT)
    from studio import curve

    left = curve([(722, 548), (676, 570), (610, 610), (420, 690), (60, 830)])
    right = curve([(1010, 830), (860, 690), (764, 612), (740, 570), (734, 548)])
    road = s.fill(poly(*left, *right), mix(SLATE, INK, 0.45), mix(INK, NIGHT, 0.3))
    beam = soft(poly((664, 604), (712, 604), (900, 830), (150, 830)), 16)
    s.screen(both(beam, road), mix(GLOW, EMBER, 0.2), 0.62)
    s.screen(both(beam, ground), GLOW, 0.12)
    for a, b in (((706, 578), (702, 586)), ((660, 640), (630, 668)), ((588, 705), (530, 760))):
        s.lay(stroke([a, b], 4 + (b[1] - 570) / 18, 6 + (b[1] - 570) / 14, smooth=False), CREAM, 0.75)
    car = join(rect(644, 570, 732, 606, 12), blob((660, 574), (670, 552), (706, 552), (716, 574), (690, 580)))
    s.solid(car, NIGHT, way=(0, 1), depth=0.1, shine=0.25)
    for x in (661, 715):
        s.screen(halo(x, 590, 120, 90, 2.6), GLOW, 0.95)
        s.lay(soft(ell(x, 590, 9, 7), 1.5), CREAM)
    for x, y, h in ((60, 640, 250), (1140, 650, 300), (1040, 610, 150)):
        s.fill(rect(x - 4, y - h, x + 4, y + 40), NIGHT)
        s.fill(rect(x - 34, y - h + 24, x + 34, y - h + 31), NIGHT)
    s.lay(stroke([(60, 418), (500, 470), (1040, 486), (1140, 378), (1250, 366)], 2), NIGHT, 0.7)
    return s


@picture
def corridor() -> Sheet:
    s = Sheet(INK, NIGHT, 6)
    v = (560, 350)
    far = (470, 270, 650, 480)
    ceil = poly((-10, -60), (1210, -160), (650, 270), (470, 270))
    s.fill(ceil, mix(INK2, NIGHT, 0.3), mix(SLATE, INK, 0.4), (600, 0), (600, 270))
    lw = s.fill(poly((-10, -60), (470, 270), (470, 480), (-10, 860)), INK2, SLATE, (0, 400), (470, 400))
    rw = s.fill(poly((1210, -160), (650, 270), (650, 480), (1210, 960)), mix(INK2, SLATE, 0.2), SLATE, (1210, 400), (650, 400))
    fl = s.fill(poly((470, 480), (650, 480), (1210, 910), (1210, 960), (-10, 960), (-10, 800)), SLATE, INK, (560, 480), (560, 800))
    s.solid(rect(*far), mix(SLATE, MIST, 0.35), way=(0, 1), depth=0.3)
    s.solid(rect(505, 330, 555, 480), mix(SLATE, INK, 0.3), way=(1, 0), depth=0.4)
    s.solid(rect(563, 330, 613, 480), mix(SLATE, INK, 0.3), way=(1, 0), depth=0.4)
    for x in (520, 578):
        s.lay(rect(x, 350, x + 20, 400), HAZE, 0.8)
    for t0, t1 in ((0.08, 0.3), (0.45, 0.58), (0.7, 0.78)):
        def at(x: float, y: float, t: float) -> Point:
            return x + (v[0] - x) * t, y + (v[1] - y) * t
        panel = poly(at(430, -110, t0), at(760, -120, t0), at(760, -120, t1), at(430, -110, t1))
        s.fill(panel, mix(MIST, SLATE, 0.4), mix(HAZE, MIST, 0.4))
    def rail(x: float, y: float, w: float, c: Colour) -> None:
        e = (470, y + (350 - y) * 0.84) if x < 600 else (650, y + (350 - y) * 0.86)
        s.lay(both(stroke([(x, y), e], w, w * 0.25, smooth=False), join(lw, rw)), c, 0.9)
    rail(-10, 590, 26, mix(BROWN, SAND, 0.35))
    rail(1210, 640, 26, mix(BROWN, SAND, 0.45))
    rail(-10, 606, 8, NIGHT)
    rail(-10, 810, 30, INK)
    # the open door and what comes out of it
    s.lay(poly((700, 250), (860, 128), (860, 655), (700, 520)), mix(NIGHT, INK, 0.4))
    door = poly((712, 262), (850, 158), (850, 645), (712, 528))
    s.fill(door, hexed("F8D196"), hexed("F0A857"), (700, 400), (860, 420))
    s.lay(soft(both(halo(760, 330, 130, 160), door), 2), CREAM, 0.9)
    spill = poly((712, 528), (850, 645), (560, 860), (40, 860), (180, 700), (420, 560))
    s.screen(both(soft(spill, 14), fl), hexed("E08A3C"), 0.8)
    s.lay(both(soft(poly((712, 528), (850, 645), (640, 760), (300, 720), (480, 590)), 26), fl), hexed("F8D196"), 0.5)
    s.screen(both(soft(poly((470, 300), (470, 470), (20, 790), (20, 380)), 40), lw), hexed("D9722F"), 0.36)
    s.screen(halo(780, 400, 430, 380, 2.2), GLOW, 0.4)
    # the chair outside it
    s.shadow(poly((905, 690), (1010, 770), (880, 850), (770, 760)), -30, 10, 12, alpha=0.5)
    chair = INK
    for pts in (((915, 470), (1015, 500), (1015, 610), (915, 575)), ((860, 605), (960, 640), (1020, 612), (915, 575))):
        s.solid(poly(*pts), mix(SAGE3, INK, 0.25), way=(1, 0.2), light=GLOW, shine=0.5)
    for x0, y0, y1 in ((866, 606, 730), (958, 640, 790), (1012, 610, 760), (918, 580, 690)):
        s.fill(rect(x0 - 5, y0, x0 + 4, y1), chair)
    return s


@picture
def tomatoes() -> Sheet:
    s = Sheet(hexed("F3CF9F"), hexed("F6E2C0"), 7, stop=(600, 420))
    s.lay(halo(1010, 150, 420, 360), CREAM, 0.9)
    s.fill(ell(1010, 160, 66, 66), hexed("FBF0D4"), wobble=0.2)
    hills(s, 330, 40, mix(SAGE, PEACH, 0.5), mix(SAGE, PEACH, 0.3), 2.0)
    for i in range(13):
        x = -20 + i * 98
        top = 300 + s.chance.uniform(-8, 8)
        m = poly((x, top + 20), (x + 43, top), (x + 88, top + 20), (x + 88, 680), (x, 680))
        s.solid(m, mix(SAGE3, INK, 0.3), way=(-1, 0.8), depth=0.5, light=mix(SAGE, GLOW, 0.3), shine=0.45)
    s.fill(poly((-10, 660), (1210, 640), (1210, 810), (-10, 810)), BROWN, UMBER)
    from studio import curve

    for n, (x, top) in enumerate(((190, 170), (470, 110), (770, 180))):
        s.solid(rect(x - 8, top, x + 8, 720), mix(SAND, BROWN, 0.3), way=(-1, 0))
        s.fill(stroke([(x + 12, 720), (x - 14, 560), (x + 16, 400), (x - 6, top + 50)], 15, 6), SAGE3)
        spots = []
        for k in range(58):
            t = s.chance.random()
            yy = top + 40 + t * (640 - top)
            spread = 60 + 105 * math.sin(t * 2.6 + 0.3)
            spots.append((x + s.chance.gauss(0, spread * 0.55), yy))
        spots.sort(key=lambda p: abs(p[0] - x), reverse=True)
        for k, (lx, ly) in enumerate(spots):
            out = 0 if lx > x else 180
            c = (SAGE3, SAGE2, mix(SAGE2, PINE, 0.4), SAGE)[k % 4]
            leafy(s, lx, ly, s.chance.uniform(58, 96), out + s.chance.uniform(-40, 65) * (1 if out == 0 else -1), c, PINE)
        for k in range(8):
            ty = top + 130 + k * (500 - top * 0.6) / 8 + s.chance.uniform(-14, 14)
            tx = x + s.chance.uniform(-92, 92)
            r = s.chance.uniform(27, 43)
            base = EMBER if (k + n) % 3 else mix(SAGE, GLOW, 0.35)
            s.shadow(ell(tx, ty, r, r), -7, 10, 6, PINE, 0.5)
            s.solid(ell(tx, ty, r * 1.05, r * 0.95), base, RUST if base == EMBER else SAGE3, hexed("F7B277"), way=(-0.8, 0.8), depth=0.9, shine=0.8)
            s.lay(soft(ell(tx + r * 0.36, ty - r * 0.4, r * 0.2, r * 0.13, 40), 1.2), CREAM, 0.85)
            for a in (-150, -95, -30, 25, 200):
                leafy(s, tx, ty - r * 0.86, r * 0.6, a, SAGE3, PINE)
    can = poly((940, 560), (1080, 560), (1094, 716), (926, 716))
    s.shadow(join(can, poly((1094, 716), (926, 716), (800, 752), (980, 752))), -26, 12, 10, alpha=0.45)
    s.solid(less(ell(1010, 562, 74, 86), ell(1010, 562, 58, 70)), SLATE, way=(-1, 0.4))
    s.solid(stroke([(940, 690), (884, 628), (846, 562)], 26, 15), SLATE, way=(-1, 0.4))
    s.solid(poly((828, 574), (866, 544), (850, 522), (806, 556)), SLATE, way=(-1, 0.6))
    s.solid(can, SLATE, INK, MIST, way=(-1, 0.3), depth=0.9)
    s.fill(ell(1010, 560, 70, 15), INK)
    s.lay(rect(932, 612, 1087, 618), INK, 0.5)
    s.screen(poly((1300, 0), (700, 0), (-200, 800), (900, 800)), hexed("5A3A18"), 0.3)
    return s


@picture
def cake() -> Sheet:
    s = Sheet(mix(INK, NIGHT, 0.2), mix(INK2, UMBER, 0.5), 8)
    s.lay(halo(560, 260, 620, 500), mix(RUST, GLOW, 0.25), 0.72)
    s.lay(halo(560, 250, 330, 300), GLOW, 0.55)
    for i in range(11):
        x = 40 + i * 112
        y = 60 + 44 * math.sin(i / 10 * math.pi)
        c = (EMBER, SAGE, PAPER, SLATE)[i % 4]
        s.solid(poly((x - 34, y), (x + 36, y + 4), (x + 4, y + 76)), mix(c, INK, 0.45), way=(0.2, -1), depth=0.6)
    s.lay(stroke([(-10, 40), (300, 92), (600, 108), (900, 92), (1210, 40)], 3), CREAM, 0.5)
    t = s.fill(poly((-10, 590), (1210, 560), (1210, 810), (-10, 810)), mix(RUST, BROWN, 0.4), UMBER)
    s.dust(t, GLOW, halo(560, 600, 560, 170), 0.6)
    s.shadow(ell(600, 680, 400, 66), 40, 18, 16, alpha=0.6)
    s.solid(ell(590, 668, 390, 66), CREAM, SLATE, way=(0.9, 0.5), depth=0.8)
    s.lay(less(ell(590, 664, 352, 54), ell(590, 666, 340, 49)), SLATE, 0.4)
    # the cake leans to the right
    body = poly((330, 400), (846, 448), (838, 640), (820, 664), (590, 690), (360, 668), (340, 640))
    s.solid(join(body, ell(588, 640, 250, 48)), hexed("F3DDB8"), mix(BROWN, INK, 0.2), CREAM, way=(0.95, 0.3), depth=0.85)
    top = ell(588, 424, 260, 66, 5)
    s.solid(top, hexed("F9EBD0"), mix(SAND, BROWN, 0.3), CREAM, way=(0.9, 0.4), depth=0.5)
    drip: list[Point] = []
    for i in range(27):
        a = math.pi * (1 - i / 26)
        drip.append((588 + 262 * math.cos(a), 424 + 23 * math.cos(a) + 62 * math.sin(a) + (40 if i % 4 == 1 else 8 if i % 2 else 24)))
    from studio import curve

    icing = join(poly((326, 402), *curve(drip), (850, 448)), top)
    s.solid(less(icing, ell(588, 418, 248, 55, 5)), hexed("E58A4C"), RUST, hexed("F7C48A"), way=(0.9, 0.5), depth=0.7)
    s.solid(ell(588, 418, 249, 56, 5), hexed("EE9C5C"), RUST, hexed("FAD29A"), way=(0.9, 0.4), depth=0.5)
    # the missing slice
    s.fill(poly((588, 420), (690, 478), (838, 448), (836, 640), (700, 684), (590, 610)), mix(INK, UMBER, 0.45), mix(UMBER, BROWN, 0.4))
    cut1 = s.fill(poly((588, 420), (694, 480), (700, 686), (590, 612)), hexed("EBC48B"), hexed("B5743F"), (590, 500), (700, 520))
    for f in (0.32, 0.66):
        s.lay(both(poly((588, 420 + 192 * f), (694, 480 + 204 * f), (694, 496 + 204 * f), (588, 434 + 192 * f)), cut1), RUST, 0.9)
    s.spray(cut1, UMBER, (600, 500), (730, 560), 0.5)
    s.lay(rect(836, 446, 860, 660), mix(INK, UMBER, 0.5), 0)
    # the candle
    s.solid(rect(540, 300, 558, 416, 4), SLATE, INK, HAZE, way=(1, 0))
    for y in (318, 346, 374):
        s.lay(both(stroke([(536, y + 14), (562, y)], 7, smooth=False), rect(540, 300, 558, 416)), CREAM, 0.85)
    s.lay(stroke([(549, 300), (550, 282)], 3, smooth=False), UMBER)
    s.screen(halo(550, 258, 230, 230, 2.6), GLOW, 0.95)
    s.lay(soft(blob((550, 216), (563, 252), (561, 276), (549, 288), (537, 276), (538, 252)), 1.2), hexed("FBD07E"))
    s.lay(soft(blob((550, 246), (556, 266), (549, 284), (543, 266)), 1.5), CREAM)
    for x, y, r in ((965, 690, 0), (200, 712, 0)):
        s.shadow(ell(x, y, 118, 26), 16, 8, 8, alpha=0.5)
        s.solid(ell(x, y, 118, 26), mix(HAZE, SLATE, 0.4), INK, way=(1 if x > 500 else -1, 0.5))
    s.solid(poly((920, 690), (1010, 648), (1040, 690), (960, 706)), hexed("E8BC84"), BROWN, way=(1, 0.6))
    s.solid(poly((920, 688), (1010, 644), (1034, 656), (946, 696)), hexed("E58A4C"), RUST, way=(1, 0.6))
    s.lay(stroke([(130, 704), (290, 728)], 7, 5, smooth=False), HAZE, 0.9)
    return s


@picture
def birds() -> Sheet:
    s = Sheet(mix(MIST, HAZE, 0.45), hexed("F2CBA0"), 9, stop=(600, 700))
    s.lay(halo(900, 640, 760, 420), hexed("F9E3BC"), 0.9)
    for x, y, rx, ry in ((250, 190, 330, 26), (480, 230, 260, 16), (900, 330, 360, 20), (1050, 300, 200, 14)):
        s.lay(soft(ell(x, y, rx, ry), 14), CREAM, 0.45)
    hills(s, 640, 24, mix(SLATE, PEACH, 0.5), mix(SLATE, PEACH, 0.4), 0.7)

    def house(x: float, y: float, w: float, h: float, c: Colour, lit: bool = False) -> None:
        s.solid(poly((x - 18, y), (x + w / 2, y - h), (x + w + 18, y)), mix(c, NIGHT, 0.25), way=(-1, 0.4), light=mix(c, PEACH, 0.5), depth=0.5)
        s.solid(rect(x, y - 2, x + w, 830), c, way=(-1, 0.4), depth=0.5, shine=0.35)
        s.solid(rect(x + w * 0.7, y - h * 0.95, x + w * 0.7 + 26, y - h * 0.3), mix(c, NIGHT, 0.3), way=(-1, 0))
        if lit:
            s.screen(halo(x + w * 0.34, y + 48, 90), GLOW, 0.6)
            s.lay(rect(x + w * 0.26, y + 26, x + w * 0.26 + 44, y + 76), hexed("FBD08A"))
            s.lay(rect(x + w * 0.26 + 20, y + 26, x + w * 0.26 + 24, y + 76), c)
            s.lay(rect(x + w * 0.26, y + 48, x + w * 0.26 + 44, y + 52), c)

    house(40, 700, 220, 84, mix(INK2, SLATE, 0.35))
    house(830, 690, 240, 92, mix(INK2, SLATE, 0.3))
    house(300, 720, 260, 98, INK2, True)
    house(600, 735, 200, 72, mix(INK2, NIGHT, 0.2))
    house(1050, 730, 240, 80, INK)
    s.solid(rect(84, 90, 102, 810), UMBER, way=(-1, 0), light=PEACH)
    s.solid(rect(20, 150, 168, 164), UMBER, way=(0, 1), light=PEACH)
    wires = []
    for dy, sag in ((0, 74), (64, 92)):
        pts = [(x, 158 + dy + sag * math.sin((x - 90) / 1220 * math.pi) - (x - 90) * 0.02) for x in range(90, 1300, 40)]
        wires.append(pts)
        s.lay(stroke(pts, 3.2, smooth=False), UMBER, 0.95)
    s.lay(stroke([(x, 300 + 30 * math.sin(x / 240)) for x in (-20, 30, 90)], 3), UMBER, 0)

    def bird(x: float, way: int, size: float) -> None:
        y = 158 + 74 * math.sin((x - 90) / 1220 * math.pi) - (x - 90) * 0.02 - 4

        def at(u: float, v: float) -> Point:
            return x + way * u * size, y + v * size

        s.lay(stroke([at(-4, -6), at(-5, 5)], 3, smooth=False), UMBER)
        s.lay(stroke([at(7, -6), at(6, 5)], 3, smooth=False), UMBER)
        s.fill(poly(at(-22, -22), at(-66, 12), at(-58, 20), at(-12, -8)), INK)
        body = blob(at(-32, -14), at(-24, -36), at(2, -56), at(20, -66), at(36, -60), at(40, -44), at(36, -22), at(16, -4), at(-10, -2))
        s.solid(body, INK2, NIGHT, mix(PEACH, SLATE, 0.3), way=(-way, 0.5), depth=0.9, shine=0.6)
        s.fill(blob(at(24, -34), at(33, -20), at(16, -5), at(2, -6), at(10, -22)), mix(EMBER, PEACH, 0.35))
        s.fill(blob(at(-38, -6), at(-20, -34), at(4, -38), at(2, -20), at(-14, -10)), INK)
        s.fill(poly(at(38, -57), at(54, -50), at(38, -46)), UMBER)
        s.lay(ell(*at(29, -54), 2.6 * size, 2.6 * size), CREAM)

    bird(420, 1, 1.25)
    bird(850, -1, 1.08)
    return s


@picture
def sink_window() -> Sheet:
    s = Sheet(mix(SAGE3, INK, 0.5), mix(SAGE3, INK, 0.3), 10)
    glass = window(s, 300, 50, 900, 500, mix(PAPER, SAGE, 0.45), (INK, hexed("C9764A")), thick=24)
    s.fill(rect(300, 50, 900, 300), NIGHT, INK2, (600, 50), (600, 320), wobble=0)
    s.fill(rect(300, 300, 900, 500), INK2, hexed("D98A55"), (600, 290), (600, 490), wobble=0)
    s.stars(both(rect(300, 50, 900, 500), ramp((600, 330), (600, 80))), 70, 320)
    house = join(poly((470, 352), (640, 240), (830, 352)), rect(486, 350, 812, 500))
    s.solid(both(house, glass), mix(INK, NIGHT, 0.3), way=(0, -1), depth=0.3, shine=0.1)
    s.screen(both(halo(650, 412, 130), glass), GLOW, 0.55)
    s.lay(rect(612, 372, 690, 452), hexed("FAD08C"))
    s.lay(rect(648, 372, 654, 452), INK)
    s.lay(rect(612, 408, 690, 413), INK)
    s.lay(rect(664, 424, 676, 452), INK, 0.85)
    s.fill(both(blob((300, 510), (300, 400), (350, 372), (400, 420), (450, 440), (470, 510)), glass), PINE)
    muntins(s, 300, 50, 900, 500, mix(PAPER, SAGE, 0.45), 2, 1, 12)
    s.solid(rect(250, 500, 950, 536), mix(PAPER, SAGE, 0.3), way=(0, 1), depth=0.5)
    for side in (-1, 1):
        x = 600 + side * 345
        cur = blob((x - 70, 10), (x + 70, 10), (x + 62, 200), (x + 66 + side * 20, 420), (x + side * 26, 470), (x - 64 + side * 20, 420), (x - 60, 200))
        s.shadow(cur, 10, 6, 10, alpha=0.35)
        m = s.solid(cur, mix(EMBER, PAPER, 0.35), RUST, PEACH, way=(side, 0.2), depth=0.7)
        for k in (-30, 2, 32):
            s.lay(both(soft(stroke([(x + k, 10), (x + k * 0.8 + side * 6, 240), (x + k + side * 16, 450)], 8), 3), m), RUST, 0.5)
    s.solid(rect(-10, 560, 1210, 640), mix(SAND, BROWN, 0.15), way=(0, 1), depth=0.4, light=CREAM)
    s.fill(rect(-10, 632, 1210, 810), mix(SAGE2, INK, 0.35), mix(SAGE3, NIGHT, 0.3))
    for x in (120, 470, 860):
        s.lay(rect(x, 660, x + 4, 810), NIGHT, 0.4)
    basin = poly((330, 580), (760, 580), (790, 640), (300, 640))
    s.solid(basin, HAZE, SLATE, CREAM, way=(0, 1), depth=0.7)
    s.solid(poly((352, 590), (738, 590), (758, 628), (330, 628)), mix(SLATE, INK, 0.25), way=(-1, -0.3))
    tap = stroke([(545, 590), (545, 470), (556, 428), (596, 414), (632, 430), (638, 470)], 20, 17)
    s.shadow(tap, 10, 4, 6, alpha=0.35)
    s.solid(tap, MIST, INK, CREAM, way=(1, 0.2), depth=0.8, shine=0.8)
    s.solid(rect(516, 562, 574, 584, 8), MIST, INK, CREAM, way=(1, 0.4))
    s.solid(rect(236, 470, 284, 588, 12), mix(SAGE, GLOW, 0.25), way=(1, 0.2))
    s.solid(rect(250, 444, 270, 474, 4), CREAM, way=(1, 0))
    s.lay(rect(240, 506, 280, 550), CREAM, 0.8)
    rack = NIGHT
    s.shadow(ell(940, 590, 160, 22), 12, 10, 10, alpha=0.5)
    s.solid(ell(900, 496, 84, 92), CREAM, SLATE, way=(1, 0.5), depth=0.7)
    s.lay(less(ell(900, 496, 60, 66), ell(900, 496, 56, 62)), SLATE, 0.45)
    cup(s, 1010, 588, 92, 86, EMBER, UMBER, 1)
    cup(s, 1106, 592, 84, 80, CREAM, SLATE, 1)
    for x in range(800, 1150, 34):
        s.lay(rect(x, 560, x + 5, 604), rack, 0.85)
    s.lay(rect(790, 560, 1160, 567), rack, 0.9)
    s.lay(rect(790, 598, 1160, 605), rack, 0.9)
    s.screen(halo(600, 430, 700, 380), hexed("6A3A1C"), 0.35)
    return s


# -- the press ---------------------------------------------------------------------------------------------


def print_one(job: tuple[str, str | None]) -> str:
    name, png = job
    drawn = PICTURES[name]().finish()
    quality = save(drawn, TARGET / f"{name}.webp")
    if png:
        drawn.save(Path(png) / f"{name}.png")
    return f"{name}.webp  {(TARGET / f'{name}.webp').stat().st_size} bytes, quality {quality}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="draw only these (default: all)")
    parser.add_argument("--png", metavar="FOLDER", help="also write full-quality PNG files here, to look at")
    given = parser.parse_args()
    unknown = set(given.names) - set(PICTURES)
    if unknown:
        parser.error(f"no such picture: {', '.join(sorted(unknown))}")
    TARGET.mkdir(parents=True, exist_ok=True)
    with Pool() as pool:
        for line in pool.imap(print_one, [(n, given.png) for n in given.names or PICTURES]):
            print(line, flush=True)


if __name__ == "__main__":
    main()
