/** What comes after the first word typed: looking over the answers, sealing, showing, sending, the receipt code. */

import { byId } from "../element.js";
import { fetched } from "../later.js";
import { NoAnswer } from "../patient_post.js";
import { text } from "../texts.js";
import { waitWords } from "../wait_words.js";
import { readAnswers } from "./answers.js";
import { arrivedAt, showArrived, showEarlyCode } from "./arrived.js";
import { filledCompartments, problemsOf } from "./checks.js";
import { postReport } from "./destination.js";
import { identity, renew } from "./identity.js";
import { offerOrganisations, startOrganisations } from "./organisations.js";
import { showProblems, watchFields } from "./problems.js";
import { showReceipt } from "./receipt.js";
import { showLetters, showState } from "./review.js";
import { isTooMuch, tooMuch } from "./too_much.js";
import { showReaders, startReaders } from "./who_reads.js";

/**
 * @typedef {import("./steps.js").Steps} Steps
 * @typedef {import("./sealing.js").Prepared} Prepared
 */

/** What sealing found to be wrong with a choice. @type {Record<string, string>} */
const CHOICE = { EmptyLetter: "nothing_to_read", KeysAnew: "keys_anew" };
/** What may be cured by sealing anew: keys, a code or an id that were fine a moment ago. */
const SEAL_AGAIN = ["key_retired", "code_used", "report_exists"];
const MOST_SEALINGS = 3;
/** From this step on, sealing is not far. */
const NEAR = "organisations";

export class Journey {
  /** @param {Steps} steps */
  constructor(steps) {
    this.steps = steps;
    /** @type {Prepared | null} */
    this.prepared = null;
    /** What the prepared letters were made from. */
    this.source = "";
    this.sending = false;
    /** The step that was just led back to, with words that must stay. */
    this.told = "";
    startOrganisations();
    startReaders();
    byId("prepare-again").addEventListener("click", () => this.review());
    byId("send").addEventListener("click", () => this.send());
    watchFields(byId("report"));
    fetched("pages/report/sealing.js").catch(() => {}); // sealing asks again
  }

  /** @param {string} name */
  mayLeave(name) {
    const problems = problemsOf(readAnswers()).filter((problem) => problem.step === name);
    // An empty first step may be passed: a sentence can come later, in one's own words.
    const standing = problems.filter((problem) => problem.key !== "link_or_sentence");
    const tooYoung = standing.some((problem) => problem.key === "under_14");
    showProblems(standing.filter((problem) => problem.key !== "under_14"));
    if (tooYoung) byId("under-14").focus();
    return standing.length === 0;
  }

  /** @param {string} name */
  entered(name) {
    if (name !== this.told) showProblems([]);
    this.told = "";
    if (name === "organisations") offerOrganisations();
    else showReaders();
    const { names } = this.steps;
    if (names.indexOf(name) >= names.indexOf(NEAR)) sealingAhead();
    if (name === "review" && !this.sending) this.review();
  }

  /** Look everything over, seal it, and show the letters; or lead to what must be looked at once more. */
  async review() {
    const answers = readAnswers();
    const problems = problemsOf(answers);
    const first = problems[0];
    if (first) {
      if (first.key === "link_or_sentence") return this.lookAgain(first);
      this.leadBackTo(first.step);
      this.mayLeave(first.step);
      return;
    }
    const source = JSON.stringify(answers);
    if (!this.prepared || source !== this.source) await this.seal(source);
    if (this.prepared && source === this.source) this.show(this.prepared);
  }

  /** @param {string} source */
  async seal(source) {
    this.prepared = null;
    this.source = source;
    showState("preparing", text("preparing"));
    try {
      const { prepare } = await sealing();
      const prepared = await prepare(JSON.parse(source), (wait) => showState("preparing", waitWords(wait)));
      // Answers that changed meanwhile are being sealed by a later call: this one is of no use any more.
      if (source === this.source) this.prepared = prepared;
    } catch (error) {
      if (source !== this.source) return;
      const key = error instanceof Error && CHOICE[error.name];
      if (key) this.chooseAnew([error.message], key);
      else if (isTooMuch(error)) this.lookAgain(tooMuch(JSON.parse(source)));
      else showState("failed", text(reasonOf(error)));
    }
  }

