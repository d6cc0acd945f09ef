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
    SAND, SLATE, UMBER, Colour, Point, Sheet, blank, blob, both, curve, ell, faded, halo, hand, hexed, join, less, mix,
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
    s.lay(ramp((600, 230), (600, 460)), mix(EMBER, RUST, 0.3))
    s.lay(ramp((600, 400), (600, 510)), GLOW, 0.8)
    s.lay(halo(760, 500, 620, 190), hexed("F9CE86"), 0.7)
    s.stars(ramp((600, 330), (600, 60)), 150, 330)
    hills(s, 470, 50, mix(INK2, RUST, 0.4), mix(INK, RUST, 0.2), 1.0)
    hills(s, 520, 64, INK, NIGHT, 2.4, mix(INK2, RUST, 0.25))
    ground = s.fill(poly((-10, 590), (420, 545), (800, 540), (1210, 600), (1210, 810), (-10, 810)), mix(INK, NIGHT, 0.4), NIGHT)
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
    s.screen(ramp((500, 760), (1000, 60)), hexed("5A3A18"), 0.35)
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
    icing = join(poly((326, 402), *curve(drip), (850, 448)), top)
    s.solid(less(icing, ell(588, 418, 248, 55, 5)), hexed("E58A4C"), RUST, hexed("F7C48A"), way=(0.9, 0.5), depth=0.7)
    s.solid(ell(588, 418, 249, 56, 5), hexed("EE9C5C"), RUST, hexed("FAD29A"), way=(0.9, 0.4), depth=0.5)
    # the missing slice
    hole = s.fill(poly((588, 420), (838, 448), (860, 500), (838, 648), (694, 688), (694, 480)), hexed("EFCB94"), hexed("C98F55"), (640, 500), (860, 560))
    for y in (0.3, 0.62):
        s.lay(both(poly((588, 420 + 192 * y), (846, 448 + 192 * y), (846, 464 + 192 * y), (588, 434 + 192 * y)), hole), RUST, 0.85)
    s.spray(hole, mix(BROWN, INK, 0.4), (780, 500), (680, 520), 0.85)
    s.lay(both(poly((588, 420), (846, 448), (846, 474), (588, 444)), hole), hexed("D97C42"))
    floor = both(poly((640, 612), (838, 636), (870, 700), (690, 700)), hole)
    s.fill(floor, HAZE, SLATE, (840, 640), (690, 640))
    s.spray(floor, mix(INK, BROWN, 0.3), (820, 660), (690, 620), 0.8)
    s.fill(poly((838, 448), (870, 440), (870, 660), (838, 648)), mix(UMBER, BROWN, 0.35))
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
        s.lay(ell(*at(29, -54), 1.9 * size, 1.9 * size), CREAM, 0.8)

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


@picture
def shoes() -> Sheet:
    s = Sheet(mix(SAGE, PAPER, 0.25), mix(SAGE2, PAPER, 0.2), 11)
    for x in range(-20, 1220, 76):
        s.lay(rect(x, 0, x + 3, 500), SAGE3, 0.4)
    s.solid(rect(-10, 470, 1210, 520), mix(PAPER, SAGE, 0.25), way=(0, 1), depth=0.35)
    s.solid(rect(640, -10, 1030, 520), mix(RUST, BROWN, 0.35), way=(1, 0.2), depth=0.6, light=EMBER)
    s.solid(rect(596, -10, 640, 520), mix(PAPER, SAGE, 0.3), way=(1, 0), depth=0.4)
    s.solid(rect(1030, -10, 1074, 520), mix(PAPER, SAGE, 0.35), way=(1, 0), depth=0.5)
    for y0, y1 in ((-20, 120), (170, 430)):
        for x0, x1 in ((685, 815), (855, 985)):
            s.solid(rect(x0, y0, x1, y1, 4), mix(RUST, BROWN, 0.55), way=(-1, -0.5), depth=0.5, light=EMBER, shine=0.4)
    s.solid(ell(1002, 146, 15, 15), hexed("E3B567"), way=(0.8, 0.8))
    s.fill(rect(-10, 518, 1210, 810), mix(SAND, BROWN, 0.35), mix(BROWN, UMBER, 0.2))
    for y in (560, 622, 704):
        s.lay(rect(-10, y, 1210, y + 3), UMBER, 0.4)
    s.screen(soft(poly((-10, 520), (420, 520), (240, 810), (-10, 810)), 30), GLOW, 0.35)
    mat = poly((150, 590), (1050, 590), (1120, 742), (80, 742))
    s.shadow(mat, 6, 10, 8, alpha=0.4)
    m = s.solid(mat, mix(INK2, SAGE3, 0.3), way=(1, 0.4), depth=0.5, light=SLATE)
    for k in range(3):
        s.lay(both(less(poly((182 + k * 18, 600 + k * 6), (1018 - k * 18, 600 + k * 6), (1086 - k * 22, 732 - k * 7), (114 + k * 22, 732 - k * 7)),
                        poly((188 + k * 18, 603 + k * 6), (1012 - k * 18, 603 + k * 6), (1079 - k * 22, 729 - k * 7), (121 + k * 22, 729 - k * 7))), m), SAND, 0.35)

    def boot(x: float, y: float, z: float, base: Colour, sole: Colour, tall: float, lace: Colour | None = None) -> None:
        def at(u: float, v: float) -> Point:
            return x + u * z, y + v * z
        shape = poly(*curve([at(0, -tall), at(66, -tall - 4), at(70, -70), at(96, -58), at(140, -44), at(158, -22), at(156, -4), at(0, -4), at(-6, -30), at(2, -70)], closed=True))
        s.shadow(ell(x + 86 * z, y + 4, 96 * z, 12 * z), 12, 2, 6, alpha=0.55)
        s.solid(shape, base, way=(1, 0.5), depth=0.8, shine=0.55)
        s.fill(ell(x + 33 * z, y - tall * z, 33 * z, 9 * z), mix(base, NIGHT, 0.55))
        s.fill(rect(x - 8 * z, y - 14 * z, x + 160 * z, y + 4 * z, 6 * z), sole)
        if lace:
            for k in range(3):
                s.lay(stroke([at(48, -tall + 22 + k * 20), at(76, -tall + 32 + k * 20)], 5 * z, smooth=False), lace, 0.9)

    boot(150, 668, 1.15, hexed("8A5530"), UMBER, 150, SAND)
    boot(210, 704, 1.2, hexed("8A5530"), UMBER, 150, SAND)
    boot(455, 662, 0.98, INK2, NIGHT, 108, MIST)
    boot(510, 696, 1.02, INK2, NIGHT, 108, MIST)
    boot(842, 664, 0.58, hexed("CF3F28"), CREAM, 92, CREAM)
    boot(878, 690, 0.6, hexed("CF3F28"), CREAM, 92, CREAM)
    return s


