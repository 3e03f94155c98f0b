// What staff pages ask of the portal, and the three ways in which an answer can be bad: a problem, no line, no session.

/**
 * @typedef {{code: string, title: string, detail: string, field: string, retry_after?: number, version?: number,
 *   changed_by?: string, changed_at?: string, portal_time?: string}} ProblemDetails
 */

/** The portal answered, and the answer is no. `detail` is in the language of the page. */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {Partial<ProblemDetails>} details
   */
  constructor(status, details) {
    super(details.detail || details.title || String(status));
    this.name = "Problem";
    this.status = status;
    this.code = details.code ?? "";
    this.detail = details.detail || details.title || "";
    this.details = details;
  }
}

/** No answer came. Whether the request arrived is not known: what is sent again has to be the same bytes. */
export class Offline extends Error {
  constructor() {
    super("offline");
    this.name = "Offline";
  }
}

const PATIENCE = 30_000;
const ENDED = ["access_ended", "operator_ended"];

/** @type {() => void} */
let accessEnded = () => {};

/**
 * Say what to do at the first answer to whatever request that says that this person's access was ended.
 * @param {() => void} act
 * @returns {void}
 */
export function whenAccessEnds(act) {
  accessEnded = act;
}

const NOT_NOW = ["busy", "delayed"];

/**
 * Whether it passes by itself: no answer, or one that asks for a moment. The same bytes may be sent again.
 * @param {unknown} error
 * @returns {boolean}
 */
export function isPassing(error) {
  return error instanceof Offline || (error instanceof Problem && NOT_NOW.includes(error.code));
}

/**
 * Whether the portal says that this person's access was ended.
 * @param {Problem|Offline} error
 * @returns {boolean}
 */
export function isEnded(error) {
  return error instanceof Problem && ENDED.includes(error.code);
}

/**
 * Ask, and give the parsed answer.
 * @param {string} address own path
 * @param {{method?: string, body?: string, csrf?: string}} [request] `body` is JSON text, sent as it stands
 * @returns {Promise<any>}
 * @throws {Problem} for an answer that is not 2xx
 * @throws {Offline} for none
 */
export async function ask(address, { method = "GET", body, csrf } = {}) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (csrf) headers["X-CSRF-Token"] = csrf;
  const signal = AbortSignal.timeout(PATIENCE);
  let answer;
  let text;
  try {
    answer = await fetch(address, {
      method,
      headers,
      signal,
      cache: "no-store",
      redirect: "error",
      ...(body !== undefined && { body }),
    });
    text = await answer.text();
  } catch {
    throw new Offline();
  }
  const content = parsed(text);
  if (!answer.ok) {
    const problem = problemOf(answer, content);
    if (isEnded(problem)) accessEnded();
    throw problem;
  }
  return content;
}

/**
 * @param {string} text
 * @returns {any}
 */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/**
 * A gateway that says that the portal is away is no answer of the portal's.
 * @param {Response} answer
 * @param {any} content
 * @returns {Problem|Offline}
 */
function problemOf(answer, content) {
  if ([502, 503, 504].includes(answer.status) && !content?.code) return new Offline();
  const wait = Number(answer.headers.get("Retry-After"));
  return new Problem(answer.status, { ...(wait > 0 && { retry_after: wait }), ...content });
}
