/**
 * One item of each kind, a clinic and a body map in the shape that src/secondsight/printed_items.py and body_map.py
 * print, and what they say. The texts hold what must be escaped, and what looks like markup but is none.
 */

import type {
  CaseItem,
  Clinic,
  HotspotItem,
  Item,
  MatchItem,
  OrderItem,
  ReflectItem,
  SpotItem,
  WorkedItem,
} from "../../src/item";

const cites = '<p class="cites">Sources: <a href="#s1">NICE &amp; &quot;NG12&quot;</a> · <span>Old letter</span></p>';
const sources = [
  { label: 'NICE & "NG12"', href: "#s1" },
  { label: "Old letter", href: "" },
];
const hint = '<details class="hint"><summary>Hint 1</summary><p>Count &lt;b&gt;twice&lt;/b&gt;.</p></details>';
const hints = ["Count <b>twice</b>."];
const item = (kind: string, data: string, inner: string): string =>
  `<div class="item" data-item="${kind}-1" data-version="9f2c" data-kind="${kind}"${data}>${inner}</div>`;
const key = (inner: string, summary = "Show the answer and why"): string =>
  `<details class="key"><summary>${summary}</summary>${inner}${cites}</details>`;
const asked = (kind: string) => ({ id: `${kind}-1`, version: "9f2c", sources });

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 200" role="img" aria-labelledby="t-hotspot-1">' +
  '<title id="t-hotspot-1">A &amp; B</title>' +
  '<desc>A back.</desc><g class="p-line"><circle cx="1" cy="2" r="3"/><path d="M0 0h9"/></g></svg>';
const pin = (x: number, y: number, sign: string): string =>
  `<circle class="p-badge" cx="${x}" cy="${y}" r="13"/><text class="p-num" x="${x}" y="${y + 6}">${sign}</text>`;

const pins = `<g class="p-pins">${pin(30.5, 40, "a")}${pin(60, 150, "b")}${pin(0, 0, "c")}</g>`;

const hotspot: [string, HotspotItem] = [
  item(
    "hotspot",
    ' data-answers="several"',
    [
      '<p class="stem">Where &lt;now&gt;?</p>',
      `<figure class="ss-picture">${svg.replace("</svg>", `${pins}</svg>`)}`,
      "<figcaption>A back, seen from behind.</figcaption></figure>",
      '<ol class="options"><li>The hip &amp; thigh</li><li>The ear</li><li>The rib</li></ol>',
      hint,
      key(
        [
          '<ol><li class="right"><strong>Right. </strong><span class="why">It&#x27;s &lt;there&gt;.</span>' +
          '<p class="cites">Sources: <a href="#s2">CRUK</a></p></li>',
          '<li><span class="why">Not so.</span></li><li class="right"><strong>Right. </strong>' +
          '<span class="why">So.</span></li></ol>',
        ].join(""),
      ),
    ].join(""),
  ),
  {
    ...asked("hotspot"),
    kind: "hotspot",
    answers: "several",
    stem: "Where <now>?",
    hints,
    svg,
    options: [
      {
        text: "The hip & thigh",
        correct: true,
        feedback: "It's <there>.",
        sources: [{ label: "CRUK", href: "#s2" }],
        x: 30.5,
        y: 40,
      },
      { text: "The ear", correct: false, feedback: "Not so.", sources: [], x: 60, y: 150 },
      { text: "The rib", correct: true, feedback: "So.", sources: [], x: 0, y: 0 },
    ],
  },
];

const match: [string, MatchItem] = [
  item(
    "match",
    "",
    [
      '<p class="stem">Sort &lt;them&gt;.</p><ol class="options"><li>In the &quot;bone&quot;</li>' +
      '<li>In the breast</li><li>In the duct</li></ol>',
      '<p>Groups:</p><ul class="groups"><li>Primary &amp; first</li><li>Secondary</li></ul>',
      hint,
      key(
        [
          '<ol><li data-group="1"><strong>Secondary. </strong><span class="why">It went there.</span></li>',
          '<li data-group="0"><strong>Primary &amp; first. </strong>' +
          '<span class="why">It began &lt;there&gt;.</span></li>',
          '<li data-group="0"><strong>Primary &amp; first. </strong><span class="why">There too.</span></li></ol>',
        ].join(""),
      ),
    ].join(""),
  ),
  {
    ...asked("match"),
    kind: "match",
    stem: "Sort <them>.",
    hints,
    groups: ["Primary & first", "Secondary"],
    cards: [
      { text: 'In the "bone"', group: 1, feedback: "It went there." },
      { text: "In the breast", group: 0, feedback: "It began <there>." },
      { text: "In the duct", group: 0, feedback: "There too." },
    ],
  },
];

