"""The other thirteen pictures: `python assets/pictures/more.py [NAME ...] [--png FOLDER]` draws these, or all of them."""

from __future__ import annotations

import math

import draw
from draw import cup, muntins, picture, window
from studio import (
    BROWN, CREAM, EMBER, GLOW, HAZE, INK, INK2, MIST, NIGHT, PALE, PAPER, PEACH, PINE, RUST, SAGE, SAGE2, SAGE3, SAND,
    SLATE, UMBER, Colour, Point, Sheet, both, blob, curve, ell, halo, hand, hexed, join, less, mix, poly, ramp, rect, soft,
    stroke,
)


def water(s: Sheet, top: float, count: int, light: Colour, low: float = 810, alpha: float = 0.5) -> None:
    """Short level strokes on a lake, longer the nearer they are."""
    for _ in range(count):
        t = s.chance.random() ** 1.6
        y, x = top + 6 + t * (low - top), s.chance.uniform(-60, 1260)
        w = 26 + 150 * t * s.chance.uniform(0.4, 1)
        s.lay(ell(x, y, w, 0.9 + 2.0 * t), light, alpha * s.chance.uniform(0.3, 1))


def coat(s: Sheet, x: float, top: float, w: float, h: float, base: Colour, lining: Colour) -> None:
    """A coat hanging by its collar at (x, top)."""
    left = [(x - w * 0.3, top + h * 0.12), (x - w * 0.47, top + h * 0.36), (x - w * 0.5, top + h * 0.76)]
    right = [(2 * x - px, py) for px, py in left]
    sleeves = join(stroke(left, w * 0.27, w * 0.2), stroke(right, w * 0.27, w * 0.2))
    body = blob((x - w * 0.13, top), (x - w * 0.36, top + h * 0.09), (x - w * 0.4, top + h * 0.3),
                (x - w * 0.38, top + h * 0.66), (x - w * 0.45, top + h), (x, top + h * 1.03), (x + w * 0.45, top + h),
                (x + w * 0.38, top + h * 0.66), (x + w * 0.4, top + h * 0.3), (x + w * 0.36, top + h * 0.09),
                (x + w * 0.13, top))
    s.shadow(join(sleeves, body), 30, 22, 14, alpha=0.45)
    s.solid(sleeves, mix(base, NIGHT, 0.12), way=(1, 0.3), depth=0.8, light=mix(base, CREAM, 0.35))
    m = s.solid(body, base, way=(1, 0.3), depth=0.85, light=mix(base, CREAM, 0.4))
    s.fill(blob((x - w * 0.13, top + 4), (x, top + h * 0.035), (x + w * 0.13, top + 4), (x + w * 0.06, top + h * 0.14),
                (x, top + h * 0.26), (x - w * 0.06, top + h * 0.14)), lining)
    for side in (-1, 1):
        s.solid(poly((x + side * w * 0.13, top + 2), (x + side * w * 0.22, top + h * 0.16), (x + side * w * 0.02, top + h * 0.32)),
                mix(base, NIGHT, 0.2), way=(1, 0.3), depth=0.5)
    s.lay(both(stroke([(x + 2, top + h * 0.3), (x + 4, top + h)], 3, smooth=False), m), NIGHT, 0.5)
    for k in range(3):
        s.solid(ell(x + w * 0.07, top + h * (0.4 + k * 0.15), w * 0.028, w * 0.028), mix(base, NIGHT, 0.55))
    for side in (-1, 1):
        s.lay(both(soft(stroke([(x + side * w * 0.2, top + h * 0.4), (x + side * w * 0.26, top + h)], 10, 4), 3), m), NIGHT, 0.35)
        s.lay(both(stroke([(x + side * w * 0.16, top + h * 0.66), (x + side * w * 0.33, top + h * 0.64)], 4), m), NIGHT, 0.5)


@picture
def coat_hooks() -> Sheet:
    s = Sheet(mix(SAGE, PAPER, 0.45), mix(SAGE2, PAPER, 0.25), 19)
    s.lay(soft(poly((-10, 40), (560, -10), (900, 810), (120, 810)), 30), mix(PEACH, CREAM, 0.4), 0.6)
    panel = s.fill(rect(-10, 600, 1210, 810), mix(SAGE2, SAGE3, 0.4), SAGE3)
    s.spray(panel, PEACH, (900, 800), (260, 590), 0.4)
    for x in range(40, 1200, 130):
        s.lay(rect(x, 612, x + 4, 810), PINE, 0.35)
    s.solid(rect(-10, 590, 1210, 616), mix(SAGE2, CREAM, 0.2), way=(0.3, 1))
    rail = rect(110, 112, 1090, 176, 6)
    s.shadow(rail, 10, 16, 12, alpha=0.4)
    s.solid(rail, mix(BROWN, SAND, 0.3), way=(1, 0.5), depth=0.7, light=PEACH)
    for k, x in enumerate((240, 480, 720, 960)):
        bare = k == 3
        peg = stroke([(x, 150), (x + 3, 182), (x, 196)], 13)
        s.shadow(ell(x, 144, 26, 26), 8, 8, 6, alpha=0.4)
        s.solid(ell(x, 144, 26, 26), mix(UMBER, BROWN, 0.4), way=(1, 0.6), light=GLOW)
        if bare:
            s.shadow(join(stroke([(x, 150), (x, 218), (x + 22, 240), (x + 46, 222)], 13), ell(x + 46, 216, 13, 13)), 20, 14, 6, alpha=0.4)
            s.solid(join(stroke([(x, 150), (x, 218), (x + 22, 240), (x + 46, 222)], 13), ell(x + 46, 216, 13, 13)),
                    mix(UMBER, BROWN, 0.3), way=(1, 0.4), light=GLOW, shine=0.9)
        else:
            s.solid(peg, UMBER)
    coat(s, 240, 184, 250, 520, INK2, NIGHT)
    coat(s, 482, 182, 232, 474, mix(SAND, BROWN, 0.42), UMBER)
    coat(s, 720, 186, 150, 236, mix(RUST, EMBER, 0.45), mix(GLOW, RUST, 0.3))
    return s


