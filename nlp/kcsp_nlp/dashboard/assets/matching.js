"use strict";

// What a query asks for, and which entries of the index answer it, best first.
(() => {
  const { data, fold } = window.kcsp;
  const WEIGHTS = 4; // as in exploring/index.py
  const SAYS = [1, 1.5, 2, 5]; // how much a word counts by its weight there; the last is a title's
  const WHOLE = 1.5; // a whole word against the beginning of one
  const SHORTEST = 2; // letters of a beginning

  // A query as terms: every word must be there, and a phrase in quotes word for word. The last word
  // may be the beginning of one, unless a space or a quote says that it is over.
  const parse = (query) => {
    const terms = [];
    const phrases = [];
    const pieces = query.replace(/[\u201c\u201d]/g, '"').split('"');
    pieces.forEach((piece, place) => {
      const found = fold.words(piece).map(([word]) => word);
      const quoted = place % 2 === 1;
      if (quoted && found.length) {
        phrases.push(found);
      }
      const last = place === pieces.length - 1 && !/\s$/.test(piece);
      found.forEach((word, at) => {
        const open = !quoted && last && at === found.length - 1 && Array.from(word).length >= SHORTEST;
        terms.push({ word, key: fold.key(word), open });
      });
    });
    return { terms, phrases };
  };

  // Whether a word of a text answers a term.
  const answers = (term, word) =>
    fold.key(word) === term.key || (term.open && (word.startsWith(term.word) ||
      fold.key(word).startsWith(term.word)));

  // Where a phrase stands in the words of a text: the places of its first words.
  const placesOf = (phrase, found) =>
    found.flatMap(([word], at) =>
      word === phrase[0] && phrase.every((each, i) => found[at + i] && found[at + i][0] === each)
        ? [at]
        : [],
    );
  const holds = (phrases, text) => {
    const found = fold.words(text);
    return phrases.every((phrase) => placesOf(phrase, found).length > 0);
  };

  const shards = new Map();
  const shard = (name) => {
    if (!shards.has(name)) {
      shards.set(
        name,
        data.load(`search/${name}`).then(([words, packed]) => [words.split(" "), packed.split(" ")]),
      );
    }
    return shards.get(name);
  };

  // The first place in a sorted list whose member is not before a word.
  const placeIn = (sorted, word) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < word) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  };

  // A promise of [word, postings] for a word, or for all words that begin like it.
  const find = ([firsts, names], word, open) => {
    const end = open ? `${word}\uffff` : word;
    const from = Math.max(0, placeIn(firsts, word) - (firsts.includes(word) ? 0 : 1));
    const wanted = names.filter((_, at) => at >= from && firsts[at] <= end);
    return Promise.all(wanted.map(shard)).then((loaded) =>
      loaded.flatMap(([words, packed]) => {
        const found = [];
        for (let at = placeIn(words, word); at < words.length && words[at] <= end; at += 1) {
          found.push([words[at], packed[at]]);
        }
        return found;
      }),
    );
  };

  // How well each entry answers a term: 0 where it does not.
  const score = (index, term) => {
    const wanted = [find(index, term.key, false)];
    if (term.open) {
      wanted.push(find(index, term.word, true));
    }
    return Promise.all(wanted).then((found) => {
      const scores = new Float32Array(index[2]);
      let many = 0;
      for (const [word, packed] of new Map(found.flat())) {
        const factor = word === term.key ? WHOLE : 1;
        for (const posting of data.postings(packed)) {
          const entry = Math.floor(posting / WEIGHTS);
          const says = SAYS[posting % WEIGHTS] * factor;
          if (!scores[entry]) {
            many += 1;
          }
          if (says > scores[entry]) {
            scores[entry] = says;
          }
        }
      }
      const rare = Math.log(1 + index[2] / (many + 1));
      return { scores, rare };
    });
  };

  // A promise of {kind: [place in its kind, …]}, best first; of equals, the newer or the commoner.
  const match = (terms) =>
    Promise.all([data.load("search/words"), data.load("search/entries")]).then(([index, kinds]) =>
      Promise.all(terms.map((term) => score(index, term))).then((answered) => {
        const groups = new Map();
        let from = 0;
        for (const [kind, size] of kinds) {
          const found = [];
          for (let entry = from; entry < from + size; entry += 1) {
            if (answered.every(({ scores }) => scores[entry] > 0)) {
              const total = answered.reduce((sum, { scores, rare }) => sum + scores[entry] * rare, 0);
              found.push([total, entry - from]);
            }
          }
          found.sort(([a, i], [b, j]) => b - a || i - j);
          groups.set(kind, found.map(([, place]) => place));
          from += size;
        }
        return groups;
      }),
    );

  window.kcsp.matching = { parse, match, answers, placesOf, holds };
})();
