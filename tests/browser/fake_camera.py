"""A camera made of a file: what Chromium's own fake device shows, and what became of it."""

import math
import re

from tests.browser.conftest import FLAGS

WIDTH, HEIGHT, FRAMES, MODULE = 640, 480, 10, 6
DARK, LIGHT, NO_COLOUR = 60, 200, 128
# The portal's own drawing of a square, as the places of its dark modules.
DRAWN = """async (words) => {
  const js = new URL("../", document.querySelector('script[src*="/js/"]').src).href;
  const { qrCode } = await import(`${js}pages/qr_code.js`);
  const drawing = qrCode(words, "square");
  return [drawing.getAttribute("viewBox"), drawing.querySelector("path").getAttribute("d")];
}"""
# Keeps the tracks of every stream that a page gets, so that a test can ask whether they were stopped.
REMEMBER = """
window.tracksGiven = [];
const given = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => {
  window.wanted = wanted;
  const stream = await given(wanted);
  window.tracksGiven.push(...stream.getTracks());
  return stream;
};
"""


def flags(film):
    """Of a Chromium whose camera shows a film; the file is read anew whenever the camera is switched on."""
    return [*FLAGS, "--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"]


def living(page):
    """How many cameras a page has had, and how many of them are still on."""
    states = page.evaluate("tracksGiven.map(({ readyState }) => readyState)")
    return len(states), states.count("live")


def film(path, page, words, turned=7):
    """Write a film of the square that the portal draws of these words, held a little askew: Y4M, grey, some seconds."""
    box, drawn = page.evaluate(DRAWN, words)
    whole = int(box.split()[-1])
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1", drawn)}
    cos, sin = math.cos(math.radians(turned)), math.sin(math.radians(turned))
    luma = bytearray([LIGHT]) * (WIDTH * HEIGHT)
    for y in range(HEIGHT):
        for x in range(WIDTH):
            across, down = x - WIDTH / 2, y - HEIGHT / 2
            column, row = (across * cos + down * sin) / MODULE, (down * cos - across * sin) / MODULE
            if (math.floor(column + whole / 2), math.floor(row + whole / 2)) in dark:
                luma[y * WIDTH + x] = DARK
    write(path, luma)


def write(path, luma=bytes([LIGHT]) * (WIDTH * HEIGHT)):
    """Write a film of one picture, of nothing at first: without a file Chromium has no camera."""
    frame = b"FRAME\n" + bytes(luma) + bytes([NO_COLOUR]) * (WIDTH * HEIGHT // 2)
    path.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * FRAMES)