const order: [string, OrderItem] = [
  item(
    "order",
    "",
    [
      '<p class="stem">In what order?</p><ol class="options"><li>Call &amp; wait</li><li>Listen</li><li>Look</li></ol>',
      hint,
      key(
        [
          '<ol class="ordered"><li data-step="1"><strong>b. </strong><span class="why">Ears &lt;first&gt;.</span></li>',
          '<li data-step="2"><strong>c. </strong><span class="why">Then eyes.</span></li><li data-step="0">' +
          '<strong>a. </strong><span class="why">Then act.</span></li></ol>',
        ].join(""),
      ),
    ].join(""),
  ),
  {
    ...asked("order"),
    kind: "order",
    stem: "In what order?",
    hints,
    steps: [
      { text: "Call & wait", place: 2, feedback: "Then act." },
      { text: "Listen", place: 0, feedback: "Ears <first>." },
      { text: "Look", place: 1, feedback: "Then eyes." },
    ],
  },
];

const spot: [string, SpotItem] = [
  item(
    "spot",
    ' data-form="letter"',
    [
      '<p class="stem">Mark it.</p><div class="text">' +
      '<p>“Well, <u>my back &amp; legs</u> ache; <u>a &lt;cold&gt;</u></p><p><u>I slept late</u>, he said.</p>' +
      '<p>Yours &amp;c.</p></div>',
      hint,
      key(
        [
          '<ol><li class="right"><strong>Cue. </strong><span class="why">Both at once.</span></li>',
          '<li><strong>Noise. </strong><span class="why">A cold is &quot;a cold&quot;.</span></li>' +
          '<li class="right"><strong>Cue. </strong><span class="why">New.</span></li></ol>',
        ].join(""),
      ),
    ].join(""),
  ),
  {
    ...asked("spot"),
    kind: "spot",
    form: "letter",
    stem: "Mark it.",
    hints,
    paragraphs: [
      [
        { text: "“Well, ", phrase: null },
        { text: "my back & legs", phrase: { cue: true, why: "Both at once." } },
        { text: " ache; ", phrase: null },
        { text: "a <cold>", phrase: { cue: false, why: 'A cold is "a cold".' } },
      ],
      [
        { text: "I slept late", phrase: { cue: true, why: "New." } },
        { text: ", he said.", phrase: null },
      ],
      [{ text: "Yours &c.", phrase: null }],
    ],
  },
];

const worked: [string, WorkedItem] = [
  item(
    "worked",
    "",
    [
      '<p class="stem">Find the slip.</p><p>Which step is the slip?</p><ol class="steps">' +
      '<li>He listened &amp; wrote</li><li>He waited</li><li>He rang</li></ol>',
      '<p>What would have been safer?</p><ol class="options"><li>Ring &lt;at once&gt;</li><li>Wait</li></ol>',
      key(
        [
          '<p>The steps:</p><ol class="step-why"><li><span class="why">Sound.</span></li>',
          '<li class="right"><strong>The slip. </strong><span class="why">A week &lt;lost&gt;.</span></li><li>' +
          '<span class="why">Sound too.</span></li></ol>',
          '<p>How to mend it:</p><ol class="mend-why"><li class="right"><strong>Right. </strong>' +
          '<span class="why">Now.</span><p class="cites">Sources: <a href="#s2">CRUK</a></p></li>',
          '<li><span class="why">No.</span></li></ol>',
        ].join(""),
      ),
    ].join(""),
  ),
  {
    ...asked("worked"),
    kind: "worked",
    stem: "Find the slip.",
    hints: [],
    steps: [
      { says: "He listened & wrote", wrong: false, why: "Sound." },
      { says: "He waited", wrong: true, why: "A week <lost>." },
      { says: "He rang", wrong: false, why: "Sound too." },
    ],
    mends: [
      { text: "Ring <at once>", correct: true, feedback: "Now.", sources: [{ label: "CRUK", href: "#s2" }] },
      { text: "Wait", correct: false, feedback: "No.", sources: [] },
    ],
  },
];

