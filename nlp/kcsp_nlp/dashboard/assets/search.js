"use strict";

// The page that searches everything.
(() => {
  const { address, data, fold, matching, records: shared, wording } = window.kcsp;
  const { day, element, link, number, plural } = wording;
  const PAUSE = 200; // milliseconds without a key before a query is asked
  const ITEMS = 20; // results of items at once
  const NAMES = 6; // results of each other kind at once
  const BEFORE = 8; // words of a quotation before its first hit
  const WORDS = 36; // words of a quotation
  const TITLES = { meetings: "Meetings", bodies: "Bodies", people: "People",
    organisations: "Organisations", laws: "Laws" };

  const page = document.getElementById("search");
  const input = document.getElementById("q");
  const status = document.getElementById("count");
  const announcement = document.getElementById("announcement");
  const results = document.getElementById("results");
  const kinds = Object.keys(TITLES);

  // The text of an item; texts lie in files of many.
  const textOf = (item) =>
    data.load("text/texts").then((firsts) => {
      let file = firsts.length - 1;
      while (firsts[file] > item) {
        file -= 1;
      }
      return data.load(`text/${file}`).then((texts) => texts[item - firsts[file]]);
    });

  // Marks of headings, tables and stress are no part of a quotation.
  const plain = (text) =>
    text.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/(?:&nbsp;|[#*_|>¶\s])+/g, " ");

  // Where a text answers: [start, end, term] for each word or phrase.
  const hitsIn = (text, query) => {
    const found = fold.words(text);
    const inPhrases = new Set(query.phrases.flat());
    const hits = [];
    query.phrases.forEach((phrase, at) => {
      for (const place of matching.placesOf(phrase, found)) {
        hits.push({ place, last: place + phrase.length - 1, term: `phrase ${at}` });
      }
    });
    found.forEach(([word], place) => {
      const term = query.terms.find((each) => matching.answers(each, word));
      if (term && !inPhrases.has(word)) {
        hits.push({ place, last: place, term: term.key });
      }
    });
    return { found, hits: hits.sort((a, b) => a.place - b.place) };
  };

  // The stretch of a text that answers most terms, with what answers marked.
  const quotation = (text, query) => {
    const { found, hits } = hitsIn(text, query);
    const quote = element("p", { class: "quotation" });
    if (!found.length) {
      return quote;
    }
    // The title stands above the quotation: what follows its line says more.
    const line = text.trimEnd().indexOf("\n", found[0][1]);
    const body = Math.max(0, found.findIndex((each) => line >= 0 && each[1] > line));
    let [best, most] = [body, 0];
    hits.forEach((hit, at) => {
      const near = hits.slice(at).filter((each) => each.place < hit.place + WORDS - BEFORE);
      const terms = new Set(near.map((each) => each.term)).size;
      if (terms > most && hit.place >= body) {
        [best, most] = [hit.place, terms];
      }
    });
    const first = Math.max(body, best - BEFORE);
    const last = Math.min(found.length - 1, first + WORDS - 1);
    let at = found[first][1];
    if (first > body) {
      quote.append("… ");
    }
    for (const hit of hits) {
      if (hit.place >= first && hit.last <= last && found[hit.place][1] >= at) {
        quote.append(plain(text.slice(at, found[hit.place][1])));
        at = found[hit.last][2];
        quote.append(element("mark", null, plain(text.slice(found[hit.place][1], at))));
      }
    }
    quote.append(plain(text.slice(at, found[last][2])), last < found.length - 1 ? " …" : "");
    return quote;
  };

  const start = (records) => {
    let state = address.read(window.location.hash);
    let turn = 0;
    let typing = false;

    const itemResult = (item, query) => {
      const { items, meetings } = records;
      const meeting = items.meeting(item);
      const title = [items.number(item), items.title(item)].filter(Boolean).join(" ");
      const date = meetings.date(meeting);
      const about = element("p", { class: "result-about" }, meetings.body(meeting), ", ",
        element("time", date ? { datetime: date } : null, date ? day(date) : "date not known"));
      const made = element("li", { class: "result" },
        element("h3", null, link(items.path(item), title)), about);
      return textOf(item).then((text) => {
        made.append(quotation(text, query), shared.chips(records, items.topics(item)));
        return made;
      });
    };

    // Who or what a place of a kind is: its name, its page, and how often it is named.
    const describe = (kind) => {
      const { meetings, bodies } = records;
      if (kind === "meetings") {
        return Promise.resolve({
          name: (at) => `${meetings.body(at)}, ${day(meetings.date(at))}`,
          path: meetings.path,
          note: meetings.venue,
        });
      }
      if (kind === "bodies") {
        return Promise.resolve({
          name: (at) => bodies.names[at],
          path: (at) => `bodies/${data.tokenAt(bodies.tokens, at)}.html`,
          note: () => "",
        });
      }
      return data.load(kind).then((packed) => {
        const count = data.integers(packed.meetings);
        return {
          name: (at) => packed.names[at],
          path: (at) => `${kind}/${data.tokenAt(packed.tokens, at)}.html`,
          note: (at) => plural(count[at], "meeting", "meetings"),
        };
      });
    };

    // The places among candidates that hold the phrases, as many as are wanted; texts are read one
    // after the other until there are enough. `next` is where to go on.
    const verify = async (candidates, from, wanted, holds, current) => {
      const found = [];
      let next = from;
      while (next < candidates.length && found.length < wanted && current()) {
        if (await holds(candidates[next])) {
          found.push(candidates[next]);
        }
        next += 1;
      }
      return { found, next };
    };

    // One group of results, with a button for more.
    const group = (kind, title, candidates, query, step, render, holds, current) => {
      const heading = element("h2", { id: `group-${kind}`, tabindex: "-1" }, title);
      const list = element("ul", { class: kind === "items" ? "results" : "links" });
      const more = element("button", { class: "button button-quiet", type: "button" }, "Show more");
      const section = element("section", { "aria-labelledby": heading.id }, heading, list, more);
      let next = 0;
      let shown = 0;
      const grow = async (byReader) => {
        const taken = await verify(candidates, next, step, holds, current);
        ({ next } = taken);
        const made = await Promise.all(taken.found.map((place) => render(place, query)));
        list.append(...made);
        shown += made.length;
        more.hidden = next >= candidates.length;
        const open = query.phrases.length && next < candidates.length;
        const many = query.phrases.length ? shown : candidates.length;
        heading.replaceChildren(title, " ",
          element("span", { class: "group-count" }, number(many) + (open ? " or more" : "")));
        if (byReader && made.length) {
          made[0].querySelector("a").focus();
        }
        return shown;
      };
      more.addEventListener("click", () => grow(true));
      return { section, grow, kind, title, count: () => (query.phrases.length ? shown : candidates.length),
        open: () => query.phrases.length > 0 && next < candidates.length };
    };

    const nameGroup = (kind, candidates, query, current) =>
      describe(kind).then((described) => {
        const render = (at) => {
          const made = element("li", null, link(described.path(at), described.name(at)));
          const note = described.note(at);
          if (note) {
            made.append(" ", element("span", { class: "quiet" }, note));
          }
          return made;
        };
        const holds = (at) =>
          !query.phrases.length ||
          matching.holds(query.phrases, `${described.name(at)} ${described.note(at)}`);
        return group(kind, TITLES[kind], candidates, query, NAMES, render, holds, current);
      });

    const show = async (query, found, current) => {
      const holds = (item) =>
        !query.phrases.length || textOf(item).then((text) => matching.holds(query.phrases, text));
      const groups = [];
      if (found.get("items").length) {
        groups.push(group("items", "Agenda items", found.get("items"), query, ITEMS, itemResult,
          holds, current));
      }
      for (const kind of kinds) {
        if ((found.get(kind) || []).length) {
          groups.push(await nameGroup(kind, found.get(kind), query, current));
        }
      }
      const sizes = await Promise.all(groups.map((each) => each.grow(false)));
      return groups.filter((_, at) => sizes[at] > 0);
    };

    const draw = (groups) => {
      const main = element("div", { class: "columns-main" });
      const side = element("div", { class: "columns-side" });
      for (const each of groups) {
        (each.kind === "items" ? main : side).append(each.section);
      }
      results.replaceChildren(...[main, side].filter((each) => each.children.length));
      results.classList.toggle("columns", main.children.length > 0 && side.children.length > 0);
      const parts = groups.map((each) => {
        const many = number(each.count()) + (each.open() ? " or more" : "");
        return element("li", null, link(`#group-${each.kind}`, `${each.title}: ${many}`));
      });
      status.textContent = groups.length ? "" : "Nothing was found.";
      document.getElementById("groups").replaceChildren(...parts);
      document.getElementById("nothing").hidden = groups.length > 0;
      announce(groups.length
        ? groups.map((each) => `${each.title} ${number(each.count())}`).join(", ")
        : "Nothing was found");
    };

    let waiting = 0;
    const announce = (text) => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => {
        announcement.textContent = text;
      }, 3 * PAUSE);
    };

    const clear = (text) => {
      status.textContent = text;
      results.replaceChildren();
      document.getElementById("groups").replaceChildren();
      document.getElementById("nothing").hidden = true;
    };

    const refresh = async () => {
      turn += 1;
      const mine = turn;
      const current = () => mine === turn;
      const query = matching.parse(state.q || "");
      document.getElementById("tips").hidden = query.terms.length > 0;
      if (!query.terms.length) {
        clear("");
        page.dataset.ready = "";
        return;
      }
      const found = await matching.match(query.terms);
      if (current() && query.phrases.length) {
        status.textContent = "Reading texts for the phrase…";
      }
      const groups = current() ? await show(query, found, current) : [];
      if (current()) {
        draw(groups);
        page.dataset.ready = state.q;
      }
    };

    const failed = (error) => clear(`The search cannot be done: ${error.message}.`);
    const ask = (q, replace) => {
      state = { q };
      address.write(state, replace);
      refresh().catch(failed);
    };
    let pause = 0;
    const typed = () => {
      window.clearTimeout(pause);
      if ((state.q || "") !== input.value) {
        ask(input.value, typing);
        typing = true;
      }
    };
    input.addEventListener("input", () => {
      window.clearTimeout(pause);
      pause = window.setTimeout(typed, PAUSE);
    });
    input.addEventListener("blur", () => {
      typed();
      typing = false;
    });
    page.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      typed();
      typing = false;
    });
    address.follow(
      () => state,
      (asked) => {
        state = asked;
        typing = false;
        input.value = state.q || "";
        refresh().catch(failed);
      },
    );
    input.value = state.q || "";
    refresh().catch(failed);
  };

  shared.load().then(start).catch((error) => {
    status.textContent = `The search cannot be done: ${error.message}.`;
  });
})();
