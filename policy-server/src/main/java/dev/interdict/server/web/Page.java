package dev.interdict.server.web;

import dev.interdict.server.access.Session;
import dev.interdict.server.web.Frame.Crumb;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A page of the console. Pages hold no state between two requests and are thread-safe.
public interface Page {

  /// Where it is, such as `/devices/{id}`.
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
  ///
  /// @param why names the key and the value; empty where nothing more is known
  record Senseless(String why) implements Outcome {
    public Senseless() {
      this("");
    }

    public Senseless(IllegalArgumentException complaint) {
      this(String.valueOf(complaint.getMessage()));
    }
  }

  /// A request for a page by somebody who may see it.
  ///
  /// @param places what stands for the places in braces
  /// @param session of whoever asks
  /// @param api what the API answers them
  /// @param sent the form of this page that was just sent, if it is to be shown again
  record Ask(
      Words words,
      Query query,
      Map<String, String> places,
      Session session,
      Asking api,
      @Nullable Sent sent) {
    public Ask {
      places = Map.copyOf(places);
    }

    /// What stands for `{name}` in the path.
    public String place(String name) {
      var place = places.get(name);
      if (place == null) {
        throw new IllegalStateException("this page's path has no {" + name + "}");
      }
      return place;
    }

    /// What stands for `{id}`; null for a path without it.
    public @Nullable String id() {
      return places.get("id");
    }
  }
}