@picture
def crib_shadow() -> Sheet:
    s = Sheet(mix(INK, SLATE, 0.25), mix(INK2, BROWN, 0.25), 12)
    lamp = (190, 620)
    s.lay(halo(300, 560, 1250, 900, 1.0), hexed("EFC08A"), 0.96)
    s.lay(halo(*lamp, 520, 460, 1.4), hexed("FBE3B5"), 0.75)
    s.fill(poly((-10, 668), (1210, 668), (1210, 810), (-10, 810)), mix(BROWN, UMBER, 0.4), mix(UMBER, NIGHT, 0.4))
    s.dust(rect(-10, 668, 1210, 810), GLOW, halo(*lamp, 700, 260), 0.75)
    s.solid(rect(-10, 646, 1210, 672), mix(PEACH, BROWN, 0.35), way=(1, 0), depth=0.9)
    wall = rect(-10, -10, 1210, 648)
    dark = mix(INK, BROWN, 0.42)
    bars = []
    for i in range(9):  # each bar's shadow leans further and grows wider with its distance from the lamp
        b = 500 + i * 74 + i * i * 3.2
        t = b + (b - 330) * 0.17
        w = 13 + i * 2.2
        bars.append(poly((t - w, 178 - i * 9), (t + w, 178 - i * 9), (b + w * 0.8, 650), (b - w * 0.8, 650)))
    rail = poly((440, 190), (1260, 40), (1260, 116), (440, 232))
    post = poly((432, 150), (474, 146), (470, 650), (438, 650))
    knob = ell(452, 140, 30, 30)
    low = poly((440, 560), (1260, 560), (1260, 608), (440, 590))
    for m, blur in ((join(*bars[:4]), 2.5), (join(*bars[4:]), 6), (rail, 4), (join(post, knob), 2), (low, 4)):
        s.multiply(both(soft(m, blur), wall), mix(dark, SLATE, 0.35), 0.8)
    # a mobile's shadow: a string, a bar, three small stars and a moon
    mob = join(stroke([(800, -10), (800, 60)], 4), )
    s.multiply(soft(mob, 3), dark, 0.6)
    s.solid(rect(170, 596, 212, 690, 6), CREAM, way=(-1, 0), depth=0.3)
    s.solid(ell(191, 694, 52, 13), mix(SAND, BROWN, 0.3), way=(1, 0.6))
    s.fill(rect(184, 620, 198, 690), mix(SAND, BROWN, 0.3))
    shade = poly((150, 520), (232, 520), (268, 628), (114, 628))
    s.screen(halo(*lamp, 330, 300, 2.4), GLOW, 0.9)
    m = s.fill(shade, hexed("FFEFC9"), hexed("F7C47C"))
    s.spray(m, EMBER, (191, 590), (191, 650), 0.5)
    s.solid(blob((292, 700), (300, 640), (322, 622), (348, 640), (356, 700), (324, 712)), mix(BROWN, SAND, 0.25), way=(1, 0.3), light=PEACH, shine=0.8)
    s.solid(ell(324, 612, 27, 25), mix(BROWN, SAND, 0.25), way=(1, 0.3), light=PEACH, shine=0.8)
    for x, lean in ((308, -4), (342, 5)):
        s.solid(blob((x - 8, 600), (x - 9 + lean, 560), (x + lean, 536), (x + 9 + lean, 560), (x + 8, 600)), mix(BROWN, SAND, 0.25), way=(1, 0.3), light=PEACH, shine=0.8)
    return s