const reflect: [string, ReflectItem] = [
  item(
    "reflect",
    "",
    [
      '<p class="stem">What do you say?</p>',
      key(
        '<p class="model">“I don&#x27;t know,” &amp; I ring.</p><p>A good answer covers:</p><ul class="covers">' +
        '<li>I &lt;listen&gt;.</li><li>I ring.</li></ul>',
        "Show a model answer",
      ),
    ].join(""),
  ),
  {
    ...asked("reflect"),
    kind: "reflect",
    stem: "What do you say?",
    hints: [],
    model: "“I don't know,” & I ring.",
    points: ["I <listen>.", "I ring."],
  },
];

const aCase: [string, CaseItem] = [
  item(
    "case",
    ' data-minutes="8" data-action="contact-team-within-days"',
    [
      '<p class="patient stem">Helen &amp; son, 58</p><p class="history">Treated &lt;once&gt;.</p>',
      '<div class="step" data-step="listen"><p class="meta">Step 1</p><p class="tells">“My back.”</p><ul class="asks">',
      '<li class="right" data-minutes="3"><details><summary>' +
      '<span class="ask">When &amp; where?</span> (3 min)</summary><p class="reply">“At night.”</p>' +
      '<p class="why">Nights &lt;tell&gt;.</p></details></li>',
      '<li data-minutes="6"><details><summary><span class="ask">Holidays?</span> (6 min)</summary>' +
      '<p class="reply">“Rhyl.”</p><p class="why">Six minutes gone.</p></details></li>',
      '</ul><span data-next="look"></span></div>',
      '<div class="step" data-step="look"><p class="meta">Step 2</p><p class="tells">She walks slowly.</p>' +
      '<p>What do you do?</p>',
      '<ul><li data-next="decide">Ring &amp; say</li><li data-next="waved">Wave</li></ul></div>',
      '<div class="step" data-step="waved"><p class="meta">Step 3</p><p class="tells">Tears.</p>' +
      '<span data-next="look"></span></div>',
      "<p>How fast does this need action?</p>",
      '<ol class="options"><li>Act now</li><li>Within days</li><li>If it lasts</li><li>Explain &amp; wait</li></ol>',
      key(
        [
          '<ol class="level-why"><li><span class="why">Too much.</span></li><li class="right">' +
          '<strong>Right. </strong><span class="why">Just &lt;so&gt;.</span></li>',
          '<li><span class="why">Too late.</span></li><li><span class="why">Far too late.</span></li></ol>',
          '<p><strong>What happens now.</strong> <span class="detail">The team &amp; she talk.</span></p>' +
          '<p class="debrief">Nights tell.</p>',
          '<p><strong>What the team will think of:</strong> <span class="consider">Bone.</span></p>',
          '<p><strong>What mattered</strong></p><div class="cues"><ul><li>Night pain</li><li>Slow &amp; stiff</li>' +
          '</ul></div>',
          '<p><strong>What could mislead</strong></p><div class="lures"><ul><li>Boxes</li></ul></div>',
        ].join(""),
      ),
    ].join(""),
  ),
  {
    ...asked("case"),
    kind: "case",
    stem: "Helen & son, 58",
    hints: [],
    patient: "Helen & son, 58",
    history: "Treated <once>.",
    minutes: 8,
    steps: [
      {
        id: "listen",
        says: "“My back.”",
        ways: [{ text: "", next: "look" }],
        asks: [
          { text: "When & where?", minutes: 3, answer: "“At night.”", key: true, why: "Nights <tell>." },
          { text: "Holidays?", minutes: 6, answer: "“Rhyl.”", key: false, why: "Six minutes gone." },
        ],
      },
      {
        id: "look",
        says: "She walks slowly.",
        asks: [],
        ways: [
          { text: "Ring & say", next: "decide" },
          { text: "Wave", next: "waved" },
        ],
      },
      { id: "waved", says: "Tears.", asks: [], ways: [{ text: "", next: "look" }] },
    ],
    action: "contact-team-within-days",
    levels: [
      { name: "Act now", why: "Too much." },
      { name: "Within days", why: "Just <so>." },
      { name: "If it lasts", why: "Too late." },
      { name: "Explain & wait", why: "Far too late." },
    ],
    detail: "The team & she talk.",
    consider: "Bone.",
    cues: ["Night pain", "Slow & stiff"],
    lures: ["Boxes"],
    debrief: "Nights tell.",
  },
];

/** Each kind's printed item, and its data. */
export const printedKinds: Record<Exclude<Item["kind"], "choice" | "vignette">, [string, Item]> = {
  hotspot,
  match,
  order,
  spot,
  worked,
  reflect,
  case: aCase,
};

