"""Questions to an author in a terminal, and their answers, each known by a name.

An answer that is given beforehand is not asked for. So a conversation can be scripted, can go on where somebody
stopped, and can be gone through again with a single answer taken back.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress

from ..refusal import Refusal
from .search import find

YES = {"y": "yes", "yes": "yes", "n": "no", "no": "no"}
Check = Callable[[str], str]


class NotThat(Exception):
    """An answer that does not fit; says why, and what would."""


def tidy(text: str) -> str:
    """Text with single spaces; a backslash at the end of a line has begun a new paragraph.

    Raises:
        NotThat: where it holds a character that no file can.
    """
    with suppress(UnicodeEncodeError):
        text.encode()
        text = "\n".join(filter(None, (" ".join(paragraph.split()) for paragraph in text.split("\n"))))
        if all(sign.isprintable() or sign in "\n\u200d\u200c\u00ad" for sign in text):
            return text
    raise NotThat("this holds a character that cannot be written down; type it without")


class Conversation:
    """Answers by name, asked for where they are missing.

    Args:
        given: answers that are known, by name.
        kept: answers of an earlier try, by name; where one no longer fits it is asked for again.
        keep: told all answers after each.
    """

    def __init__(
        self,
        given: Mapping[str, str] | None = None,
        kept: Mapping[str, str] | None = None,
        keep: Callable[[dict[str, str]], None] | None = None,
    ):
        self.given = dict(given or {})
        self.kept = dict(kept or {})
        self.keep = keep
        self.answers: dict[str, str] = {}
        # What stood in an answer that was taken back, to be mended rather than typed again.
        self._before: dict[str, str] = {}

    @property
    def is_terminal(self) -> bool:
        return sys.stdin is not None and sys.stdin.isatty()

    def again(self, without: Iterable[str], mend: str = "") -> None:
        """Begin anew with every answer so far, except for some, and for one that is to be mended."""
        but = {*without, mend}
        self._before = {mend: self.answers.get(mend, "")}
        self.kept = {name: text for name, text in self.answers.items() if name not in but}
        self.given = {name: text for name, text in self.given.items() if name not in but}
        self.answers = {}

    def say(self, text: str = "") -> None:
        print(text)

    def knows(self, name: str) -> bool:
        """Whether an answer is there already, so that nothing need be shown before it."""
        return name in self.given or name in self.kept

    def knows_some(self, start: str) -> bool:
        """Whether there are answers already whose names begin so."""
        return any(name.startswith(start) for name in (*self.given, *self.kept))

    def ask(self, name: str, prompt: str, *, default: str | None = None, check: Check = str) -> str:
        """One answer. An empty one means the default, where there is one.

        Raises:
            Refusal: where an answer given beforehand does not fit, or where the answers end.
        """
        if name in self.given:
            try:
                return self._keep(name, check(self._or_default(tidy(self.given[name]), default)))
            except NotThat as error:
                raise Refusal(f"--set {name}: {error}") from None
        if name in self.kept:
            with suppress(NotThat):
                return self._keep(name, check(self._or_default(self.kept[name], default)))
        while True:
            try:
                return self._keep(name, check(self._or_default(tidy(self._line(name, prompt, default)), default)))
            except NotThat as error:
                self.say(f"  {error}.")

    def text(self, name: str, prompt: str, *, optional: bool = False, check: Check = str) -> str:
        """A line of text or more; "" where it may be left out and is."""

        def fits(text: str) -> str:
            if not text and not optional:
                raise NotThat("this cannot be left out")
            return check(text) if text else ""

        return self.ask(name, prompt, default="" if optional else None, check=fits)

    def yes(self, name: str, prompt: str, *, default: bool | None = None) -> bool:
        def fits(text: str) -> str:
            if text.lower() not in YES:
                raise NotThat("type y for yes or n for no")
            return YES[text.lower()]

        usual = {True: "yes", False: "no", None: None}[default]
        return self.ask(name, prompt, default=usual, check=fits) == "yes"

    def number(self, name: str, prompt: str, least: int, most: int) -> int:
        def fits(text: str) -> str:
            if not (text.isascii() and text.isdigit()) or not least <= int(text) <= most:
                raise NotThat(f"type a whole number from {least} to {most}")
            return str(int(text))

        return int(self.ask(name, prompt, check=fits))

    def choose(self, name: str, prompt: str, options: Mapping[str, str], *, default: str | None = None) -> str:
        """One of several, by number, by its id, or by words that only it holds."""
        ids = list(options)

        def fits(text: str) -> str:
            if text in options:
                return text
            if text.isascii() and text.isdigit() and 1 <= int(text) <= len(ids):
                return ids[int(text) - 1]
            near = [id for id in ids if text and text.casefold() in f"{id} {options[id]}".casefold()]
            if len(near) == 1:
                return near[0]
            raise NotThat(f"type a number from 1 to {len(ids)}" + (", or more of its words" if near else ""))

        if not self.knows(name):
            self.say()
            self.numbered(options)
        shown = str(ids.index(default) + 1) if default in options else None
        return self.ask(name, prompt, default=shown, check=fits)

    def pick(
        self,
        name: str,
        prompt: str,
        parts: Mapping[str, str],
        *,
        first: Sequence[str] = (),
        chosen: Sequence[str] = (),
        new: Callable[[], str] | None = None,
        known: Callable[[str], bool] | None = None,
    ) -> list[str]:
        """One part or several, found by words and chosen by number; kept as their ids.

        Args:
            parts: for each id the text that it is shown with and can be found by.
            first: ids shown before anything is searched for.
            chosen: ids that are chosen already.
            new: makes a part that is not there yet, and gives its id.
            known: whether an id that is not among ``parts`` stands for a part all the same.
        """

        def ids(text: str) -> str:
            found = [id for id in text.replace(",", " ").split() if id]
            for id in found:
                if id not in parts and not (known and known(id)):
                    raise NotThat(f"there is no '{id}'")
            if not found:
                raise NotThat("at least one is needed")
            return ", ".join(dict.fromkeys(found))

        if name in self.given:
            return self.ask(name, prompt, check=ids).split(", ")
        if name in self.kept:
            with suppress(NotThat):
                return self._keep(name, ids(self.kept[name])).split(", ")
        chosen = list(chosen)
        shown = list(first)
        if shown:
            self.numbered({id: parts[id] for id in shown})
        while True:
            more = "More words, more numbers, or Enter to go on"
            try:
                typed = tidy(self._line(name, more if chosen else prompt, ""))
                if not typed and chosen:
                    break
                if typed == "new" and new:
                    chosen.append(new())
                elif all(part.isascii() and part.isdigit() for part in typed.replace(",", " ").split()) and typed:
                    numbers = [int(part) for part in typed.replace(",", " ").split()]
                    if not all(1 <= number <= len(shown) for number in numbers):
                        raise NotThat(f"type numbers from 1 to {len(shown)}" if shown else "type a few words first")
                    chosen += [shown[number - 1] for number in numbers]
                elif typed in parts:
                    chosen.append(typed)
                elif typed:
                    found = find(parts, typed)
                    if not found:
                        raise NotThat("nothing holds these words; try others" + (", or type new" if new else ""))
                    shown = found
                    self.numbered({id: parts[id] for id in shown})
                    continue
                else:
                    raise NotThat("type a few words, or a number of the list")
                chosen = list(dict.fromkeys(chosen))
                self.say(f"  chosen: {', '.join(chosen)}")
            except NotThat as error:
                self.say(f"  {error}.")
        self._keep(name, ", ".join(chosen))
        return chosen

    def numbered(self, options: Mapping[str, str]) -> None:
        width = len(str(len(options)))
        wide = shutil.get_terminal_size((120, 24)).columns - 1
        for number, (id, says) in enumerate(options.items(), start=1):
            line = f"  {number:>{width}}  {id}: {says}" if says else f"  {number:>{width}}  {id}"
            self.say(line if len(line) <= wide else f"{line[: wide - 1].rstrip()}…")

    @staticmethod
    def _or_default(text: str, default: str | None) -> str:
        return default if not text and default is not None else text

    def _keep(self, name: str, answer: str) -> str:
        self.answers[name] = answer
        if self.keep:
            self.keep(self.answers)
        return answer

    def _line(self, name: str, prompt: str, default: str | None) -> str:
        """What is typed; a backslash at the end of a line goes on in a new paragraph."""
        before = self._before.pop(name, "")
        head = f"{prompt} [{default}]: " if default else f"{prompt}: "
        lines = []
        try:
            with _editable(before) if self.is_terminal else nullcontext():
                lines.append(_pasted(input(head)))
            while lines[-1].endswith("\\"):
                lines[-1] = lines[-1][:-1]
                lines.append(input("… "))
        except EOFError:
            if not lines and self.given and default is not None and not self.is_terminal:
                return ""
            way_on = f"type it, or give it with --set '{name}=...'"
            if self.is_terminal:
                print()
                way_on = f"run the same command again{' to go on from there' if self.keep else ''}"
            raise Refusal(f"The answers end before '{name}', so nothing was written; {way_on}") from None
        except UnicodeDecodeError:
            raise NotThat("these are no characters of this terminal's encoding; type them again") from None
        return "\n".join(lines)


def _pasted(line: str) -> str:
    """A line into which a text was pasted: an empty line in it begins a paragraph, the end of a line is a space."""
    return "\n".join(" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", line))


@contextmanager
def _editable(text: str) -> Iterator[None]:
    """Let the line that is typed next be edited, with a text in it, where the terminal can.

    Then arrow keys move in it, and what is pasted stays one answer, whatever line ends it holds.
    """
    try:
        import readline
    except ImportError:
        yield
        return
    # A line cannot hold several paragraphs; those are typed anew.
    readline.set_startup_hook(lambda: readline.insert_text("" if "\n" in text else text))
    try:
        yield
    finally:
        readline.set_startup_hook(None)
