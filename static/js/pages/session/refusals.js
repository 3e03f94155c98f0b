// Why a session does not go on in this document, by name.

/** The passphrase does not open this caseworker's key. */
export class WrongPassphrase extends Error {
  constructor() {
    super("wrong_passphrase");
    this.name = "WrongPassphrase";
  }
}

/** In another tab somebody else signed in: what this page holds is not theirs to send. */
export class OtherCaseworker extends Error {
  constructor() {
    super("other_caseworker");
    this.name = "OtherCaseworker";
  }
}
