"use strict";

// Meetings and items, unpacked: what every list and the search refer to.
(() => {
  const { data, wording } = window.kcsp;
  const KINDS = { f: "front", i: "item", b: "back" };
  const TOPIC_COLOURS = 8;

  const unpack = (packedMeetings, packedItems) => {
    const body = data.integers(packedMeetings.body);
    const venue = data.integers(packedMeetings.venue);
    const sizes = data.integers(packedItems.sizes);
    const column = {};
    for (const name of ["position", "number", "title", "topics", "decisions", "actions", "money"]) {
      column[name] = data.integers(packedItems[name]);
    }
    const meetingOf = new Array(packedItems.kind.length);
    const firsts = [];
    let place = 0;
    sizes.forEach((size, meeting) => {
      firsts.push(place);
      meetingOf.fill(meeting, place, place + size);
      place += size;
    });
    const restrictions = new Map(packedItems.restrictions);
    const NO_TOPICS = [];

    const meetings = {
      count: sizes.length,
      firsts,
      sizes,
      date: (i) => packedMeetings.dates[i],
      bodyPlace: (i) => body[i] - 1,
      body: (i) => (body[i] ? packedMeetings.bodies[body[i] - 1] : "Body not known"),
      venue: (i) => (venue[i] ? packedMeetings.venues[venue[i] - 1] : ""),
      path: (i) => `meetings/${data.tokenAt(packedMeetings.tokens, i)}.html`,
      bodyPath: (i) =>
        body[i] ? `bodies/${data.tokenAt(packedMeetings.bodyTokens, body[i] - 1)}.html` : null,
    };
    const items = {
      count: meetingOf.length,
      meeting: (i) => meetingOf[i],
      kind: (i) => KINDS[packedItems.kind[i]],
      number: (i) => (column.number[i] ? packedItems.numbers[column.number[i] - 1] : ""),
      title: (i) => {
        if (column.title[i]) {
          return packedItems.titles[column.title[i] - 1];
        }
        const kind = KINDS[packedItems.kind[i]];
        if (kind === "item") {
          return "Item without a title";
        }
        return kind === "front" ? "Opening of the minutes" : "End of the minutes";
      },
      topics: (i) => (column.topics[i] ? packedItems.topicSets[column.topics[i] - 1] : NO_TOPICS),
      restriction: (i) => restrictions.get(i) || "",
      decisions: (i) => column.decisions[i],
      actions: (i) => column.actions[i],
      sums: (i) => column.money[i],
      path: (i) => `${meetings.path(meetingOf[i])}#item-${column.position[i]}`,
      // As `addresses.py` names the places of mentions (m) and actions (a).
      placePath: (i, what, start) =>
        `${meetings.path(meetingOf[i])}#${what}-${column.position[i]}-${start}`,
    };
    const topics = packedMeetings.topics.map(([id, title, token], place_) => ({
      id,
      title,
      path: `topics/${token}.html`,
      colour: `topic-${(place_ % TOPIC_COLOURS) + 1}`,
    }));
    const bodies = { names: packedMeetings.bodies, tokens: packedMeetings.bodyTokens };
    return { meetings, items, topics, bodies };
  };

  // Topics as links, in a list.
  const chips = (records, places) => {
    const list = wording.element("ul", { class: "chips" });
    for (const place of places) {
      const topic = records.topics[place];
      const chip = wording.link(topic.path, topic.title, { class: `chip ${topic.colour}` });
      list.append(wording.element("li", null, chip));
    }
    return list;
  };

  // A promise of all of it.
  const load = () =>
    Promise.all([data.load("meetings"), data.load("items")]).then((packed) => unpack(...packed));

  window.kcsp.records = { load, chips };
})();