@picture
def pew() -> Sheet:
    s = Sheet(mix(INK2, UMBER, 0.35), mix(INK, UMBER, 0.5), 20)
    s.lay(halo(300, 300, 700, 640), mix(SLATE, PEACH, 0.35), 0.6)
    frame = mix(INK, SLATE, 0.25)
    arch = join(rect(168, 210, 392, 600), ell(280, 212, 112, 140))
    outer = join(rect(146, 206, 414, 622), ell(280, 208, 134, 164))
    s.shadow(outer, 8, 10, 10, alpha=0.4)
    s.solid(outer, frame, way=(1, 0.4), depth=0.5)
    s.fill(arch, CREAM, mix(CREAM, PEACH, 0.5))
    panes = (mix(GLOW, EMBER, 0.2), SAGE, PEACH, mix(SLATE, MIST, 0.5), GLOW, mix(SAGE2, PALE, 0.4), mix(EMBER, PEACH, 0.4), MIST)
    for i in range(2):
        for j in range(6):
            cell = rect(168 + i * 112, 72 + j * 89, 280 + i * 112, 161 + j * 89)
            s.fill(both(cell, arch), panes[(i * 3 + j) % len(panes)], mix(panes[(i * 3 + j) % len(panes)], CREAM, 0.45))
    s.screen(both(halo(280, 260, 190, 300), arch), CREAM, 0.6)
    for y in (161, 250, 339, 428, 517):
        s.lay(both(rect(168, y - 4, 392, y + 4), arch), frame)
    s.lay(both(rect(275, 60, 285, 600), arch), frame)
    s.solid(rect(134, 598, 426, 626, 3), mix(frame, MIST, 0.3), way=(0.4, 1))
    floor = s.fill(poly((-10, 690), (1210, 640), (1210, 810), (-10, 810)), mix(UMBER, BROWN, 0.25), UMBER)
    for k in range(9):
        s.lay(both(stroke([(-40 + k * 170, 690), (-240 + k * 230, 815)], 3, smooth=False), floor), NIGHT, 0.5)
    wood, dark = mix(BROWN, RUST, 0.25), mix(UMBER, NIGHT, 0.2)
    for dx, dy, far in ((330, -86, 0.45), (0, 0, 0.0)):
        base = mix(wood, INK, far)
        back = poly((700 + dx, 330 + dy), (1240, 300 + dy), (1240, 540 + dy), (700 + dx, 600 + dy))
        s.shadow(back, 0, 26, 14, alpha=0.4)
        s.solid(back, base, mix(dark, INK, far), way=(1, 0.4), depth=0.8)
        for k in range(5):
            s.lay(stroke([(720 + dx, 386 + dy + k * 44), (1240, 354 + dy + k * 40)], 3, smooth=False), dark, 0.5)
        s.solid(poly((690 + dx, 316 + dy), (1240, 286 + dy), (1240, 312 + dy), (690 + dx, 346 + dy)), mix(base, SAND, 0.3), way=(1, 0.5))
        seat = poly((620 + dx, 566 + dy), (1240, 520 + dy), (1240, 560 + dy), (620 + dx, 616 + dy))
        s.solid(seat, mix(base, SAND, 0.15), dark, way=(1, 0.6))
        s.fill(poly((640 + dx, 616 + dy), (1240, 560 + dy), (1240, 640 + dy), (640 + dx, 716 + dy)), mix(dark, NIGHT, 0.3))
    end = join(rect(556, 330, 744, 740), ell(650, 330, 94, 96), poly((540, 740), (560, 660), (740, 660), (760, 740)))
    s.shadow(join(end, rect(546, 720, 756, 752)), 30, 10, 14, alpha=0.55)
    m = s.solid(end, mix(wood, EMBER, 0.2), dark, PEACH, way=(1, 0.35), depth=0.9, shine=0.7)
    for y0, y1 in ((430, 540), (560, 690)):
        s.solid(rect(588, y0, 712, y1, 4), mix(wood, UMBER, 0.25), dark, PEACH, way=(-1, -0.4), depth=0.6, shine=0.4)
    s.solid(ell(650, 340, 44, 44), mix(wood, SAND, 0.3), dark, PEACH, way=(1, 0.5))
    s.lay(join(rect(646, 312, 654, 368), rect(630, 328, 670, 336)), dark, 0.7)
    s.solid(rect(536, 728, 764, 760, 4), mix(wood, UMBER, 0.4), way=(1, 0.5))
    beam = poly((180, 120), (392, 90), (1010, 560), (1000, 800), (430, 800))
    bands = (GLOW, PEACH, SAGE, mix(EMBER, PEACH, 0.3), MIST)
    s.screen(soft(beam, 30), mix(GLOW, UMBER, 0.45), 0.26)
    for k, c in enumerate(bands):
        y = 130 + k * 92
        band = poly((170, y), (394, y - 26), (1000, y + 330), (960, y + 420), (520, y + 380))
        s.screen(both(soft(band, 22), soft(beam, 18)), mix(c, UMBER, 0.3), 0.16)
    for k, c in enumerate((EMBER, GLOW, SAGE, PEACH)):
        s.screen(both(soft(ell(640, 330 + k * 84, 78, 34, 24), 10), m), mix(c, UMBER, 0.2), 0.34)
    for _ in range(60):
        x = s.chance.uniform(380, 900)
        s.lay(both(soft(ell(x, s.chance.uniform(160, 640), 1.7, 1.7), 0.7), soft(beam, 8)), CREAM, 0.6)
    return s


@picture
def parking() -> Sheet:
    s = Sheet(hexed("F2CFA4"), hexed("F8E8CC"), 21, stop=(600, 520))
    s.lay(halo(1020, 120, 520, 420), CREAM, 0.8)
    stone, shade = mix(PAPER, SAND, 0.25), mix(SAND, SLATE, 0.4)
    s.fill(rect(520, 150, 1210, 560), mix(SLATE, SAND, 0.45), mix(SLATE, SAND, 0.3))
    s.fill(rect(834, 260, 938, 520), mix(INK, UMBER, 0.4))
    s.lay(rect(842, 268, 930, 330), mix(GLOW, SAND, 0.3), 0.85)
    s.lay(rect(883, 262, 889, 520), NIGHT, 0.6)
    s.shadow(poly((470, 150), (1240, 150), (1240, 96), (858, -70)), 0, 16, 10, alpha=0.3)
    s.solid(poly((474, 112), (860, -60), (1250, 112)), stone, shade, way=(-0.8, 0.8), depth=0.4)
    s.solid(poly((560, 100), (862, -34), (1164, 100)), mix(stone, SLATE, 0.3), way=(-1, 0.6), depth=0.4)
    s.solid(rect(464, 108, 1220, 156), stone, shade, way=(-0.4, 1), depth=0.5)
    for x in (520, 674, 828 - 64, 960, 1086, 1196):
        column = rect(x, 156, x + 64, 520)
        s.shadow(column, -20, 0, 10, alpha=0.35)
        s.solid(column, stone, shade, CREAM, way=(-1, 0), depth=0.85)
        for k in (16, 32, 48):
            s.lay(rect(x + k, 172, x + k + 3, 506), shade, 0.5)
        s.solid(rect(x - 10, 156, x + 74, 178), stone, shade, way=(-1, 0.4))
        s.solid(rect(x - 12, 504, x + 76, 530), stone, shade, way=(-1, 0.4))
    for k in range(5):
        step = rect(430 - k * 34, 526 + k * 26, 1240, 560 + k * 26)
        s.solid(step, mix(stone, SAND, k * 0.06), shade, way=(-0.2, 1), depth=0.8)
        s.lay(rect(430 - k * 34, 526 + k * 26, 1240, 530 + k * 26), CREAM, 0.6)
    s.fill(rect(-10, 656, 1210, 700), mix(HAZE, SAND, 0.5), mix(MIST, SAND, 0.4))
    road = s.fill(rect(-10, 716, 1210, 810), mix(SLATE, INK, 0.35), mix(INK, SLATE, 0.2))
    s.spray(road, PEACH, (100, 800), (1100, 700), 0.4)
    s.solid(rect(-10, 698, 1210, 722), mix(HAZE, CREAM, 0.4), way=(0, 1))
    for x in (60, 420, 780, 1140):
        s.lay(poly((x, 768), (x + 150, 764), (x + 160, 778), (x - 4, 780)), CREAM, 0.7)
    s.lay(soft(poly((318, 700), (250, 704), (-60, 780), (40, 784)), 6), NIGHT, 0.4)
    pole = rect(306, 330, 334, 704, 4)
    s.solid(pole, mix(SLATE, INK, 0.25), NIGHT, MIST, way=(-1, 0), depth=0.9)
    s.solid(ell(320, 704, 44, 12), mix(SLATE, INK, 0.4), way=(-1, 0.5))
    head = join(rect(250, 216, 390, 330, 26), ell(320, 216, 70, 74))
    s.shadow(head, -16, 14, 10, alpha=0.4)
    s.solid(head, mix(SLATE, SAGE2, 0.3), INK, HAZE, way=(-1, 0.4), depth=0.95, shine=0.8)
    s.solid(rect(288, 322, 352, 352, 8), mix(SLATE, INK, 0.4), way=(-1, 0.3))
    glass = join(rect(268, 206, 372, 246, 8), ell(320, 206, 52, 46))
    s.fill(glass, mix(CREAM, PALE, 0.4), mix(PALE, SAGE, 0.4))
    s.lay(less(glass, join(rect(272, 206, 368, 242, 8), ell(320, 207, 47, 41))), NIGHT, 0.5)
    s.fill(poly((290, 184), (350, 184), (346, 214), (294, 214)), RUST)
    s.lay(rect(296, 226, 344, 232), INK, 0.6)
    s.solid(rect(280, 266, 320, 312, 5), mix(SLATE, NIGHT, 0.3), way=(-1, 0.3))
    s.lay(rect(296, 274, 304, 304), NIGHT)
    s.solid(ell(352, 288, 18, 18), mix(MIST, CREAM, 0.3), INK2, CREAM, way=(-0.8, 0.8))
    string = stroke([(322, 352), (300, 410), (372, 430), (404, 330), (470, 300), (500, 262)], 3.4, 2.2)
    s.lay(string, UMBER, 0.9)
    for pts in (((322, 352), (296, 366), (300, 392)), ((322, 352), (350, 370), (346, 396))):
        s.lay(stroke(pts, 4, 3), UMBER, 0.9)
    balloon = blob((510, 30), (588, 62), (604, 142), (556, 222), (508, 254), (460, 220), (414, 140), (432, 60))
    s.solid(balloon, EMBER, RUST, hexed("F9BE86"), way=(-0.7, 0.8), depth=0.95, shine=0.9)
    s.fill(poly((508, 248), (494, 268), (522, 268)), RUST)
    s.lay(soft(ell(556, 96, 18, 34, -28), 3), CREAM, 0.85)
    return s


