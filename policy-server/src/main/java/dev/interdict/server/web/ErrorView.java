package dev.interdict.server.web;

import org.jspecify.annotations.Nullable;

/// Why there is no page.
///
/// @param id by which the server's log can be searched; null where nothing was logged
/// @param sent whether something was to be done
/// @param why what of the address is not understood, in English; empty where there is nothing more
///   to say
/// @param retry whether it is asked for again by itself; null where it never is
/// @param template that of a page of its own, or of one with the way to others around it
public record ErrorView(
    int status,
    String title,
    String text,
    @Nullable String id,
    boolean sent,
    String why,
    @Nullable Retry retry,
    String template)
    implements View {

  /// A page that asks for itself again, or was told not to: who reads slowly is not to lose their
  /// place (WCAG 2.2.1, 2.2.2).
  ///
  /// @param on whether it does
  /// @param other where it is the other way round
  public record Retry(boolean on, Href other) {
    private static final String KEY = "refresh";
    private static final String OFF = "off";

    /// As the address says, in which it stays.
    static Retry of(Query query, String path) {
      var on = !isOff(query);
      return new Retry(on, query.at(path, KEY, on ? OFF : ""));
    }

    /// Whether nothing is to be fetched again by itself.
    static boolean isOff(Query query) {
      return query.text(KEY).equals(OFF);
    }
  }

  /// One that is never asked for again by itself.
  public ErrorView(
      int status, String title, String text, @Nullable String id, boolean sent, String template) {
    this(status, title, text, id, sent, "", null, template);
  }

  ErrorView because(String more) {
    return new ErrorView(status, title, text, id, sent, more, retry, template);
  }

  /// The same page as one that waits.
  ErrorView waiting(Retry waits, String said) {
    return new ErrorView(status, title, said, id, sent, why, waits, template);
  }

  /// Whether the same may go well in a moment.
  public boolean passing() {
    return status == 429 || status >= 500;
  }
}
