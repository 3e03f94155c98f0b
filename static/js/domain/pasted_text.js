/**
 * A pasted text, such as a whole chat message, taken apart: the addresses in it, as typed, and the words between them.
 * Twin of `app/domain/pasted_text.py`; both replay `tests/vectors/pasted_text.json`. Nothing here is ever fetched.
 */

// What can stand in no address as people paste it: blanks, quotation marks, and brackets of prose.
const BLANK = "\\t-\\r\\u001c-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";
const GAP = `${BLANK}<>"\`|“”‘’«»「」『』《》〈〉【】`;
const REST = `[^${GAP}]`;
const DOT = "(?:\\.|\\[\\.\\]|\\(\\.\\)|\\{\\.\\}|\\[dot\\]|\\(dot\\))";
const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
// Last labels that need no path behind them to be one; with a path, any letters will do.
const ENDS =
  "[A-Za-z]{2}|com|net|org|info|biz|app|dev|xyz|top|site|online|club|live|link|page|shop|store|vip|win|fun|icu|pro" +
  "|one|life|world|today|space|website|tech|cloud|blog|media|video|games|chat|social|news|wiki|asia|mobi|name|tel" +
  "|xxx|sex|sexy|adult|porn|cam|webcam|tube|onion|edu|gov|travel|bond|sbs|lol|lat|cyou|click|monster|rest|quest";