@picture
def laundry() -> Sheet:
    s = Sheet(mix(SLATE, PALE, 0.55), hexed("F6E6CA"), 22, stop=(600, 560))
    for x, y, w in ((180, 130, 190), (330, 150, 150), (860, 90, 220), (1010, 112, 170), (640, 210, 130)):
        s.lay(soft(ell(x, y, w, w * 0.17), 9), CREAM, 0.75)
    draw.hills(s, 520, 46, mix(SAGE, PALE, 0.4), mix(SAGE, SAGE2, 0.3), 1.7, CREAM)
    draw.hills(s, 590, 40, SAGE, SAGE2, 3.1, mix(GLOW, PALE, 0.5))
    ground = s.fill(poly((-10, 640), (400, 622), (820, 634), (1210, 618), (1210, 810), (-10, 810)), SAGE2, SAGE3)
    s.spray(ground, mix(GLOW, PALE, 0.4), (1000, 810), (200, 620), 0.5)
    for _ in range(150):
        x, y = s.chance.uniform(0, 1200), s.chance.uniform(650, 800)
        s.lay(stroke([(x, y), (x + s.chance.uniform(-8, 12), y - s.chance.uniform(12, 30))], 3, 1), (SAGE3, PINE, PALE)[int(s.chance.random() * 3)], 0.7)
    for x in (92, 1108):
        s.lay(soft(poly((x, 716), (x + 14, 716), (x + 210, 780), (x + 150, 786)), 5), PINE, 0.5)
        s.solid(rect(x - 9, 196, x + 9, 726), mix(BROWN, SAND, 0.3), UMBER, PEACH, way=(1, 0))
        s.solid(rect(x - 58, 206, x + 58, 226, 4), mix(BROWN, SAND, 0.3), UMBER, PEACH, way=(0.6, 1))

    def line(x: float) -> float:
        return 226 + 34 * (1 - ((x - 600) / 508) ** 2)

    s.lay(stroke([(x, line(x)) for x in range(92, 1109, 127)], 3.5), UMBER, 0.9)

    def pegs(*xs: float) -> None:
        for x in xs:
            s.solid(rect(x - 4, line(x) - 12, x + 5, line(x) + 16, 2), SAND, BROWN, way=(1, 0.2))

    def white(m: object) -> None:
        s.shadow(m, 9, 10, 7, PINE, 0.25)  # type: ignore[arg-type]
        s.solid(m, CREAM, mix(MIST, HAZE, 0.4), CREAM, way=(1, 0.5), depth=0.6)  # type: ignore[arg-type]

    def vest(x: float, w: float) -> None:
        y = line(x)
        white(blob((x - w * 0.3, y), (x - w * 0.62, y + w * 0.28), (x - w * 0.52, y + w * 0.5), (x - w * 0.32, y + w * 0.42),
                   (x - w * 0.34, y + w * 1.1), (x - w * 0.12, y + w * 1.24), (x + w * 0.16, y + w * 1.26), (x + w * 0.38, y + w * 1.08),
                   (x + w * 0.34, y + w * 0.44), (x + w * 0.56, y + w * 0.5), (x + w * 0.64, y + w * 0.26), (x + w * 0.3, y)))
        s.lay(ell(x, y + 3, w * 0.18, w * 0.08), MIST, 0.8)
        pegs(x - w * 0.26, x + w * 0.26)

    vest(190, 94)
    for x in (286, 330):
        y = line(x)
        white(blob((x - 14, y), (x + 14, y), (x + 15, y + 52), (x + 38, y + 66), (x + 32, y + 82), (x - 2, y + 84), (x - 14, y + 60)))
        pegs(x)
    vest(428, 80)
    y = line(1010)
    white(poly((950, line(950)), (1064, line(1064)), (1078, y + 116), (1006, y + 128), (944, y + 112)))
    pegs(956, 1058)
    top = [(x, line(x)) for x in range(530, 921, 65)]
    low = [(1086, 420), (1010, 500), (930, 474), (852, 560), (770, 540), (690, 610), (610, 566), (552, 600)]
    sari = poly(*curve([*top, (1010, 330), *low], closed=True))
    s.shadow(sari, 12, 18, 12, PINE, 0.3)
    m = s.solid(sari, EMBER, RUST, hexed("F7B06A"), way=(0.6, 0.9), depth=0.75, shine=0.9)
    for k in range(7):
        a, b = 545 + k * 62, 560 + k * 74
        fold = stroke([(a, 240), (a + 12, 340), (b + 8, 430), (b - 10, 600)], 24, 30)
        s.lay(both(soft(fold, 10), m), mix(RUST, UMBER, 0.35), 0.5)
        s.lay(both(soft(stroke([(a + 26, 240), (a + 40, 340), (b + 38, 430), (b + 18, 600)], 14, 18), 6), m), hexed("F9C488"), 0.6)
    edge = stroke([(1092, 402), (1016, 484), (930, 458), (852, 544), (770, 524), (690, 592), (610, 550), (546, 584)], 30)
    s.lay(both(edge, m), mix(GLOW, CREAM, 0.2), 0.95)
    s.lay(both(stroke([(1092, 396), (1016, 478), (930, 452), (852, 538), (770, 518), (690, 586), (610, 544), (546, 578)], 5), m), RUST, 0.9)
    pegs(536, 628, 724, 820, 912)
    return s


@picture
def dish_rack() -> Sheet:
    s = Sheet(mix(PALE, PAPER, 0.5), mix(SAGE, PAPER, 0.35), 23)
    for i in range(7):
        for j in range(5):
            tile = rect(-30 + i * 180, -40 + j * 118, 144 + i * 180, 72 + j * 118, 3)
            s.fill(tile, mix(PALE, CREAM, 0.35 + 0.06 * ((i + j) % 3)), mix(PALE, PAPER, 0.3), mottle=0.14)
    light = soft(poly((120, -10), (620, -10), (1080, 560), (520, 560)), 4)
    s.lay(light, hexed("F9D9A2"), 0.62)
    s.lay(soft(poly((350, -10), (376, -10), (826, 560), (798, 560)), 3), mix(SAGE, PAPER, 0.35), 0.8)
    counter = s.fill(rect(-10, 548, 1210, 810), mix(SAND, BROWN, 0.25), mix(BROWN, UMBER, 0.25))
    s.spray(counter, PEACH, (1100, 800), (300, 540), 0.7)
    s.solid(rect(-10, 540, 1210, 562), mix(SAND, CREAM, 0.3), way=(0, 1))
    s.lay(soft(poly((180, 700), (1080, 690), (1200, 760), (330, 790)), 14), UMBER, 0.5)
    tray = poly((140, 664), (1010, 664), (1060, 716), (100, 716))
    s.solid(join(tray, rect(100, 712, 1060, 736, 10)), mix(SLATE, HAZE, 0.4), way=(1, 0.3), depth=0.6)
    wire, wire_dark = mix(INK2, SLATE, 0.4), INK
    for x in range(150, 1000, 56):
        s.lay(stroke([(x, 674), (x, 560), (x + 12, 546)], 6), wire_dark, 0.8)
    s.lay(stroke([(130, 566), (1012, 566)], 8, smooth=False), wire_dark, 0.8)
    colours = (CREAM, mix(PAPER, PEACH, 0.4), CREAM, mix(SAGE, CREAM, 0.4), CREAM, mix(PEACH, CREAM, 0.4))
    for k, c in enumerate(colours):
        x = 210 + k * 66
        plate = ell(x, 520, 54, 150, 10)
        s.shadow(plate, 26, 12, 10, alpha=0.35)
        s.solid(plate, c, mix(c, INK2, 0.55), CREAM, way=(1, 0.3), depth=0.8)
        rim = ell(x + 4, 520, 36, 108, 10)
        s.lay(less(rim, ell(x + 6, 521, 32, 102, 10)), mix(c, INK2, 0.45), 0.8)
        s.lay(less(ell(x, 520, 50, 144, 10), ell(x + 1, 520, 46, 138, 10)), RUST if k % 2 else SAGE3, 0.8)
    cup(s, 668, 668, 118, 126, mix(EMBER, RUST, 0.2), mix(UMBER, RUST, 0.3))
    cup(s, 808, 668, 112, 118, mix(PAPER, CREAM, 0.5), mix(SAND, BROWN, 0.3))
    # the blue cup, upside down
    x, y, w, h, blue = 952, 668, 122, 122, mix(INK2, SLATE, 0.35)
    ring = less(ell(x + w * 0.5, y - h * 0.45, w * 0.27, h * 0.27), ell(x + w * 0.5, y - h * 0.45, w * 0.16, h * 0.17))
    s.shadow(join(ring, rect(x - 56, y - h, x + 60, y)), 26, 8, 10, alpha=0.4)
    s.solid(ring, blue, way=(1, 0.3))
    body = join(poly((x - w * 0.4, y - h), (x + w * 0.4, y - h), (x + w / 2, y - 8), (x - w / 2, y - 8)), ell(x, y - 8, w / 2, w * 0.12))
    s.solid(body, blue, NIGHT, MIST, way=(1, 0.3), depth=0.9, shine=0.8)
    s.solid(ell(x, y - h, w * 0.4, w * 0.11), mix(blue, MIST, 0.3), way=(1, 0.4))
    s.lay(less(ell(x, y - h, w * 0.29, w * 0.075), ell(x, y - h + 1, w * 0.24, w * 0.058)), NIGHT, 0.5)
    for x in range(122, 1040, 60):
        s.lay(stroke([(x, 716), (x, 622), (x + 4, 610)], 7), wire, 0.95)
        s.lay(stroke([(x - 2, 712), (x - 2, 624)], 2, smooth=False), MIST, 0.8)
    s.lay(stroke([(102, 626), (1058, 626)], 10, smooth=False), wire)
    s.lay(stroke([(102, 623), (1058, 623)], 2.4, smooth=False), mix(MIST, CREAM, 0.4), 0.9)
    s.lay(soft(ell(1016, 734, 6, 9), 1), MIST, 0.9)
    s.screen(both(soft(poly((120, 380), (900, 380), (1010, 740), (300, 740)), 50), ramp((600, 810), (600, 500))), hexed("7A4A1C"), 0.35)
    return s