@picture
def soup() -> Sheet:
    s = Sheet(mix(PAPER, PEACH, 0.25), mix(PAPER, SAND, 0.5), 13)
    s.lay(soft(poly((640, -10), (940, -10), (620, 470), (320, 470)), 4), CREAM, 0.85)
    s.lay(soft(poly((1000, -10), (1190, -10), (870, 470), (680, 470)), 4), CREAM, 0.85)
    s.lay(soft(poly((560, 170), (1100, 170), (1090, 190), (548, 190)), 4), mix(PAPER, SAND, 0.4), 0.9)
    shelf = rect(60, 170, 330, 186)
    s.shadow(shelf, -14, 22, 8, alpha=0.25)
    for x, h, c in ((100, 74, SAGE), (165, 92, mix(INK2, SLATE, 0.4)), (238, 62, EMBER), (296, 80, CREAM)):
        s.solid(rect(x - 26, 170 - h, x + 26, 170, 8), c, way=(-1, 0.2), depth=0.55)
        s.solid(rect(x - 20, 158 - h, x + 20, 174 - h, 4), mix(c, BROWN, 0.5), way=(-1, 0))
    s.solid(shelf, mix(SAND, BROWN, 0.45), way=(0, 1))
    t = s.fill(poly((-10, 468), (1210, 468), (1210, 810), (-10, 810)), mix(SAGE, PALE, 0.35), mix(SAGE2, SAGE, 0.3))
    s.lay(both(soft(poly((320, 468), (620, 468), (360, 810), (-60, 810)), 5), t), mix(PALE, CREAM, 0.55), 0.8)
    s.lay(both(soft(poly((700, 468), (870, 468), (640, 810), (440, 810)), 5), t), mix(PALE, CREAM, 0.55), 0.8)
    s.lay(rect(-10, 468, 1210, 473), CREAM, 0.5)
    steam(s, 640, 330, 260, CREAM, 0.75)
    pot = join(rect(478, 388, 822, 540, 40), rect(478, 380, 822, 470))
    grip = rect(430, 414, 870, 444, 14)
    s.shadow(join(pot, grip), -44, 14, 14, alpha=0.35)
    s.solid(grip, INK, way=(-1, 0.2))
    s.solid(pot, INK2, NIGHT, SLATE, way=(-1, 0.3), depth=0.9, shine=0.6)
    s.fill(ell(650, 384, 172, 42), mix(INK2, MIST, 0.35))
    s.fill(ell(650, 386, 158, 34), NIGHT)
    m = s.fill(ell(650, 396, 146, 24), EMBER)
    s.spray(m, GLOW, (590, 396), (760, 396), 0.7)
    s.solid(stroke([(716, 392), (800, 306), (850, 262)], 14, 11), mix(BROWN, SAND, 0.4), way=(-1, 0.4))
    for x, y in ((300, 716), (900, 700)):
        b = ell(x, y - 30, 150, 60)
        s.shadow(b, -40, 22, 16, alpha=0.35)
        bowl(s, x, y, 320, 150, CREAM if x < 500 else mix(PEACH, EMBER, 0.35), EMBER, way=(-1, 0.35))
        for k in range(6):
            gx, gy = x + s.chance.uniform(-90, 90), y - 142 + s.chance.uniform(-14, 16)
            leafy(s, gx, gy, 17, s.chance.uniform(0, 360), SAGE3, PINE)
        steam(s, x, y - 160, 170, CREAM, 0.5, -1)
    for x, y, a in ((506, 742, -12), (1106, 742, 10)):
        p = [(x - 8, y - 96), (x, y - 40), (x + a * 0.6, y + 34)]
        s.shadow(stroke(p, 8), -8, 6, 4, alpha=0.35)
        s.solid(stroke(p, 8), MIST, way=(-1, 0))
        s.solid(ell(x - 9, y - 112, 17, 28), MIST, INK2, CREAM, way=(-1, 0.4))
    loaf = blob((580, 690), (590, 634), (640, 596), (706, 606), (744, 650), (740, 700), (660, 716))
    s.shadow(loaf, -30, 14, 12, alpha=0.35)
    s.solid(loaf, hexed("B86E35"), hexed("5A2F1C"), hexed("EDB774"), way=(-1, 0.4), depth=0.8, shine=0.7)
    s.solid(blob((690, 616), (742, 626), (764, 664), (750, 706), (706, 712), (680, 664)), hexed("F2DDB2"), mix(SAND, BROWN, 0.3), CREAM, way=(-1, 0.5), depth=0.5)
    for _ in range(14):
        x, y = s.chance.uniform(700, 748), s.chance.uniform(636, 696)
        s.lay(ell(x, y, 3, 2), mix(SAND, BROWN, 0.3), 0.6)
    return s


