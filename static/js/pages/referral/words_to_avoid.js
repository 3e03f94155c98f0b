// Words that the reporter asked not to be used, found in what is about to be sent. A screen that somebody else can see
// gives a person away by one word.

const BETWEEN = /[\s,.;:·、，。/|()"'“”‘’「」『』<>-]+/u;
const SHORTEST = 2;

/**
 * Give those of the words to avoid that the text uses, as the reporter wrote them, each once.
 * @param {string} avoid the reporter's own words, in any form
 * @param {string} text
 * @returns {string[]}
 */
export function avoidedWords(avoid, text) {
  const said = text.normalize("NFC").toLowerCase();
  const words = avoid.split(BETWEEN).filter((word) => [...word].length >= SHORTEST);
  return [...new Set(words)].filter((word) => said.includes(word.normalize("NFC").toLowerCase()));
}