const TAIL = `(?::[0-9]{1,5})?(?:[/?#]${REST}*)?`;
const MARKS = ":\\/\\/|\\[:\\]\\/\\/|\\[:\\/\\/\\]";
const ADDRESS = new RegExp(
  `h(?:tt|xx|\\*\\*|__)ps?(?:${MARKS})${REST}+` +
    `|(?<![A-Za-z0-9+.-])(?:magnet:\\?|intent:|[A-Za-z][A-Za-z0-9+.-]{1,30}(?:${MARKS}))${REST}+` +
    `|(?<![A-Za-z0-9@._%+-])(?:${LABEL}${DOT}){1,8}` +
    `(?:(?:${ENDS})(?![A-Za-z0-9@_-])${TAIL}|[A-Za-z]{2,24}(?=:[0-9]|[/?#])${TAIL})` +
    `|(?<![0-9.])[0-9]{1,3}(?:${DOT}[0-9]{1,3}){3}(?=:[0-9]|\\/)${TAIL}` +
    `|(?<![A-Za-z0-9가-힣@._-])(?:www\\.)?[가-힣0-9-]{2,30}\\.(?:com|net|kr|한국|닷컴|닷넷)(?![A-Za-z0-9가-힣])${TAIL}`,
  "gi",
);
const AGAIN = /(?<![/=:?&#%])(?=h(?:tt|xx)ps?:\/\/)|[,;](?=(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}\/)/gi;
const HOST = /^([A-Za-z][A-Za-z0-9+.-]*:\/\/(?:[^/?#@]*@)?)?[^/?#]*/;
const AFTER_HOST = /(?<=[A-Za-z0-9])[가-힣ㄱ-ㅣ]+[^/?#]*$/;
// What stands behind an address without belonging to it: marks, letters of laughing and crying, signs without a shape.
const TRAILING =
  /[.,;:!?'*~^…·。，、！？：；～ㆍㄱ-ㅎㅏ-ㅣ\u200b-\u200f\u2028-\u202e\u2060-\u2069\u2190-\u2bff\u{1f000}-\u{1faff}]|\ufe0f/u;
/** @type {Record<string, string>} */
const PAIRS = { ")": "(", "]": "[", "}": "{", "）": "（", "］": "［", "〕": "〔" };
const PARTICLE =
  "입니다|이에요|이예요|예요|에요|이구요|이고요|이고|인데요|인데|이래요|이래|래요|이랍니다|랍니다|임|이요|요|이랑|랑|하고" +
  "|이라고|라고|이라는|라는|이란|에서는|에서도|에서|에는|에도|에|으로|로|을|를|은|는|이|가|와|과|도|만|의|까지|부터|처럼" +
  "|이거|이것|여기|링크|주소|이네요|네요|이야|야|임다|입니당|이었어요|였어요|이었는데|였는데|있어요|봐주세요|확인";
const STUCK = new RegExp(`(?<=[A-Za-z0-9_~)-])(?:${PARTICLE})$`);
const STUCK_LONG = /(?<=\/)(?:입니다|이에요|예요|인데요|인데|에서|이라고|라고|까지|부터|봐주세요)$/;
const SENTENCE = new RegExp(`(?<=[A-Za-z0-9_~)-])(?:${PARTICLE})[.,!?…~]+[가-힣ㄱ-ㅣ]+$`);
const BEFORE = new RegExp(`^[${GAP}\\u200b.,;:!?'*~)\\]}/•·※→▶➡👉…=#-]+`, "u");
const BEHIND = new RegExp(`[${GAP}\\u200b(\\[{•·※→▶➡👉:,=#\\-]`, "u");
const NUMBERED = /^[([]?(?:[0-9]{1,3}[.)]?|링크|주소|url|link)[)\]]?$/i;
const LEADING = new RegExp(`^[${BLANK})\\]]*(?:${PARTICLE})(?=[${BLANK}.,!?~…ㄱ-ㅎㅏ-ㅣ)]|$)[.,!?~…ㄱ-ㅎㅏ-ㅣ)]*`);
const LINE = /\r\n|[\r\n]/;
// What is no address: a scheme alone, or the letters that one was stuck to.
const BARE = /^(?:(?:h\*\*ps?|[a-z][a-z0-9+._-]*)(?::\/\/|\[:\]\/\/|\[:\/\/\]|:)[/?]*|[a-z0-9+-]+)$/i;

/**
 * The addresses in a text in their order, each once, as typed: web, magnet and app links, defanged ones too. What stands
 * right behind one without belonging to it (a full stop, a bracket, a Korean particle) is left out.
 * @param {string} text @returns {string[]}
 */
export function addressesIn(text) {
  return [...new Set(places(text).map(([start, end]) => text.slice(start, end)))];
}

/**
 * What a text says beside its addresses, line by line; bullets, numbers and stuck particles say nothing.
 * @param {string} text @returns {string}
 */
export function wordsBeside(text) {
  /** @type {string[]} */
  const pieces = [];
  let done = 0;
  for (const [start, end] of places(text)) {
    pieces.push(text.slice(done, start));
    done = end;
  }
  pieces.push(text.slice(done));
  return pieces
    .map((piece, index) => (index === 0 ? piece : piece.replace(LEADING, "")))
    .flatMap((piece) => piece.split(LINE).map(said))
    .filter((line) => line !== "")
    .join("\n");
}

/** @param {string} line */
function said(line) {
  const signs = [...line.replace(BEFORE, "")];
  while (signs.length > 0 && BEHIND.test(signs.at(-1) ?? "")) signs.pop();
  const bare = signs.join("");
  return /[\p{L}\p{N}]/u.test(bare) && !NUMBERED.test(bare) ? bare : "";
}

/** Where each address begins and ends. @param {string} text */
function places(text) {
  /** @type {[number, number][]} */
  const found = [];
  for (const match of text.matchAll(ADDRESS)) {
    let start = match.index;
    for (const part of partsOf(match[0])) {
      const whole = withoutTail(part);
      if (!BARE.test(whole)) found.push([start, start + whole.length]);
      start += part.length;
    }
  }
  return found;
}

/** Addresses that stand one behind the other without a blank; one inside of another stays there. @param {string} run */
function partsOf(run) {
  const cuts = [...run.matchAll(AGAIN)].map((match) => match.index + match[0].length).filter((cut) => cut > 0);
  return [...cuts, run.length].map((cut, index) => run.slice(cuts[index - 1] ?? 0, cut)).filter(Boolean);
}

/** @param {string} part */
function withoutTail(part) {
  const head = HOST.exec(part)?.[0] ?? "";
  const shorter = head.replace(AFTER_HOST, "");
  if (shorter !== head) return shorter; // letters of both scripts in the last label: there the address was over
  let rest = part;
  let before = "";
  while (before !== rest) {
    before = rest;
    rest = withoutBracket(withoutMarks(rest));
    rest = rest.replace(STUCK, "").replace(STUCK_LONG, "").replace(SENTENCE, "");
  }
  return rest;
}

/** @param {string} part */
function withoutMarks(part) {
  const signs = [...part];
  while (signs.length > 0 && TRAILING.test(signs.at(-1) ?? "")) signs.pop();
  return signs.join("");
}

/** Without a closing bracket that was opened before the address. @param {string} part */
function withoutBracket(part) {
  const last = part.at(-1) ?? "";
  const opening = PAIRS[last];
  const more = opening !== undefined && part.split(last).length > part.split(opening).length;
  return more ? part.slice(0, -1) : part;
}
