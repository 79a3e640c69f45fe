"use strict";

// Which rows of a list a state asks for.
(() => {
  const { data, fold } = window.kcsp;
  const NAMED = { person: "people", organisation: "organisations", law: "laws" };

  // Whether a date, as precise as it is known, may lie in a range; an unknown one lies in none.
  const mayLie = (date, from, to) => {
    if (!date) {
      return false;
    }
    const digits = date.length;
    return (!from || date >= from.slice(0, digits)) && (!to || date <= to.slice(0, digits));
  };

  // The rows that name somebody: by the list's own column, or by the items that name them.
  const byName = (list, records, key, token) =>
    data.load(NAMED[key]).then((all) => {
      const place = data.placeOf(all.tokens, token);
      if (place < 0) {
        return () => false;
      }
      if (list.named) {
        return (row) => list.named[key](row).includes(place + 1);
      }
      return data.load(`${NAMED[key]}-items`).then((packed) => {
        const found = data.postings(packed[place]);
        const rows = new Set(list.item ? found : found.map(records.items.meeting));
        return (row) => rows.has(row);
      });
    });

  const byTopic = (list, records, id) => {
    const place = records.topics.findIndex((topic) => topic.id === id);
    const topics = list.topics || ((row) => records.items.topics(list.item(row)));
    return (row) => topics(row).includes(place);
  };

  // Every word, or its beginning, stands in the row's text.
  const byText = (list, typed) => {
    const wanted = fold.words(typed).map(([word]) => ` ${word}`);
    const known = new Map();
    const folded = (text) => {
      if (!known.has(text)) {
        known.set(text, ` ${fold.words(text).map(([word]) => word).join(" ")}`);
      }
      return known.get(text);
    };
    return (row) => {
      const text = folded(list.text(row));
      return wanted.every((word) => text.includes(word));
    };
  };

  // A promise of the rows that a state asks for, in the order of the data.
  const apply = (list, records, state) => {
    const tests = [];
    if (state.topic) {
      tests.push(byTopic(list, records, state.topic));
    }
    if (state.body) {
      const place = data.placeOf(records.bodies.tokens, state.body);
      tests.push((row) => place >= 0 && records.meetings.bodyPlace(list.meeting(row)) === place);
    }
    if (state.from || state.to) {
      tests.push((row) => mayLie(records.meetings.date(list.meeting(row)), state.from, state.to));
    }
    if (state.state && list.state) {
      tests.push((row) => list.state(row) === state.state);
    }
    if (state.q) {
      tests.push(byText(list, state.q));
    }
    for (const key of Object.keys(NAMED)) {
      if (state[key] && (!list.named || list.named[key])) {
        tests.push(byName(list, records, key, state[key]));
      }
    }
    return Promise.all(tests).then((ready) =>
      list.rows.filter((row) => ready.every((test) => test(row))),
    );
  };

  // A promise of those that a list can be narrowed to, for a combobox.
  const options = (list, key) =>
    Promise.all([
      data.load(NAMED[key]),
      list.named ? null : data.load(`${NAMED[key]}-items`),
    ]).then(([all, packed]) => {
      const held = list.named && new Set(list.rows.flatMap(list.named[key]));
      const meetings = data.integers(all.meetings);
      const first = data.integers(all.first);
      const last = data.integers(all.last);
      const years = (at) => (first[at] === last[at] ? `${first[at]}` : `${first[at]}–${last[at]}`);
      return all.names
        .map((name, at) => ({
          token: data.tokenAt(all.tokens, at),
          name,
          note: `${window.kcsp.wording.plural(meetings[at], "meeting", "meetings")}${
            first[at] ? `, ${years(at)}` : ""
          }`,
        }))
        .filter((_, at) => (held ? held.has(at + 1) : packed[at] !== ""));
    });

  window.kcsp.filters = { apply, options };
})();