@picture
def armchair() -> Sheet:
    s = Sheet(mix(INK, UMBER, 0.4), mix(INK, UMBER, 0.6), 24)
    s.lay(halo(860, 300, 720, 560), mix(RUST, SLATE, 0.35), 0.5)
    for x in range(20, 1200, 74):
        s.lay(rect(x, 0, x + 3, 640), NIGHT, 0.2)
    frame = mix(BROWN, UMBER, 0.35)
    glass = window(s, 600, 80, 1080, 480, frame, (INK2, PEACH), thick=22)
    s.lay(both(ramp((840, 180), (840, 430)), glass), mix(EMBER, PEACH, 0.45), 0.8)
    s.lay(both(halo(930, 430, 300, 130), glass), hexed("FBD79A"), 0.9)
    s.stars(both(ramp((840, 230), (840, 80)), glass), 60, 230)
    far = poly(*curve([(560, 420), (680, 376), (800, 400), (920, 360), (1040, 392), (1120, 372)]), (1120, 520), (560, 520))
    s.fill(both(far, glass), mix(INK2, RUST, 0.35), mix(INK2, RUST, 0.2))
    near = poly(*curve([(560, 452), (700, 436), (830, 456), (960, 424), (1120, 450)]), (1120, 520), (560, 520))
    s.fill(both(near, glass), mix(PINE, INK, 0.5), NIGHT)
    s.lay(both(soft(ell(742, 446, 4, 4), 1), glass), GLOW)
    muntins(s, 600, 80, 1080, 480, frame, thick=13)
    s.solid(rect(560, 500, 1120, 532, 4), mix(frame, SAND, 0.25), way=(0.3, 1))
    for side, xs in ((-1, (506, 612)), (1, (1068, 1174))):
        curtain = poly(*curve([(xs[0], 30), (xs[0] + side * 8, 300), (xs[0] - side * 4, 640)]), *curve([(xs[1] - side * 18, 640), (xs[1] - side * 26, 330), (xs[1], 30)]))
        s.shadow(curtain, 10, 6, 10, alpha=0.4)
        m = s.solid(curtain, mix(RUST, UMBER, 0.35), way=(-side, 0.2), light=mix(EMBER, PEACH, 0.3), depth=0.7)
        for k in range(1, 4):
            x = xs[0] + (xs[1] - xs[0]) * k / 4
            s.lay(both(soft(stroke([(x, 20), (x + 4, 640)], 9, smooth=False), 3), m), NIGHT, 0.45)
    s.solid(rect(480, 18, 1200, 38, 9), UMBER, way=(0.2, 1), light=GLOW)
    floor = s.fill(rect(-10, 640, 1210, 810), mix(BROWN, UMBER, 0.45), UMBER)
    s.spray(floor, mix(EMBER, PEACH, 0.3), (100, 810), (900, 640), 0.55)
    s.solid(rect(-10, 616, 1210, 646), mix(UMBER, BROWN, 0.3), way=(0, 1))
    s.fill(ell(420, 740, 470, 62), mix(SAGE3, INK, 0.4), wobble=0.5)
    s.lay(less(ell(420, 740, 448, 56), ell(420, 740, 436, 51)), mix(SAND, SAGE, 0.4), 0.7)
    s.lay(soft(ell(380, 736, 330, 40), 12), NIGHT, 0.6)
    green, dark, lit = mix(SAGE3, SAGE2, 0.3), mix(PINE, NIGHT, 0.5), mix(SAGE, GLOW, 0.45)
    for x in (196, 572):
        s.solid(poly((x - 14, 690), (x + 18, 690), (x + 8, 752), (x - 6, 752)), UMBER, way=(-1, 0))
    far_arm = blob((470, 470), (560, 446), (622, 470), (636, 540), (622, 690), (480, 700))
    s.solid(far_arm, mix(green, NIGHT, 0.15), dark, lit, way=(-1, 0.4), depth=0.8, shine=0.8)
    seat = blob((300, 560), (450, 540), (590, 548), (618, 588), (600, 640), (320, 660))
    s.solid(seat, mix(green, SAGE, 0.3), dark, lit, way=(-1, 0.6), shine=0.7)
    back = blob((168, 690), (140, 480), (132, 300), (166, 214), (252, 184), (348, 206), (398, 290), (410, 430), (404, 600), (390, 690))
    s.shadow(back, 8, 14, 12, alpha=0.4)
    m = s.solid(back, green, dark, lit, way=(-1, 0.3), depth=0.95, shine=0.85)
    for a, b in (((250, 300), (330, 300)), ((226, 400), (344, 396))):
        for x, y in (a, b):
            s.lay(both(soft(ell(x, y, 15, 15), 4), m), dark, 0.8)
            s.solid(ell(x, y, 7, 7), mix(green, NIGHT, 0.2), light=lit)
    wing = blob((334, 226), (402, 262), (432, 350), (430, 470), (396, 540), (380, 420), (366, 300))
    s.solid(wing, mix(green, SAGE, 0.2), dark, lit, way=(-1, 0.2), shine=0.9)
    arm = blob((236, 520), (320, 478), (440, 466), (520, 482), (548, 524), (540, 600), (536, 700), (240, 712))
    s.shadow(arm, -10, 10, 12, alpha=0.45)
    s.solid(arm, mix(green, SAGE, 0.15), dark, lit, way=(-1, 0.5), depth=0.95, shine=0.9)
    s.lay(soft(stroke([(262, 540), (360, 508), (470, 500), (530, 528)], 7, 4), 2), dark, 0.55)
    paper = poly((330, 452), (496, 440), (520, 494), (352, 512))
    s.shadow(paper, -6, 14, 6, alpha=0.5)
    s.solid(poly((352, 512), (520, 494), (522, 514), (356, 534)), mix(HAZE, SAND, 0.4), way=(-1, 0.4))
    s.solid(paper, mix(PAPER, CREAM, 0.5), mix(SAND, SLATE, 0.4), CREAM, way=(-1, 0.3), depth=0.5)
    for k in range(4):
        s.lay(stroke([(352 + k * 5, 465 + k * 11), (424 + k * 5, 459 + k * 11)], 3, smooth=False), INK2, 0.6)
        s.lay(stroke([(436 + k * 5, 458 + k * 11), (490 + k * 5, 454 + k * 11)], 3, smooth=False), INK2, 0.6)
    return s