@picture
def piano() -> Sheet:
    s = Sheet(mix(INK, PINE, 0.3), mix(INK, BROWN, 0.3), 14)
    s.lay(halo(300, 190, 720, 560), mix(GLOW, RUST, 0.3), 0.75)
    body = s.fill(rect(-10, 300, 1210, 520), UMBER, mix(UMBER, NIGHT, 0.5))
    s.dust(body, mix(EMBER, BROWN, 0.3), halo(300, 320, 640, 300), 0.9)
    s.solid(rect(-10, 284, 1210, 308), BROWN, NIGHT, EMBER, way=(1, 0.2), depth=0.8)
    # the open book on its desk
    desk = rect(410, 452, 920, 476, 6)
    left = poly(*curve([(434, 196), (540, 176), (664, 206)]), (664, 456), *curve([(664, 456), (540, 430), (426, 452)]))
    right = poly(*curve([(664, 206), (790, 172), (896, 194)]), (906, 450), *curve([(906, 450), (790, 426), (664, 456)]))
    s.shadow(join(left, right), 26, 16, 14, alpha=0.5)
    s.solid(left, hexed("F6E4BE"), mix(SAND, BROWN, 0.3), CREAM, way=(1, 0.1), depth=0.75)
    s.solid(right, hexed("EDD6AA"), mix(BROWN, SAND, 0.4), CREAM, way=(1, 0.1), depth=0.9)
    for x0, x1 in ((456, 644), (688, 880)):
        for st in range(5):
            for ln in range(5):
                y = 222 + st * 44 + ln * 5.4
                bend = [(x0 + (x1 - x0) * k / 6, y + (-12 * math.sin(k / 6 * math.pi))) for k in range(7)]
                s.lay(stroke(bend, 1.3), UMBER, 0.55)
            for k in range(6):
                t = (k + 0.6 + s.chance.uniform(-0.15, 0.15)) / 6.4
                x, y = x0 + (x1 - x0) * t, 232 + st * 44 - 12 * math.sin(t * math.pi) + s.chance.choice((-6, 0, 5, 10))
                s.lay(join(ell(x, y, 4.8, 3.6, -20), rect(x + 3.4, y - 20, x + 5.2, y)), UMBER, 0.9)
    s.lay(less(ell(792, 336, 22, 17), ell(792, 336, 18, 13)), hexed("C23A22"), 0.95)
    s.solid(desk, BROWN, NIGHT, EMBER, way=(1, 0.4))
    # the keys
    s.solid(rect(-10, 520, 1210, 552), hexed("7A2E23"), NIGHT, RUST, way=(1, 0), depth=0.8)
    keys = s.fill(rect(-10, 548, 1210, 742), hexed("F5E6C8"), hexed("E9D2A6"))
    s.spray(keys, mix(BROWN, INK, 0.3), (430, 640), (1320, 640), 0.85)
    s.lay(soft(rect(-10, 548, 1210, 566), 5), UMBER, 0.6)
    wide = 66
    for i in range(20):
        x = -30 + i * wide
        s.lay(rect(x - 1.6, 548, x + 1.6, 742), UMBER, 0.85)
        if i % 7 not in (2, 6):
            k = rect(x + wide - 20, 546, x + wide + 20, 672, 5)
            s.shadow(k, 14, 8, 5, alpha=0.5)
            s.solid(k, NIGHT, way=(1, 0), light=SLATE, shine=0.4)
            s.lay(rect(x + wide - 14, 552, x + wide - 4, 650, 4), SLATE, 0.55)
    s.fill(rect(-10, 742, 1210, 758), mix(BROWN, UMBER, 0.4))
    s.solid(rect(-10, 756, 1210, 810), UMBER, NIGHT, BROWN, way=(1, 0.5))
    # the lamp
    brass = hexed("C08A3E")
    s.shadow(ell(180, 286, 74, 14), 10, 4, 6, alpha=0.5)
    s.solid(ell(180, 282, 72, 14), brass, BROWN, hexed("F2CE86"), way=(-1, 0.3))
    s.solid(stroke([(180, 280), (176, 200), (196, 110), (262, 76), (318, 86)], 13, 10), brass, BROWN, hexed("F2CE86"), way=(-1, -0.3))
    s.screen(both(poly((250, 142), (396, 142), (760, 560), (40, 560)), soft(poly((262, 142), (384, 142), (700, 560), (80, 560)), 30)), mix(GLOW, EMBER, 0.3), 0.28)
    s.screen(halo(322, 150, 200, 130, 2.2), GLOW, 0.9)
    shade = poly(*curve([(250, 144), (272, 98), (322, 78), (372, 98), (396, 144)]))
    s.solid(shade, mix(SAGE3, PINE, 0.2), PINE, SAGE, way=(1, 0.2), depth=0.8, shine=0.6)
    s.lay(soft(ell(323, 146, 70, 9), 1.5), CREAM)
    # the metronome
    m = poly((1040, 92), (1096, 92), (1146, 286), (990, 286))
    s.shadow(m, 20, 0, 12, alpha=0.5)
    s.solid(m, mix(BROWN, RUST, 0.3), NIGHT, EMBER, way=(1, 0.2), depth=0.9)
    s.fill(poly((1052, 124), (1084, 124), (1114, 258), (1022, 258)), mix(UMBER, NIGHT, 0.4))
    s.solid(stroke([(1068, 256), (1030, 104)], 5, 4, smooth=False), brass, way=(1, 0))
    s.solid(poly((1034, 150), (1056, 144), (1062, 166), (1042, 172)), brass, way=(1, 0.4))
    return s


@picture
def two_chairs() -> Sheet:
    s = Sheet(mix(MIST, PAPER, 0.45), mix(MIST, PAPER, 0.25), 15)
    wall = rect(-10, -10, 1210, 590)
    for i in range(9):  # what the blind lets through
        y = 60 + i * 47
        m = poly((330, y + 54), (1010, y - 30), (1010, y - 6), (330, y + 78))
        s.lay(both(soft(m, 2.5), wall), CREAM, 0.92)
    s.fill(rect(-10, 586, 1210, 810), mix(SLATE, SAGE2, 0.5), mix(INK2, SAGE3, 0.5))
    s.solid(rect(-10, 562, 1210, 592), mix(HAZE, PAPER, 0.5), way=(0, 1), depth=0.4)
    glass = window(s, -40, 60, 200, 460, mix(CREAM, HAZE, 0.4), (CREAM, HAZE), thick=18)
    for y in range(64, 330, 22):
        s.solid(rect(-40, y, 204, y + 15), mix(CREAM, SAND, 0.25), way=(0, 1), depth=0.55)
    s.lay(rect(150, 60, 153, 380), SLATE, 0.6)
    s.solid(rect(-40, 476, 248, 502), CREAM, way=(0, 1), depth=0.4)
    s.solid(poly((98, 412), (178, 412), (166, 478), (110, 478)), mix(EMBER, PEACH, 0.25), way=(1, 0.3), depth=0.7)
    for a, z in ((-150, 110), (-122, 140), (-96, 150), (-70, 142), (-44, 120), (-168, 86), (-20, 90)):
        leafy(s, 138, 414, z, a, (SAGE2, SAGE3, SAGE)[int(z) % 3], PINE)

    def chair(x: float, flip: int) -> None:
        def q(*pts: Point) -> object:
            return poly(*((x + flip * u, v) for u, v in pts))
        s.shadow(ell(x, 716, 150, 20), 40, 4, 14, alpha=0.45)
        wood = mix(BROWN, SAND, 0.3)
        for u0, u1, y0, y1 in ((-104, -90, 560, 700), (92, 106, 560, 724), (-60, -48, 600, 676), (60, 72, 600, 690)):
            s.solid(q((u0, y0), (u1, y0), (u1, y1), (u0, y1)), wood, way=(1, 0))
        back = poly(*curve([(x - flip * 116, 596), (x - flip * 126, 470), (x - flip * 112, 350), (x - flip * 60, 336), (x + flip * 40, 342), (x + flip * 62, 360), (x + flip * 56, 470), (x + flip * 44, 596)], closed=True))
        s.solid(back, mix(SAGE2, SLATE, 0.3), INK, PALE, way=(1, 0.4), depth=0.75, shine=0.6)
        seat = q((-112, 556), (52, 548), (118, 588), (112, 630), (-84, 636))
        s.solid(seat, mix(SAGE2, SLATE, 0.15), INK, PALE, way=(0.6, 1), depth=0.8, shine=0.55)
        s.lay(q((-84, 600), (116, 592), (112, 630), (-84, 636)), INK, 0.25)
        s.solid(stroke([(x - flip * 100, 492), (x + flip * 40, 494), (x + flip * 108, 512)], 20, 18), wood, way=(0, 1), light=PEACH)
        s.solid(stroke([(x + flip * 100, 514), (x + flip * 98, 600)], 13), wood, way=(1, 0))

    chair(410, 1)
    chair(940, -1)
    s.shadow(ell(676, 706, 110, 14), 30, 4, 10, alpha=0.4)
    for x in (610, 736):
        s.solid(rect(x, 590, x + 12, 708), mix(BROWN, SAND, 0.3), way=(1, 0))
    s.solid(ell(679, 592, 108, 24), mix(SAND, BROWN, 0.2), BROWN, CREAM, way=(1, 0.5), depth=0.6)
    s.shadow(rect(640, 546, 724, 592), 20, 6, 6, alpha=0.35)
    s.solid(poly((636, 550), (712, 550), (712, 596), (636, 596)), mix(MIST, CREAM, 0.3), way=(1, 0.3), depth=0.6)
    s.solid(poly((712, 550), (732, 542), (732, 586), (712, 596)), SLATE, way=(1, 0.3))
    s.solid(poly((636, 550), (656, 542), (732, 542), (712, 550)), mix(MIST, CREAM, 0.6), way=(1, 0.3), depth=0.3)
    s.solid(blob((672, 546), (664, 520), (676, 500), (692, 514), (706, 504), (700, 530), (694, 547)), CREAM, MIST, CREAM, way=(1, 0.3), depth=0.6)
    return s


