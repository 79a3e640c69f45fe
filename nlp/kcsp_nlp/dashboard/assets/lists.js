"use strict";

// What each list shows: its rows, its columns, what can be searched, and what is saved.
(() => {
  const { data, records: shared, wording } = window.kcsp;
  const { day, element, link, money, number } = wording;
  const STATES = { passed: "Due date passed", later: "Due today or later", none: "No due date stated" };
  const STATE_CLASSES = { passed: "state-overdue", later: "state-open", none: "state-done" };
  const PERIODS = { one_off: "once", hour: "an hour", day: "a day", week: "a week",
    month: "a month", quarter: "a quarter", year: "a year" };
  const HEDGES = { about: "about", at_least: "at least", at_most: "at most",
    more_than: "more than", less_than: "less than" };

  // Columns of items that other lists share; `of` gives the item of a row.
  const dateColumn = (records, meetingOf) => ({
    key: "date",
    title: "Date",
    class: "date",
    falling: true,
    sort: (row) => records.meetings.date(meetingOf(row)),
    cell: (row) => {
      const date = records.meetings.date(meetingOf(row));
      return element("time", date ? { datetime: date } : null, day(date));
    },
  });
  const bodyColumn = (records, meetingOf) => ({
    key: "body",
    title: "Body",
    sort: (row) => records.meetings.body(meetingOf(row)),
    cell: (row) => {
      const path = records.meetings.bodyPath(meetingOf(row));
      const name = records.meetings.body(meetingOf(row));
      return path ? link(path, name) : name;
    },
  });
  const countColumn = (key, title, count) => ({
    key,
    title,
    class: "number",
    falling: true,
    sort: count,
    cell: (row) => element("span", { class: count(row) ? null : "zero" }, number(count(row))),
  });
  const itemLink = (records, item) => {
    const title = [records.items.number(item), records.items.title(item)].filter(Boolean).join(" ");
    const shown = [link(records.items.path(item), title)];
    const restriction = records.items.restriction(item);
    if (restriction) {
      shown.push(" ", element("span", { class: "state state-overdue" }, `Not for the public: ${restriction}`));
    }
    return shown;
  };
  const topicsColumn = (records, itemOf) => ({
    key: "topics",
    title: "Topics",
    class: "topics",
    cell: (row) => shared.chips(records, records.items.topics(itemOf(row))),
  });
  const topicTitles = (records, places) => places.map((at) => records.topics[at].title).join("; ");
  const itemFields = (records, itemOf) => [
    ["date", (row) => records.meetings.date(records.items.meeting(itemOf(row)))],
    ["body", (row) => records.meetings.body(records.items.meeting(itemOf(row)))],
    ["item_number", (row) => records.items.number(itemOf(row))],
    ["item_title", (row) => records.items.title(itemOf(row))],
    ["topics", (row) => topicTitles(records, records.items.topics(itemOf(row)))],
    ["restriction", (row) => records.items.restriction(itemOf(row))],
  ];
  const range = (count) => Array.from({ length: count }, (_, place) => place);

  const items = (records) => {
    const { items: all } = records;
    const meetingOf = (row) => all.meeting(row);
    return {
      one: "agenda item",
      many: "agenda items",
      file: "agenda-items",
      rows: range(all.count).filter((row) => all.kind(row) === "item"),
      item: (row) => row,
      meeting: meetingOf,
      text: (row) => `${all.number(row)} ${all.title(row)}`,
      columns: [
        dateColumn(records, meetingOf),
        { key: "title", title: "Agenda item", head: true, sort: (row) => all.title(row),
          cell: (row) => itemLink(records, row) },
        bodyColumn(records, meetingOf),
        topicsColumn(records, (row) => row),
        countColumn("decisions", "Decisions", (row) => all.decisions(row)),
        countColumn("actions", "Actions", (row) => all.actions(row)),
        countColumn("sums", "Sums", (row) => all.sums(row)),
      ],
      fields: [
        ...itemFields(records, (row) => row),
        ["decisions", (row) => all.decisions(row)],
        ["actions", (row) => all.actions(row)],
        ["sums_named", (row) => all.sums(row)],
        ["page", (row) => all.path(row)],
      ],
    };
  };

  const meetings = (records) => {
    const { items: all, meetings: held } = records;
    const rows = range(held.count);
    const itemsOf = (row) => range(held.sizes[row]).map((at) => held.firsts[row] + at);
    const sum = (count) => rows.map((row) => itemsOf(row).reduce((total, at) => total + count(at), 0));
    const counts = {
      items: sum((at) => (all.kind(at) === "item" ? 1 : 0)),
      decisions: sum(all.decisions),
      actions: sum(all.actions),
    };
    const topics = rows.map((row) => [...new Set(itemsOf(row).flatMap(all.topics))].sort());
    const byCount = (key) => (row) => counts[key][row];
    return {
      one: "meeting",
      many: "meetings",
      file: "meetings",
      rows,
      meeting: (row) => row,
      topics: (row) => topics[row],
      text: (row) => `${held.body(row)} ${held.venue(row)}`,
      columns: [
        { ...dateColumn(records, (row) => row), head: true,
          cell: (row) => link(held.path(row), day(held.date(row)), { class: "row-date" }) },
        bodyColumn(records, (row) => row),
        { key: "venue", title: "Venue", sort: held.venue, cell: held.venue },
        { key: "topics", title: "Topics", class: "topics",
          cell: (row) => shared.chips(records, topics[row]) },
        countColumn("items", "Items", byCount("items")),
        countColumn("decisions", "Decisions", byCount("decisions")),
        countColumn("actions", "Actions", byCount("actions")),
      ],
      fields: [
        ["date", held.date],
        ["body", held.body],
        ["venue", held.venue],
        ["topics", (row) => topicTitles(records, topics[row])],
        ...["items", "decisions", "actions"].map((key) => [key, byCount(key)]),
        ["page", held.path],
      ],
    };
  };

  // The last day that a date can mean: a month that is not over is not past.
  const lastDay = (iso) => (iso.length === 4 ? `${iso}-12-31` : iso.length === 7 ? `${iso}-31` : iso);

  const actions = (records, packed, today) => {
    const item = data.integers(packed.item);
    const start = data.integers(packed.start);
    const owner = data.integers(packed.owner);
    const ownerOf = (row) => (owner[row] ? packed.owners[owner[row] - 1] : "");
    const due = (row) => packed.due[row];
    const state = (row) => {
      if (!due(row)) {
        return "none";
      }
      return lastDay(due(row)) < today ? "passed" : "later";
    };
    const itemOf = (row) => item[row];
    const meetingOf = (row) => records.items.meeting(item[row]);
    const path = (row) => records.items.placePath(item[row], "a", start[row]);
    return {
      one: "action",
      many: "actions",
      file: "actions",
      rows: range(item.length),
      item: itemOf,
      meeting: meetingOf,
      state,
      named: { person: (row) => packed.people[row], organisation: (row) => packed.organisations[row] },
      text: (row) => `${packed.text[row]} ${ownerOf(row)}`,
      columns: [
        { key: "action", title: "Action", head: true, sort: (row) => packed.text[row],
          cell: (row) => link(path(row), packed.text[row]) },
        { key: "owner", title: "Owner", class: "said", sort: ownerOf, cell: ownerOf },
        { key: "due", title: "Due", class: "date said", sort: due,
          cell: (row) => (due(row) ? element("time", { datetime: due(row) }, day(due(row))) : "") },
        { key: "state", title: "State", sort: (row) => Object.keys(STATES).indexOf(state(row)),
          cell: (row) =>
            element("span", { class: `state ${STATE_CLASSES[state(row)]}` }, STATES[state(row)]) },
        dateColumn(records, meetingOf),
        bodyColumn(records, meetingOf),
        { key: "item", title: "Agenda item", sort: (row) => records.items.title(item[row]),
          cell: (row) => records.items.title(item[row]) },
      ],
      fields: [
        ["action", (row) => packed.text[row]],
        ["owners", ownerOf],
        ["due", due],
        ["state", (row) => STATES[state(row)]],
        ...itemFields(records, itemOf),
        ["page", path],
      ],
    };
  };

  const sums = (records, packed) => {
    const item = data.integers(packed.item);
    const start = data.integers(packed.start);
    const organisation = data.integers(packed.organisation);
    const said = {};
    for (const name of ["text", "currency", "period", "hedge", "purpose"]) {
      const places = data.integers(packed[name]);
      const values = packed[`${name}s`];
      said[name] = (row) => (places[row] ? values[places[row] - 1] : "");
    }
    const amount = (row) => packed.amount[row];
    const itemOf = (row) => item[row];
    const meetingOf = (row) => records.items.meeting(item[row]);
    const path = (row) => records.items.placePath(item[row], "m", start[row]);
    const sum = (row) =>
      amount(row) === null ? said.text(row) : money(amount(row), said.currency(row));
    const manner = (row) =>
      [HEDGES[said.hedge(row)], PERIODS[said.period(row)]].filter(Boolean).join(", ");
    return {
      one: "sum named",
      many: "sums named",
      file: "money",
      rows: range(item.length),
      item: itemOf,
      meeting: meetingOf,
      named: { organisation: (row) => (organisation[row] ? [organisation[row]] : []) },
      text: (row) => `${said.purpose(row)} ${records.items.title(item[row])}`,
      columns: [
        { key: "amount", title: "Sum", class: "number", head: true, falling: true,
          sort: (row) => (amount(row) === null ? "" : amount(row)),
          cell: (row) =>
            [link(path(row), sum(row)), element("span", { class: "quiet" }, manner(row))] },
        { key: "purpose", title: "For", sort: said.purpose, class: "said", cell: said.purpose },
        { key: "printed", title: "As printed", class: "said", sort: said.text, cell: said.text },
        dateColumn(records, meetingOf),
        bodyColumn(records, meetingOf),
        { key: "item", title: "Agenda item", sort: (row) => records.items.title(item[row]),
          cell: (row) => itemLink(records, item[row]) },
        topicsColumn(records, itemOf),
      ],
      fields: [
        ["amount", amount],
        ["currency", said.currency],
        ["period", said.period],
        ["how_exact", said.hedge],
        ["purpose", said.purpose],
        ["as_printed", said.text],
        ...itemFields(records, itemOf),
        ["page", path],
      ],
    };
  };

  window.kcsp.lists = { items, meetings, actions, money: sums };
})();