@picture
def lake_dock() -> Sheet:
    s = Sheet(INK2, hexed("F0B37C"), 25, stop=(600, 380))
    s.lay(halo(760, 380, 640, 200), hexed("FAD79E"), 0.75)
    s.stars(ramp((600, 190), (600, 20)), 70, 200)
    draw.hills(s, 330, 50, mix(SLATE, PEACH, 0.3), mix(SLATE, RUST, 0.25), 0.7, PEACH)
    draw.hills(s, 372, 40, mix(INK2, SLATE, 0.3), mix(INK, INK2, 0.4), 2.6)
    lake = s.fill(rect(-10, 396, 1210, 810), hexed("D99C72"), INK, (600, 396), (600, 800), wobble=0)
    s.lay(both(ramp((600, 700), (600, 400)), lake), mix(PEACH, MIST, 0.35), 0.5)
    s.lay(both(soft(rect(-10, 396, 1210, 440), 10), lake), mix(INK, SLATE, 0.25), 0.75)
    water(s, 404, 90, mix(PEACH, CREAM, 0.3), alpha=0.35)
    water(s, 520, 60, INK, alpha=0.4)
    s.screen(halo(930, 384, 70, 46, 2.0), GLOW, 0.9)
    s.lay(ell(930, 384, 5, 5), CREAM)
    for k in range(16):
        y = 402 + k * 12
        s.lay(soft(ell(930 + s.chance.uniform(-5, 5), y, 12 + k * 1.3 - abs(k - 6), 2.2), 1), hexed("FBD08A"), 0.85 - k * 0.045)
    for x, y, tall in ((520, 452, 46), (652, 452, 46)):
        s.solid(rect(x - 7, y - tall, x + 7, y + 6, 3), mix(UMBER, BROWN, 0.4), NIGHT, PEACH, way=(-1, 0))
    dock = poly((512, 452), (660, 452), (980, 815), (150, 815))
    s.lay(soft(poly((500, 470), (512, 452), (150, 815), (40, 815)), 10), NIGHT, 0.5)
    m = s.fill(dock, mix(SAND, RUST, 0.4), mix(BROWN, UMBER, 0.45))
    s.spray(m, PEACH, (420, 800), (640, 440), 0.5)
    for k in range(15):
        t = (k / 15) ** 1.9
        y, thick = 456 + 356 * t, 1.6 + 7 * t
        s.lay(both(rect(0, y, 1200, y + thick), m), mix(UMBER, NIGHT, 0.4), 0.8)
        s.lay(both(rect(0, y + thick, 1200, y + thick * 1.7), m), PEACH, 0.35)
    for a, b in (((512, 452), (150, 815)), ((660, 452), (980, 815))):
        s.lay(stroke([a, b], 5, 20, smooth=False), mix(UMBER, BROWN, 0.4))
    for x, y, w, tall in ((404, 560, 12, 70), (256, 708, 19, 110), (760, 566, 12, 70), (878, 702, 19, 110)):
        s.shadow(rect(x - w, y - tall, x + w, y + 20), -26, 10, 8, alpha=0.4)
        s.solid(rect(x - w, y - tall, x + w, y + 26, 4), mix(UMBER, BROWN, 0.35), NIGHT, PEACH, way=(-1, 0), depth=0.9)
        s.solid(ell(x, y - tall, w, w * 0.36), mix(SAND, BROWN, 0.4), way=(-1, 0))
    for x, h in ((40, 200), (74, 260), (104, 180), (1150, 230), (1120, 170), (1180, 280)):
        s.lay(stroke([(x, 815), (x + (8 if x < 600 else -8), 815 - h * 0.6), (x + (26 if x < 600 else -26), 815 - h)], 6, 2), mix(PINE, NIGHT, 0.4))
    return s


@picture
def hills() -> Sheet:
    s = Sheet(mix(SLATE, PALE, 0.25), hexed("F5C794"), 26, stop=(600, 400))
    s.lay(halo(300, 380, 620, 230), hexed("FBDDA8"), 0.85)
    for x, y, w in ((780, 110, 240), (960, 136, 180), (330, 170, 170)):
        s.lay(soft(ell(x, y, w, w * 0.1), 7), mix(PEACH, CREAM, 0.4), 0.6)
    draw.hills(s, 390, 54, mix(SAGE, SLATE, 0.45), mix(SAGE2, SLATE, 0.3), 0.4, mix(PEACH, PALE, 0.4))
    draw.hills(s, 460, 66, mix(SAGE2, SAGE, 0.3), SAGE3, 2.2, mix(GLOW, PALE, 0.4))
    big = s.fill(poly((-10, 620), *curve([(-10, 620), (180, 540), (420, 496), (660, 520), (900, 590), (1210, 560)]), (1210, 815), (-10, 815)), SAGE2, mix(SAGE3, PINE, 0.3))
    s.spray(big, mix(GLOW, PALE, 0.35), (900, 700), (200, 500), 0.65)
    left = curve([(470, 498), (560, 522), (610, 556), (520, 606), (400, 660), (330, 740), (350, 830)])
    right = curve([(640, 830), (560, 740), (600, 672), (700, 616), (694, 552), (590, 512), (490, 497)])
    road = s.fill(poly(*left, *right), mix(SAND, PEACH, 0.4), mix(SAND, BROWN, 0.3))
    s.spray(road, mix(SLATE, UMBER, 0.4), (380, 640), (760, 700), 0.5)
    for t in range(7):
        a = curve([(481, 498), (575, 517), (652, 554), (610, 611), (500, 666), (445, 740), (495, 830)])
        p, q = a[t * 12], a[min(t * 12 + 6, len(a) - 1)]
        s.lay(stroke([p, q], 2 + t * 0.9, 2 + t, smooth=False), CREAM, 0.7)
    for x, y, k in ((380, 560, 0.5), (330, 592, 0.6), (452, 566, 0.45), (262, 626, 0.8), (170, 680, 1.05), (292, 694, 1.0), (770, 580, 0.55),
                    (820, 622, 0.7), (900, 600, 0.55), (760, 680, 0.95), (880, 700, 1.05), (1010, 660, 0.8), (720, 760, 1.3), (110, 770, 1.3)):
        w, h = 30 * k, 54 * k
        stone = join(rect(x - w / 2, y - h + w / 2, x + w / 2, y), ell(x, y - h + w / 2, w / 2, w / 2))
        s.lay(soft(poly((x - w / 2, y), (x + w / 2, y), (x + w * 2.2, y + h * 0.34), (x + w * 1.1, y + h * 0.38)), 4), PINE, 0.55)
        s.solid(stone, mix(PAPER, HAZE, 0.5), mix(SLATE, SAGE3, 0.4), CREAM, way=(1, 0.2), depth=0.8)
    s.lay(soft(poly((1020, 590), (1060, 590), (1220, 640), (1220, 680)), 8), PINE, 0.55)
    s.solid(poly((1024, 600), (1052, 600), (1046, 470), (1030, 470)), UMBER, way=(1, 0))
    tree = blob((1038, 96), (1082, 200), (1108, 330), (1110, 450), (1080, 540), (1038, 556), (996, 540), (966, 450), (970, 330), (996, 200))
    m = s.solid(tree, mix(PINE, SAGE3, 0.35), mix(PINE, NIGHT, 0.6), mix(SAGE, GLOW, 0.35), way=(1, 0.3), depth=0.95, shine=0.7, wobble=0.35)
    for _ in range(70):
        x, y = s.chance.gauss(1034, 34), s.chance.uniform(150, 540)
        s.lay(both(stroke([(x, y), (x + s.chance.uniform(-7, 7), y - s.chance.uniform(16, 40))], 6, 1), m), s.chance.choice((PINE, SAGE3, NIGHT)), 0.55)
    for _ in range(120):
        x, y = s.chance.uniform(0, 1200), s.chance.uniform(640, 800)
        s.lay(less(stroke([(x, y), (x + s.chance.uniform(-6, 6), y - s.chance.uniform(10, 22))], 3, 1), road), s.chance.choice((SAGE3, PINE, PALE)), 0.6)
    return s