@picture
def blanket() -> Sheet:
    s = Sheet(mix(INK2, SLATE, 0.45), mix(INK2, SLATE, 0.2), 16)
    s.lay(halo(330, 150, 900, 640), mix(PEACH, SLATE, 0.15), 0.75)
    s.lay(soft(poly((120, -10), (420, -10), (640, 600), (340, 600)), 8), hexed("F5D9AF"), 0.5)
    s.fill(rect(-10, 690, 1210, 810), mix(BROWN, UMBER, 0.3), UMBER)
    wood = hexed("A2673A")
    for x in (300, 900):
        s.solid(rect(x - 15, 40, x + 15, 640, 8), wood, UMBER, hexed("E0A868"), way=(1, 0), depth=0.9, shine=0.7)
    for y in (80, 190):
        s.solid(poly(*curve([(300, y), (600, y - 22), (900, y)]), *curve([(900, y + 44), (600, y + 22), (300, y + 44)])), wood, UMBER, hexed("E0A868"), way=(1, 0.3), depth=0.9, shine=0.7)
    for x in (420, 540, 660, 780):
        s.solid(rect(x - 7, 216, x + 7, 560), wood, UMBER, hexed("E0A868"), way=(1, 0), depth=0.9, shine=0.6)
    for x in (250, 950):
        s.solid(rect(x - 18, 600, x + 14, 830), wood, UMBER, hexed("E0A868"), way=(1, 0), depth=0.9)
    seat = poly((300, 540), (900, 540), (1010, 640), (190, 640))
    s.solid(rect(190, 630, 1010, 672, 8), mix(wood, UMBER, 0.3), NIGHT, wood, way=(1, 0.3), depth=0.8)
    s.solid(seat, mix(wood, PEACH, 0.2), UMBER, hexed("F0C58C"), way=(1, 0.2), depth=0.8, shine=0.8)
    folds = ((612, 96, SAGE, CREAM), (536, 82, mix(SAGE, PALE, 0.4), CREAM), (470, 70, SAGE, CREAM))
    for k, (y, h, c, edge) in enumerate(folds):
        x0, x1 = 356 + k * 8, 760 - k * 10
        m = join(rect(x0, y - h, x1, y, 34), rect(x0 + 60, y - h, x1, y, 14))
        s.shadow(m, 22, 8, 10, alpha=0.45)
        m = s.solid(m, c, SAGE3, PALE, way=(1, 0.6), depth=0.85, shine=0.6, wobble=0.6)
        for st in range(4):
            s.lay(both(rect(x0, y - h + 8 + st * h / 4, x1, y - h + 10 + st * h / 4), m), SAGE3, 0.5)
        for r in range(int((x1 - x0) / 15)):
            for st in range(4):
                x, yy = x0 + 12 + r * 15, y - h + 18 + st * h / 4
                s.lay(both(stroke([(x - 5, yy - 5), (x, yy + 3), (x + 5, yy - 5)], 2.2, smooth=False), m), mix(PALE, CREAM, 0.3), 0.55)
        e = both(rect(x1 - 64, y - h - 4, x1 - 28, y + 4), m)
        s.fill(e, edge, SAND, wobble=0)
        for st in range(int(h / 11)):
            s.lay(both(rect(x1 - 64, y - h + 6 + st * 11, x1 - 28, y - h + 8 + st * 11), e), mix(SAND, BROWN, 0.3), 0.5)
    s.shadow(ell(862, 560, 66, 64), 26, 14, 10, alpha=0.45)
    s.solid(stroke([(800, 610), (960, 420)], 8, 6, smooth=False), mix(SAND, BROWN, 0.35), way=(1, 0.3))
    s.solid(ell(962, 417, 10, 10), EMBER, way=(0.7, 0.7))
    s.solid(stroke([(920, 612), (836, 404)], 8, 6, smooth=False), mix(SAND, BROWN, 0.35), way=(1, 0.3))
    s.solid(ell(834, 400, 10, 10), EMBER, way=(0.7, 0.7))
    ball = s.solid(ell(866, 556, 74, 70), mix(SAGE, PALE, 0.2), PINE, PALE, way=(0.8, 0.7), depth=0.9, shine=0.6)
    for k in range(9):
        a = -64 + k * 16
        s.lay(both(stroke([(866 - 80, 556 + a - 14), (866, 556 + a + 22), (866 + 80, 556 + a - 10)], 2.6), ball), SAGE3, 0.65)
    for k in range(5):
        a = -40 + k * 20
        s.lay(both(stroke([(866 + a - 30, 480), (866 + a + 16, 556), (866 + a - 6, 634)], 2.6), ball), PALE, 0.6)
    s.lay(stroke([(800, 596), (776, 640), (820, 664), (796, 704), (840, 740), (960, 752)], 4.5), PALE, 0.95)
    return s