  /** To a step that has something to say on arrival. @param {string} name */
  leadBackTo(name) {
    this.told = name;
    this.steps.go(name);
  }

  /** To what must be looked at once more. @param {import("./checks.js").Problem} problem */
  lookAgain(problem) {
    this.leadBackTo(problem.step);
    showProblems([problem]);
  }

  /** To a choice that has to be looked at anew, and why. @param {string[]} slugs @param {string} key */
  chooseAnew(slugs, key) {
    this.prepared = null;
    this.leadBackTo("organisations");
    showProblems(slugs.map((slug) => ({ id: `organisation-${slug}-chosen`, key })));
  }

  /** @param {Prepared} prepared */
  show({ letters, urgent }) {
    showLetters(letters, filledCompartments(readAnswers().fields));
    showState("ready");
    byId("urgent").hidden = !urgent;
  }

  async send() {
    if (!this.prepared || this.sending) return;
    this.sending = true;
    try {
      await this.sendUntilTaken();
    } catch (error) {
      showState("failed", text(error instanceof NoAnswer ? "no_answer" : "not_sealed"));
      if (error instanceof NoAnswer) showEarlyCode(identity().code);
    }
    this.sending = false;
  }

  async sendUntilTaken() {
    for (let sealings = 0; this.prepared && sealings < MOST_SEALINGS; sealings += 1) {
      showState("sending", text("sending"));
      const { status, answer } = await postReport(this.prepared.body, sayWait);
      if (status === 201) {
        this.finish(this.prepared);
        return;
      }
      if (answer?.code === "report_exists" && (await this.hadArrived())) return;
      // Whoever destroyed it, with its code, must not find it back unasked.
      if (answer?.code === "report_destroyed") this.beAnother();
      if (answer?.code === "not_receiving") return this.chooseAnew(answer.organisations ?? [], "takes_none_now");
      if (!SEAL_AGAIN.includes(answer?.code)) {
        showState("failed", reasonIn(answer));
        return;
      }
      if (answer.code !== "key_retired") renew();
      await this.seal(this.source);
    }
    if (this.prepared) showState("failed", text("not_taken"));
  }

  /** An earlier try or another tab brought this report, as it was then: say so, and let the person choose. */
  async hadArrived() {
    const { code } = identity();
    const names = await arrivedAt(identity(), sayWait);
    if (!names) return false;
    const receipt = () => this.finish({ code, letters: names.map((name) => ({ name })) });
    const anew = () => {
      this.beAnother();
      this.review();
    };
    showArrived({ names, receipt, anew });
    return true;
  }

  /** What is on the page becomes a report of its own, with a code of its own. */
  beAnother() {
    renew();
    this.prepared = null;
  }

  /** @param {{code: string, letters: {name: string}[]}} arrived */
  finish({ code, letters }) {
    this.prepared = null;
    this.source = "";
    showReceipt({
      code,
      names: letters.map(({ name }) => name),
      settled: () => Object.assign(this.steps, { unsent: false }),
    });
    this.steps.finish(byId("step-receipt"));
    if (identity().draftId) destroyKept().catch(() => {});
  }
}

async function destroyKept() {
  await fetched("pages/report/draft.js");
  await (await import("./draft_keeping.js")).destroyKept();
}

/** Sealing comes with the largest library: fetched while somebody types, run when it is near. */
async function sealing() {
  await fetched("pages/report/sealing.js");
  return import("./sealing.js");
}

/** What does not depend on the answers need not be waited for at the end. */
function sealingAhead() {
  sealing()
    .then(({ stretchAhead }) => stretchAhead())
    .catch(() => {});
}

/** @param {import("../patient_post.js").Wait} wait */
function sayWait(wait) {
  showState("sending", waitWords(wait));
}

/** @param {any} answer a problem */
function reasonIn(answer) {
  if (answer?.code === "session_ended") return text("signed_out");
  return answer?.code === "report_destroyed"
    ? text("report_gone")
    : answer?.detail || answer?.title || text("not_taken");
}

/** @param {unknown} error */
function reasonOf(error) {
  if (error instanceof Error && error.name === "OrganisationGone") return "organisation_gone";
  return error instanceof TypeError ? "not_loaded" : "not_sealed";
}