@picture
def mailbox() -> Sheet:
    s = Sheet(hexed("D9DCCB"), hexed("F8EAD0"), 27, stop=(600, 560))
    s.lay(halo(240, 470, 620, 260), hexed("FBDDAE"), 0.8)
    for x, y, w in ((760, 120, 260), (930, 146, 200), (420, 90, 180), (1080, 260, 150), (200, 230, 160)):
        s.lay(soft(ell(x, y, w, w * 0.12), 9), CREAM, 0.85)
    draw.hills(s, 516, 26, mix(SAGE, PALE, 0.55), mix(SAGE, PALE, 0.3), 1.2, CREAM)
    for x, h in ((250, 46), (280, 62), (306, 50), (328, 36)):
        s.fill(ell(x, 512 - h * 0.4, 22, h), mix(SAGE2, SLATE, 0.25), wobble=0.6)
    s.solid(poly((350, 470), (410, 438), (470, 470), (470, 520), (350, 520)), mix(PAPER, CREAM, 0.5), way=(1, 0.3), depth=0.5)
    s.fill(poly((340, 474), (410, 430), (482, 474), (470, 478), (410, 444), (352, 478)), RUST)
    s.lay(rect(398, 488, 414, 520), mix(BROWN, UMBER, 0.4), 0.9)
    s.lay(rect(432, 484, 450, 500), GLOW, 0.95)
    field = s.fill(poly((-10, 524), (500, 514), (1210, 530), (1210, 815), (-10, 815)), mix(SAGE, PALE, 0.2), SAGE3)
    s.spray(field, mix(GLOW, CREAM, 0.3), (1100, 800), (200, 520), 0.6)
    drive = s.fill(poly(*curve([(404, 520), (430, 548), (420, 590), (470, 660), (560, 830)]), *curve([(1010, 830), (760, 690), (560, 604), (492, 552), (424, 520)])), mix(SAND, PAPER, 0.4), mix(SAND, BROWN, 0.35))
    s.spray(drive, mix(BROWN, SLATE, 0.4), (420, 640), (900, 760), 0.5)
    s.lay(both(soft(stroke([(414, 522), (466, 566), (520, 630), (720, 830)], 5, 60), 8), drive), mix(SAGE2, SAND, 0.5), 0.55)
    for _ in range(160):
        x, y = s.chance.uniform(0, 1200), 560 + 240 * s.chance.random() ** 0.7
        s.lay(less(stroke([(x, y), (x + s.chance.uniform(-10, 12), y - s.chance.uniform(8, 34) * (y - 500) / 220)], 3.4, 1), drive), s.chance.choice((SAGE2, SAGE3, PINE, PALE)), 0.7)
    s.lay(soft(poly((866, 770), (912, 770), (1210, 800), (1210, 815), (1080, 815)), 8), PINE, 0.5)
    s.solid(rect(866, 420, 912, 784, 3), mix(BROWN, SAND, 0.25), UMBER, PEACH, way=(1, 0.1), depth=0.85)
    s.solid(poly((800, 470), (866, 530), (866, 556), (784, 476)), mix(BROWN, SAND, 0.15), UMBER, way=(1, 0.3))
    s.solid(rect(756, 404, 1060, 430, 4), mix(BROWN, SAND, 0.3), UMBER, PEACH, way=(0.6, 1))
    box = join(rect(770, 300, 1060, 406), *[ell(1060 - k, 300, 6, 76) for k in (0,)], less(rect(770, 224, 1060, 300), rect(0, 0, 1, 1)))
    box = join(rect(800, 226, 1062, 406, 26), rect(800, 300, 1062, 406))
    face = join(rect(744, 300, 872, 406), ell(808, 302, 64, 78))
    s.shadow(join(box, face), 24, 20, 12, alpha=0.35)
    s.solid(box, mix(SLATE, HAZE, 0.35), mix(INK2, SLATE, 0.3), CREAM, way=(0.5, 0.9), depth=0.9, shine=0.9)
    s.solid(face, mix(SLATE, HAZE, 0.5), mix(INK2, SLATE, 0.4), CREAM, way=(1, 0.6), depth=0.7, shine=0.6)
    s.lay(less(face, join(rect(752, 302, 864, 400), ell(808, 303, 56, 70))), INK2, 0.5)
    s.solid(rect(796, 250, 820, 268, 5), INK2, way=(1, 0.5))
    s.lay(rect(872, 398, 1062, 406), INK, 0.4)
    flag = join(rect(948, 176, 962, 330, 3), poly((958, 176), (1046, 184), (1046, 236), (958, 232)))
    s.shadow(flag, 9, 8, 5, alpha=0.45)
    s.solid(flag, mix(RUST, EMBER, 0.5), RUST, hexed("F6A06E"), way=(1, 0.4), depth=0.7)
    s.solid(ell(955, 326, 12, 12), INK2, way=(1, 0.6), light=CREAM)
    for _ in range(40):
        x = s.chance.uniform(820, 980)
        s.lay(stroke([(x, 800), (x + s.chance.uniform(-18, 18), 800 - s.chance.uniform(30, 90))], 5, 1), s.chance.choice((SAGE2, SAGE3, PINE, PALE)), 0.9)
    return s


@picture
def milk_bottles() -> Sheet:
    s = Sheet(mix(NIGHT, INK, 0.5), NIGHT, 28)
    for j in range(6):
        for i in range(9):
            s.fill(rect(-20 + i * 146, -30 + j * 116, 120 + i * 146, 80 + j * 116, 2), mix(INK, NIGHT, 0.35), mix(INK, NIGHT, 0.55), mottle=0.2)
    s.screen(halo(600, 400, 760, 560, 1.4), mix(GLOW, SLATE, 0.45), 0.42)
    floor = s.fill(poly((-10, 690), (1210, 690), (1210, 815), (-10, 815)), mix(INK, UMBER, 0.35), NIGHT)
    s.lay(both(soft(poly((340, 690), (860, 690), (1080, 815), (120, 815)), 18), floor), hexed("F2CE92"), 0.65)
    for x in (-10, 930):
        s.solid(rect(x, 540, x + 290, 700), mix(INK2, NIGHT, 0.55), way=(1 if x > 500 else -1, 0.5))
        s.solid(rect(x - 10, 516, x + 306, 544), mix(SLATE, NIGHT, 0.5), way=(0, 1), light=mix(PEACH, SLATE, 0.4))
        s.solid(rect(x + 40, 610, x + 250, 620, 4), mix(MIST, NIGHT, 0.5))
    # the fridge: its shell, its lit inside, its door swung to the right
    shell = rect(318, 24, 792, 716, 30)
    s.shadow(shell, 0, 14, 24, alpha=0.6)
    s.solid(shell, mix(HAZE, SLATE, 0.45), mix(INK2, NIGHT, 0.2), CREAM, way=(-1, 0.4), depth=0.7)
    inside = rect(352, 60, 758, 684, 14)
    s.fill(inside, hexed("FFF6DF"), hexed("F6E0B4"), (555, 60), (555, 684), wobble=0)
    s.lay(both(halo(555, 120, 260, 210), inside), CREAM, 0.95)
    s.spray(inside, mix(SLATE, SAND, 0.4), (555, 300), (320, 720), 0.35)
    s.spray(inside, mix(SLATE, SAND, 0.4), (555, 300), (790, 720), 0.35)
    s.lay(rect(510, 74, 600, 92, 8), CREAM)
    for y in (228, 372, 516):
        s.lay(soft(rect(356, y + 12, 754, y + 34), 5), mix(SAND, SLATE, 0.4), 0.6)
        s.solid(rect(352, y, 758, y + 13, 3), mix(HAZE, PALE, 0.4), mix(SLATE, MIST, 0.4), CREAM, way=(0.2, 1))
    for x0, x1 in ((360, 550), (562, 750)):
        s.solid(rect(x0, 566, x1, 676, 10), mix(HAZE, CREAM, 0.45), mix(MIST, SLATE, 0.3), way=(0.4, 1), depth=0.5)
        s.lay(rect(x0 + 60, 584, x1 - 60, 594, 5), mix(SLATE, MIST, 0.4), 0.9)
    for k in range(6):
        x, y = 402 + k * 52, 372
        bottle = join(rect(x - 17, y - 62, x + 17, y, 8), blob((x - 17, y - 54), (x - 9, y - 80), (x + 9, y - 80), (x + 17, y - 54)))
        s.shadow(bottle, -8, 4, 5, alpha=0.3)
        s.solid(bottle, mix(PALE, CREAM, 0.5), mix(SLATE, PALE, 0.4), CREAM, way=(-1, 0.4), depth=0.6)
        full = (46, 40, 50, 34, 44, 48)[k]
        s.solid(rect(x - 14, y - full, x + 14, y - 3, 6), hexed("FFFAF0"), mix(SAND, HAZE, 0.5), CREAM, way=(-1, 0.4), depth=0.4)
        s.solid(rect(x - 12, y - 92, x + 12, y - 74, 4), (GLOW, EMBER)[k % 2 == 1], way=(-1, 0.3))
        for t in range(3):
            s.lay(rect(x + 4, y - 16 - t * 12, x + 13, y - 14 - t * 12), SLATE, 0.7)
    lemon = blob((650, 506), (660, 484), (690, 474), (720, 482), (738, 500), (722, 516), (690, 520), (662, 516))
    s.shadow(lemon, -8, 6, 5, alpha=0.35)
    s.solid(lemon, hexed("EFC04A"), hexed("B5762A"), hexed("FFF0B8"), way=(-0.8, 0.8), depth=0.8, shine=0.9)
    door = poly((792, 40), (1040, -14), (1040, 790), (792, 712))
    s.shadow(door, 10, 10, 20, alpha=0.5)
    m = s.solid(door, hexed("F3DFB6"), mix(SLATE, SAND, 0.5), CREAM, way=(1, 0.2), depth=0.6, shine=0.8)
    s.lay(less(m, poly((806, 52), (1026, 6), (1026, 770), (806, 700))), mix(SLATE, SAND, 0.35), 0.7)
    for y in (200, 372, 540):
        shelf = poly((812, y), (1020, y - 22), (1020, y + 44), (812, y + 48))
        s.shadow(shelf, 0, 10, 6, alpha=0.3)
        s.solid(shelf, mix(HAZE, CREAM, 0.4), mix(SLATE, MIST, 0.3), CREAM, way=(1, 0.6), depth=0.6)
    s.solid(poly((1040, -14), (1066, -10), (1066, 786), (1040, 790)), mix(SLATE, NIGHT, 0.35), way=(1, 0))
    s.screen(soft(poly((352, 60), (758, 60), (1040, 760), (200, 815)), 70), hexed("6E4A20"), 0.45)
    return s