@picture
def bus_stop() -> Sheet:
    s = Sheet(NIGHT, INK2, 17, stop=(600, 460))
    s.lay(both(ramp((600, 300), (600, 520)), ALL), hexed("8A5247"), 0.6)
    s.lay(halo(1000, 500, 560, 160), EMBER, 0.5)
    s.stars(ramp((600, 300), (600, 40)), 90, 280)
    hills(s, 480, 26, mix(INK, UMBER, 0.4), NIGHT, 0.2)

    def tree(x: float, y: float, a: float, length: float, w: float, depth: int) -> None:
        x2, y2 = x + math.cos(a) * length, y + math.sin(a) * length
        limbs.append(stroke([(x, y), ((x + x2) / 2 + s.chance.uniform(-5, 5), (y + y2) / 2), (x2, y2)], w, w * 0.66))
        if depth:
            for turn in (-0.42, 0.36):
                tree(x2, y2, a + turn + s.chance.uniform(-0.16, 0.16), length * s.chance.uniform(0.66, 0.8), w * 0.62, depth - 1)

    for x, length, w in ((120, 130, 20), (1080, 150, 24), (930, 96, 14)):
        limbs: list = []
        tree(x, 590, -math.pi / 2, length, w, 5)
        s.lay(hand(join(*limbs)), mix(NIGHT, INK, 0.3), 0.96)
    s.fill(poly((-10, 570), (1210, 570), (1210, 660), (-10, 660)), mix(PINE, NIGHT, 0.4), NIGHT)
    s.fill(rect(-10, 640, 1210, 810), mix(INK, SLATE, 0.25), mix(INK, NIGHT, 0.3))
    s.fill(rect(-10, 634, 1210, 648), mix(SLATE, INK, 0.2))
    s.screen(halo(560, 480, 560, 380, 1.8), mix(EMBER, GLOW, 0.4), 0.6)
    inside = rect(360, 300, 770, 612)
    m = s.fill(inside, hexed("F9D795"), hexed("E99C4C"))
    s.lay(both(halo(565, 310, 220, 170), m), CREAM, 0.85)
    s.lay(both(soft(rect(360, 560, 770, 612), 6), m), RUST, 0.5)
    seat = rect(420, 520, 690, 536, 4)
    s.shadow(seat, 10, 22, 6, BROWN, 0.5)
    s.solid(seat, BROWN, UMBER, RUST, way=(1, 0.5))
    s.solid(rect(420, 462, 690, 480, 4), BROWN, UMBER, RUST, way=(1, 0.5))
    for x in (444, 660):
        s.fill(rect(x, 462, x + 9, 606), UMBER)
    s.solid(rect(706, 350, 750, 440, 3), PAPER, SAND, CREAM, way=(1, 0.5), depth=0.4)
    for y in (366, 380, 394, 408, 420):
        s.lay(rect(713, y, 742 - (y % 3) * 6, y + 4), INK, 0.7)
    for x in (352, 560, 764):
        s.fill(rect(x, 290, x + 11, 622), INK if x != 560 else mix(BROWN, INK, 0.2))
    s.solid(poly((318, 262), (812, 262), (798, 302), (332, 302)), INK2, NIGHT, SLATE, way=(0, 1), depth=0.8)
    s.lay(soft(rect(400, 300, 730, 307), 2), CREAM, 0.95)
    s.solid(rect(838, 250, 847, 640), SLATE, NIGHT, HAZE, way=(1, 0))
    s.solid(ell(842, 250, 34, 34), EMBER, RUST, GLOW, way=(1, 0.4))
    s.solid(rect(824, 240, 860, 258, 4), CREAM, way=(1, 0), depth=0.2)
    wet = rect(-10, 648, 1210, 810)
    s.screen(both(soft(poly((360, 648), (770, 648), (800, 800), (320, 800)), 12), both(wet, ramp((600, 830), (600, 640)))), mix(EMBER, GLOW, 0.5), 0.8)
    for k in range(30):
        x, y = s.chance.uniform(340, 790), s.chance.uniform(655, 780)
        s.lay(soft(rect(x - 40, y, x + s.chance.uniform(10, 50), y + 2.5), 1), GLOW, 0.4)
    for x in (-40, 330, 700, 1070):
        s.lay(poly((x, 748), (x + 190, 748), (x + 180, 758), (x - 14, 758)), HAZE, 0.5)
    return s


