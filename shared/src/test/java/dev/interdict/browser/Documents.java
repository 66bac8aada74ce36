package dev.interdict.browser;

import dev.interdict.json.Json;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Which document a window shows, and which ones are loaded, each by the id of its loader. That
/// something was loaded does not tell what: the page before may still be loading when the next is
/// asked for.
final class Documents {
  private static final long MOST_MILLIS = 20_000;

  private final Set<String> loaded = new HashSet<>();
  private String shown = "";

  synchronized String current() {
    return shown;
  }

  /// @param frame of `Page.frameNavigated`; those within a page are left alone
  synchronized void shown(Json.Obj frame) {
    if (frame.get("parentId") == null) {
      shown = Chromium.text(frame, "loaderId");
      notifyAll();
    }
  }

  /// @param event of `Page.lifecycleEvent`
  synchronized void heard(Json.Obj event) {
    if (Chromium.text(event, "name").equals("load")) {
      loaded.add(Chromium.text(event, "loaderId"));
      notifyAll();
    }
  }

  void awaitLoaded(String document) {
    await(document::equals);
  }

  void awaitLoadedAfter(String before) {
    await(document -> !document.equals(before));
  }

  private synchronized void await(Predicate<String> wanted) {
    var end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MOST_MILLIS);
    try {
      while (!wanted.test(shown) || !loaded.contains(shown)) {
        var left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw new IllegalStateException("the page did not load");
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
