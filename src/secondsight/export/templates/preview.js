// A preview's page: it loads itself anew when the preview has another version of it, and stays where the reader was.
{
  const { version, broken } = document.currentScript.dataset;
  const scroll = history.state?.scroll;
  if (scroll !== undefined && broken === undefined) {
    addEventListener("load", () =>
      requestAnimationFrame(() => {
        scrollTo({ top: scroll, behavior: "instant" });
        history.replaceState(null, "");
        history.scrollRestoration = "auto";
      }),
    );
  }
  const again = () => {
    // What stands here instead of the page has no place worth keeping.
    if (broken === undefined) history.replaceState({ scroll: scrollY }, "");
    history.scrollRestoration = "manual";
    location.reload();
  };
  let events;
  // A browser holds few connections open at once: a page that nobody sees needs none.
  const listen = () => {
    events?.close();
    if (document.hidden) return;
    events = new EventSource(`/events?page=${encodeURIComponent(location.pathname)}`);
    events.onmessage = ({ data }) => data === version || again();
  };
  document.addEventListener("visibilitychange", listen);
  listen();
}