@picture
def window_light() -> Sheet:
    s = Sheet(mix(HAZE, SLATE, 0.5), mix(HAZE, SLATE, 0.35), 18)
    s.lay(ramp((1200, 200), (-200, 500)), mix(PAPER, MIST, 0.2), 0.35)
    floor = s.fill(rect(-10, 640, 1210, 810), mix(BROWN, SAND, 0.35), mix(BROWN, UMBER, 0.3))
    for y in (676, 734):
        s.lay(rect(-10, y, 1210, y + 3), UMBER, 0.4)
    s.solid(rect(-10, 612, 1210, 646), mix(CREAM, HAZE, 0.5), way=(1, 0.5), depth=0.4)

    def pane(x0: float, y0: float, x1: float, y1: float) -> None:
        def tilt(x: float, y: float) -> Point:
            return 300 + x + (y - 100) * 0.34, y - x * 0.13
        m = poly(tilt(x0, y0), tilt(x1, y0), tilt(x1, y1), tilt(x0, y1))
        s.lay(soft(m, 5), hexed("FBE3B2"), 0.95)
        s.lay(both(soft(m, 8), ramp((300, 600), (700, 60))), CREAM, 0.7)

    for x0 in (0, 216):
        for y0 in (110, 342):
            pane(x0, y0, x0 + 190, y0 + 206)
    s.screen(halo(560, 330, 640, 460), hexed("7A4A20"), 0.42)
    # a twig's shadow in the upper panes
    for pts in (((300, 60), (420, 170), (560, 210)), ((430, 178), (470, 250)), ((500, 196), (540, 150))):
        s.multiply(soft(stroke(pts, 6, 3), 3), SLATE, 0.5)
    for x, y, a in ((440, 160, -60), (500, 200, 70), (560, 208, 10), (476, 250, 80), (540, 148, -50), (400, 148, 100)):
        b = math.radians(a)
        s.multiply(soft(ell(x + 20 * math.cos(b), y + 20 * math.sin(b), 22, 9, a), 3), SLATE, 0.5)
    # the refrigerator
    f = rect(1010, 130, 1260, 700, 18)
    s.shadow(f, -30, 6, 20, alpha=0.3)
    s.solid(f, mix(CREAM, HAZE, 0.3), SLATE, CREAM, way=(1, 0.2), depth=0.7)
    s.lay(rect(1010, 310, 1260, 315), SLATE, 0.8)
    s.solid(rect(1032, 216, 1044, 292, 6), MIST, INK2, CREAM, way=(1, 0))
    s.solid(rect(1032, 334, 1044, 444, 6), MIST, INK2, CREAM, way=(1, 0))
    s.solid(poly((1100, 372), (1178, 366), (1182, 462), (1104, 468)), CREAM, SAND, CREAM, way=(1, 0.4), depth=0.4)
    s.solid(ell(1140, 372, 8, 8), EMBER, way=(0.6, 0.6))
    s.lay(stroke([(1116, 440), (1116, 412), (1138, 392), (1160, 410), (1160, 440), (1116, 440)], 3.4, smooth=False), EMBER, 0.9)
    s.lay(ell(1166, 392, 8, 8), GLOW)
    # the folding chair
    steel, cloth = INK2, EMBER
    s.shadow(poly((430, 730), (640, 716), (860, 760), (620, 790)), 10, 0, 12, alpha=0.4)
    s.solid(stroke([(452, 740), (646, 420)], 12, smooth=False), steel, way=(1, 0), light=MIST)
    s.solid(stroke([(640, 760), (470, 556)], 12, smooth=False), steel, way=(1, 0), light=MIST)
    s.solid(stroke([(560, 716), (700, 404)], 11, smooth=False), steel, way=(1, 0), light=MIST)
    s.solid(stroke([(712, 738), (560, 548)], 11, smooth=False), steel, way=(1, 0), light=MIST)
    s.solid(poly((452, 560), (560, 540), (680, 568), (580, 592)), cloth, RUST, GLOW, way=(0.8, 0.6), depth=0.6)
    s.fill(poly((452, 560), (580, 592), (580, 604), (452, 572)), RUST)
    s.fill(poly((680, 568), (580, 592), (580, 604), (680, 580)), mix(RUST, UMBER, 0.4))
    s.solid(poly((606, 480), (664, 462), (710, 380), (654, 396)), cloth, RUST, GLOW, way=(0.8, 0.6), depth=0.6)
    return s


@picture
def rain() -> Sheet:
    s = Sheet(mix(INK, NIGHT, 0.2), mix(SLATE, INK, 0.35), 19)
    s.lay(halo(600, 620, 760, 260), mix(SAGE2, INK, 0.2), 0.7)
    for x in (170, 1010):
        s.lay(soft(rect(x - 6, 120, x + 6, 600), 7), NIGHT, 0.7)
    lights = []
    for cx in (170, 1010):
        for r in range(2):
            for c in range(4):
                lights.append((cx - 84 + c * 56, 110 + r * 56, 44))
    for _ in range(30):
        lights.append((s.chance.uniform(20, 1180), s.chance.gauss(560, 40), s.chance.uniform(16, 44)))
    for x, y, r in lights:
        c = s.chance.choice((GLOW, GLOW, EMBER, PEACH, hexed("F8D9A0")))
        s.screen(halo(x, y, r * 3, r * 3, 2.5), c, 0.25)
        s.screen(soft(ell(x, y, r, r), 2.5), c, 0.38)
        s.screen(soft(less(ell(x, y, r, r), ell(x, y, r - 4, r - 4)), 1.2), c, 0.3)
    for _ in range(24):  # the tracks the drops leave
        x, y = s.chance.uniform(20, 1180), s.chance.uniform(-40, 300)
        pts = [(x, y)]
        for _k in range(s.chance.randint(5, 10)):
            x += s.chance.uniform(-9, 9)
            y += 46
            pts.append((x, y))
        m = soft(stroke(pts, 5, 12), 1.2)
        s.multiply(m, SLATE, 0.5)
        s.screen(soft(stroke([(a - 3, b) for a, b in pts], 2, 3.5), 0.8), MIST, 0.5)
        drop(s, x, y, s.chance.uniform(9, 15))
    for _ in range(150):
        drop(s, s.chance.uniform(0, 1200), s.chance.uniform(0, 690), s.chance.choice((3, 4, 4, 5, 6, 8)))
    s.solid(rect(-10, 690, 1210, 730), mix(PAPER, SLATE, 0.35), INK, CREAM, way=(0, 1), depth=0.8)
    s.solid(rect(-10, 728, 1210, 810), mix(PAPER, SLATE, 0.25), INK2, CREAM, way=(0.3, 1), depth=0.7)
    s.solid(rect(592, -10, 622, 700), mix(PAPER, SLATE, 0.45), INK, CREAM, way=(1, 0), depth=0.8)
    s.solid(rect(-10, -10, 1210, 20), mix(PAPER, SLATE, 0.45), INK, way=(0, 1))
    return s


