package dev.interdict.server.web;

import dev.interdict.server.access.Session;
import dev.interdict.server.web.Frame.Crumb;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of the console. Pages hold no state between two requests and are thread-safe.
public interface Page {

  /// Where it is, such as `/devices/{id}`; at most one place in braces, the last.
  String path();

  /// What the page shows now.
  Outcome show(Ask ask);

  /// What a page answers.
  sealed interface Outcome {}

  /// Something to show.
  ///
  /// @param crumbs the places above, outermost first
  /// @param refresh seconds until its live parts are worth fetching again; 0 for never
  record Shown(String title, List<Crumb> crumbs, View view, long refresh) implements Outcome {
    public Shown {
      crumbs = List.copyOf(crumbs);
    }
  }

  /// There is no such thing.
  record Missing() implements Outcome {}

  /// The query makes no sense.
  record Senseless() implements Outcome {}

  /// A request for a page by somebody who may see it.
  ///
  /// @param id what stands for the place in braces; null for a path without one
  /// @param session of whoever asks
  record Ask(Words words, Query query, @Nullable String id, Session session) {}
}
