"use strict";

// Words as they are searched: the same as `exploring/folding.py`, word for word.
(() => {
  const WORD = new RegExp(
    "[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])" +
      "|[\\p{L}\\p{N}](?:[\\p{L}\\p{N}]|[\\u0300-\\u036f]|['\\u2019\\u02bc](?=[\\p{L}\\p{N}]))*",
    "gu",
  );
  const MARKS = /[ \u0300-\u036f]/g;
  const SILENT = /[,'\u2019\u02bc]/g;
  const LETTERS = new Map([
    ["ß", "ss"], ["æ", "ae"], ["œ", "oe"], ["ø", "o"], ["đ", "d"],
    ["ł", "l"], ["þ", "th"], ["ð", "d"], ["ı", "i"],
  ]);
  const LONGEST = 32;
  const SHORTEST_PLURAL = 4;
  const HISSING = /(?:ch|sh|ss|x|z)es$/;
  const known = new Map();

  const fold = (word) => {
    let folded = known.get(word);
    if (folded === undefined) {
      const plain = word.replace(SILENT, "").normalize("NFKD").replace(MARKS, "");
      // Character by character: at the end of a word, `Σ` would become another letter.
      const lower = Array.from(plain, (character) => character.toLowerCase()).join("");
      const letters = Array.from(lower, (character) => LETTERS.get(character) || character).join("");
      folded = Array.from(letters.replace(MARKS, "")).slice(0, LONGEST).join("");
      known.set(word, folded);
    }
    return folded;
  };

  // The words of a text in order: [folded, start, end], in the units of JavaScript's strings.
  const words = (text) => {
    const found = [];
    for (const match of text.matchAll(WORD)) {
      const folded = fold(match[0]);
      if (folded) {
        found.push([folded, match.index, match.index + match[0].length]);
      }
    }
    return found;
  };

  // What a folded word and its plural share.
  const key = (folded) => {
    if (folded.length < SHORTEST_PLURAL || !/^[a-z]+$/.test(folded)) {
      return folded;
    }
    let stem = folded;
    if (HISSING.test(stem)) {
      stem = stem.slice(0, -2);
    } else if (stem.endsWith("s") && !/(?:ss|us|is)$/.test(stem)) {
      stem = stem.slice(0, -1);
    }
    if (stem.endsWith("ie")) {
      return stem.slice(0, -1);
    }
    return stem.endsWith("y") ? stem.slice(0, -1) + "i" : stem;
  };

  window.kcsp = window.kcsp || {};
  window.kcsp.fold = { fold, words, key };
})();