@picture
def canoe() -> Sheet:
    s = Sheet(mix(HAZE, PALE, 0.4), hexed("F7E9D2"), 29, stop=(600, 340))
    s.lay(halo(860, 250, 460, 260), hexed("FCE6C2"), 0.9)
    s.fill(ell(860, 236, 44, 44), hexed("FDF3DD"), wobble=0.2)
    draw.hills(s, 280, 44, mix(MIST, PALE, 0.45), mix(HAZE, PALE, 0.4), 1.4)
    s.lay(soft(rect(-20, 268, 1220, 312), 22), CREAM, 0.8)
    draw.hills(s, 330, 38, mix(SAGE2, MIST, 0.5), mix(SAGE, MIST, 0.4), 2.9)
    for k in range(34):
        x = -10 + k * 37 + s.chance.uniform(-9, 9)
        h = s.chance.uniform(16, 44)
        s.fill(poly((x - 9, 354), (x, 350 - h - 18 * math.sin(k * 0.5)), (x + 9, 354)), mix(SAGE3, MIST, 0.35), wobble=0.5)
    s.lay(soft(rect(-20, 322, 1220, 372), 18), mix(CREAM, HAZE, 0.3), 0.85)
    lake = s.fill(rect(-10, 356, 1210, 700), mix(HAZE, CREAM, 0.35), mix(SLATE, SAGE, 0.35), (600, 356), (600, 700), wobble=0)
    s.lay(both(soft(rect(-20, 356, 1220, 420), 18), lake), mix(SAGE2, MIST, 0.6), 0.45)
    s.lay(both(halo(860, 400, 140, 220, 1.2), lake), hexed("FCE6C2"), 0.7)
    water(s, 372, 110, CREAM, 640, 0.55)
    water(s, 420, 50, mix(SLATE, SAGE3, 0.4), 640, 0.35)
    for x, y, w in ((260, 392, 330), (900, 372, 300), (620, 420, 240)):
        s.lay(soft(ell(x, y, w, 12), 10), CREAM, 0.75)
    shore = s.fill(poly(*curve([(-20, 596), (220, 566), (480, 590), (760, 628), (1000, 604), (1230, 640)]), (1230, 820), (-20, 820)), mix(SAND, HAZE, 0.4), mix(SAND, BROWN, 0.35))
    s.lay(both(soft(stroke([(-20, 596), (220, 566), (480, 590), (760, 628), (1000, 604), (1230, 640)], 14), 3), shore), CREAM, 0.75)
    for _ in range(420):
        x, t = s.chance.uniform(-10, 1210), s.chance.random()
        y = 626 + t * 180
        r = 3 + 9 * t * s.chance.uniform(0.5, 1.2)
        c = s.chance.choice((mix(SLATE, HAZE, 0.4), mix(SAND, BROWN, 0.3), HAZE, mix(MIST, SAND, 0.5), mix(RUST, SAND, 0.6)))
        s.lay(ell(x + 2, y + r * 0.4, r, r * 0.5), UMBER, 0.35)
        s.lay(ell(x, y, r, r * 0.62), c, 0.95)
        s.lay(ell(x + r * 0.25, y - r * 0.2, r * 0.4, r * 0.2), CREAM, 0.35)
    top = curve([(120, 530), (190, 572), (380, 612), (600, 624), (820, 600), (1000, 548), (1068, 492)])
    keel = curve([(1068, 492), (1072, 560), (1010, 640), (840, 702), (600, 726), (360, 714), (190, 650), (132, 584), (120, 530)])
    hull = poly(*top, *keel)
    rim_back = curve([(120, 530), (220, 542), (420, 556), (620, 556), (830, 534), (1000, 508), (1068, 492)])
    s.lay(soft(ell(600, 724, 500, 28), 9), UMBER, 0.6)
    inside = poly(*top, *reversed(rim_back))
    s.fill(inside, mix(SAND, BROWN, 0.4), UMBER, (600, 540), (600, 624))
    for k in range(11):
        x = 190 + k * 78
        s.lay(both(stroke([(x, 540), (x + 10, 625)], 7, smooth=False), inside), mix(BROWN, UMBER, 0.5), 0.7)
    for x in (360, 820):
        s.solid(both(poly((x - 20, 540), (x + 34, 538), (x + 40, 625), (x - 24, 625)), inside), mix(SAND, PEACH, 0.3), way=(-0.6, 1))
    m = s.solid(hull, mix(SAGE3, SAGE2, 0.35), PINE, mix(SAGE, CREAM, 0.35), way=(-0.4, 1), depth=0.95, shine=0.75)
    s.lay(both(soft(stroke([(170, 600), (380, 660), (600, 674), (830, 650), (1020, 580)], 12, 8), 5), m), mix(PALE, CREAM, 0.5), 0.5)
    s.lay(both(stroke([(128, 566), (360, 690), (600, 706), (860, 684), (1060, 560)], 4), m), PINE, 0.6)
    s.lay(stroke([(120, 530), (220, 542), (420, 556), (620, 556), (830, 534), (1000, 508), (1068, 492)], 8), mix(SAND, BROWN, 0.45))
    s.solid(stroke([(120, 530), (190, 572), (380, 612), (600, 624), (820, 600), (1000, 548), (1068, 492)], 13), mix(SAND, BROWN, 0.3), UMBER, PEACH, way=(-0.2, 1))
    for a, b in (((300, 468), (730, 668)), ((880, 470), (500, 672))):
        dx, dy = b[0] - a[0], b[1] - a[1]
        n = math.hypot(dx, dy)
        ux, uy = dx / n, dy / n
        blade = blob(a, (a[0] + ux * 40 - uy * 26, a[1] + uy * 40 + ux * 26), (a[0] + ux * 120 - uy * 24, a[1] + uy * 120 + ux * 24),
                     (a[0] + ux * 160, a[1] + uy * 160), (a[0] + ux * 120 + uy * 24, a[1] + uy * 120 - ux * 24), (a[0] + ux * 40 + uy * 26, a[1] + uy * 40 - ux * 26))
        shaft = stroke([(a[0] + ux * 110, a[1] + uy * 110), b], 14, 13, smooth=False)
        grip = stroke([(b[0] - uy * 22, b[1] + ux * 22), (b[0] + uy * 22, b[1] - ux * 22)], 17, smooth=False)
        s.shadow(join(blade, shaft, grip), -8, 16, 6, alpha=0.45)
        s.solid(join(blade, shaft, grip), mix(SAND, PEACH, 0.35), BROWN, CREAM, way=(-0.3, 1), depth=0.8, shine=0.7)
        s.lay(both(stroke([a, (a[0] + ux * 150, a[1] + uy * 150)], 4, smooth=False), blade), BROWN, 0.5)
    return s