export const printedClinic = [
  '<ss-clinic data-clinic="clinic" data-lesson="spotting" data-in-ten="4">' +
  '<section class="ss-panel quiz-printed" aria-label="The &lt;clinic&gt;">',
  '<h3 class="title">The &lt;clinic&gt;</h3><p class="says">Ten at &quot;a&quot; time.</p>',
  "<p>About 4 in 10 of these 2 vignettes need action within days or sooner. How fast does each need action?</p>",
  '<ol class="levels"><li>Act now</li><li>Within days</li><li>If it lasts</li><li>Explain &amp; wait</li></ol>',
  '<div data-item="v-legs" data-version="11aa" data-level="0" data-card="mscc">' +
  '<p>Ann&#x27;s <mark>legs &amp; feet</mark> are numb; <mark>since noon</mark></p>',
  `<details><summary>Answer</summary><p><b>Act now.</b> The cord &lt;is&gt; pressed. Ring.</p>${cites}</details></div>`,
  '<div data-item="v-cold" data-version="22bb" data-level="3"><p><mark>A cold</mark>, and better.</p>',
  '<details><summary>Answer</summary><p><b>Explain &amp; wait.</b> A cold.</p>' +
  '<p class="cites">Sources: <a href="#s2">CRUK</a></p></details></div>',
  '<details><summary>The emergency cards</summary><section class="card flag" data-card="mscc">' +
  '<h3>Cord &amp; nerves</h3><h4>What you may see</h4>',
  "<ul><li>Numb legs</li><li>Back pain &gt; a week</li></ul>",
  "<dl><dt>How fast</dt><dd>Now.</dd><dt>Whom to call</dt><dd>999 &amp; the team.</dd></dl>",
  '<p class="cites">Sources: <a href="#s1">NICE</a></p></section></details></section></ss-clinic>',
].join("");

const vignette = { kind: "vignette" as const, stem: "", hints: [] };

export const clinicData: Clinic = {
  id: "clinic",
  lesson: "spotting",
  title: "The <clinic>",
  says: 'Ten at "a" time.',
  inTen: 4,
  levels: ["Act now", "Within days", "If it lasts", "Explain & wait"],
  vignettes: [
    {
      ...vignette,
      id: "v-legs",
      version: "11aa",
      sources,
      action: "same-day-emergency",
      card: "mscc",
      why: "The cord <is> pressed. Ring.",
      pieces: [
        { text: "Ann's ", mattered: false },
        { text: "legs & feet", mattered: true },
        { text: " are numb; ", mattered: false },
        { text: "since noon", mattered: true },
      ],
    },
    {
      ...vignette,
      id: "v-cold",
      version: "22bb",
      sources: [{ label: "CRUK", href: "#s2" }],
      action: "reassure-and-safety-net",
      card: "",
      why: "A cold.",
      pieces: [
        { text: "A cold", mattered: true },
        { text: ", and better.", mattered: false },
      ],
    },
  ],
  cards: {
    mscc: {
      name: "Cord & nerves",
      features: ["Numb legs", "Back pain > a week"],
      rows: [
        { head: "How fast", says: "Now." },
        { head: "Whom to call", says: "999 & the team." },
      ],
    },
  },
};

const place = (x: number, y: number, site: string, name: string): string =>
  `<circle class="p-badge" cx="${x}" cy="${y}" r="13" data-site="${site}" data-name="${name}"/>` +
  `<text class="p-num" x="${x}" y="${y + 6}">1</text>`;
const view = (name: string, title: string, pins: string): string =>
  `<div data-view="${name}"><p class="meta">${title}</p><figure class="ss-picture">` +
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 200"><title>${title}</title>` +
  `<circle cx="5" cy="5" r="1"/><g class="p-pins">${pins}</g></svg><figcaption>A body.</figcaption></figure></div>`;

/** Bone lies at three places, one of them behind; the brain at one. */
export const printedBodyMap = [
  '<ss-body-map><div class="ss-panel body-map"><div class="views">',
  view(
    "front",
    "Front",
    place(25, 60, "bone", "the ribs, Bone") +
      place(50, 20, "brain", "the head, Brain") +
      place(40, 120, "bone", "the hip, Bone"),
  ),
  view("back", "Back", place(50, 100, "bone", "the spine, Bone")),
  '</div><details data-site="bone"><summary>Bone</summary><div class="sign"><p>' +
  '<strong>Pain at night</strong> <span class="level">Within days</span></p></div></details>',
  '<details data-site="brain"><summary>Brain</summary><div class="sign"><p>' +
  '<strong>A first fit</strong> <span class="level">Act now</span></p></div></details>',
  "</div></ss-body-map>",
].join("");