def drop(s: Sheet, x: float, y: float, r: float) -> None:
    m = blob((x, y - r * 1.25), (x + r * 0.8, y + r * 0.1), (x, y + r), (x - r * 0.8, y + r * 0.1))
    s.lay(soft(m, 0.5), mix(SLATE, GLOW, 0.18), 0.85)
    s.lay(both(soft(ell(x, y - r * 0.7, r * 0.8, r * 0.6), r * 0.2), m), NIGHT, 0.65)
    s.lay(both(soft(ell(x, y + r * 0.6, r * 0.55, r * 0.25), r * 0.12), m), hexed("FBE0AE"), 0.95)


@picture
def cards() -> Sheet:
    s = Sheet(hexed("F3E5CC"), hexed("EBD6B2"), 20)
    a = math.radians(11)

    def turn(u: float, v: float) -> Point:
        return 600 + u * math.cos(a) - v * math.sin(a), 400 + u * math.sin(a) + v * math.cos(a)

    for k in range(-9, 10):
        o = k * 148
        s.multiply(hand(poly(turn(o, -1200), turn(o + 74, -1200), turn(o + 74, 1200), turn(o, 1200))), hexed("E08A5C"), 0.62)
        s.multiply(hand(poly(turn(-1200, o), turn(1200, o), turn(1200, o + 74), turn(-1200, o + 74))), hexed("E08A5C"), 0.62)
    s.lay(halo(140, 80, 900, 700), CREAM, 0.35)
    s.multiply(ramp((420, 260), (1350, 950)), SLATE, 0.65)

    def card(cx: float, cy: float, deg: float, face: bool = False) -> None:
        b = math.radians(deg)

        def at(u: float, v: float) -> Point:
            return cx + u * math.cos(b) - v * math.sin(b), cy + u * math.sin(b) + v * math.cos(b)

        def plate(w: float, h: float) -> object:
            return poly(*(at(u * w, v * h) for u, v in ((-0.92, -1), (0.92, -1), (1, -0.95), (1, 0.95), (0.92, 1), (-0.92, 1), (-1, 0.95), (-1, -0.95))))

        outer = plate(96, 150)
        s.shadow(outer, 14, 12, 8, alpha=0.42)
        s.solid(outer, CREAM, SAND, CREAM, way=(0.7, 0.7), depth=0.5)
        if face:
            return
        inner = s.solid(plate(80, 134), INK2, NIGHT, SLATE, way=(0.7, 0.7), depth=0.6, shine=0.45)
        s.lay(less(plate(72, 126), plate(68, 122)), PEACH, 0.8)
        for i in range(-2, 3):
            for j in range(-3, 4):
                if (i + j) % 2 == 0:
                    x, y = at(i * 28, j * 34)
                    s.lay(both(poly(*(((x + dx * math.cos(b) - dy * math.sin(b)), (y + dx * math.sin(b) + dy * math.cos(b))) for dx, dy in ((0, -17), (13, 0), (0, 17), (-13, 0)))), inner), GLOW if j % 2 else PEACH, 0.75)

    for k in range(7):
        t = (k - 3) * 13.5
        r = math.radians(t)
        card(700 + 330 * math.sin(r), 780 - 330 * math.cos(r), t)
    card(1010, 210, 38)
    # coffee, from above
    s.shadow(ell(270, 250, 132, 132), 24, 22, 14, alpha=0.42)
    s.solid(ell(270, 250, 130, 130), CREAM, MIST, CREAM, way=(0.7, 0.7), depth=0.6)
    s.lay(less(ell(270, 250, 108, 108), ell(270, 250, 101, 101)), INK2, 0.85)
    s.solid(stroke([(330, 300), (384, 344)], 26, 22), CREAM, MIST, way=(0.7, 0.7))
    s.shadow(ell(270, 250, 74, 74), 12, 10, 8, alpha=0.4)
    s.solid(ell(270, 250, 74, 74), CREAM, SLATE, CREAM, way=(0.7, 0.7), depth=0.6)
    m = s.fill(ell(270, 250, 61, 61), hexed("4A2A1E"))
    s.lay(both(soft(less(ell(270, 250, 61, 61), ell(282, 262, 62, 62)), 3), m), NIGHT, 0.8)
    s.lay(both(soft(ell(288, 272, 26, 12, 40), 6), m), hexed("B5784A"), 0.7)
    s.solid(stroke([(150, 326), (208, 360)], 9, 7), MIST, way=(0.5, 0.8))
    s.solid(ell(134, 316, 24, 15, 30), MIST, INK2, CREAM, way=(0.7, 0.7))
    spots = [(s.chance.gauss(240, 62), s.chance.gauss(590, 46)) for _ in range(46)] + [(s.chance.uniform(330, 480), s.chance.uniform(520, 700)) for _ in range(5)]
    for x, y in spots:
        bean = ell(x, y, 19, 12.5, s.chance.uniform(0, 180))
        s.shadow(bean, 5, 5, 3, alpha=0.4)
        s.solid(bean, s.chance.choice((hexed("D9A06A"), hexed("C98B57"), hexed("E3B788"))), BROWN, CREAM, way=(0.7, 0.7), depth=0.7, shine=0.7)
        s.lay(ell(x + 2, y + 3, 2.2, 1.6), BROWN, 0.7)
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