@picture
def door_light() -> Sheet:
    s = Sheet(mix(NIGHT, INK, 0.5), NIGHT, 30)
    ceil = poly((-10, -10), (1210, -10), (800, 150), (400, 150))
    s.fill(ceil, mix(INK, NIGHT, 0.6), mix(INK2, NIGHT, 0.5))
    lw = s.fill(poly((-10, -20), (400, 150), (400, 600), (-10, 840)), mix(INK, NIGHT, 0.45), mix(INK2, INK, 0.5), (0, 400), (400, 400))
    rw = s.fill(poly((1210, -20), (800, 150), (800, 600), (1210, 840)), mix(INK, NIGHT, 0.55), mix(INK2, INK, 0.45), (1210, 400), (800, 400))
    s.fill(rect(400, 150, 800, 600), mix(INK2, INK, 0.4), mix(INK2, SLATE, 0.15))
    floor = s.fill(poly((400, 598), (800, 598), (1240, 840), (-40, 840)), mix(UMBER, INK, 0.5), NIGHT, (600, 598), (600, 810))
    for k in range(-6, 7):
        s.lay(both(stroke([(600 + k * 36, 598), (600 + k * 118, 830)], 1.5, 4, smooth=False), floor), NIGHT, 0.6)
    for w, points in ((lw, ((-10, 790), (400, 586))), (rw, ((1210, 790), (800, 586)))):
        s.lay(both(stroke(points, 40, 16, smooth=False), w), mix(INK2, SLATE, 0.3), 0.7)
    # pictures on the wall, hardly seen
    for pts, wall in ((((70, 250), (190, 268), (190, 420), (70, 436)), lw), (((240, 272), (318, 284), (318, 400), (240, 408)), lw), (((1010, 262), (1130, 240), (1130, 440), (1010, 422)), rw)):
        s.solid(both(poly(*pts), wall), mix(UMBER, INK, 0.35), way=(-1, 0.2))
        cx, cy = sum(p[0] for p in pts) / 4, sum(p[1] for p in pts) / 4
        s.lay(both(poly(*((cx + (x - cx) * 0.78, cy + (y - cy) * 0.8) for x, y in pts)), wall), mix(SLATE, INK, 0.45), 0.9)
    frame, wood = mix(SLATE, INK, 0.35), mix(INK2, SLATE, 0.35)
    s.shadow(rect(466, 196, 734, 600), 0, 8, 14, alpha=0.5)
    s.solid(rect(466, 196, 734, 604), frame, way=(0, -1), light=mix(GLOW, SLATE, 0.5), shine=0.8)
    s.fill(rect(486, 216, 714, 604), hexed("FFE3A8"), wobble=0)
    s.solid(rect(490, 218, 711, 588), wood, mix(INK, NIGHT, 0.3), mix(SLATE, PEACH, 0.3), way=(0, -1), depth=0.75, shine=0.6)
    for x0, y0, x1, y1 in ((516, 246, 590, 390), (610, 246, 684, 390), (516, 420, 590, 556), (610, 420, 684, 556)):
        s.solid(rect(x0, y0, x1, y1, 3), mix(wood, INK, 0.3), NIGHT, mix(SLATE, PEACH, 0.2), way=(0, -1), depth=0.5)
        s.lay(rect(x0 + 4, y1 - 5, x1 - 4, y1 - 1), mix(MIST, PEACH, 0.4), 0.6)
    s.solid(ell(700 - 6, 408, 11, 11), mix(GLOW, BROWN, 0.3), UMBER, CREAM, way=(-0.6, -0.6))
    sign = poly((566, 280), (634, 276), (638, 318), (570, 322))
    s.solid(sign, mix(PAPER, SLATE, 0.35), way=(0, -1), depth=0.4)
    for k in range(2):
        s.lay(stroke([(576, 292 + k * 14), (628, 289 + k * 14)], 3, smooth=False), INK, 0.7)
    s.lay(rect(486, 589, 714, 603), hexed("FFF3CF"))
    s.screen(halo(600, 600, 330, 90, 1.6), GLOW, 0.85)
    spill = poly((486, 602), (714, 602), (1000, 830), (200, 830))
    s.screen(both(both(soft(spill, 20), floor), ramp((600, 830), (600, 596))), hexed("F2A552"), 0.95)
    s.lay(both(soft(poly((500, 602), (700, 602), (790, 680), (410, 680)), 14), floor), hexed("FFE7B5"), 0.6)
    s.screen(both(soft(rect(380, 480, 490, 600), 40), ramp((600, 420), (600, 600))), hexed("8A5320"), 0.4)
    note = poly((560, 690), (660, 676), (700, 716), (592, 734))
    s.shadow(note, 4, 12, 6, alpha=0.6)
    s.solid(note, mix(PAPER, CREAM, 0.4), mix(SAND, SLATE, 0.4), CREAM, way=(0.2, 1), depth=0.6)
    fold = poly((560, 690), (660, 676), (664, 654), (572, 662))
    s.solid(fold, CREAM, mix(SAND, PEACH, 0.4), CREAM, way=(0.3, -1), depth=0.5)
    s.lay(stroke([(560, 690), (660, 676)], 2.5, smooth=False), BROWN, 0.6)
    for k in range(3):
        s.lay(stroke([(590 + k * 7, 698 + k * 9), (656 + k * 8, 689 + k * 9)], 2.4, smooth=False), INK2, 0.65)
    return s


@picture
def spindles() -> Sheet:
    """The side of a crib. One spindle was set in the wrong way up."""
    s = Sheet(mix(PAPER, PEACH, 0.45), mix(SAND, PEACH, 0.5), 31)
    s.screen(halo(150, 120, 900, 620, 1.4), mix(GLOW, PEACH, 0.4), 0.6)
    profile = (
        (0, 9), (0.06, 9), (0.075, 19), (0.1, 19), (0.115, 10), (0.2, 22), (0.28, 26), (0.38, 21), (0.56, 12), (0.7, 9),
        (0.72, 16), (0.745, 16), (0.765, 9), (1, 8),
    )
    wood, dark, lit = mix(SAND, BROWN, 0.55), mix(BROWN, UMBER, 0.45), mix(SAND, PEACH, 0.4)
    top, foot = 196, 640

    def spindle(x: float, turned: bool, dx: float = 0, dy: float = 0) -> object:
        at = [(foot - (1 - t if turned else t) * (foot - top) + dy, half) for t, half in profile]
        left, right = [(x + dx - half, y) for y, half in at], [(x + dx + half, y) for y, half in reversed(at)]
        return poly(*left, *right)

    places = [(110 + k * 123, k == 6) for k in range(9)]
    rails = [rect(-20, 128, 1220, top + 6, 10), rect(-20, foot - 6, 1220, 716, 10)]
    for x, turned in places:
        s.lay(soft(spindle(x, turned, 58, 26), 9), mix(BROWN, PEACH, 0.35), 0.42)
    for y in (182, 694):
        s.lay(soft(rect(-20, y, 1220, y + 62), 12), mix(BROWN, PEACH, 0.35), 0.4)
    for x, turned in places:
        s.solid(spindle(x, turned), wood, dark, lit, way=(1, 0), depth=0.85, shine=0.6)
    for rail in rails:
        s.solid(rail, mix(wood, BROWN, 0.12), dark, lit, way=(0, 1), depth=0.7, shine=0.5)
    for k in range(5):
        s.lay(stroke([(-10, 142 + k * 11), (400, 139 + k * 11), (820, 144 + k * 11), (1210, 140 + k * 11)], 1.6), dark, 0.28)
        s.lay(stroke([(-10, 652 + k * 11), (380, 655 + k * 11), (860, 650 + k * 11), (1210, 654 + k * 11)], 1.6), dark, 0.28)
    return s


if __name__ == "__main__":
    draw.main()
