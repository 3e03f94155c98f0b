/** A QR code as a drawing of squares: nothing is parsed as markup, and nothing but the words leaves their place. */

import { correction, generate } from "../../vendor/qr.js";

/** A name, not an address: nothing is fetched. */
const SVG = ["http:", "", "www.w3.org", "2000", "svg"].join("/");
/** Light modules around, as ISO/IEC 18004 wants them. */
const QUIET = 4;

/**
 * The squares alone.
 * @param {string} words as below
 * @returns {{size: number, get: (x: number, y: number) => boolean}} of dark ones `get` is true
 */
export function squareOf(words) {
  return generate(words, { minCorrectionLevel: correction.M });
}

/**
 * @param {string} words what a scanner reads; capitals, digits and spaces alone need the fewest squares
 * @param {string} label what it is, for those who do not see it
 * @returns {SVGSVGElement}
 */
export function qrCode(words, label) {
  const code = squareOf(words);
  const whole = code.size + 2 * QUIET;
  const drawing = /** @type {SVGSVGElement} */ (document.createElementNS(SVG, "svg"));
  drawing.setAttribute("viewBox", `0 0 ${whole} ${whole}`);
  drawing.setAttribute("class", "qr-code");
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", label);
  drawing.setAttribute("shape-rendering", "crispEdges");
  const ground = document.createElementNS(SVG, "rect");
  ground.setAttribute("width", String(whole));
  ground.setAttribute("height", String(whole));
  ground.setAttribute("fill", "#fff");
  const squares = document.createElementNS(SVG, "path");
  squares.setAttribute("d", outline(code));
  squares.setAttribute("fill", "#000");
  drawing.append(ground, squares);
  return drawing;
}

/** @param {{size: number, get: (x: number, y: number) => boolean}} code @returns {string} a square for each dark module */
function outline(code) {
  const drawn = [];
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) drawn.push(`M${x + QUIET} ${y + QUIET}h1v1h-1z`);
  }
  return drawn.join("");
}
