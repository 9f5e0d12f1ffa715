/** A quiz in the shape that `quiz` in src/secondsight/printed.py prints, and what it says. */

import type { Quiz } from "../../src/item";

export const printedQuiz = [
  '<ss-quiz data-quiz="bone" data-lesson="bone-lesson">',
  '<section class="ss-panel quiz-printed" aria-label="Bone &amp; &quot;marrow&quot;"><h3 class="title">Bone &amp; &quot;marrow&quot;</h3>',
  '<p class="says">Answer &lt;first&gt;.</p>',
  '<div class="item" data-item="bone-size" data-version="9f2c" data-answers="one">',
  '<p class="stem">Is 3 &lt; 5 &amp; &quot;so&quot; on?</p>',
  '<ol class="options"><li>Yes: 3 &lt; 5 &amp; 5 &gt; 3</li><li>&quot;No&quot; &lt;script&gt;alert(1)&lt;/script&gt;</li></ol>',
  '<details class="hint"><summary>Hint 1</summary><p>Count &lt;b&gt;twice&lt;/b&gt;.</p></details>',
  '<details class="hint"><summary>Hint 2</summary><p>It&#x27;s &amp;amp; isn&#x27;t.</p></details>',
  '<details class="key"><summary>Show the answer and why</summary><ol>',
  '<li class="right"><strong>Right. </strong><span class="why">Three is &lt;less&gt; &amp; it&#x27;s &quot;right&quot;.</span>',
  '<p class="cites">Sources: <a href="#s2">CRUK 2024</a></p></li>',
  '<li><span class="why">Not so.</span></li></ol>',
  '<p class="cites">Sources: <a href="#s1">NICE &amp; &quot;NG12&quot; &lt;2023&gt;</a> · <a href="#s2">CRUK 2024</a></p></details></div>',
  '<div class="item" data-item="bone-marrow" data-version="11aa" data-answers="several">',
  '<p class="stem">Which hold marrow?</p><ol class="options"><li>Hip</li><li>Hair</li><li>Spine</li></ol>',
  '<details class="key"><summary>Show the answer and why</summary><ol>',
  '<li class="right"><strong>Right. </strong><span class="why">Yes.</span></li><li><span class="why">No.</span></li>',
  '<li class="right"><strong>Right. </strong><span class="why">Yes too.</span></li></ol>',
  '<p class="cites">Sources: <a href="#s2">CRUK 2024</a></p></details></div></section></ss-quiz>',
].join("");

const cruk = { label: "CRUK 2024", href: "#s2" };

export const quizData: Quiz = {
  id: "bone", lesson: "bone-lesson", title: 'Bone & "marrow"', says: "Answer <first>.",
  items: [
    {
      id: "bone-size", kind: "choice", version: "9f2c", answers: "one", stem: 'Is 3 < 5 & "so" on?',
      options: [
        { text: "Yes: 3 < 5 & 5 > 3", correct: true, feedback: 'Three is <less> & it\'s "right".', sources: [cruk] },
        { text: '"No" <script>alert(1)</script>', correct: false, feedback: "Not so.", sources: [] },
      ],
      hints: ["Count <b>twice</b>.", "It's &amp; isn't."],
      sources: [{ label: 'NICE & "NG12" <2023>', href: "#s1" }, cruk],
    },
    {
      id: "bone-marrow", kind: "choice", version: "11aa", answers: "several", stem: "Which hold marrow?",
      options: [
        { text: "Hip", correct: true, feedback: "Yes.", sources: [] },
        { text: "Hair", correct: false, feedback: "No.", sources: [] },
        { text: "Spine", correct: true, feedback: "Yes too.", sources: [] },
      ],
      hints: [], sources: [cruk],
    },
  ],
};
